"""Which claims hang together, and the records that they make: worked out anew for those that a change touches.

Claims hang together by likeness or by a judgement. Each such set is grouped by itself and as a whole, so that the
records depend on what the store holds and not on the order in which it came there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, insert, or_, select

from dragoman.domain.records import Claim, Correction, Judgement
from dragoman.reconcile.correcting import corrected
from dragoman.store.dialect import drop_words, file_words
from dragoman.store.reconciler import Reconciler
from dragoman.store.rows import batches, party_rows, read_claim, read_correction, read_judgement, record_row
from dragoman.store.schema import CLAIM, CORRECTION, JUDGEMENT, LIKENESS, MEMBERSHIP, PARTY, RECORD, REPORT


class Ties(msgspec.Struct, frozen=True):
    """Claims that hang together, in order of their ids, and what ties them."""

    claims: tuple[str, ...]
    likely: Mapping[tuple[str, str], float]
    judgements: tuple[Judgement, ...]


def regroup(connection: Connection, seeds: Iterable[str], gone: Iterable[str], reconciler: Reconciler) -> list[str]:
    """Make anew the records of all claims that hang together with SEEDS; return their ids, in order.

    GONE are records whose claims were taken out; they are dropped too.
    """
    made: list[str] = []
    stale = set(gone)
    parts = _parts(connection, seeds)
    for ties in parts:
        stale |= records_with(connection, ties.claims)
    _drop(connection, sorted(stale))
    for ties in parts:
        claims = [claim for _, claim in sorted(load_claims(connection, ties.claims).items())]
        for group in reconciler.group(claims, ties.likely, ties.judgements):
            made.append(_keep(connection, group, ties.judgements, reconciler))
    return sorted(made)


def neighbours(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Return the claims that likeness or a standing judgement ties to one of CLAIMS."""
    asked = sorted(claims)
    likely, judged = _likely(connection, asked), _judged(connection, asked)
    found = {i for pair in likely for i in pair} | {i for _, j in judged for i in (j.left, j.right)}
    return found - set(asked)


def records_with(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Return the records that have one of CLAIMS."""
    found: set[str] = set()
    for batch in batches(claims):
        found |= set(connection.execute(select(MEMBERSHIP.c.record).where(MEMBERSHIP.c.claim.in_(batch))).scalars())
    return found


def load_claims(connection: Connection, ids: Iterable[str]) -> dict[str, Claim]:
    """Return the claims with these ids, by id; ids that the store lacks are left out."""
    found: dict[str, Claim] = {}
    for batch in batches(ids):
        rows = connection.execute(select(CLAIM.c.id, CLAIM.c.json).where(CLAIM.c.id.in_(batch)))
        found.update((row.id, read_claim(row.json)) for row in rows)
    return found


def _parts(connection: Connection, seeds: Iterable[str]) -> list[Ties]:
    """Return the sets of claims that hang together with SEEDS, each once."""
    seen: set[str] = set()
    parts = []
    for seed in sorted(_standing(connection, seeds)):
        if seed not in seen:
            ties = _ties(connection, seed)
            seen.update(ties.claims)
            parts.append(ties)
    return parts


def _ties(connection: Connection, seed: str) -> Ties:
    """Return all that hangs together with the claim SEED, step by step outwards."""
    reached, edge = {seed}, {seed}
    likely: dict[tuple[str, str], float] = {}
    judged: dict[int, Judgement] = {}
    while edge:
        asked = sorted(edge)
        new_likely, new_judged = _likely(connection, asked), dict(_judged(connection, asked))
        likely |= new_likely
        judged |= new_judged
        named = {i for pair in new_likely for i in pair} | {i for j in new_judged.values() for i in (j.left, j.right)}
        edge = _standing(connection, named - reached)
        reached |= edge
    standing = tuple(j for _, j in sorted(judged.items()) if j.left in reached and j.right in reached)
    return Ties(tuple(sorted(reached)), likely, standing)


def _standing(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of IDS that are claims of the store: a judgement may name one that is no longer read."""
    found: set[str] = set()
    for batch in batches(sorted(ids)):
        found |= set(connection.execute(select(CLAIM.c.id).where(CLAIM.c.id.in_(batch))).scalars())
    return found


def _likely(connection: Connection, claims: Sequence[str]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for batch in batches(claims):
        touches = or_(LIKENESS.c.left.in_(batch), LIKENESS.c.right.in_(batch))
        rows = connection.execute(select(LIKENESS).where(touches))
        found.update(((row.left, row.right), row.share) for row in rows)
    return found


def _judged(connection: Connection, claims: Sequence[str]) -> list[tuple[int, Judgement]]:
    found: list[tuple[int, Judgement]] = []
    for batch in batches(claims):
        touches = or_(JUDGEMENT.c.left.in_(batch), JUDGEMENT.c.right.in_(batch))
        rows = connection.execute(select(JUDGEMENT).where(touches, JUDGEMENT.c.undone_by.is_(None)))
        found += [(row.seq, read_judgement(row)) for row in rows]
    return found


def _corrections(connection: Connection, claims: Sequence[str]) -> list[Correction]:
    """Return the corrections that stand on CLAIMS, in the order in which they were made."""
    found: dict[int, Correction] = {}
    for batch in batches(claims):
        rows = connection.execute(
            select(CORRECTION).where(CORRECTION.c.claim.in_(batch), CORRECTION.c.undone_by.is_(None))
        )
        found.update((row.seq, read_correction(row)) for row in rows)
    return [made for _, made in sorted(found.items())]


def _drop(connection: Connection, records: Sequence[str]) -> None:
    for batch in batches(records):
        connection.execute(delete(RECORD).where(RECORD.c.id.in_(batch)))
        drop_words(connection, batch)


def _keep(
    connection: Connection, group: Sequence[Claim], judgements: Sequence[Judgement], reconciler: Reconciler
) -> str:
    """Write the record of a group of claims and return its id."""
    ids = {claim.id for claim in group}
    record = reconciler.record_of(group, [j for j in judgements if j.left in ids or j.right in ids])
    record = corrected(record, _corrections(connection, sorted(ids)))
    row = record_row(record, sorted(group, key=lambda claim: claim.id), _added(connection, group))
    connection.execute(insert(RECORD), row)
    connection.execute(insert(MEMBERSHIP), [{"claim": i, "record": record.id} for i in sorted(ids)])
    if parties := party_rows(record):
        connection.execute(insert(PARTY), parties)
    file_words(connection, {record.id: row["text"]})
    return record.id


def _added(connection: Connection, group: Sequence[Claim]) -> str | None:
    """Return when the last report of a group came into the store."""
    last: str | None = None
    for batch in batches(sorted({claim.report for claim in group})):
        found = connection.execute(select(func.max(REPORT.c.added)).where(REPORT.c.id.in_(batch))).scalar()
        last = max(filter(None, (last, found)), default=None)
    return last
