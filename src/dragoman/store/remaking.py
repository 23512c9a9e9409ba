"""Claims and records made anew by the rules of today, from the readings that the store holds.

It goes by batches, each in a transaction: cut off, it goes on where it was; meanwhile the store can be asked and added
to. Judgements and corrections name claims, and stay. In the end the records are those that a new store would have.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, update

from dragoman.store.ingest import prepare, put_in
from dragoman.store.opening import Store
from dragoman.store.reconciler import Reconciler
from dragoman.store.rows import read_reading
from dragoman.store.schema import READING

AT_ONCE = 50
"""How many reports a batch has: others that write wait for it."""


def by_other_rules(store: Store, rules: str) -> bool:
    """Tell whether the claims of any reading were made by other rules than RULES."""
    with store.reading() as connection:
        first = connection.execute(select(func.min(READING.c.rules))).scalar()
        last = connection.execute(select(func.max(READING.c.rules))).scalar()
    return first is not None and not first == last == rules


def count_by_other_rules(store: Store, rules: str) -> int:
    """Return how many readings there are whose claims were made by other rules than RULES."""
    with store.reading() as connection:
        query = select(func.count()).select_from(READING).where(READING.c.rules != rules)
        return int(connection.execute(query).scalar_one())


def forget_rules(store: Store) -> None:
    """Take the claims of every reading for made by rules that nobody knows."""
    with store.writing() as connection:
        connection.execute(update(READING).values(rules=""))


def remake(store: Store, reconciler: Reconciler) -> Iterator[str]:
    """Make anew what other rules made; yield the id of each report when it is done and kept."""
    done = _remake_batch(store, reconciler)
    while done:
        yield from done
        done = _remake_batch(store, reconciler)


def _remake_batch(store: Store, reconciler: Reconciler) -> list[str]:
    rules = reconciler.version()
    with store.writing() as connection:
        reports = _next(connection, rules)
        rows = connection.execute(select(READING.c.json).where(READING.c.report.in_(reports))).scalars().all()
        put_in(connection, [prepare(read_reading(json), reconciler) for json in rows], reports, reconciler)
    return reports


def _next(connection: Connection, rules: str) -> list[str]:
    """Return reports of other rules, in the order of the index: a search for "not these" would pass over all."""
    for other in (READING.c.rules < rules, READING.c.rules > rules):
        query = select(READING.c.report).where(other).order_by(READING.c.rules, READING.c.report).limit(AT_ONCE)
        if found := list(connection.execute(query).scalars()):
            return found
    return []
