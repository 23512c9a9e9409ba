"""Opening a store: where it lies, its form brought up to date, and clear words where that can't be."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dragoman.store.dialect import FOR_GOOD, WRITES, engine_options, prepare, reach_the_disk
from dragoman.store.errors import StoreBusyError, StoreError
from dragoman.store.migrating import bring_up_to_date

VARIABLE = "DRAGOMAN_STORE"
FILE = "dragoman.db"


class Store:
    """An open store. All that is read or written goes through `reading()` or `writing()`, one transaction each."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._written = False
        self.where = where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees the store as it is now."""
        with _clear_words(self.where), self._engine.connect() as connection, connection.begin():
            yield connection

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection that alone writes; an exception leaves the store as it was.

        What was written outlives the process; on SQLite the last of it is lost where the power fails before `close`.
        """
        return self._writing(how=True)

    def deciding(self) -> AbstractContextManager[Connection]:
        """Give a connection as `writing` does, for what people decide: that is on the disk when it returns."""
        return self._writing(how=FOR_GOOD)

    @contextmanager
    def _writing(self, how: object) -> Iterator[Connection]:
        with _clear_words(self.where), self._engine.connect() as raw:
            connection = raw.execution_options(**{WRITES: how})
            self._written = True
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Bring what was written to the disk and let go of the database. Raises StoreError where there is no room."""
        try:
            if self._written:
                with _clear_words(self.where):
                    reach_the_disk(self._engine)
        finally:
            self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(StoreError) if error is not None else nullcontext():  # what went wrong first is what is told
            self.close()


def open_store(where: str | None = None) -> Store:
    """Open the store at WHERE (a path or a database URL), made where there is none.

    Without WHERE, the environment's `DRAGOMAN_STORE`; without that, `dragoman.db` in the user's data folder.
    Raises StoreError, whose message says what to do.
    """
    named = where or os.environ.get(VARIABLE) or str(data_folder() / FILE)
    engine, shown = _at_url(named) if "://" in named else _at_path(named)
    prepare(engine)
    store = Store(engine, shown)
    try:
        bring_up_to_date(store.reading, store.writing, shown)
    except BaseException:
        store.close()
        raise
    return store


def data_folder() -> Path:
    """Return the folder for the user's data, as the operating system has it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "dragoman"


def _at_url(named: str) -> tuple[Engine, str]:
    try:
        url = make_url("postgresql" + named.removeprefix("postgres") if named.startswith("postgres://") else named)
        shown = url.render_as_string(hide_password=True)
        if url.get_backend_name() == "sqlite":
            if not url.database:
                raise StoreError(f"the store {shown}: name a file, such as sqlite:///dragoman.db")
            return _at_path(url.database)
        return create_engine(url, **engine_options(url.get_backend_name())), shown
    except ModuleNotFoundError as error:
        raise StoreError(f"the store {shown}: {_lacking(named, error)}") from error
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            "the store's URL can't be read; allowed: a path, sqlite:///FILE or postgresql://USER@HOST/DATABASE"
        ) from error


def _lacking(named: str, error: ModuleNotFoundError) -> str:
    if named.startswith("postgres") and (error.name or "").startswith("psycopg"):
        return 'PostgreSQL needs a driver; install it with: pip install "dragoman[postgres]"'
    return f"this database needs the package {error.name!r}; install it"


def _at_path(named: str) -> tuple[Engine, str]:
    path = Path(named).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        directory, exists = path.is_dir(), path.exists()
    except OSError as error:
        why = error.strerror or error
        raise StoreError(f"the store {path}: its folder can't be made ({why}); name another with --store") from error
    if directory:
        raise StoreError(f"the store {path} is a folder; name a file in it, such as {path / FILE}")
    if not os.access(path.parent, os.W_OK):
        raise StoreError(f"the store {path}: its folder can't be written to; name another with --store")
    if exists and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"the store {path} can't be read and written; change its permissions or name another")
    url = make_url("sqlite+pysqlite://").set(database=str(path))
    return create_engine(url), str(path)


_MEANINGS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("is locked", StoreBusyError, "is in use by another process; wait until that is done and try again"),
    ("due to lock timeout", StoreBusyError, "is in use by another process; wait until that is done and try again"),
    ("is full", StoreError, "has no room left on its disk; nothing of this report was kept. Make room and try again"),
    (
        "no space left",
        StoreError,
        "has no room left on its disk; nothing of this report was kept. Make room and try again",
    ),
    (
        "disk i/o error",
        StoreError,
        "can't be written: its disk is full or faulty; nothing of this report was kept. Make room and try again",
    ),
    ("readonly database", StoreError, "can't be written to; change its permissions or name another with --store"),
    (
        "permission denied",
        StoreError,
        "can't be used by this account; ask for the right to make and change tables in it",
    ),
    ("unable to open", StoreError, "can't be opened; is its folder there, and may you write in it?"),
    ("not a database", StoreError, "is no database; name another file with --store"),
    ("malformed", StoreError, "is damaged; bring back a copy of it, or ingest the reports into a new store"),
)


@contextmanager
def _clear_words(where: str) -> Iterator[None]:
    """Say what a database's own error means for the user."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        told = str(error.orig if isinstance(error, DBAPIError) else error)
        for sign, kind, meaning in _MEANINGS:
            if sign in told.lower():
                raise kind(f"the store {where} {meaning}") from error
        if getattr(error, "connection_invalidated", False) or "connect" in told.lower():
            why = (told.strip().splitlines() or ["no answer"])[0]
            raise StoreError(f"the store {where} can't be reached; nothing unfinished was kept ({why})") from error
        raise
