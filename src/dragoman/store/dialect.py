"""All that differs between databases: locks, settings and the search for words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, event, false, func, literal_column, text

from dragoman.domain.name_keys import name_key
from dragoman.store.schema import RECORD

BUSY_SECONDS = 60.0
"""How long one process waits for another that writes."""
CACHE_KILOBYTES = 65_536
LOG_PAGES = 8_000
"""Pages of 4 kB after which the write-ahead log is written back: pages that change often are written less often."""
HELD = "dragoman_claims"
"""What a connection knows of claims that it has seen; what is rolled back may never have been."""
SEARCH_TABLE = "record_search"
WRITE_LOCK = 0x44524147
WRITES = "dragoman_writes"


def prepare(engine: Engine) -> None:
    """Make connections of ENGINE keep foreign keys, wait for each other and begin transactions when told to."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_other)
    event.listen(engine, "rollback", _forget)


def _forget(connection: Connection) -> None:
    connection.info.pop(HELD, None)


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute(f"pragma busy_timeout = {round(BUSY_SECONDS * 1000)}")
    connection.execute("pragma foreign_keys = on")
    _write_ahead(connection)
    connection.execute("pragma synchronous = normal")
    connection.execute(f"pragma cache_size = -{CACHE_KILOBYTES}")
    connection.execute(f"pragma wal_autocheckpoint = {LOG_PAGES}")


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
    """Make the index of words, by the records' numbers; without one, words are looked for in the records' text."""
    if connection.dialect.name == "sqlite" and _has_fts5(connection):
        connection.execute(
            text(
                f"create virtual table {SEARCH_TABLE} using "
                "fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')"
            )
        )


def _has_fts5(connection: Connection) -> bool:
    return bool(connection.execute(text("select sqlite_compileoption_used('ENABLE_FTS5')")).scalar())


def has_search(connection: Connection) -> bool:
    """Tell whether the store has an index of words."""
    if connection.dialect.name != "sqlite":
        return False
    named = f"select 1 from sqlite_master where type = 'table' and name = '{SEARCH_TABLE}'"
    return connection.exec_driver_sql(named).scalar() is not None


def file_words(connection: Connection, words: Mapping[int, str]) -> None:
    """Put the words of records (by number) into the index of words, in the order in which it takes them fastest."""
    if words and has_search(connection):
        rows = [{"number": number, "words": words[number]} for number in sorted(words)]
        connection.execute(text(f"insert into {SEARCH_TABLE} (rowid, words) values (:number, :words)"), rows)


def drop_words(connection: Connection, numbers: Sequence[int]) -> None:
    """Take records out of the index of words."""
    if numbers and has_search(connection):
        rows = [{"number": number} for number in sorted(numbers)]
        connection.execute(text(f"delete from {SEARCH_TABLE} where rowid = :number"), rows)


def has_words(connection: Connection, wanted: str) -> ColumnElement[bool]:
    """Return the condition that a record has every word of WANTED."""
    words = [w for w in wanted.replace("\x00", " ").split() if any(c.isalnum() for c in w)]
    if not words:
        return false()
    if has_search(connection):
        phrases = " ".join('"' + w.replace('"', '""') + '"' for w in words)
        search = text(f"select rowid from {SEARCH_TABLE} where {SEARCH_TABLE} match :phrases")
        found = search.bindparams(phrases=phrases).columns(literal_column("rowid"))
        return RECORD.c.number.in_(found.scalar_subquery())
    keys = [key for w in words if (key := name_key(w))]
    return and_(*(func.lower(RECORD.c.text).contains(key, autoescape=True) for key in keys)) if keys else false()
