"""Why a record of the store has its values."""

from __future__ import annotations

from sqlalchemy import select

from dragoman.reconcile.explaining import Explanation, UnknownFieldError, explain
from dragoman.store.errors import NoFieldError
from dragoman.store.numbering import likely_pairs
from dragoman.store.opening import Store
from dragoman.store.queries import claims, record
from dragoman.store.rows import batches
from dragoman.store.schema import REPORT


def explanation(store: Store, wanted: str, field: str | None = None) -> Explanation:
    """Return why the record WANTED, or the one that has the claim WANTED, is as it is; with FIELD, why that is so.

    Raises UnknownIdError, or NoFieldError where the record has no such field.
    """
    found = record(store, wanted)
    held = claims(store, found.id)
    ids = {claim.id for claim in held}
    texts: dict[str, str] = {}
    with store.reading() as connection:
        for batch in batches(sorted({claim.report for claim in held})):
            rows = connection.execute(select(REPORT.c.id, REPORT.c.text).where(REPORT.c.id.in_(batch)))
            texts.update((row.id, row.text) for row in rows)
        likely = {pair: share for pair, share in likely_pairs(connection, ids).items() if ids.issuperset(pair)}
    try:
        return explain(found, held, texts, likely, field)
    except UnknownFieldError as error:
        raise NoFieldError(str(error)) from error
