"""Numbers for rows, each given once, and the claims that have them: the latest used are kept in memory."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from dragoman.domain.records import Claim
from dragoman.reconcile.grouping import pair_of
from dragoman.store.dialect import HELD
from dragoman.store.rows import batches, read_claim
from dragoman.store.schema import ABOUT, CLAIM, LIKENESS

Likely = dict[tuple[int, int], float]
MOST_HELD = 20_000
"""How many claims are kept in memory: some 5 kB each."""


def take_numbers(connection: Connection, kind: str, count: int) -> range:
    """Return COUNT numbers for rows of KIND that nothing had before; they rise."""
    name = f"last {kind}"
    last = connection.execute(select(ABOUT.c.value).where(ABOUT.c.name == name)).scalar()
    if last is None:
        connection.execute(insert(ABOUT), {"name": name, "value": str(count)})
        return range(1, count + 1)
    connection.execute(update(ABOUT).where(ABOUT.c.name == name).values(value=str(int(last) + count)))
    return range(int(last) + 1, int(last) + count + 1)


def hold(connection: Connection, claims: dict[int, Claim]) -> None:
    """Keep claims by their numbers, the oldest giving way."""
    held: dict[int, Claim] = connection.info.setdefault(HELD, {})
    held.update(claims)
    while len(held) > MOST_HELD:
        del held[next(iter(held))]


def numbered(connection: Connection, numbers: Iterable[int]) -> dict[int, Claim]:
    """Return the claims with these numbers; numbers of claims that are gone are left out."""
    held: dict[int, Claim] = connection.info.setdefault(HELD, {})
    found: dict[int, Claim] = {}
    missing = []
    for number in numbers:
        claim = held.pop(number, None)
        if claim is None:
            missing.append(number)
        else:
            found[number] = held[number] = claim
    fresh: dict[int, Claim] = {}
    for batch in batches(missing):
        rows = connection.execute(select(CLAIM.c.number, CLAIM.c.json).where(CLAIM.c.number.in_(batch)))
        fresh.update((row.number, read_claim(row.json)) for row in rows)
    hold(connection, fresh)
    return found | fresh


def numbers_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the claims with these ids; ids that the store lacks are left out."""
    found: dict[str, int] = {}
    for batch in batches(ids):
        rows = connection.execute(select(CLAIM.c.id, CLAIM.c.number).where(CLAIM.c.id.in_(batch)))
        found.update((row.id, row.number) for row in rows)
    return found


def ids_of(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the ids of the claims with these numbers; numbers of claims that are gone are left out."""
    found: dict[int, str] = {}
    for batch in batches(sorted(numbers)):
        rows = connection.execute(select(CLAIM.c.id, CLAIM.c.number).where(CLAIM.c.number.in_(batch)))
        found.update((row.number, row.id) for row in rows)
    return found


def likely_of(connection: Connection, claims: Iterable[int]) -> Likely:
    """Return the likeness that is kept of pairs with one of CLAIMS, the smaller number first."""
    found: Likely = {}
    for batch in batches(sorted(claims)):
        for side in (LIKENESS.c.left, LIKENESS.c.right):
            rows = connection.execute(
                select(LIKENESS.c.left, LIKENESS.c.right, LIKENESS.c.share).where(side.in_(batch))
            )
            found.update(((left, right), share) for left, right, share in rows)
    return found


def likely_pairs(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], float]:
    """Return the likeness that is kept of pairs with one of the claims with these ids, the smaller id first."""
    pairs = likely_of(connection, numbers_of(connection, ids).values())
    names = ids_of(connection, {n for pair in pairs for n in pair})
    return {pair_of(names[a], names[b]): share for (a, b), share in pairs.items() if a in names and b in names}
