"""What pages about one record, report or actor ask of a store."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import func, select

from dragoman.domain.records import Claim, Record
from dragoman.store.numbering import likely_pairs
from dragoman.store.opening import Store
from dragoman.store.regrouping import load_claims, record_by_claim
from dragoman.store.rows import batches, party_key, read_claim, read_record
from dragoman.store.schema import CLAIM, MEMBERSHIP, PARTY, RECORD, REPORT


class ReportHead(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it was given, and its text."""

    id: str
    given_id: str | None
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    text: str


class Likely(msgspec.Struct, frozen=True, kw_only=True):
    """Another record that may be of the same happening: the most alike pair of claims, and how much alike (0-1)."""

    record: Record
    own: str
    other: str
    share: float


def report_heads(store: Store, ids: Iterable[str]) -> dict[str, ReportHead]:
    """Return the reports with these content ids, by id; those that the store lacks are left out."""
    found: dict[str, ReportHead] = {}
    columns = [getattr(REPORT.c, name) for name in ReportHead.__struct_fields__]
    with store.reading() as connection:
        for batch in batches(sorted(set(ids))):
            for row in connection.execute(select(*columns).where(REPORT.c.id.in_(batch))):
                found[row.id] = ReportHead(**row._asdict())
    return found


def alike(store: Store, record: Record, limit: int = 5) -> list[Likely]:
    """Return other records with a claim like one of RECORD's, most alike first, each once."""
    own = sorted(claim.id for claim in record.claims)
    best: dict[str, tuple[float, str, str]] = {}
    with store.reading() as connection:
        pairs = likely_pairs(connection, own)
        inside = set(own)
        across = [
            (a, b, s) if a in inside else (b, a, s) for (a, b), s in pairs.items() if (a in inside) != (b in inside)
        ]
        holds = record_by_claim(connection, sorted({b for _, b, _ in across}))
        for mine, other, share in across:
            known = best.get(holds.get(other, ""))
            if other in holds and (known is None or share > known[0]):
                best[holds[other]] = (share, mine, other)
        first = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
        rows = connection.execute(select(RECORD.c.id, RECORD.c.json).where(RECORD.c.id.in_([i for i, _ in first])))
        read = {row.id: read_record(row.json) for row in rows}
    return [Likely(record=read[i], own=mine, other=other, share=share) for i, (share, mine, other) in first]


def claims_in(store: Store, report_id: str) -> list[tuple[Claim, str]]:
    """Return the claims of a report in the order of its text, each with the id of its record."""
    with store.reading() as connection:
        rows = connection.execute(
            select(CLAIM.c.json, MEMBERSHIP.c.record)
            .join(MEMBERSHIP, MEMBERSHIP.c.claim == CLAIM.c.id)
            .where(CLAIM.c.report == report_id)
        )
        found = [(read_claim(row.json), str(row.record)) for row in rows]
    return sorted(found, key=lambda pair: (pair[0].trigger, pair[0].id))


def claims_by_id(store: Store, ids: Iterable[str]) -> dict[str, Claim]:
    """Return the claims with these ids, by id; those that the store lacks are left out."""
    with store.reading() as connection:
        return load_claims(connection, sorted(set(ids)))


def records_with_actor(store: Store, name: str, limit: int, offset: int = 0) -> tuple[int, list[Record]]:
    """Return how many records an actor of exactly this name takes part in, and LIMIT of them, latest first."""
    with store.reading() as connection:
        holds = select(PARTY.c.record).where(PARTY.c.name == party_key(name))
        total = connection.execute(select(func.count()).select_from(RECORD).where(RECORD.c.id.in_(holds))).scalar_one()
        rows = connection.execute(
            select(RECORD.c.json)
            .where(RECORD.c.id.in_(holds))
            .order_by(func.coalesce(RECORD.c.since, RECORD.c.latest, "").desc(), RECORD.c.id)
            .limit(limit)
            .offset(offset)
        ).scalars()
        return int(total), [read_record(json) for json in rows]
