"""Which claims hang together, and the records that they make: worked out anew for those that a change touches.

Claims hang together by a judgement, or by likeness as great as the reconciler joins any by: without such a pair no two
parts of a group come together. Each such set is grouped by itself and as a whole, with all likeness within it, so
that the records depend on what the store holds and not on the order in which it came there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, or_, select

from dragoman.domain.records import Claim, Correction, Judgement, Record
from dragoman.reconcile.correcting import corrected
from dragoman.store.keeping import keep
from dragoman.store.numbering import Likely, likely_of, numbered, numbers_of
from dragoman.store.reconciler import Reconciler
from dragoman.store.rows import batches, read_claim, read_correction, read_judgement
from dragoman.store.schema import CLAIM, CORRECTION, JUDGEMENT, MEMBERSHIP


class Reached(msgspec.Struct):
    """All claims that a change touches, by number, and what ties them."""

    claims: dict[int, Claim]
    likely: Likely
    judged: dict[int, Judgement]


def regroup(
    connection: Connection, seeds: Iterable[str], gone: Iterable[str], reconciler: Reconciler
) -> dict[str, str]:
    """Make anew the records of all claims that hang together with SEEDS; return the record of each claim.

    GONE are records whose claims were taken out; they are dropped too.
    """
    reached = _reach(connection, numbers_of(connection, sorted(set(seeds))).values(), reconciler.LEAST)
    corrections = _corrections(connection, sorted(claim.id for claim in reached.claims.values()))
    made: dict[str, tuple[Record, list[Claim]]] = {}
    for claims, likely, judgements in _parts(reached, reconciler.LEAST):
        for group in reconciler.group(claims, likely, judgements):
            ids = {claim.id for claim in group}
            record = reconciler.record_of(group, [j for j in judgements if j.left in ids or j.right in ids])
            record = corrected(record, [c for c in corrections if c.claim in ids])
            made[record.id] = record, sorted(group, key=lambda claim: claim.id)
    stale = records_with(connection, sorted(claim.id for claim in reached.claims.values()))
    keep(connection, made, stale, set(gone))
    return {claim.id: i for i, (_, claims) in made.items() for claim in claims}


def neighbours(connection: Connection, claims: Iterable[str], reconciler: Reconciler) -> set[str]:
    """Return the claims that hang together with one of CLAIMS directly."""
    own = numbers_of(connection, claims)
    likely = likely_of(connection, own.values())
    near = {n for pair, share in likely.items() if share >= reconciler.LEAST for n in pair} - set(own.values())
    judged = {i for j in _judged(connection, own).values() for i in (j.left, j.right)}
    return ({claim.id for claim in numbered(connection, sorted(near)).values()} | judged) - set(own)


def records_with(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Return the records that have one of CLAIMS."""
    return set(record_by_claim(connection, claims).values())


def record_by_claim(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """Return the record of each of CLAIMS; those that are in none are left out."""
    found: dict[str, str] = {}
    for batch in batches(claims):
        rows = connection.execute(select(MEMBERSHIP.c.claim, MEMBERSHIP.c.record).where(MEMBERSHIP.c.claim.in_(batch)))
        found.update((row.claim, row.record) for row in rows)
    return found


def load_claims(connection: Connection, ids: Iterable[str]) -> dict[str, Claim]:
    """Return the claims with these ids, by id; ids that the store lacks are left out."""
    found: dict[str, Claim] = {}
    for batch in batches(ids):
        rows = connection.execute(select(CLAIM.c.id, CLAIM.c.json).where(CLAIM.c.id.in_(batch)))
        found.update((row.id, read_claim(row.json)) for row in rows)
    return found


def _reach(connection: Connection, seeds: Iterable[int], least: float) -> Reached:
    """Return all that hangs together with the claims SEEDS, step by step outwards."""
    reached = Reached(claims={}, likely={}, judged={})
    edge = set(seeds)
    while edge:
        new = numbered(connection, sorted(edge))
        reached.claims |= new
        likely = likely_of(connection, new)
        judged = _judged(connection, [claim.id for claim in new.values()])
        reached.likely |= likely
        reached.judged |= judged
        edge = {n for pair, share in likely.items() if share >= least for n in pair}
        edge |= set(numbers_of(connection, sorted({i for j in judged.values() for i in (j.left, j.right)})).values())
        edge -= reached.claims.keys()
    return reached


def _parts(
    reached: Reached, least: float
) -> list[tuple[list[Claim], dict[tuple[str, str], float], tuple[Judgement, ...]]]:
    """Return the sets of claims that hang together, each in order of ids, with the likeness and judgements within."""
    heads = {number: number for number in reached.claims}

    def head(number: int) -> int:
        while heads[number] != number:
            heads[number] = number = heads[heads[number]]
        return number

    within = {pair: share for pair, share in reached.likely.items() if pair[0] in heads and pair[1] in heads}
    for left, right in (pair for pair, share in within.items() if share >= least):
        heads[head(left)] = head(right)
    by_id = {claim.id: number for number, claim in reached.claims.items()}
    judged = [j for _, j in sorted(reached.judged.items()) if j.left in by_id and j.right in by_id]
    for j in judged:
        heads[head(by_id[j.left])] = head(by_id[j.right])
    part = {number: head(number) for number in heads}
    claims: dict[int, list[Claim]] = {}
    for number, claim in reached.claims.items():
        claims.setdefault(part[number], []).append(claim)
    likely: dict[int, dict[tuple[str, str], float]] = {}
    for (left, right), share in within.items():
        if part[left] == part[right]:
            one, other = reached.claims[left].id, reached.claims[right].id
            likely.setdefault(part[left], {})[(one, other) if one < other else (other, one)] = share
    judgements: dict[int, list[Judgement]] = {}
    for j in judged:
        judgements.setdefault(part[by_id[j.left]], []).append(j)
    return [
        (sorted(its, key=lambda claim: claim.id), likely.get(n, {}), tuple(judgements.get(n, ())))
        for n, its in sorted(claims.items())
    ]


def _judged(connection: Connection, claims: Iterable[str]) -> dict[int, Judgement]:
    found: dict[int, Judgement] = {}
    for batch in batches(sorted(claims)):
        touches = or_(JUDGEMENT.c.left.in_(batch), JUDGEMENT.c.right.in_(batch))
        rows = connection.execute(select(JUDGEMENT).where(touches, JUDGEMENT.c.undone_by.is_(None)))
        found.update((row.seq, read_judgement(row)) for row in rows)
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
