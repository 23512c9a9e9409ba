"""Which counts of one quantity still stand.

A count falls where the same source gives a later one, where an official one follows what its outlet told by itself,
where what it foretold was counted afterwards, where it is a part of another of its report, and where it only rounds
another one ("about 50", "dozens", "at least 40" beside 52).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.domain.codes import Precision, Status
from dragoman.reconcile.quantities import Told

ROUND = 0.1
"""Share by which a rounded count may miss another one and still tell the same."""
TOLD = frozenset({Status.OCCURRED, Status.ONGOING})
AHEAD = frozenset({Status.PLANNED, Status.HOPED, Status.CALLED_FOR, Status.THREATENED, Status.POSSIBLE})
"""Statuses of what lies ahead: the others are its outcome, and contradict each other but not these."""


def standing(told: Sequence[Told]) -> tuple[list[Told], str | None]:
    """Return those of TOLD that stand, and the rule that dropped others, of several the last; None if all stand."""
    rule: str | None = None
    stand = list(told)
    for name, falls in (("later", _foretold), ("whole", _part), ("later", _superseded), ("exact", _rounds)):
        kept = [t for t in stand if not any(falls(t, o) for o in stand if o is not t)]
        if len(kept) < len(stand) and len({t.value for t in stand}) > 1:
            rule = f"figures.best.{name}"
        stand = kept or stand
    return stand, rule


def agree(one: Told, other: Told) -> bool:
    """Tell whether two counts may be told of one number."""
    return _fits(one, other) or _fits(other, one)


def _foretold(one: Told, other: Told) -> bool:
    return one.claim.status in AHEAD and other.claim.status in TOLD


def _part(one: Told, other: Told) -> bool:
    """Tell whether ONE is a part of, or a step to, what the same report gives as OTHER."""
    if one.claim.report != other.claim.report or one.voice != other.voice:
        return False
    return _top(one) < _top(other) and not _fits(other, one)


def _superseded(one: Told, other: Told) -> bool:
    """Tell whether OTHER is a later count of who tells ONE; one that merely rounds it does not take its place."""
    if other.day <= one.day or (_rank(other) < _rank(one) and _fits(other, one)):
        return False
    if one.voice == other.voice:
        return True
    if one.outlet != other.outlet:
        return False
    if one.speaker:
        return not other.speaker and _top(other) >= _top(one)
    return other.count.official


def _rounds(one: Told, other: Told) -> bool:
    """Tell whether OTHER says more exactly what ONE says."""
    if _rank(one) >= _rank(other):
        same = one.count.precision is other.count.precision
        return same and _bound(one.count.precision, one, other) and _top(one) != _top(other)
    return _fits(one, other)


def _bound(precision: Precision, one: Told, other: Told) -> bool:
    tighter: dict[Precision, Callable[[float, float], bool]] = {
        Precision.AT_LEAST: lambda a, b: b > a,
        Precision.AT_MOST: lambda a, b: b < a,
    }
    return precision in tighter and tighter[precision](_top(one), _top(other))


def _rank(told: Told) -> int:
    """Return how exact a count is told."""
    if told.exact:
        return 3
    if told.given is not None and told.count.precision is Precision.APPROXIMATE:
        return 2
    return 1 if told.given is None and None not in (told.count.low, told.count.high) else 0


def _top(told: Told) -> float:
    return next((v for v in (told.given, told.count.high, told.count.low) if v is not None), 0.0)


def _fits(rough: Told, other: Told) -> bool:
    """Tell whether the number that OTHER tells is one that ROUGH may be told of."""
    value = other.given if other.given is not None else other.count.low
    if value is None:
        return False
    if rough.value == value:
        return True
    if rough.exact:
        return False
    low, high = rough.count.low, rough.count.high
    if rough.count.precision is Precision.AT_LEAST:
        low = _top(rough) if low is None else low
    if rough.count.precision is Precision.AT_MOST:
        high = _top(rough) if high is None else high
    if (low is not None or high is not None) and (low is None or value >= low) and (high is None or value <= high):
        return True
    about = rough.given is not None and rough.count.precision is Precision.APPROXIMATE
    return about and abs(value - _top(rough)) <= ROUND * max(_top(rough), 1)
