"""Patterns of the event codebooks: which words around a predicate they take."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.api import shipped_parser
from dragoman.domain.mentions import MentionIndex
from dragoman.lexicon.events import Sense, compile_book, event_book
from dragoman.lexicon.source import parse_entries
from dragoman.stages.events.patterns import match
from dragoman.stages.events.predicates import Predicates


def matched(form: str, pattern: str, text: str) -> list[str] | None:
    """Return the words that PATTERN takes in TEXT, its head left out; None where it fits no token."""
    entry = f'- id: plover.aid.own\n  about: Own.\n  type: AID\n  {form}: ["{pattern}"]\n'
    senses = getattr(compile_book(parse_entries(entry, "plover", "own.yaml")), form)
    for token in shipped_parser().parse(text).tokens:
        for sense in senses.get(token.lemma, ()):
            found = match(sense, token)
            if found is not None:
                return [t.lower for t in found]
    return None


@pytest.mark.parametrize(
    ("form", "pattern", "text", "words"),
    [
        ("nouns", "peace talk", "The peace talks failed.", ["peace"]),
        ("nouns", "opposition to", "Its opposition to the plan grew.", ["to"]),
        ("nouns", "request for", "The request by Chad for help was heard.", ["for"]),
        ("nouns", "attempt on life", "The attempt on his life failed.", ["on", "life"]),
        ("nouns", "face to face talk", "Face to face talks were held.", ["face", "to", "face"]),
        ("nouns", "sit-in", "Students held a sit-in.", ["sit"]),
        ("nouns", "cross-border raid", "The cross-border raid failed.", ["border", "cross"]),
        ("verbs", "baton-charge", "Police baton-charged the crowd.", ["baton"]),
        ("verbs", "begin hunger strike", "He began a hunger strike.", ["hunger", "strike"]),
        ("verbs", "call off hunger strike", "The hunger strike was called off.", ["off", "hunger", "strike"]),
        ("verbs", "impose tariff on", "The tariffs imposed on Chad were high.", ["tariffs", "on"]),
        ("verbs", "pull out of", "Troops pulled out of the town.", ["out", "of"]),
    ],
)
def test_a_pattern_takes_its_words(form: str, pattern: str, text: str, words: list[str]) -> None:
    assert matched(form, pattern, text) is not None
    assert sorted(matched(form, pattern, text) or ()) == sorted(words)


@pytest.mark.parametrize(
    ("form", "pattern", "text"),
    [
        ("verbs", "give agreement", "The agreement gives the town hope."),
        ("verbs", "end in", "The war ended in May."),
        ("nouns", "request for", "The request was heard."),
        ("nouns", "day of protest", "He came after days of student protest."),
    ],
)
def test_a_pattern_leaves_other_words(form: str, pattern: str, text: str) -> None:
    assert matched(form, pattern, text) is None


def fits(entry: str, text: str) -> bool:
    """Tell whether a predicate of TEXT fits the sense of ENTRY."""
    book = compile_book(
        parse_entries(f"- id: plover.aid.own\n  about: Own.\n  type: AID\n{entry}", "plover", "own.yaml")
    )
    lists = {"titled": frozenset({"summit"})}
    book = msgspec.structs.replace(book, lists=lists)
    return any(Predicates(book, MentionIndex([])).find(shipped_parser().parse(text)))


@pytest.mark.parametrize(
    ("entry", "text", "fit"),
    [
        ("  verbs: [offer]\n  near: [$money]", "Chad offered $2 million.", True),
        ("  verbs: [offer]\n  near: [$money]", "Chad offered tea.", False),
        ("  verbs: [offer]\n  near: [firm]", "Chad offered the licence of a Chinese firm.", True),
        ("  verbs: [offer]\n  nouns: [gift]\n  near: [tea]", "The gift arrived.", False),
        ("  verbs: [offer]\n  nouns: [gift]\n  near: [tea]\n  noun_near: []", "The gift arrived.", True),
        ("  verbs: [offer]\n  nouns: [gift]\n  near: [tea]\n  noun_near: [cup]", "The gift of a cup arrived.", True),
        ("  verbs: [offer]\n  nouns: [gift]\n  noun_not_near: [cup]", "The gift of a cup arrived.", False),
        ("  verbs: [offer]\n  nouns: [gift]\n  noun_not_near: [cup]", "They offered a cup.", True),
    ],
)
def test_words_near_a_predicate(entry: str, text: str, fit: bool) -> None:
    assert fits(f"{entry}\n", text) is fit


def takes_all(first: Sense, other: Sense) -> bool:
    """Tell whether FIRST, tried before OTHER, fits wherever OTHER does."""
    needs = all(
        getattr(first, name) is None or (getattr(first, name) >= (getattr(other, name) or {"$any"}))
        for name in ("objects", "subjects", "near")
    )
    bars = all(
        getattr(first, name) is None or getattr(first, name) <= (getattr(other, name) or frozenset())
        for name in ("not_objects", "not_subjects", "not_near")
    )
    same = first.words == other.words and first.passive in (None, other.passive)
    return same and needs and bars and first.complement in (None, other.complement)


def test_no_pattern_is_hidden_by_another_entry() -> None:
    book = event_book()
    hidden = [
        f"{other.id}: {other.lemma} {other.words} by {first.id}"
        for senses in (*book.verbs.values(), *book.nouns.values(), *book.adjectives.values())
        for place, other in enumerate(senses)
        for first in senses[:place]
        if first.id != other.id and takes_all(first, other)
    ]
    assert hidden == []


def test_heads_of_noun_patterns_are_no_plurals() -> None:
    heads = [noun for noun in event_book().nouns if noun[-1] == "s" and noun[-2:] not in ("ss", "us", "is")]
    assert sorted(heads) == ["gas", "kudos", "teargas"]
