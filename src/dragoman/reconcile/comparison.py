"""How likely two claims of different reports are of one happening.

The weights are learnt by `training/records.py` from ECB+ (annotated coreference across reports).
"""

from __future__ import annotations

from math import exp

from dragoman.domain.dates import overlap
from dragoman.domain.records import Claim, Spot
from dragoman.lexicon.weights import weights_of
from dragoman.reconcile.evidence import features
from dragoman.reconcile.kinship import KIN, nearest, sort_of


def likeness(left: Claim, right: Claim) -> float:
    """Return the probability (0-1) that LEFT and RIGHT are of one happening; 0 where word, type or date excludes it."""
    if not comparable(left, right):
        return 0.0
    weights = weights_of("records")
    odds = sum(weights.get(name, 0.0) for name in features(left, right))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, odds)))), 3)


def comparable(left: Claim, right: Claim) -> bool:
    """Tell whether LEFT and RIGHT may be of one happening: of two reports, of one kind, their days not apart.

    They are of one kind where they are of one sort or their words mean nearly the same. Where one has no days, they may
    not lie in two countries: what is told everywhere at any time would join all.
    """
    if left.report == right.report:
        return False
    if left.interval is None or right.interval is None:
        if _abroad(left.place, right.place):
            return False
    elif not overlap(left.interval, right.interval):
        return False
    sort = sort_of(left)
    return (sort != "" and sort == sort_of(right)) or nearest(left.heads, right.heads) >= KIN


def _abroad(one: Spot | None, other: Spot | None) -> bool:
    """Tell whether two places are known to lie in two countries."""
    return bool(one and other and one.country and other.country and one.country != other.country)
