"""How surely two groups of reports speak of others: each of them keeps naming whom the other never names.

One report may leave out any name. That all of many do, where all of many others have it, is no chance: two arrests of
two players of one team are told in the same words but for the players.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import comb, log10

from dragoman.domain.records import Claim

FEWEST = 3
"""Fewest reports of a group of which that can be said."""
MARKED = 0.5
"""By which share of its reports more a group must have a name for it to be a mark of the group."""
LEAST_CHANCE = 1e-12


def marks_of(claim: Claim) -> frozenset[str]:
    """Return the words by which the report of CLAIM is known."""
    return frozenset(w.lstrip("^") for w in claim.setting)


def contradiction(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> float:
    """Return how sure it is that reports with the marks ONE and OTHER speak of others: 1 is one in ten by chance, 2 one
    in a hundred.

    It is as sure as the less sure of both sides; 0 where a group has too few reports.
    """
    if min(len(one), len(other)) < FEWEST:
        return 0.0
    counts = tuple(Counter(mark for marks in side for mark in marks) for side in (one, other))
    sizes = len(one), len(other)
    return min(_marked(counts[0], counts[1], *sizes), _marked(counts[1], counts[0], *sizes[::-1]))


def _marked(here: Counter[str], there: Counter[str], size: int, others: int) -> float:
    """Return how sure it is that a mark of the SIZE reports HERE is lacking in the OTHERS THERE, and not by chance."""
    found = 0.0
    for mark, count in here.items():
        held = there.get(mark, 0)
        if count / size - held / others >= MARKED:
            found = max(found, -log10(max(LEAST_CHANCE, _at_most(held, others, (count + held) / (size + others)))))
    return found


def _at_most(held: int, of: int, rate: float) -> float:
    """Return the chance that at most HELD of OF reports have what reports have at RATE."""
    return float(sum(comb(of, n) * rate**n * (1 - rate) ** (of - n) for n in range(held + 1)))
