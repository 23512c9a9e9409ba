"""Who gives a text: several outlets may carry the same one, word for word, and it is one report.

The report that is read has the giver who published it first; the others are kept beside it. Which comes first does not
depend on the order in which they came.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from dragoman.domain.report import Report
from dragoman.store.errors import UnknownIdError
from dragoman.store.opening import Store
from dragoman.store.rows import report_row
from dragoman.store.schema import GIVER, REPORT

FIELDS = ("published", "given_id", "source", "url", "title")


class Giver(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet's telling of a report: when, under which id, and where."""

    published: datetime.date | None
    given_id: str | None
    source: str | None
    url: str | None
    title: str | None


def givers(store: Store, report_id: str) -> list[Giver]:
    """Return who gave a report, the one under whom it is read first. Raises UnknownIdError."""
    with store.reading() as connection:
        first = _held(connection, report_id)
        if first is None:
            raise UnknownIdError("report", report_id)
        rows = connection.execute(select(GIVER).where(GIVER.c.report == report_id)).mappings()
        others = [{name: row[name] for name in FIELDS} for row in rows]
        return [_giver(first), *map(_giver, sorted(others, key=_order))]


def comes_first(connection: Connection, report: Report) -> bool:
    """Tell whether REPORT, which the store holds, comes before the giver under whom it is read."""
    held = _held(connection, report.id)
    return held is not None and _order(report_row(report)) < _order(held)


def is_given(connection: Connection, report: Report) -> bool:
    """Tell whether the store knows REPORT with this giver."""
    row = report_row(report)
    held = _held(connection, report.id)
    if held is not None and _order(held) == _order(row):
        return True
    known = select(GIVER.c.key).where(GIVER.c.report == report.id, GIVER.c.key == _key(row))
    return connection.execute(known).first() is not None


def keep_giver(connection: Connection, report: Report) -> None:
    """Keep the giver of REPORT beside the one under whom it is read."""
    _keep(connection, report_row(report))


def give_way(connection: Connection, report: Report) -> None:
    """Let the giver of REPORT take the place of the one under whom it was read, who is kept beside it."""
    held = _held(connection, report.id)
    row = report_row(report)
    if held is not None and _order(held) != _order(row):
        _keep(connection, held)
        connection.execute(delete(GIVER).where(GIVER.c.report == report.id, GIVER.c.key == _key(row)))


def _keep(connection: Connection, row: Mapping[str, Any]) -> None:
    kept = {"report": row["id"], "key": _key(row), **{name: row[name] for name in FIELDS}}
    connection.execute(insert(GIVER), kept)


def _held(connection: Connection, report: str) -> Mapping[str, Any] | None:
    columns = [REPORT.c[name] for name in ("id", *FIELDS)]
    row = connection.execute(select(*columns).where(REPORT.c.id == report)).mappings().first()
    return None if row is None else {str(name): value for name, value in row.items()}


def _order(row: Mapping[str, Any]) -> list[tuple[bool, str]]:
    """Return what givers are ordered by: what is known before what isn't."""
    return [(row[name] is None, row[name] or "") for name in FIELDS]


def _key(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode([row[name] for name in FIELDS])).hexdigest()


def _giver(row: Mapping[str, Any]) -> Giver:
    return msgspec.convert({name: row[name] for name in FIELDS}, Giver)
