"""What the counts of a record come to: best, low, high, and by which rule.

Counts are of one quantity where measure and who agree and their periods are the same scope: a day's toll is not the
year's. Of one outlet and source the latest count stands, earlier ones are superseded. A round count that an exact one
fits ("about 50" and 52) is no other count. Best is, by this order: what an official gives, the latest, the exact one.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import Precision
from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Claim, Conflict, Count, CountTold, RecordFigure, Stand

ROUND = 0.1
"""Share by which a rounded count may miss an exact one and still tell the same."""
EARLIEST = datetime.date.min


class Told(msgspec.Struct, frozen=True):
    """A count with the claim that has it."""

    claim: Claim
    count: Count

    @property
    def day(self) -> datetime.date:
        """The day of publication, the earliest of all where it is not known."""
        return self.claim.published or EARLIEST

    @property
    def value(self) -> float | None:
        """The count, or the middle of its range."""
        if self.count.value is not None:
            return self.count.value
        ends = [v for v in (self.count.low, self.count.high) if v is not None]
        return sum(ends) / len(ends) if ends else None


def figures_of(claims: Sequence[Claim]) -> tuple[list[RecordFigure], list[Conflict]]:
    """Return the quantities of CLAIMS, in order of their measures, and where those that still stand disagree."""
    gathered: dict[tuple[str, str, str], list[Told]] = {}
    for claim in claims:
        for count in claim.counts:
            key = (count.measure.value, name_key(count.who or ""), _scope(count.period))
            gathered.setdefault(key, []).append(Told(claim, count))
    figures, conflicts = [], []
    for _, told in sorted(_joined(gathered).items()):
        told.sort(key=lambda t: (t.day, t.claim.id, t.count.figure))
        figure, standing = _figure(told)
        figures.append(figure)
        values: dict[float, list[str]] = {}
        for one in standing:
            if one.value is not None:
                values.setdefault(one.value, []).append(one.claim.id)
        if len(values) > 1:
            stands = tuple(Stand(value=v, claims=tuple(sorted(set(ids)))) for v, ids in sorted(values.items()))
            conflicts.append(Conflict(field=f"figures.{figure.measure.value}", values=stands))
    return figures, conflicts


def _scope(period: Interval | None) -> str:
    """Return the kind of a count's period: a few days are the happening's own, longer ones stand for themselves."""
    if period is None or None in period:
        return "" if period is None else f"{period[0]}/{period[1]}"
    start, end = (datetime.date.fromisoformat(str(d)) for d in period)
    return "" if (end - start).days <= 7 else f"{start}/{end}"


def _joined(gathered: dict[tuple[str, str, str], list[Told]]) -> dict[tuple[str, str, str], list[Told]]:
    """Put counts of nobody in particular, or of "people", together with the one group that is told of, if one is."""
    found: dict[tuple[str, str, str], list[Told]] = {}
    for (measure, who, scope), told in gathered.items():
        plain = "" if who in ("people", "persons", "others", "person") else who
        found.setdefault((measure, plain, scope), []).extend(told)
    for key in [k for k in found if not k[1]]:
        named = [k for k in found if k[0] == key[0] and k[2] == key[2] and k[1]]
        if len(named) == 1 and not _same_reports(found[key], found[named[0]]):
            found[named[0]] += found.pop(key)
    return found


def _same_reports(left: Sequence[Told], right: Sequence[Told]) -> bool:
    return bool({t.claim.report for t in left} & {t.claim.report for t in right})


def _figure(told: Sequence[Told]) -> tuple[RecordFigure, list[Told]]:
    standing = _standing(told)
    best, why = _best(standing)
    values = [v for t in standing for v in (t.count.low, t.value, t.count.high) if v is not None]
    head = told[0].count
    return RecordFigure(
        measure=head.measure, who=next((t.count.who for t in told if t.count.who), None),
        period=next((t.count.period for t in told if t.count.period), None),
        best=_plain(best.value) if best is not None else None, low=_plain(min(values, default=None)),
        high=_plain(max(values, default=None)), why=why,
        claims=tuple(
            CountTold(
                report=t.claim.given_id or t.claim.report, figure=t.count.figure, span=t.count.span,
                value=t.count.value, low=t.count.low, high=t.count.high, source=t.count.source,
                published=t.claim.published,
            )
            for t in told
        ),
    ), standing  # fmt: skip


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _standing(told: Sequence[Told]) -> list[Told]:
    """Return the counts that no later one of the same voice replaces, nor an exact one that they round."""
    latest: dict[tuple[str, str], Told] = {}
    for one in told:
        voice = (name_key(one.count.source or ""), name_key(one.claim.outlet or ""))
        if voice == ("", ""):
            voice = (one.claim.report, one.count.figure)
        before = latest.get(voice)
        if before is None or one.day > before.day:
            latest[voice] = one
    kept = sorted(latest.values(), key=lambda t: (t.day, t.claim.id, t.count.figure))
    exact = [t.value for t in kept if t.count.precision is Precision.EXACT and t.value is not None]
    return [t for t in kept if not _rounds(t, exact)] or list(kept)


def _rounds(told: Told, exact: Sequence[float]) -> bool:
    if told.count.precision is Precision.EXACT or told.value is None:
        return False
    low, high = told.count.low, told.count.high
    for value in exact:
        if low is not None and value >= low and (high is None or value <= high):
            return True
        if abs(value - told.value) <= ROUND * max(told.value, 1):
            return True
    return False


def _best(standing: Sequence[Told]) -> tuple[Told | None, str]:
    """Return the count to show, and the rule that chose it."""
    known = [t for t in standing if t.value is not None]
    if not known:
        return None, "figures.best.none"
    if len(known) == 1:
        return known[0], "figures.best.only"
    official = [t for t in known if t.count.official]
    pool, rule = (official, "figures.best.official") if official else (known, "figures.best.latest")
    last = max(t.day for t in pool)
    late = [t for t in pool if t.day == last]
    if len(late) > 1:
        exact = [t for t in late if t.count.precision is Precision.EXACT]
        if exact and len(exact) < len(late):
            late, rule = exact, "figures.best.exact"
    if len({t.value for t in late}) > 1:
        counted = {v: sum(t.value == v for t in late) for v in {t.value for t in late}}
        return max(late, key=lambda t: (counted[t.value], t.value or 0)), "figures.best.most-told"
    return late[0], rule
