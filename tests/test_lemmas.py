"""Lemmas of the parse: what spelling tells of a verb's form beats the parser's rules."""

from __future__ import annotations

import pytest

from dragoman.api import shipped_parser
from dragoman.engines.lemmas import mended


@pytest.mark.parametrize(
    ("word", "tag", "given", "lemma"),
    [
        ("staged", "VBD", "stag", "stage"),
        ("raping", "VBG", "rap", "rape"),
        ("hopes", "VBZ", "hop", "hope"),
        ("waded", "VBN", "wad", "wade"),
        ("installed", "VBD", "instal", "install"),
        ("retook", "VBD", "retook", "retake"),
        ("kettled", "VBD", "kettl", "kettle"),
        ("struggling", "VBG", "struggl", "struggle"),
        ("stopped", "VBD", "stop", "stop"),
        ("denied", "VBD", "deny", "deny"),
        ("shelled", "VBD", "shell", "shell"),
        ("controlled", "VBD", "control", "control"),
        ("passes", "VBZ", "pass", "pass"),
        ("moored", "VBN", "moor", "moor"),
        ("hopes", "NNS", "hope", "hope"),
    ],
)
def test_a_verb_form_keeps_the_lemma_that_it_can_be_a_form_of(word: str, tag: str, given: str, lemma: str) -> None:
    assert mended(word, tag, given) == lemma


def test_tokens_bear_mended_lemmas() -> None:
    parse = shipped_parser().parse("Workers staged a strike. The thief was fined.")
    assert [t.lemma for t in parse.tokens if t.tag[:2] == "VB"] == ["stage", "be", "fine"]
