"""What pages ask of all records at once: lists in another order, counts by value, day, actor and place.

Every question counts in the database, through indexes that hold what it counts by, and reads the records themselves
only where they are shown.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from dragoman.domain.codes import EntityKind, Status
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Party, Record
from dragoman.store.opening import Store
from dragoman.store.queries import ANY, Wanted, _conditions, _may_end
from dragoman.store.rows import batches, read_record
from dragoman.store.schema import PARTY, RECORD


class Order(StrEnum):
    """What a list of records is sorted by; records without it come last."""

    REPORTED = "reported"
    NEWEST = "newest"
    OLDEST = "oldest"
    REPORTS = "reports"


class Tally(msgspec.Struct, frozen=True):
    """How many records have a value."""

    value: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many records are asked for, and how many would be with each value of a field and all else as asked.

    `contested` has the numbers with and without conflicts.
    """

    total: int
    types: tuple[Tally, ...]
    statuses: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    contested: tuple[int, int]


class ActorTally(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes part in how many records; `name` as one of them has it."""

    name: str
    country: str | None
    count: int


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """The first and last beginning of the records that are asked for, and how many have none."""

    first: datetime.date | None
    last: datetime.date | None
    undated: int


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """How many records of a value begin in a span; `begins` is its first days, months or years: 2024, 2024-05."""

    begins: str
    value: str | None
    count: int


def listed(
    store: Store, wanted: Wanted = ANY, order: Order = Order.REPORTED, limit: int | None = None, offset: int = 0
) -> list[Record]:
    """Return the records that are asked for, in ORDER."""
    with store.reading() as connection:
        return _read(connection, _first(connection, _ids(connection, wanted, order), limit, offset))


def streamed(store: Store, wanted: Wanted = ANY, order: Order = Order.REPORTED) -> Iterator[Record]:
    """Yield the records that are asked for, in ORDER; one that is regrouped in the meantime is left out.

    The store is held for one batch at a time, so that a slow reader keeps nobody from writing.
    """
    with store.reading() as connection:
        ids = _first(connection, _ids(connection, wanted, order))
    for batch in batches(ids):
        with store.reading() as connection:
            found = _read(connection, batch)
        yield from found


def newest(store: Store, limit: int) -> list[Record]:
    """Return the records whose last report came into the store last."""
    late = (RECORD.c.added.desc().nulls_last(), RECORD.c.latest.desc().nulls_last(), RECORD.c.id.desc())
    query = select(RECORD.c.id).where(RECORD.c.kind.is_(None)).order_by(*late)
    with store.reading() as connection:
        return _read(connection, _first(connection, query, limit))


def contested(store: Store, limit: int) -> list[Record]:
    """Return the records whose claims contradict each other, latest reported first."""
    return listed(store, Wanted(conflict=True), Order.REPORTED, limit)


def unheard(store: Store, today: datetime.date) -> int:
    """Return how many plans had their last day before TODAY without a report of what became of them."""
    day = today.isoformat()
    query = select(func.count()).select_from(RECORD).where(RECORD.c.status == Status.PLANNED, RECORD.c.until < day)
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def coming(store: Store, today: datetime.date) -> int:
    """Return how many plans have a day from TODAY on."""
    query = select(func.count()).select_from(RECORD).where(RECORD.c.status == Status.PLANNED, _may_end(today))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def facets(store: Store, wanted: Wanted = ANY) -> Facets:
    """Return the counts beside a list of records: one pass over what is asked for apart from the counted fields."""
    others = msgspec.structs.replace(wanted, type=None, status=None, country=None, conflict=None)
    contests = case((RECORD.c.conflicts > 0, 1), else_=0).label("contests")
    with store.reading() as connection:
        cells = connection.execute(
            select(RECORD.c.type, RECORD.c.status, RECORD.c.country, contests, func.count())
            .where(*_conditions(connection, others))
            .group_by(RECORD.c.type, RECORD.c.status, RECORD.c.country, contests)
        ).all()
    asked = (wanted.type, wanted.status, wanted.country and wanted.country.upper(), wanted.conflict)
    counts: tuple[Counter[Any], ...] = (Counter(), Counter(), Counter(), Counter())
    total = 0
    for *values, count in cells:
        wrong = [n for n, value in enumerate(asked) if value is not None and values[n] != value]
        total += 0 if wrong else count
        for n in range(4):
            if wrong in ([], [n]):
                counts[n][values[n]] += count
    types, statuses, countries = (_tallies(c) for c in counts[:3])
    return Facets(
        total=total, types=types, statuses=statuses, countries=countries, contested=(counts[3][1], counts[3][0])
    )


def actors(store: Store, wanted: Wanted = ANY, limit: int = 12) -> list[ActorTally]:
    """Return who takes part in most of the records that are asked for, whichever `party` is.

    Only those who have a name count: a state, an armed group, or whoever is written with a capital.
    """
    others = msgspec.structs.replace(wanted, party=None)
    party = PARTY.alias()
    number = func.count(party.c.record.distinct()).label("number")
    with store.reading() as connection:
        conditions = _conditions(connection, others)
        # Put together with nothing, the name leads no database to go through all names instead of the records.
        name = (party.c.name.concat("") if conditions else party.c.name).label("whole")
        query = select(name, func.max(party.c.record), number).group_by(name).order_by(number.desc(), name)
        if conditions:
            query = query.join(RECORD, RECORD.c.id == party.c.record).where(*conditions)
        rows = connection.execute(query.limit(4 * limit)).all()
        samples = {record.id: record for record in _read(connection, [sample for _, sample, _ in rows])}
    found = []
    for key, sample, count in rows:
        told = _party(samples[sample], key)
        if told is not None and _has_name(told):
            found.append(ActorTally(name=told.name, country=told.country, count=count))
    return found[:limit]


def extent(store: Store, wanted: Wanted = ANY) -> Extent:
    """Return from when to when the records that are asked for begin."""
    with store.reading() as connection:
        conditions = _conditions(connection, wanted)
        first, last, number, dated = connection.execute(
            select(func.min(RECORD.c.since), func.max(RECORD.c.since), func.count(), func.count(RECORD.c.since)).where(
                *conditions
            )
        ).one()
    return Extent(first=_day(first), last=_day(last), undated=number - dated)


def histogram(store: Store, wanted: Wanted, letters: int, by: str) -> list[Bin]:
    """Return how many records begin in each span, by `type` or `status`, earliest first.

    LETTERS is how much of a day's ISO 8601 form names a span: 4 the year, 7 the month, 10 the day.
    """
    begins = func.substr(RECORD.c.since, 1, letters).label("begins")
    column = RECORD.c.type if by == "type" else RECORD.c.status
    with store.reading() as connection:
        conditions = [RECORD.c.since.is_not(None), *_conditions(connection, wanted)]
        rows = connection.execute(
            select(begins, column, func.count()).where(*conditions).group_by(begins, column).order_by(begins, column)
        ).all()
    return [Bin(begins=row[0], value=row[1], count=row[2]) for row in rows]


def located(store: Store, wanted: Wanted, limit: int) -> tuple[list[Record], int]:
    """Return the records with a place on the map, latest reported first, at most LIMIT of them, and how many."""
    with store.reading() as connection:
        spot = and_(RECORD.c.latitude.is_not(None), RECORD.c.longitude.is_not(None))
        conditions = [spot, *_conditions(connection, wanted)]
        total = connection.execute(select(func.count()).select_from(RECORD).where(*conditions)).scalar_one()
        query = _ids(connection, wanted, Order.REPORTED).where(spot)
        return _read(connection, _first(connection, query, limit)), int(total)


def _first(connection: Connection, query: Select[str], limit: int | None = None, offset: int = 0) -> list[str]:
    return list(connection.execute(query.limit(limit).offset(offset)).scalars())


def _ids(connection: Connection, wanted: Wanted, order: Order) -> Select[str]:
    column: ColumnElement[Any] = {
        Order.REPORTED: RECORD.c.latest, Order.NEWEST: RECORD.c.since, Order.OLDEST: RECORD.c.since,
        Order.REPORTS: RECORD.c.reports,
    }[order]  # fmt: skip
    query = select(RECORD.c.id).where(*_conditions(connection, wanted))
    if order is Order.OLDEST:
        return query.order_by(column.asc().nulls_last(), RECORD.c.id)
    return query.order_by(column.desc().nulls_last(), RECORD.c.id.desc())


def _read(connection: Connection, ids: Sequence[str]) -> list[Record]:
    """Return the records with IDS, in the order of these."""
    found: dict[str, Record] = {}
    for batch in batches(dict.fromkeys(ids)):
        rows = connection.execute(select(RECORD.c.id, RECORD.c.json).where(RECORD.c.id.in_(batch)))
        found.update((row.id, read_record(row.json)) for row in rows)
    return [found[i] for i in ids if i in found]


def _tallies(counts: Counter[Any]) -> tuple[Tally, ...]:
    ordered = sorted(((value, n) for value, n in counts.items() if value is not None), key=lambda c: (-c[1], c[0]))
    return tuple(Tally(value, n) for value, n in ordered)


def _party(record: Record, key: str) -> Party | None:
    parties = (*record.actors, *record.recipients, *record.participants)
    return next((p for p in parties if name_key(p.name) == key.strip()), None)


def _has_name(party: Party) -> bool:
    """Tell whether PARTY is somebody, not "we" or "police": by its kind, or by the capitals of its words."""
    first, *others = party.name.split() or [""]
    if party.kind in (EntityKind.COUNTRY, EntityKind.INTERNATIONAL_ORGANIZATION, EntityKind.ARMED_GROUP):
        return True
    if others:
        return any(word[0].isupper() for word in others)
    return first[:1].isupper() and party.country is not None and party.kind != EntityKind.OTHER


def _day(date: str | None) -> datetime.date | None:
    return None if date is None else datetime.date.fromisoformat(date)
