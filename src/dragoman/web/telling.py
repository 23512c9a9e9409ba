"""The sentence by which a list tells what a record is about, and the words in it that were looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from dragoman.domain.name_keys import name_key
from dragoman.domain.records import RecordClaim
from dragoman.exports.text import printable

LONGEST = 5_000
"""How many characters of a sentence are looked at."""
STEM = 4
"""How many letters of a word must agree at least: the store finds "talks" by "talk" too."""


def telling(claims: Sequence[RecordClaim], text: str | None, most: int) -> Markup:
    """Return the sentence of the latest of CLAIMS, cut to MOST characters.

    Where TEXT is looked for, the sentence is the latest of those that have most of its words, which are marked; it is
    cut so that the first of them is seen.
    """
    wanted = [_stem(word) for word in (text or "").split()]
    wanted = [stem for stem in wanted if stem]
    sentences = [printable(claim.text[:LONGEST]) for claim in reversed(claims)]
    best = max(sentences, key=lambda s: _having(s, wanted), default="")
    spans = [m.span() for m in re.finditer(r"\w+", best) if wanted and _is_wanted(m[0], wanted)]
    start = max(0, spans[0][0] - most // 3) if spans and spans[0][0] > most * 2 // 3 else 0
    end = min(len(best), start + most)
    found = Markup("…") if start else Markup("")
    at = start
    for first, last in spans:
        if at <= first and last <= end:
            found += escape(best[at:first]) + Markup("<mark>") + escape(best[first:last]) + Markup("</mark>")
            at = last
    return found + escape(best[at:end]) + ("…" if end < len(best) else "")


def _having(sentence: str, wanted: Sequence[str]) -> int:
    """Return how many of the stems WANTED a word of SENTENCE begins with."""
    words = {name_key(word) for word in re.findall(r"\w+", sentence)} if wanted else set()
    return sum(any(word.startswith(stem) for word in words) for stem in set(wanted))


def _is_wanted(word: str, wanted: Sequence[str]) -> bool:
    key = name_key(word)
    return any(key.startswith(stem) for stem in wanted)


def _stem(word: str) -> str:
    """Return what words must begin with to pass for WORD: a common English ending is left off where enough is left."""
    key = name_key(word).replace(" ", "")
    for ending in ("ing", "ed", "es", "s"):
        if key.endswith(ending) and len(key) - len(ending) >= STEM:
            return key.removesuffix(ending)
    return key
