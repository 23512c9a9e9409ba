"""A reading into the store: its claims, what they are like, and the records that they touch, in one transaction."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim
from dragoman.domain.report import Report
from dragoman.store.givers import comes_first, give_way, is_given, keep_giver
from dragoman.store.opening import Store
from dragoman.store.reconciler import FLOOR, Reconciler
from dragoman.store.regrouping import load_claims, neighbours, records_with, regroup
from dragoman.store.rows import batches, claim_row, filed_key, report_row
from dragoman.store.schema import CLAIM, CLAIM_KEY, LIKENESS, READING, REPORT


class Outcome(StrEnum):
    """What became of a reading."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    OLDER = "older"
    GIVEN = "given by another too"


SETTLED = frozenset({Outcome.UNCHANGED, Outcome.OLDER, Outcome.GIVEN})
"""Outcomes that change no claim: the report need not even be read."""


class IngestResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a reading: its claims, and the ids of the records that were made anew."""

    report: str
    outcome: Outcome
    claims: int = 0
    records: tuple[str, ...] = ()


def ingest(store: Store, reading: Reading, reconciler: Reconciler) -> IngestResult:
    """Put READING into STORE. The same report read by the same version changes nothing, by an older one neither.

    A reading by a newer version takes the place of the one that is there; judgements stay. Of a text that several give,
    word for word the same, there is one reading, under the one who published it first; the others are kept beside it.
    """
    report = reading.report.id
    outcome = settle(store, reading.report, reading.version)
    if outcome in SETTLED:
        return IngestResult(report=report, outcome=outcome)
    claims = {claim.id: claim for claim in reconciler.claims_of(reading)}
    keys = {i: sorted({filed_key(key) for key in reconciler.keys_of(claim)}) for i, claim in claims.items()}
    with store.writing() as connection:
        outcome = _settle(connection, reading.report, reading.version)
        if outcome in SETTLED:
            return IngestResult(report=report, outcome=outcome)
        _write_reading(connection, reading, outcome, reconciler.version())
        records = replace_claims(connection, [report], claims, keys, reconciler)
    return IngestResult(report=report, outcome=outcome, claims=len(claims), records=tuple(records))


def replace_claims(
    connection: Connection,
    reports: Sequence[str],
    claims: Mapping[str, Claim],
    keys: Mapping[str, Sequence[str]],
    reconciler: Reconciler,
) -> list[str]:
    """Put CLAIMS, with KEYS as they are filed, in the place of those of REPORTS; return the records made anew."""
    freed: set[str] = set()
    gone: set[str] = set()
    for report in reports:
        its_freed, its_records = _take_out(connection, report)
        freed |= its_freed
        gone |= its_records
    _write_claims(connection, list(claims.values()), keys)
    _compare(connection, claims, keys, reconciler)
    return regroup(connection, [*claims, *freed], gone, reconciler)


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


def _take_out(connection: Connection, report: str) -> tuple[set[str], set[str]]:
    """Delete the claims of an earlier reading; return the claims that hung together with them, and their records."""
    old = list(connection.execute(select(CLAIM.c.id).where(CLAIM.c.report == report)).scalars())
    freed, gone = neighbours(connection, old), records_with(connection, old)
    connection.execute(delete(CLAIM).where(CLAIM.c.report == report))
    return freed, gone


def _write_reading(connection: Connection, reading: Reading, outcome: Outcome, rules: str) -> None:
    row = {"report": reading.report.id, "version": reading.version, "json": reading.to_json(), "rules": rules}
    if outcome is Outcome.NEW:
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        connection.execute(insert(REPORT), {**report_row(reading.report), "added": now})
        connection.execute(insert(READING), row)
    else:
        give_way(connection, reading.report)
        connection.execute(update(READING).where(READING.c.report == reading.report.id).values(row))
        connection.execute(update(REPORT).where(REPORT.c.id == reading.report.id).values(report_row(reading.report)))


def _write_claims(connection: Connection, claims: Sequence[Claim], keys: Mapping[str, Sequence[str]]) -> None:
    if claims:
        connection.execute(insert(CLAIM), [claim_row(claim) for claim in claims])
    if filed := [{"key": key, "claim": claim} for claim, its in keys.items() for key in its]:
        connection.execute(insert(CLAIM_KEY), filed)


def _compare(
    connection: Connection, claims: Mapping[str, Claim], keys: Mapping[str, Sequence[str]], reconciler: Reconciler
) -> None:
    """Keep the likeness of each new claim to every claim that shares a key with it."""
    sharing: dict[str, list[str]] = {}
    for batch in batches(sorted({key for its in keys.values() for key in its})):
        for row in connection.execute(select(CLAIM_KEY).where(CLAIM_KEY.c.key.in_(batch))):
            sharing.setdefault(row.key, []).append(row.claim)
    pairs = {
        (min(new, other), max(new, other))
        for new, its in keys.items()
        for key in its
        for other in sharing.get(key, ())
        if other != new
    }
    known = {**load_claims(connection, sorted({i for pair in pairs for i in pair} - set(claims))), **claims}
    rows = []
    for left, right in sorted(pairs):
        share = reconciler.likeness(known[left], known[right])
        if share >= FLOOR:
            rows.append({"left": left, "right": right, "share": share})
    if rows:
        connection.execute(insert(LIKENESS), rows)
