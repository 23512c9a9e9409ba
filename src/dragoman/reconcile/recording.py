"""Makes a record of claims that are of one happening."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from math import prod
from typing import TypeVar

from dragoman.domain.codes import Status
from dragoman.domain.dates import first_day, overlap
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import (
    Claim,
    Conflict,
    Judgement,
    Party,
    Record,
    RecordClaim,
    Spot,
    Stand,
    StatusTold,
)
from dragoman.reconcile.copies import EARLIEST, Origins, origins_of
from dragoman.reconcile.counting import figures_of
from dragoman.reconcile.standing import AHEAD

LATEST = datetime.date.max
HELD = frozenset({Status.OCCURRED, Status.ONGOING})
"""Statuses of what came about: something that goes on has occurred."""
T = TypeVar("T", bound=Hashable)


def order_of(claim: Claim) -> tuple[datetime.date, str]:
    """Return what claims are put in order by: the day of publication, unknown ones last, then the id."""
    return (claim.published or LATEST, claim.id)


def record_of(claims: Sequence[Claim], judgements: Sequence[Judgement] = ()) -> Record:
    """Return the record of CLAIMS; its id is that of the earliest. JUDGEMENTS are those that concern any of them."""
    told = sorted(claims, key=order_of)
    first = told[0]
    origins = origins_of(told)
    figures, conflicts = figures_of(told, origins)
    typed = [c for c in told if c.type is not None]
    status = _status(told, origins)
    interval = _commonest([c for c in told if c.status is status], lambda c: c.interval)
    interval = interval or _commonest(told, lambda c: c.interval)
    place = _place(told)
    standing = _standing(told, origins)
    conflicts += _conflicts("status", standing, _outcome)
    if any(a.interval and b.interval and not overlap(a.interval, b.interval) for a, b in combinations(standing, 2)):
        conflicts += _conflicts("interval", standing, lambda c: c.interval)
    conflicts += _conflicts("country", standing, lambda c: c.place.country if c.place else None)
    ids = {c.id for c in told}
    return Record(
        id=f"r-{first.id}", type=_commonest(typed, lambda c: c.type), mode=_commonest(told, lambda c: c.mode),
        contexts=tuple(sorted({x for c in told for x in c.contexts})), status=status,
        history=tuple(StatusTold(status=c.status, published=c.published, claim=c.id) for c in told),
        interval=interval, grain=next((c.grain for c in told if c.interval == interval and c.grain), None), place=place,
        actors=_parties(told, lambda c: c.actors), recipients=_parties(told, lambda c: c.recipients),
        participants=_parties(told, lambda c: c.participants), figures=tuple(figures),
        claims=tuple(
            RecordClaim(
                id=c.id, report=c.given_id or c.report, event=c.event, trigger=c.trigger, mentions=c.mentions,
                text=c.text, status=c.status, interval=c.interval, source=c.source, published=c.published,
            )
            for c in told
        ),
        conflicts=tuple(conflicts), reports=len({c.report for c in told}), independent_sources=origins.sources,
        confidence=round(1 - prod(1 - c.confidence for c in _one_a_report(told)), 3),
        judgements=tuple(j for j in judgements if j.left in ids or j.right in ids),
        kind=_commonest(told, lambda c: c.kind) if all(c.kind is not None for c in told) else None,
    )  # fmt: skip


def _status(told: Sequence[Claim], origins: Origins) -> Status:
    """Return the status as the latest claims have it; told as background it counts only where nothing else does.

    A plan does not undo its outcome, unless it is made anew for a day to come. A copy counts as of its first day.
    """
    days = origins.days
    pool = [c for c in told if days[c.report] != EARLIEST and not c.background]
    pool = pool or [c for c in told if not c.background] or list(told)
    outcomes = [c for c in pool if c.status not in AHEAD]
    if outcomes:
        known = max(days[c.report] for c in outcomes)
        pool = [*outcomes, *(c for c in pool if c.status in AHEAD and days[c.report] > known and _to_come(c))]
    last = max(days[c.report] for c in pool)
    late = [c for c in pool if days[c.report] == last]
    counts = Counter(c.status for c in late)
    return max(counts, key=lambda s: (counts[s], s is Status.OCCURRED, s.value))


def _outcome(claim: Claim) -> str | None:
    """Return what CLAIM says came of it, None where that lies ahead."""
    if claim.status in AHEAD:
        return None
    return Status.OCCURRED.value if claim.status in HELD else claim.status.value


def _to_come(claim: Claim) -> bool:
    """Tell whether CLAIM is of a day after its report's."""
    start = claim.interval[0] if claim.interval else None
    return start is not None and claim.published is not None and first_day(str(start)) > claim.published


def _standing(told: Sequence[Claim], origins: Origins) -> list[Claim]:
    """Return the claims of an outcome, if any, that no later one of the same voice takes the place of."""
    days, outlets = origins.days, origins.voices
    pool = [c for c in told if c.status not in AHEAD] or list(told)
    voices = {c.id: name_key(c.source) if c.source else outlets[c.report] for c in pool}
    last: dict[str, datetime.date] = {}
    for claim in pool:
        last[voices[claim.id]] = max(days[claim.report], last.get(voices[claim.id], EARLIEST))
    return [c for c in pool if days[c.report] == last[voices[c.id]]]


def _commonest(told: Sequence[Claim], field: Callable[[Claim], T | None]) -> T | None:
    """Return the value that most claims have, of as many the one told first."""
    ranked = Counter(v for c in told if (v := field(c)) is not None).most_common(1)
    return ranked[0][0] if ranked else None


def _place(told: Sequence[Claim]) -> Spot | None:
    """Return the place that most claims name, a point before a country."""
    spots = [c.place for c in told if c.place is not None]
    counts = Counter(s.geonames_id for s in spots if s.geonames_id is not None)
    if counts:
        best = max(counts, key=lambda i: (counts[i], -(i or 0)))
        return next(s for s in spots if s.geonames_id == best)
    return spots[0] if spots else None


def _parties(told: Sequence[Claim], field: Callable[[Claim], Sequence[Party]]) -> tuple[Party, ...]:
    """Return who is named, each once, in order of the first naming; of one name's codings the fullest."""
    found: dict[str, Party] = {}
    for claim in told:
        for party in field(claim):
            key = name_key(party.name)
            known = found.get(key)
            if known is None or _filled(party) > _filled(known):
                found[key] = party
    return tuple(found.values())


def _filled(party: Party) -> int:
    return sum(v is not None for v in (party.country, party.sector, party.role))


def _conflicts(field: str, told: Sequence[Claim], value: Callable[[Claim], Hashable | None]) -> list[Conflict]:
    """Return the conflict on FIELD, if claims differ in its value; a claim without one has no say."""
    stands: dict[object, set[str]] = {}
    for claim in told:
        own = value(claim)
        if own is not None:
            stands.setdefault(own, set()).add(claim.id)
    if len(stands) < 2:
        return []
    values = tuple(
        Stand(value=v, claims=tuple(sorted(ids))) for v, ids in sorted(stands.items(), key=lambda p: str(p[0]))
    )
    return [Conflict(field=field, values=values)]


def _one_a_report(told: Sequence[Claim]) -> list[Claim]:
    best: dict[str, Claim] = {}
    for claim in told:
        known = best.get(claim.report)
        if known is None or claim.confidence > known.confidence:
            best[claim.report] = claim
    return [best[k] for k in sorted(best)]
