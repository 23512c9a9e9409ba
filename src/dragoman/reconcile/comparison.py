"""How likely two claims of different reports are of one happening.

The weights are learnt by `training/records.py` from ECB+ (annotated coreference across reports).
"""

from __future__ import annotations

from math import exp

from dragoman.domain.dates import overlap
from dragoman.domain.globe import kilometres
from dragoman.domain.records import Claim, Spot
from dragoman.lexicon.weights import weights_of
from dragoman.reconcile.evidence import features
from dragoman.reconcile.kinship import KIN, nearest, sort_of

FAR = 50.0
"""Kilometres beyond which two towns of two provinces are not the place of one happening."""


def likeness(left: Claim, right: Claim) -> float:
    """Return the probability (0-1) that LEFT and RIGHT are of one happening; 0 where word, type or date excludes it."""
    if not comparable(left, right):
        return 0.0
    weights = weights_of("records")
    odds = sum(weights.get(name, 0.0) for name in features(left, right))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, odds)))), 3)


def comparable(left: Claim, right: Claim) -> bool:
    """Tell whether LEFT and RIGHT may be of one happening: of two reports, of one kind, their days not apart.

    They are of one kind where they are of one sort or their words mean nearly the same. Two towns far from each other
    are never the place of one happening.
    """
    if left.report == right.report:
        return False
    if left.interval is not None and right.interval is not None and not overlap(left.interval, right.interval):
        return False
    if _towns_apart(left.place, right.place):
        return False
    sort = sort_of(left)
    return (sort != "" and sort == sort_of(right)) or nearest(left.heads, right.heads) >= KIN


def _towns_apart(one: Spot | None, other: Spot | None) -> bool:
    """Tell whether two places are known to be two towns of two provinces, and far from each other."""
    if one is None or other is None or one.geonames_id is None or other.geonames_id is None:
        return False
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    if one.admin1 is None or other.admin1 is None or (one.country, one.admin1) == (other.country, other.admin1):
        return False
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude) > FAR
