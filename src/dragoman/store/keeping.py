"""Writing records: only what is not there already is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from dragoman.domain.records import Claim, Record
from dragoman.store.dialect import drop_words, file_words
from dragoman.store.numbering import take_numbers
from dragoman.store.rows import batches, party_rows, record_row
from dragoman.store.schema import MEMBERSHIP, PARTY, PARTY_NAME, RECORD, REPORT


def keep(
    connection: Connection,
    made: Mapping[str, tuple[Record, Sequence[Claim]]],
    stale: Iterable[str],
    gone: Collection[str],
) -> None:
    """Write records (by id, with their claims) in place of those with the ids STALE and GONE.

    GONE lost claims, and with them what tells which claims they have: they are written even where they are the same.
    """
    added = _added(connection, {claim.report for _, claims in made.values() for claim in claims})
    new = {
        i: record_row(record, claims, max(filter(None, (added[c.report] for c in claims)), default=None))
        for i, (record, claims) in made.items()
    }
    old = _rows(connection, {*stale, *gone})
    unchanged = {
        i for i, row in new.items() if i in old and i not in gone and all(old[i][name] == row[name] for name in row)
    }
    same_words = {i: old[i]["number"] for i, row in new.items() if i in old and old[i]["text"] == row["text"]}
    unworded = sorted(row["number"] for i, row in old.items() if i not in same_words and row["number"] is not None)
    for batch in batches(sorted(old.keys() - unchanged)):
        connection.execute(delete(RECORD).where(RECORD.c.id.in_(batch)))
    drop_words(connection, unworded)
    rows = {i: new[i] for i in sorted(new.keys() - unchanged)}
    if not rows:
        return
    worded = [i for i in rows if same_words.get(i) is None]
    numbers = same_words | dict(zip(worded, take_numbers(connection, "record", len(worded)), strict=True))
    connection.execute(insert(RECORD), [{**row, "number": numbers[i]} for i, row in rows.items()])
    memberships = [{"claim": claim.id, "record": i} for i in rows for claim in made[i][1]]
    connection.execute(insert(MEMBERSHIP), memberships)
    _keep_parties(connection, [party for i in rows for party in party_rows(made[i][0])])
    file_words(connection, {numbers[i]: rows[i]["text"] for i in worded})


def _rows(connection: Connection, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for batch in batches(sorted(ids)):
        rows = connection.execute(select(RECORD).where(RECORD.c.id.in_(batch))).mappings()
        found.update((row["id"], dict(row)) for row in rows)
    return found


def _keep_parties(connection: Connection, parties: Sequence[dict[str, Any]]) -> None:
    if not parties:
        return
    connection.execute(insert(PARTY), parties)
    names = {party["name"] for party in parties}
    for batch in batches(sorted(names)):
        names -= set(connection.execute(select(PARTY_NAME.c.name).where(PARTY_NAME.c.name.in_(batch))).scalars())
    if names:
        connection.execute(insert(PARTY_NAME), [{"name": name} for name in sorted(names)])


def _added(connection: Connection, reports: Iterable[str]) -> dict[str, str | None]:
    """Return when reports came into the store."""
    found: dict[str, str | None] = {}
    for batch in batches(sorted(reports)):
        rows = connection.execute(select(REPORT.c.id, REPORT.c.added).where(REPORT.c.id.in_(batch)))
        found.update((row.id, row.added) for row in rows)
    return found
