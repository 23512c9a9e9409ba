"""Brings the form of a store up to date, one revision after another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from dragoman.store.errors import NewerStoreError, StoreError

HEAD = "0006"
"""The revision that this program works with: the last file of `migrations/versions/`."""
FOLDER = Path(__file__).parent / "migrations"

Transaction = Callable[[], AbstractContextManager[Connection]]


def bring_up_to_date(reading: Transaction, writing: Transaction, where: str) -> None:
    """Run the revisions that a store lacks. Raises NewerStoreError where it has one that this program doesn't know."""
    with reading() as connection:
        if _revision(connection, where) == HEAD:
            return
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with writing() as connection:
        revision = _revision(connection, where)
        if revision is not None and revision not in known:
            raise NewerStoreError(
                f"the store {where} was made by a newer Dragoman (its form is {revision}, this program knows {HEAD}); "
                "install the newest version"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection, where: str) -> str | None:
    """Return the revision of a store, None where it is new."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        found = connection.execute(text("select version_num from alembic_version")).scalar()
        if found is not None:
            return str(found)
    if tables - {"alembic_version"}:
        raise StoreError(f"the store {where} is the database of another program; name another with --store")
    return None
