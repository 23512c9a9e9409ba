"""What a person should look at first: pairs of claims of which the machine is least sure, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from dragoman.domain.records import Claim, Record
from dragoman.reconcile.grouping import pair_of
from dragoman.store.numbering import ids_of, likely_pairs
from dragoman.store.opening import Store
from dragoman.store.regrouping import load_claims, record_by_claim
from dragoman.store.rows import batches, read_record
from dragoman.store.schema import JUDGEMENT, LIKENESS, RECORD

UNSURE = (0.35, 0.9)
"""Likeness between which a pair is worth a person's look."""
AMPLE = 8
"""How many pairs are looked at for each that is wanted: many are of the same two records."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims to judge, the smaller id left.

    `share` is how alike they are (0-1), `together` whether one record holds both now; where they contradict each
    other, `field` is on what and `values` what each says.
    """

    left: Claim
    right: Claim
    share: float | None
    together: bool
    field: str | None = None
    values: tuple[str, str] | None = None


def questions(store: Store, limit: int, middle: float, offset: int = 0) -> list[Question]:
    """Return what is to be judged: contradictions and the least sure pairs by turns.

    MIDDLE is the likeness (0-1) of which the machine is least sure: that from which it takes claims for one happening.

    Pairs that a judgement stands on are left out; of pairs between the same two records one is asked.
    """
    wanted = limit + offset
    with store.reading() as connection:
        pairs = list(_pairs(connection, wanted, middle))
        contests = list(_contests(connection, wanted))
        once: dict[tuple[str, str], _Asked] = {}
        for asked in chain.from_iterable(zip_longest(contests, pairs)):
            if asked is not None:
                once.setdefault((asked.left, asked.right), asked)
        chosen = list(once.values())[offset:wanted]
        claims = load_claims(connection, sorted({i for q in chosen for i in (q.left, q.right)}))
    return [
        Question(
            left=claims[q.left], right=claims[q.right], share=q.share, together=q.together, field=q.field,
            values=q.values,
        )
        for q in chosen
        if q.left in claims and q.right in claims
    ]  # fmt: skip


class _Asked(NamedTuple):
    left: str
    right: str
    share: float | None
    together: bool
    field: str | None = None
    values: tuple[str, str] | None = None


def _pairs(connection: Connection, wanted: int, middle: float) -> Iterator[_Asked]:
    """Yield the least sure pairs that nobody judged, one of each two records."""
    low, high = UNSURE
    query = select(LIKENESS).limit(wanted * AMPLE)
    above = query.where(LIKENESS.c.share >= middle, LIKENESS.c.share <= high).order_by(
        LIKENESS.c.share, LIKENESS.c.left
    )
    below = query.where(LIKENESS.c.share < middle, LIKENESS.c.share >= low).order_by(
        LIKENESS.c.share.desc(), LIKENESS.c.left
    )
    rows = [*connection.execute(above), *connection.execute(below)]
    names = ids_of(connection, {n for row in rows for n in (row.left, row.right)})
    pairs = [
        (abs(row.share - middle), *pair_of(names[row.left], names[row.right]), row.share)
        for row in rows
        if row.left in names and row.right in names
    ]
    holds = record_by_claim(connection, sorted(names.values()))
    judged = _judged(connection, set(names.values()))
    seen: set[frozenset[str]] = set()
    for _, left, right, share in sorted(pairs):
        between = frozenset((holds.get(left, left), holds.get(right, right)))
        if between not in seen and (left, right) not in judged and len(seen) < wanted:
            seen.add(between)
            yield _Asked(left, right, share, len(between) == 1)


def _judged(connection: Connection, claims: set[str]) -> set[tuple[str, str]]:
    """Return the pairs, smaller id first, with one of CLAIMS left that a judgement stands on."""
    found: set[tuple[str, str]] = set()
    for batch in batches(sorted(claims)):
        rows = connection.execute(
            select(JUDGEMENT.c.left, JUDGEMENT.c.right).where(
                JUDGEMENT.c.left.in_(batch), JUDGEMENT.c.undone_by.is_(None)
            )
        )
        found.update((row.left, row.right) for row in rows)
    return found


def _contests(connection: Connection, wanted: int) -> Iterator[_Asked]:
    rows = connection.execute(
        select(RECORD.c.json)
        .where(RECORD.c.conflicts > 0)
        .order_by(RECORD.c.latest.desc(), RECORD.c.id)
        .limit(wanted * 2)
    ).scalars()
    contests = [contest for json in rows if (contest := _contest(read_record(json))) is not None]
    contests = contests[:wanted]
    lefts = {left for left, *_ in contests}
    judged, likely = _judged(connection, lefts), likely_pairs(connection, sorted(lefts))
    for left, right, field, values in contests:
        if (left, right) not in judged:
            yield _Asked(left, right, likely.get((left, right)), True, field, values)


def _contest(record: Record) -> tuple[str, str, str, tuple[str, str]] | None:
    """Return the first two claims of RECORD that contradict each other, on what, and their values in that order."""
    for conflict in record.conflicts:
        one, other = conflict.values[0], conflict.values[-1]
        if one.claims and other.claims and one.claims[0] != other.claims[0]:
            first, second = sorted([(one.claims[0], str(one.value)), (other.claims[0], str(other.value))])
            return first[0], second[0], conflict.field, (first[1], second[1])
    return None
