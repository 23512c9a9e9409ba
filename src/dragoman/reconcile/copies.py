"""Which claims are copies of one wire text: told in nearly the same words, they are one source."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.records import Claim
from dragoman.reconcile.wording import words_of

COPIED = 0.8
"""Share of the words of two tellings from which one is a copy of the other."""
FEWEST = 6
"""Fewest content words by which a copy can be known."""


def sources_of(claims: Sequence[Claim]) -> int:
    """Return how many reports of CLAIMS are no copies of another."""
    tellings: dict[str, set[str]] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        tellings.setdefault(claim.report, set()).update(words_of(claim.text))
    own: list[set[str]] = []
    for _, words in sorted(tellings.items()):
        if not any(_copies(words, other) for other in own):
            own.append(words)
    return len(own)


def _copies(left: set[str], right: set[str]) -> bool:
    return min(len(left), len(right)) >= FEWEST and len(left & right) >= COPIED * len(left | right)
