"""What can be asked of a store."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from dragoman.domain.codes import EventType, Status
from dragoman.domain.name_keys import name_key
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Judgement, Record
from dragoman.store.dialect import has_words
from dragoman.store.errors import UnknownIdError
from dragoman.store.opening import Store
from dragoman.store.rows import party_key, read_claim, read_judgement, read_reading, read_record
from dragoman.store.schema import CLAIM, JUDGEMENT, MEMBERSHIP, PARTY, PARTY_NAME, READING, RECORD


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which records are asked for; what is None is not asked about.

    `actor` is a name, words of one, or a country's code; `since` and `until` are the first and last day of a span of
    which a record must have a day: one without any date lies in no span. `text` is words, of which a record has all.
    `party` is the whole name of one who takes part, in whatever spelling has the same key; `conflict` is whether claims
    contradict each other. `bbox` is west, south, east and north in degrees; one with west over east goes round the
    date line. Without `other`, records of happenings that have neither a PLOVER type nor a count of harm (deaths,
    matches, sayings) are left out.
    """

    actor: str | None = None
    type: EventType | None = None
    status: Status | None = None
    country: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    text: str | None = None
    party: str | None = None
    conflict: bool | None = None
    bbox: tuple[float, float, float, float] | None = None
    other: bool = True


ANY = Wanted()


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement of the log, and who took it back."""

    number: int
    judgement: Judgement
    undone_by: str | None


def records(store: Store, wanted: Wanted = ANY, limit: int | None = None, offset: int = 0) -> list[Record]:
    """Return the records that are asked for, earliest first, those without a date last."""
    with store.reading() as connection:
        query = _ordered(select(RECORD.c.json).where(*_conditions(connection, wanted)))
        return _read(connection, query, limit, offset)


def count(store: Store, wanted: Wanted = ANY) -> int:
    """Return how many records are asked for."""
    with store.reading() as connection:
        query = select(func.count()).select_from(RECORD).where(*_conditions(connection, wanted))
        return int(connection.execute(query).scalar_one())


def record(store: Store, wanted: str) -> Record:
    """Return the record with this id, or the one that has the claim with this id. Raises UnknownIdError."""
    with store.reading() as connection:
        holds = select(MEMBERSHIP.c.record).where(MEMBERSHIP.c.claim == wanted).scalar_subquery()
        found = connection.execute(
            select(RECORD.c.json)
            .where(or_(RECORD.c.id == wanted, RECORD.c.id == holds))
            .order_by(case((RECORD.c.id == wanted, 0), else_=1))
            .limit(1)
        ).scalar()
    if found is None:
        raise UnknownIdError("record or claim", wanted)
    return read_record(found)


def claims(store: Store, record_id: str) -> list[Claim]:
    """Return the claims of a record, earliest reported first. Raises UnknownIdError."""
    with store.reading() as connection:
        found = connection.execute(
            select(CLAIM.c.json)
            .join(MEMBERSHIP, MEMBERSHIP.c.claim == CLAIM.c.id)
            .where(MEMBERSHIP.c.record == record_id)
            .order_by(_missing(CLAIM.c.published), CLAIM.c.published, CLAIM.c.id)
        ).scalars()
        held = [read_claim(json) for json in found]
    if not held:
        raise UnknownIdError("record", record_id)
    return held


def reading(store: Store, report_id: str) -> Reading:
    """Return the reading of a report, with its text. Raises UnknownIdError."""
    with store.reading() as connection:
        found = connection.execute(select(READING.c.json).where(READING.c.report == report_id)).scalar()
    if found is None:
        raise UnknownIdError("report", report_id)
    return read_reading(found)


def upcoming(store: Store, since: datetime.date | None = None, limit: int | None = None) -> list[Record]:
    """Return what is planned and not yet reported as held or called off, soonest first.

    With SINCE, only what may go on on that day or later: plans without a date are left out.
    """
    conditions: list[ColumnElement[bool]] = [RECORD.c.status == Status.PLANNED]
    if since is not None:
        conditions.append(_may_end(since))
    with store.reading() as connection:
        return _read(connection, _ordered(select(RECORD.c.json).where(*conditions)), limit, 0)


def judgement_log(store: Store) -> list[Judged]:
    """Return every judgement in the order it was made, those taken back too."""
    with store.reading() as connection:
        rows = connection.execute(select(JUDGEMENT).order_by(JUDGEMENT.c.seq)).all()
    return [Judged(number=row.seq, judgement=read_judgement(row), undone_by=row.undone_by) for row in rows]


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor is not None:
        found.append(_takes_part(wanted.actor))
    for column, value in ((RECORD.c.type, wanted.type), (RECORD.c.status, wanted.status)):
        if value is not None:
            found.append(column == value)
    if wanted.country is not None:
        found.append(RECORD.c.country == wanted.country.upper())
    if wanted.since is not None:
        found.append(_may_end(wanted.since))
    if wanted.until is not None:
        found.append(_may_begin(wanted.until))
    if wanted.text is not None:
        found.append(has_words(connection, wanted.text))
    if wanted.party is not None:
        named = select(PARTY.c.record).where(PARTY.c.name == party_key(wanted.party))
        found.append(RECORD.c.id.in_(named))
    if wanted.conflict is not None:
        found.append(RECORD.c.conflicts > 0 if wanted.conflict else RECORD.c.conflicts == 0)
    if not wanted.other:
        found.append(RECORD.c.kind.is_(None))
    if wanted.bbox is not None:
        found.append(_lies_in(wanted.bbox))
    return found


def _lies_in(bbox: tuple[float, float, float, float]) -> ColumnElement[bool]:
    west, south, east, north = bbox
    join = and_ if west <= east else or_
    across = join(RECORD.c.longitude >= west, RECORD.c.longitude <= east)
    return and_(RECORD.c.latitude >= south, RECORD.c.latitude <= north, across)


def _takes_part(actor: str) -> ColumnElement[bool]:
    key = name_key(actor)
    of_country = select(PARTY.c.record).where(PARTY.c.country == actor)
    if not key:
        return RECORD.c.id.in_(of_country)
    names = select(PARTY_NAME.c.name).where(PARTY_NAME.c.name.contains(f" {key} ", autoescape=True))
    return RECORD.c.id.in_(select(PARTY.c.record).where(PARTY.c.name.in_(names)).union(of_country))


def _may_end(day: datetime.date) -> ColumnElement[bool]:
    """Return the condition that a dated record goes on on DAY or later; an open end goes on."""
    date = day.isoformat()
    return or_(RECORD.c.until >= date, and_(RECORD.c.until.is_(None), RECORD.c.since.is_not(None)))


def _may_begin(day: datetime.date) -> ColumnElement[bool]:
    """Return the condition that a dated record has begun by DAY; an open beginning lies before."""
    date = day.isoformat()
    return or_(RECORD.c.since <= date, and_(RECORD.c.since.is_(None), RECORD.c.until.is_not(None)))


def _ordered(query: Select[bytes]) -> Select[bytes]:
    return query.order_by(RECORD.c.begins, RECORD.c.id)


def _missing(column: ColumnElement[Any]) -> ColumnElement[int]:
    return case((column.is_(None), 1), else_=0)


def _read(connection: Connection, query: Select[bytes], limit: int | None, offset: int) -> list[Record]:
    return [read_record(json) for json in connection.execute(query.limit(limit).offset(offset)).scalars()]
