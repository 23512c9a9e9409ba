"""Mends lemmas that the parser's rules get wrong: "staged" is no form of "stag", nor "installed" of "instal"."""

from __future__ import annotations

import re

SHORT = re.compile(r"(?:qu|[^aeiou])*[aeiouy][bcdfgklmnprtv]", re.ASCII)
"""A verb of one syllable that ends in one consonant: its forms would be "stagged", "stagging" and "stags"."""

SYLLABIC = re.compile(r".+[bcdfgkptz]l", re.ASCII)
"""What no verb ends in without an -e after it: "kettled" is a form of "kettle"."""

ENDINGS = ("ed", "ing", "es")

DOUBLED = frozenset({"appal", "distil", "enrol", "enthral", "instal", "instil"})
"""British spellings of verbs that the codebooks spell with -ll."""

IRREGULAR = {"retook": "retake"}
"""Irregular forms that the parser does not know."""


def mended(lower: str, tag: str, lemma: str) -> str:
    """Return the lemma of the verb form LOWER tagged TAG, LEMMA unless spelling tells that it is another verb's."""
    if tag[:2] != "VB" or not lower.endswith(ENDINGS):
        return IRREGULAR.get(lower, lemma)
    rest = lower[len(lemma) :]
    if rest in ENDINGS and lower.startswith(lemma) and (SHORT.fullmatch(lemma) or SYLLABIC.fullmatch(lemma)):
        return lemma + "e"
    return lemma + "l" if lemma in DOUBLED else lemma
