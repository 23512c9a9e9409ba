"""All that differs between databases: locks, settings and the search for words."""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    TextClause,
    and_,
    event,
    false,
    func,
    inspect,
    literal_column,
    text,
)

from dragoman.domain.name_keys import name_key
from dragoman.store.schema import RECORD

BUSY_SECONDS = 60.0
"""How long one process waits for another that writes."""
CONNECT_SECONDS = 10
"""How long a server may take to answer."""
CACHE_KILOBYTES = 65_536
LOG_PAGES = 8_000
"""Pages of 4 kB after which the write-ahead log is written back: pages that change often are written less often."""
HELD = "dragoman_claims"
"""What a connection knows of claims that it has seen; what is rolled back may never have been."""
SEARCH_TABLE = "record_search"
STEMMING = "dragoman_words"
"""The search configuration of PostgreSQL: each word by its stem, none left out as too common."""
MOST_BYTES = 300_000
"""How much text of a record PostgreSQL files at most: what it makes of more may pass the 1 MB that it can hold."""
LONGEST_WORD = 255
WRITE_LOCK = 0x44524147
WRITES = "dragoman_writes"
FOR_GOOD = "for good"
"""The value of WRITES for what must be on the disk before the transaction is over, even where the power fails next."""


def prepare(engine: Engine) -> None:
    """Make connections of ENGINE keep foreign keys, wait for each other and begin transactions when told to."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_other)
    event.listen(engine, "rollback", _forget)


def _forget(connection: Connection) -> None:
    if not connection.invalidated:  # a connection that is lost knows nothing any more
        connection.info.pop(HELD, None)


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute(f"pragma busy_timeout = {round(BUSY_SECONDS * 1000)}")
    connection.execute("pragma foreign_keys = on")
    _write_ahead(connection)
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
    connection.info.pop(SEARCH_TABLE, None)
    writes = connection.get_execution_options().get(WRITES)
    if writes:
        connection.exec_driver_sql(f"pragma synchronous = {'full' if writes == FOR_GOOD else 'normal'}")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def reach_the_disk(engine: Engine) -> None:
    """Bring all that was written to the disk; a server does so by itself."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("pragma wal_checkpoint(passive)")  # type: ignore[union-attr]


def _begin_other(connection: Connection) -> None:
    """Let one transaction write at a time, as SQLite does: what one regroups the other must see.

    What only reads sees the store as it was at its beginning, as on SQLite, whatever is written meanwhile.
    """
    connection.info.pop(SEARCH_TABLE, None)
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"set local lock_timeout = {round(BUSY_SECONDS * 1000)}")
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITE_LOCK})")
    else:
        connection.exec_driver_sql("set transaction isolation level repeatable read, read only")


def engine_options(backend: str) -> dict[str, Any]:
    """Return how an engine for the database BACKEND reaches its server: a lost connection is made anew, once."""
    if backend != "postgresql":
        return {}
    about = {"connect_timeout": CONNECT_SECONDS, "application_name": "dragoman", "client_encoding": "utf8"}
    return {"pool_pre_ping": True, "connect_args": about}


def create_search(connection: Connection) -> None:
    """Make the index of words, by the records' numbers; without one, words are looked for in the records' text."""
    if has_search(connection):
        return
    statements: tuple[str, ...] = ()
    if connection.dialect.name == "postgresql":
        known = text(f"select 1 from pg_ts_config where cfgname = '{STEMMING}'")
        made = connection.execute(known).first() is not None
        statements = (
            *(() if made else _POSTGRESQL_STEMMING),
            f"create table {SEARCH_TABLE} (number integer primary key, words tsvector not null)",
            f"create index {SEARCH_TABLE}_words on {SEARCH_TABLE} using gin (words)",
        )
    elif connection.dialect.name == "sqlite" and _has_fts5(connection):
        statements = (
            f"create virtual table {SEARCH_TABLE} using fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')",
        )
    for statement in statements:
        connection.execute(text(statement))
    connection.info.pop(SEARCH_TABLE, None)


_POSTGRESQL_STEMMING = (
    f"create text search dictionary {STEMMING}_stem (template = snowball, language = english)",
    f"create text search configuration {STEMMING} (copy = simple)",
    f"alter text search configuration {STEMMING} alter mapping for asciiword, word with {STEMMING}_stem",
)


def _has_fts5(connection: Connection) -> bool:
    return bool(connection.execute(text("select sqlite_compileoption_used('ENABLE_FTS5')")).scalar())


def has_search(connection: Connection) -> bool:
    """Tell whether the store has an index of words; asked of the database once a transaction."""
    known = connection.info.get(SEARCH_TABLE)
    if known is None:
        known = connection.info[SEARCH_TABLE] = inspect(connection).has_table(SEARCH_TABLE)
    return bool(known)


def file_words(connection: Connection, words: Mapping[int, str]) -> None:
    """Put the words of records (by number) into the index of words, in the order in which it takes them fastest."""
    if not words or not has_search(connection):
        return
    if connection.dialect.name == "postgresql":
        rows = [{"number": number, "words": _plain_words(words[number])} for number in sorted(words)]
        vector = f"to_tsvector('{STEMMING}', :words)"
        connection.execute(text(f"insert into {SEARCH_TABLE} (number, words) values (:number, {vector})"), rows)
        return
    rows = [{"number": number, "words": words[number]} for number in sorted(words)]
    connection.execute(text(f"insert into {SEARCH_TABLE} (rowid, words) values (:number, :words)"), rows)


def drop_words(connection: Connection, numbers: Sequence[int]) -> None:
    """Take records out of the index of words."""
    if numbers and has_search(connection):
        key = "number" if connection.dialect.name == "postgresql" else "rowid"
        rows = [{"number": number} for number in sorted(numbers)]
        connection.execute(text(f"delete from {SEARCH_TABLE} where {key} = :number"), rows)


def has_words(connection: Connection, wanted: str) -> ColumnElement[bool]:
    """Return the condition that a record has every word of WANTED."""
    words = [w for w in wanted.replace("\x00", " ").split() if any(c.isalnum() for c in w)]
    if not words:
        return false()
    if has_search(connection):
        search = _postgresql_search(words) if connection.dialect.name == "postgresql" else _sqlite_search(words)
        return RECORD.c.number.in_(search.columns(literal_column("number")).scalar_subquery())
    keys = [key for w in words if (key := name_key(w))]
    return and_(*(func.lower(RECORD.c.text).contains(key, autoescape=True) for key in keys)) if keys else false()


def _sqlite_search(words: Sequence[str]) -> TextClause:
    phrases = " ".join('"' + w.replace('"', '""') + '"' for w in words)
    search = text(f"select rowid as number from {SEARCH_TABLE} where {SEARCH_TABLE} match :phrases")
    return search.bindparams(phrases=phrases)


def _postgresql_search(words: Sequence[str]) -> TextClause:
    phrases = {f"phrase{n}": _plain_words(w) for n, w in enumerate(words)}
    asked = " and ".join(f"words @@ phraseto_tsquery('{STEMMING}', :{name})" for name in phrases)
    return text(f"select number from {SEARCH_TABLE} where {asked}").bindparams(**phrases)


def _plain_words(told: str) -> str:
    """Return the words of TOLD as SQLite's index has them: small letters without accents, parted by all else.

    PostgreSQL would take hyphens, dots and @ for parts of words.
    """
    plain = "".join(
        c if c.isalnum() else " " for c in unicodedata.normalize("NFD", told.lower()) if not unicodedata.combining(c)
    )
    kept = (w for w in plain.split() if len(w) <= LONGEST_WORD)
    return " ".join(kept).encode()[:MOST_BYTES].decode(errors="ignore")
