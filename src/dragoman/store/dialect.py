"""All that differs between databases: locks, settings and the search for words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, event, false, func, inspect, literal_column, text

from dragoman.domain.name_keys import name_key
from dragoman.store.schema import RECORD

BUSY_SECONDS = 60.0
"""How long one process waits for another that writes."""
SEARCH_TABLE = "record_search"
NUMBERS = "record_search_ids"
WRITE_LOCK = 0x44524147
WRITES = "dragoman_writes"


def prepare(engine: Engine) -> None:
    """Make connections of ENGINE keep foreign keys, wait for each other and begin transactions when told to."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_other)


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute(f"pragma busy_timeout = {round(BUSY_SECONDS * 1000)}")
    connection.execute("pragma foreign_keys = on")
    _write_ahead(connection)
    connection.execute("pragma synchronous = normal")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, for which SQLite itself doesn't wait when another process does the same."""
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, None):
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                return
            if wait is None or "locked" not in str(error):
                raise
            time.sleep(wait)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _begin_other(connection: Connection) -> None:
    """Let one transaction write at a time, as SQLite does: what one regroups the other must see."""
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITE_LOCK})")


def create_search(connection: Connection) -> None:
    """Make the index of words where the database has one; without it, words are looked for in the records' text.

    The index is by number, so a table gives each record one.
    """
    if connection.dialect.name == "sqlite" and _has_fts5(connection):
        connection.execute(
            text(
                f"create virtual table {SEARCH_TABLE} using "
                "fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')"
            )
        )
        connection.execute(text(f"create table {NUMBERS} (number integer primary key, id text not null unique)"))


def _has_fts5(connection: Connection) -> bool:
    return bool(connection.execute(text("select sqlite_compileoption_used('ENABLE_FTS5')")).scalar())


def has_search(connection: Connection) -> bool:
    """Tell whether the store has an index of words."""
    return connection.dialect.name == "sqlite" and inspect(connection).has_table(SEARCH_TABLE)


def file_words(connection: Connection, words: Mapping[str, str]) -> None:
    """Put the words of records (by id) into the index of words."""
    if words and has_search(connection):
        rows = [{"id": i, "words": w} for i, w in words.items()]
        connection.execute(text(f"insert into {NUMBERS} (id) values (:id)"), rows)
        number = f"(select number from {NUMBERS} where id = :id)"
        connection.execute(text(f"insert into {SEARCH_TABLE} (rowid, words) values ({number}, :words)"), rows)


def drop_words(connection: Connection, ids: Sequence[str]) -> None:
    """Take records out of the index of words."""
    if ids and has_search(connection):
        rows = [{"id": i} for i in ids]
        number = f"(select number from {NUMBERS} where id = :id)"
        connection.execute(text(f"delete from {SEARCH_TABLE} where rowid = {number}"), rows)
        connection.execute(text(f"delete from {NUMBERS} where id = :id"), rows)


def has_words(connection: Connection, wanted: str) -> ColumnElement[bool]:
    """Return the condition that a record has every word of WANTED."""
    words = [w for w in wanted.replace("\x00", " ").split() if any(c.isalnum() for c in w)]
    if not words:
        return false()
    if has_search(connection):
        phrases = " ".join('"' + w.replace('"', '""') + '"' for w in words)
        search = text(
            f"select id from {NUMBERS} join {SEARCH_TABLE} on {SEARCH_TABLE}.rowid = number "
            f"where {SEARCH_TABLE} match :phrases"
        ).bindparams(phrases=phrases)
        return RECORD.c.id.in_(search.columns(literal_column("id")).scalar_subquery())
    keys = [key for w in words if (key := name_key(w))]
    return and_(*(func.lower(RECORD.c.text).contains(key, autoescape=True) for key in keys)) if keys else false()
