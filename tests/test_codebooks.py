"""Every codebook entry fires on its `finds` and keeps still on its `ignores`; a bad codebook names file and line."""

from __future__ import annotations

import pytest

from dragoman.checking import run_examples
from dragoman.lexicon.source import CodebookError, load_entries, parse_entries, topics


@pytest.mark.parametrize("topic", topics())
def test_examples_hold(topic: str) -> None:
    failures = [str(failure) for failure in run_examples(load_entries(topic))]
    assert failures == []


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
