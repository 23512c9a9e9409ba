"""What stands close to the words that tell a happening, and the days and amounts that its sentence names."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from dragoman.domain.records import Claim
from dragoman.reconcile.wording import DULL, WORD, stem

REACH = 4
"""How many content words before and after the word that tells it are close."""
REMEMBERED = 8192
"""For how many sentences what they name is kept."""
DAYS = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december",
    }
)  # fmt: skip
AMOUNTS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "dozen": "12", "dozens": "dozens",
    "hundreds": "hundreds", "thousands": "thousands",
}  # fmt: skip
"""Amounts in letters, which a report may write in letters or digits."""


class Close(msgspec.Struct, frozen=True):
    """Stems close to the word that tells a happening, and the days, months and amounts of its sentence."""

    words: frozenset[str]
    days: frozenset[str]
    amounts: frozenset[str]


def close_to(claim: Claim) -> Close:
    """Return what stands close to the words that tell CLAIM in its sentence."""
    return _close(claim.text, claim.heads)


@lru_cache(maxsize=REMEMBERED)
def _close(text: str, heads: tuple[str, ...]) -> Close:
    words = [m.group() for m in WORD.finditer(text)]
    low = [w.lower().removesuffix("'s").removesuffix("’s") for w in words]
    days = frozenset(w for w, shown in zip(low, words, strict=True) if w in DAYS and (w != "may" or shown == "May"))
    amounts = frozenset(AMOUNTS.get(w, w) for w in low if w in AMOUNTS or w[0].isdigit())
    content = [stem(w) for w in low if w not in DULL and len(w) > 1]
    place = next((n for n, w in enumerate(content) if w in heads), None)
    if place is None:
        return Close(frozenset(), days, amounts)
    near = content[max(0, place - REACH) : place + REACH + 1]
    return Close(frozenset(w for w in near if w and w not in heads), days, amounts)
