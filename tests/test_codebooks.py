"""Every codebook entry fires on its `finds` and keeps still on its `ignores`; a bad codebook names file and line."""

from __future__ import annotations

import pytest

from dragoman.checking import run_examples
from dragoman.lexicon.actors import actor_words
from dragoman.lexicon.source import CodebookError, Entry, load_entries, parse_entries, topics

SILENT = {
    "actors.country.regional-people": "its peoples are reported by actors.country.people",
    "actors.own.file": "needs a file of the user's; tests/test_own_actors.py has it",
    "actors.country.thing": "codes things, which are no mentions",
    "actors.name.described": "reports only a phrase by itself; in a text the name and its description are joined",
    "actors.noun.passes": "gives way to what follows `of`, and alone names nobody",
    "plover.classifier.type": "the codebooks' examples are read without the classifier",
    "plover.classifier.actors": "the codebooks' examples are read without the classifier",
    "plover.classifier.trigger": "the codebooks' examples are read without the classifier",
    "plover.classifier.recipients": "the codebooks' examples are read without the classifier",
    "status.denied.claim": "its nouns are reported by what rejects them, status.denied.rejecting",
    "status.ongoing.length": "its nouns are reported by the tense, status.ongoing.lasting",
    "status.carry.verb": "the verb's own tense and mood are reported, not the verb",
    "status.classifier": "the codebooks' examples are read without the classifier",
    "quotations.tagger.content": "the codebooks' examples are read without the tagger",
    "quotations.tagger.cue": "the codebooks' examples are read without the tagger",
    "quotations.tagger.speaker": "the codebooks' examples are read without the tagger",
}
"""Entries that are no finding's rule, and why."""


HOLDERS = (".words.", ".points.", "plover.class.", "plover.list.")
"""What ids have of entries that hold words for others."""


@pytest.mark.parametrize("topic", topics())
def test_examples_hold(topic: str) -> None:
    failures = [str(failure) for failure in run_examples(load_entries(topic))]
    assert failures == []


def is_reported(entry: Entry) -> bool:
    """Tell whether ENTRY can be the rule of a finding; one that only holds words for others can't."""
    if entry.topic in ("countries", "records") or any(part in entry.id for part in HOLDERS):
        return False
    if entry.fields.get("listed"):
        return any(noun.rule == entry.id for noun in actor_words().nouns.values())
    return entry.id not in SILENT


@pytest.mark.parametrize("topic", topics())
def test_every_entry_shows_what_it_takes_and_leaves(topic: str) -> None:
    entries = [entry for entry in load_entries(topic) if is_reported(entry)]
    assert [e.id for e in entries if len(e.finds) < 2 or not e.ignores] == []


def test_an_entry_that_is_never_reported_claims_no_finding() -> None:
    assert [e.id for topic in topics() for e in load_entries(topic) if not is_reported(e) and e.finds] == []


def test_ids_are_unique_over_all_topics() -> None:
    ids = [entry.id for topic in topics() for entry in load_entries(topic)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\n", 1, "list"),
        ("- id: a.b\n- about: x\n", 2, "id"),
        ("- id: Not An Id\n", 1, "id"),
        ("- id: a.b\n  finds: word\n", 1, "list"),
        ("- id: a.b\n  finds: [{span: x}]\n", 1, "text"),
        ("- id: [\n", 2, "YAML"),
        ("- just words\n", 1, "mapping"),
    ],
)
def test_a_bad_codebook_is_refused_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(CodebookError, match=word) as caught:
        parse_entries(text, "own", "own.yaml")
    assert str(caught.value).startswith(f"own.yaml:{line}: ")
