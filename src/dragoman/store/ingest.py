"""Readings into the store: their claims, what they are like, and the records that they touch, in one transaction."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Keys
from dragoman.domain.report import Report
from dragoman.store.comparing import compare, drop_keys, file_keys
from dragoman.store.givers import comes_first, give_way, is_given, keep_giver
from dragoman.store.moments import now
from dragoman.store.numbering import take_numbers
from dragoman.store.opening import Store
from dragoman.store.reconciler import Reconciler
from dragoman.store.regrouping import neighbours, records_with, regroup
from dragoman.store.rows import batches, claim_row, read_claim, report_row
from dragoman.store.schema import CLAIM, READING, REPORT

MOST_AT_ONCE = 200
"""Readings that go into the store in one transaction at most."""
MOST_TEXT = 4_000_000
"""Characters of text after which a transaction ends, so that memory stays bounded."""


class Outcome(StrEnum):
    """What became of a reading."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    OLDER = "older"
    GIVEN = "given by another too"


SETTLED = frozenset({Outcome.UNCHANGED, Outcome.OLDER, Outcome.GIVEN})
"""Outcomes that change no claim: the report need not even be read."""
UNTOUCHED = SETTLED - {Outcome.GIVEN}
"""Outcomes that change nothing in the store."""


class IngestResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a reading: how many claims it has, and the ids of the records that they are in now."""

    report: str
    outcome: Outcome
    claims: int = 0
    records: tuple[str, ...] = ()


class Prepared(msgspec.Struct, frozen=True):
    """A reading with its claims and their keys."""

    reading: Reading
    claims: Mapping[str, Claim]
    keys: Mapping[str, Keys]


def ingest(store: Store, reading: Reading, reconciler: Reconciler) -> IngestResult:
    """Put READING into STORE. The same report read by the same version changes nothing, by an older one neither.

    A reading by a newer version takes the place of the one that is there; judgements stay. Of a text that several give,
    word for word the same, there is one reading, under the one who published it first; the others are kept beside it.
    """
    return _ingest(store, [reading], reconciler)[0]


def ingest_many(store: Store, readings: Iterable[Reading], reconciler: Reconciler) -> Iterator[IngestResult]:
    """Put READINGS into STORE, some at a time; yield what became of each once it is safe there, in order.

    What comes out is the same as of one at a time. An exception leaves out all that was not yet yielded.
    """
    some: list[Reading] = []
    reports: set[str] = set()
    size = 0
    for reading in readings:
        if len(some) >= MOST_AT_ONCE or size >= MOST_TEXT or reading.report.id in reports:
            yield from _ingest(store, some, reconciler)
            some, reports, size = [], set(), 0
        some.append(reading)
        reports.add(reading.report.id)
        size += len(reading.report.text)
    if some:
        yield from _ingest(store, some, reconciler)


def _ingest(store: Store, readings: Sequence[Reading], reconciler: Reconciler) -> list[IngestResult]:
    """Put READINGS, each of another report, into STORE in one transaction."""
    with store.reading() as connection:
        outcomes = {r.report.id: _outcome(connection, r.report, r.version) for r in readings}
    prepared = [prepare(r, reconciler) for r in readings if outcomes[r.report.id] not in SETTLED]
    open_ones = [r for r in readings if outcomes[r.report.id] not in UNTOUCHED]
    if not open_ones:
        return [IngestResult(report=r.report.id, outcome=outcomes[r.report.id]) for r in readings]
    with store.writing() as connection:
        outcomes |= {r.report.id: _settle(connection, r.report, r.version) for r in open_ones}
        new = [p for p in prepared if outcomes[p.reading.report.id] not in SETTLED]
        records = put_in(connection, new, _replaced(outcomes), reconciler)
    claims = {p.reading.report.id: sorted(p.claims) for p in new}
    return [
        IngestResult(
            report=report, outcome=outcomes[report], claims=len(claims.get(report, ())),
            records=tuple(sorted({records[i] for i in claims.get(report, ())})),
        )
        for report in (r.report.id for r in readings)
    ]  # fmt: skip


def prepare(reading: Reading, reconciler: Reconciler) -> Prepared:
    """Return READING with its claims and their keys."""
    claims = {claim.id: claim for claim in reconciler.claims_of(reading)}
    return Prepared(reading, claims, {i: reconciler.keys_of(claim) for i, claim in claims.items()})


def _replaced(outcomes: Mapping[str, Outcome]) -> set[str]:
    return {report for report, outcome in outcomes.items() if outcome is Outcome.REPLACED}


def put_in(
    connection: Connection, new: Sequence[Prepared], others: Collection[str], reconciler: Reconciler
) -> dict[str, str]:
    """Write what is new, compare and regroup; return the record of each claim that this touches.

    Readings of the reports OTHERS take the place of those that are there.
    """
    replaced = sorted({p.reading.report.id for p in new} & set(others))
    freed, gone = _take_out(connection, replaced, reconciler)
    _write_readings(connection, [p.reading for p in new], set(replaced), reconciler.version())
    claims = [claim for p in new for claim in p.claims.values()]
    if claims:
        numbers = dict(zip((c.id for c in claims), take_numbers(connection, "claim", len(claims)), strict=True))
        connection.execute(insert(CLAIM), [claim_row(claim, numbers[claim.id]) for claim in claims])
        keys = {numbers[i]: its for p in new for i, its in p.keys.items()}
        file_keys(connection, keys)
        compare(connection, {numbers[c.id]: c for c in claims}, keys, reconciler)
    return regroup(connection, [*(c.id for c in claims), *freed], gone, reconciler)


def settle(store: Store, report: Report, version: str) -> Outcome:
    """Return what becomes of a reading of REPORT by VERSION; where it need not be read, keep who gives it."""
    with store.reading() as connection:
        outcome = _outcome(connection, report, version)
    if outcome is Outcome.GIVEN:
        with store.writing() as connection:
            outcome = _settle(connection, report, version)
    return outcome


def _settle(connection: Connection, report: Report, version: str) -> Outcome:
    outcome = _outcome(connection, report, version)
    if outcome is Outcome.GIVEN:
        keep_giver(connection, report)
    return outcome


def _outcome(connection: Connection, report: Report, version: str) -> Outcome:
    """Return what becomes of a reading. The same text by one who gave it earlier is read anew, under that day."""
    held = connection.execute(select(READING.c.version).where(READING.c.report == report.id)).scalar()
    if held is None:
        return Outcome.NEW
    if _rank(version) > _rank(held) or (held == version and comes_first(connection, report)):
        return Outcome.REPLACED
    if not is_given(connection, report):
        return Outcome.GIVEN
    return Outcome.UNCHANGED if held == version else Outcome.OLDER


def _rank(version: str) -> tuple[tuple[int, ...], str]:
    """Return what versions are ordered by: their numbers, then their letters."""
    release = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(n) for n in release[0].split(".")) if release else (), version


def _take_out(connection: Connection, reports: Iterable[str], reconciler: Reconciler) -> tuple[set[str], set[str]]:
    """Delete the claims of earlier readings; return the claims that hung together with them, and their records."""
    freed: set[str] = set()
    gone: set[str] = set()
    for batch in batches(reports):
        rows = connection.execute(select(CLAIM.c.number, CLAIM.c.json).where(CLAIM.c.report.in_(batch)))
        old = {row.number: read_claim(row.json) for row in rows}
        ids = sorted(claim.id for claim in old.values())
        freed |= neighbours(connection, ids, reconciler)
        gone |= records_with(connection, ids)
        drop_keys(connection, old, reconciler)
        connection.execute(delete(CLAIM).where(CLAIM.c.report.in_(batch)))
    return freed, gone


def _write_readings(connection: Connection, readings: Sequence[Reading], replaced: Collection[str], rules: str) -> None:
    added = now()
    rows = {
        r.report.id: {"report": r.report.id, "version": r.version, "json": r.to_json(), "rules": rules}
        for r in readings
    }
    fresh = [r.report for r in readings if r.report.id not in replaced]
    if fresh:
        connection.execute(insert(REPORT), [{**report_row(report), "added": added} for report in fresh])
        connection.execute(insert(READING), [rows[report.id] for report in fresh])
    for reading in readings:
        if reading.report.id in replaced:
            report = reading.report
            give_way(connection, report)
            connection.execute(update(READING).where(READING.c.report == report.id).values(rows[report.id]))
            connection.execute(update(REPORT).where(REPORT.c.id == report.id).values(report_row(report)))
