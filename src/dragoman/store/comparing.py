"""Which claims are compared with which: they are filed under keys, and found by them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from dragoman.domain.records import TOGETHER, Claim, Keys
from dragoman.store.numbering import hold, numbered
from dragoman.store.reconciler import FLOOR, Reconciler
from dragoman.store.rows import batches, filed_key
from dragoman.store.schema import CLAIM_KEY, LIKENESS


def file_keys(connection: Connection, keys: Mapping[int, Keys]) -> None:
    """File claims (by number) under their keys."""
    filed = sorted({(filed_key(key), number) for number, its in keys.items() for key in its.filed})
    if filed:
        connection.execute(insert(CLAIM_KEY), [{"key": key, "claim": number} for key, number in filed])


def drop_keys(connection: Connection, claims: Mapping[int, Claim], reconciler: Reconciler) -> None:
    """Take claims (by number) out from under their keys."""
    for number, claim in claims.items():
        for batch in batches(sorted({filed_key(key) for key in reconciler.keys_of(claim).filed})):
            connection.execute(delete(CLAIM_KEY).where(CLAIM_KEY.c.key.in_(batch), CLAIM_KEY.c.claim == number))


def compare(
    connection: Connection, claims: Mapping[int, Claim], keys: Mapping[int, Keys], reconciler: Reconciler
) -> None:
    """Keep the likeness of each of CLAIMS, new and filed, to every claim that its keys find."""
    pairs = sorted(_pairs(connection, keys))
    hold(connection, dict(claims))
    rows = []
    for some in batches(pairs):
        known = {**numbered(connection, sorted({n for pair in some for n in pair} - claims.keys())), **claims}
        for left, right in some:
            if left in known and right in known:
                share = reconciler.likeness(known[left], known[right])
                if share >= FLOOR:
                    rows.append({"left": left, "right": right, "share": share})
    if rows:
        connection.execute(insert(LIKENESS), rows)


def _pairs(connection: Connection, keys: Mapping[int, Keys]) -> set[tuple[int, int]]:
    """Return the pairs, the smaller number first, that KEYS bring together."""
    once = {number: {filed_key(key) for key in its.asked} for number, its in keys.items()}
    together = {number: {filed_key(key) for key in its.asked_together} for number, its in keys.items()}
    filed = _filed(connection, {key for asked in (once, together) for its in asked.values() for key in its})
    found: set[tuple[int, int]] = set()
    for number in keys:
        others = {other for key in once[number] for other in filed.get(key, ())}
        counts = Counter(other for key in together[number] for other in filed.get(key, ()))
        others.update(other for other, count in counts.items() if count >= TOGETHER)
        found.update((min(number, other), max(number, other)) for other in others if other != number)
    return found


def _filed(connection: Connection, keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for batch in batches(sorted(keys)):
        for key, claim in connection.execute(
            select(CLAIM_KEY.c.key, CLAIM_KEY.c.claim).where(CLAIM_KEY.c.key.in_(batch))
        ):
            found[key].append(claim)
    return found
