"""What databases do differently and a store does alike: search, waiting, lost connections, stores of an older form."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from dragoman.domain.records import Verdict
from dragoman.store import migrating
from dragoman.store.errors import StoreBusyError, StoreError
from dragoman.store.ingest import Outcome, ingest
from dragoman.store.judging import judge, undo
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, count, records
from told import WordReconciler, told

BY = WordReconciler()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("marches", 1),
        ("MARCHED", 1),
        ("Bogota", 1),
        ("BOGOTÁ", 1),
        ("sit-ins", 1),
        ("sit in", 1),
        ("in-sit", 0),
        ("u.s.", 1),
        ("us", 0),
        ("the", 1),
        ("of", 0),
        ("desk@wire.org", 1),
        ("1,200", 1),
        ("200", 1),
        ("протесты", 1),
        ("march & !road", 0),
        ("x" * 3000, 0),
    ],
)
def test_words_are_found_alike_on_every_database(store: Store, words: str, found: int) -> None:
    said = "The march by 1,200 in Bogotá became a sit-in before the U.S. embassy, desk@wire.org said: ПРОТЕСТЫ"
    ingest(store, told(said), BY)
    ingest(store, told("roads stay closed"), BY)
    assert count(store, Wanted(text=words)) == found


def test_a_text_of_a_million_letters_and_words_is_kept_and_found(store: Store) -> None:
    many = " ".join(f"w{n}é{'y' * 100}" for n in range(11_000))
    ingest(store, told(f"dam bursts {'x' * 1_000_000}"), BY)
    ingest(store, told(f"bridge falls {many}"), BY)
    assert [count(store, Wanted(text=words)) for words in ("dam", "bridges", f"W7e{'y' * 100}")] == [1, 1, 1]


def test_who_reads_does_not_wait_for_who_writes(store: Store) -> None:
    ingest(store, told("ferry sinks"), BY)
    with store.writing() as connection:
        connection.execute(text("delete from record"))
        assert count(store) == 1


def test_one_reading_sees_the_store_of_one_moment(store: Store) -> None:
    ingest(store, told("ferry sinks"), BY)
    with store.reading() as connection:
        before = connection.execute(text("select count(*) from record")).scalar()
        ingest(store, told("crew saved"), BY)
        assert connection.execute(text("select count(*) from record")).scalar() == before == 1
    assert count(store) == 2


def _sync(connection: Connection) -> int:
    return int(connection.execute(text("pragma synchronous")).scalar_one())


def test_what_people_decide_is_on_the_disk_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    normal, full = 1, 2
    with open_store(str(tmp_path / "a.db")) as store:
        for _ in range(2):
            with store.writing() as connection:
                assert _sync(connection) == normal
            with store.deciding() as connection:
                assert _sync(connection) == full
        ingest(store, told("ferry sinks\ncrew saved"), BY)
        one, other = (r.id for r in records(store))
        monkeypatch.setattr(Store, "writing", None)
        judge(store, one, other, Verdict.SAME, "Ana", "2024-06-01", None, BY)
        assert undo(store, "Ana", BY) is not None


def test_a_store_that_is_closed_is_on_the_disk(tmp_path: Path) -> None:
    where = tmp_path / "a.db"
    with open_store(str(where)), open_store(str(where)) as store:  # the last to close would do so without being told
        ingest(store, told("ferry sinks"), BY)
        wal = where.with_name("a.db-wal").stat().st_size
        store.close()
        alone = tmp_path / "alone.db"
        alone.write_bytes(where.read_bytes())
        assert wal > 0
    with open_store(str(alone)) as copy:
        assert count(copy) == 1


def test_no_room_to_close_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(engine: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    store = open_store(str(tmp_path / "a.db"))
    ingest(store, told("ferry sinks"), BY)
    monkeypatch.setattr("dragoman.store.opening.reach_the_disk", full)
    with pytest.raises(StoreError, match="no room left"):
        store.close()
    with pytest.raises(KeyError, match="first"), store:
        raise KeyError("first")


def test_who_waits_too_long_is_told(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.dialect.BUSY_SECONDS", 0.05)
    with open_store(where) as one, open_store(where) as other:
        with one.writing(), pytest.raises(StoreBusyError, match="in use by another process"):
            ingest(other, told("late news"), BY)
        assert ingest(other, told("late news"), BY).outcome is Outcome.NEW


def test_who_waits_long_enough_goes_on(where: str) -> None:
    with open_store(where) as one, open_store(where) as other:
        with one.writing():
            waiting = threading.Thread(target=ingest, args=(other, told("late news"), BY))
            waiting.start()
            waiting.join(0.2)
            assert waiting.is_alive()
        waiting.join(30)
        assert count(one) == 1


def test_a_store_of_the_second_form_is_brought_up_to_date(where: str) -> None:
    engine = create_engine(where if "://" in where else f"sqlite:///{where}")
    config = Config()
    config.set_main_option("script_location", str(migrating.FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(text("drop table if exists record_search"))
        connection.execute(text("drop table if exists record_search_ids"))
        if engine.dialect.name == "postgresql":
            connection.execute(text("drop text search configuration dragoman_words"))
            connection.execute(text("drop text search dictionary dragoman_words_stem"))
        connection.execute(
            text(
                "insert into record (id, status, reports, json, text) values (:i, 'occurred', 1, :json, 'ferries sink')"
            ),
            [{"i": f"r-{n}", "json": b"{}"} for n in range(250)],
        )
    engine.dispose()
    with open_store(where) as store:
        assert count(store, Wanted(text="Ferry")) == 250


def _cut(where: str) -> None:
    """Cut every connection to the database of WHERE but this one."""
    engine = create_engine(where)
    with engine.begin() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def _cut_short(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("delete from record"))
        _cut(store.where)
        connection.execute(text("delete from claim"))


def test_a_lost_connection_is_told_and_made_anew(where: str) -> None:
    if "://" not in where:
        pytest.skip("a file has no connection to lose")
    with open_store(where) as store:
        ingest(store, told("ferry sinks"), BY)
        with pytest.raises(StoreError, match="can't be reached; nothing unfinished was kept"):
            _cut_short(store)
        assert count(store) == 1
        _cut(where)
        assert count(store) == 1


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(StoreError, match=r"postgresql://desk:\*\*\*@127\.0\.0\.1:1/x can't be reached"):
        open_store("postgresql://desk:secret@127.0.0.1:1/x")


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r'pip install "dragoman\[postgres\]"'):
        open_store("postgresql://desk@db/dragoman")
