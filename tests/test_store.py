"""The store: what is read twice, in another order, by two at once or by a newer version, and what people judge."""

from __future__ import annotations

import datetime
import multiprocessing
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from dragoman.domain.codes import EventType, Status
from dragoman.domain.records import Verdict
from dragoman.store import migrating
from dragoman.store.errors import JudgementError, NewerStoreError, StoreBusyError, StoreError, UnknownIdError
from dragoman.store.ingest import Outcome, ingest
from dragoman.store.judging import judge, undo
from dragoman.store.opening import Store, data_folder, open_store
from dragoman.store.queries import Wanted, claims, count, judgement_log, reading, record, records, upcoming
from dragoman.store.schema import METADATA
from told import WordReconciler, told

BY = WordReconciler()

REPORTS = [
    told("miners block coast road #3 @PER +Ana", 3),
    told("miners block coast road again #3\nteachers march in capital #9", 4),
    told("teachers march in capital =planned #9 @KEN", 2),
    told("coast road again quiet\nharbour talks open =planned #20", 5),
    told("harbour talks open late", 21),
    told("nothing like the rest", 6),
]


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "file.db")) as opened:
        yield opened


def fill(store: Store, readings: list = REPORTS) -> None:
    for each in readings:
        ingest(store, each, BY)


def state(store: Store) -> bytes:
    return msgspec.json.encode(records(store))


def claim_ids(store: Store, words: str) -> list[str]:
    return [c.id for r in records(store) for c in r.claims if c.text.startswith(words)]


def test_a_report_read_twice_changes_nothing(store: Store) -> None:
    fill(store)
    before = state(store)
    assert {ingest(store, each, BY).outcome for each in REPORTS} == {Outcome.UNCHANGED}
    assert state(store) == before


def test_claims_of_one_happening_make_one_record(store: Store) -> None:
    fill(store)
    (road,) = records(store, Wanted(text="miners block"))
    assert [c.text[:22] for c in road.claims] == ["miners block coast roa", "miners block coast roa"]
    assert road.reports == 2
    assert [c.id for c in claims(store, road.id)] == [c.id for c in road.claims]
    assert record(store, road.claims[1].id) == record(store, road.id) == road


def test_only_new_claims_that_share_a_key_are_compared(store: Store) -> None:
    fill(store)
    own = WordReconciler()
    ingest(store, told("nothing of note"), own)
    assert own.compared == 1
    ingest(store, told("unheard words"), own)
    assert own.compared == 1


@settings(max_examples=15, deadline=None)
@given(st.permutations(REPORTS), st.integers(0, len(REPORTS)))
def test_the_order_of_reports_makes_no_difference(order: list, again: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"{folder}/a.db") as one,
        open_store(f"{folder}/b.db") as other,
    ):
        fill(one)
        fill(other, order + order[:again])
        assert state(one) == state(other)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(Verdict)), max_size=4))
def test_taking_judgements_back_restores_what_was_there(verdicts: list) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/a.db") as store:
        fill(store)
        ids = sorted(c.id for r in records(store) for c in r.claims)
        states = [state(store)]
        for left, right, verdict in verdicts:
            if left != right:
                judge(store, ids[left], ids[right], verdict, "Ana", "2024-06-01T10:00:00Z", None, BY)
                states.append(state(store))
        while len(states) > 1:
            assert state(store) == states.pop()
            assert undo(store, "Ben", BY) is not None
        assert state(store) == states[0]
        assert undo(store, "Ben", BY) is None
        assert {j.undone_by for j in judgement_log(store)} <= {"Ben"}


def test_a_judgement_joins_and_parts_records(store: Store) -> None:
    fill(store)
    before = len(records(store))
    quiet, rest = (records(store, Wanted(text=t))[0] for t in ("quiet", "nothing"))
    made = judge(store, quiet.id, rest.id, Verdict.SAME, "Ana", "2024-06-01", "a slip", BY)
    assert len(records(store)) == before - 1
    assert record(store, made.left) == record(store, made.right)
    assert record(store, made.left).judgements == (made,)
    judge(store, made.right, made.left, Verdict.DIFFERENT, "Ben", "2024-06-02", None, BY)
    assert len(records(store)) == before
    assert [j.judgement.who for j in judgement_log(store)] == ["Ana", "Ben"]


def test_a_judgement_needs_two_claims_of_the_store(store: Store) -> None:
    fill(store)
    (rest,) = records(store, Wanted(text="nothing"))
    with pytest.raises(UnknownIdError, match="no record or claim 'x'"):
        judge(store, "x", rest.id, Verdict.SAME, "Ana", "2024-06-01", None, BY)
    with pytest.raises(JudgementError, match="same claim"):
        judge(store, rest.claims[0].id, rest.id, Verdict.SAME, "Ana", "2024-06-01", None, BY)
    assert judgement_log(store) == []


def test_a_newer_version_replaces_the_claims_and_keeps_judgements(store: Store) -> None:
    words = "port strike goes on\n[1] ferry crews join in\n[2] ferry crews stay away"
    ingest(store, told("lorries queue at border"), BY)
    ingest(store, told(words), BY)
    strike, lorries, gone = claim_ids(store, "port") + claim_ids(store, "lorries") + claim_ids(store, "[1]")
    judge(store, strike, lorries, Verdict.SAME, "Ana", "2024-06-01", None, BY)
    judge(store, gone, lorries, Verdict.SAME, "Ana", "2024-06-01", None, BY)
    assert len(records(store)) == 1
    result = ingest(store, told(words, version="2.0.0"), BY)
    assert (result.outcome, result.claims) == (Outcome.REPLACED, 2)
    assert reading(store, result.report).version == "2.0.0"
    assert record(store, strike) == record(store, lorries)
    assert [r.claims[0].text[:3] for r in records(store) if r.id != record(store, strike).id] == ["[2]"]
    assert not claim_ids(store, "[1]")
    assert ingest(store, told(words, version="1.9.0"), BY).outcome is Outcome.OLDER
    assert len(judgement_log(store)) == 2


def test_a_text_with_a_nought_byte_is_kept_as_it_is(store: Store) -> None:
    odd = told("ships \x00 wait \U0001f6a2 #5")
    ingest(store, odd, BY)
    assert reading(store, odd.report.id) == odd
    assert records(store, Wanted(text="ships"))[0].claims[0].text == odd.report.text


def test_versions_are_ordered_by_their_numbers(store: Store) -> None:
    assert ingest(store, told("a b", version="0.9.0"), BY).outcome is Outcome.NEW
    assert ingest(store, told("a b", version="0.10.0"), BY).outcome is Outcome.REPLACED


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(actor="Ána"), 1),
        (Wanted(actor="PER"), 1),
        (Wanted(actor="An"), 0),
        (Wanted(country="per"), 1),
        (Wanted(type=EventType.PROTEST), 5),
        (Wanted(type=EventType.AID), 0),
        (Wanted(status=Status.PLANNED), 0),
        (Wanted(since=datetime.date(2024, 5, 10)), 1),
        (Wanted(until=datetime.date(2024, 5, 9)), 2),
        (Wanted(since=datetime.date(2024, 5, 4), until=datetime.date(2024, 5, 9)), 1),
        (Wanted(text="Miner ROAD"), 1),
        (Wanted(text='road" OR "x'), 0),
        (Wanted(text="100% _"), 0),
        (Wanted(text="' * ("), 0),
    ],
)
@pytest.mark.parametrize("index", [True, False])
def test_records_are_found_by_what_is_asked(store: Store, wanted: Wanted, found: int, index: bool) -> None:
    fill(store)
    if not index:
        with store.writing() as connection:
            connection.execute(text("drop table if exists record_search"))
    assert len(records(store, wanted)) == count(store, wanted) == found


def test_words_of_records_that_are_gone_are_not_kept(file_store: Store) -> None:
    fill(file_store)
    fill(file_store, [told(each.report.text, version="2.0.0") for each in REPORTS])
    with file_store.reading() as connection:
        assert connection.execute(text("select count(*) from record_search")).scalar() == count(file_store)


def test_pages_make_up_the_whole(store: Store) -> None:
    fill(store)
    whole = records(store)
    assert [r for at in range(0, len(whole), 2) for r in records(store, limit=2, offset=at)] == whole
    dates = [r.interval[0] for r in whole if r.interval]
    assert dates == sorted(dates)
    assert not any(r.interval for r in whole[len(dates) :])


def test_what_is_planned_comes_next_until_it_was_held(store: Store) -> None:
    fill(store, REPORTS[2:4])
    assert [r.claims[0].text[:8] for r in upcoming(store)] == ["teachers", "harbour "]
    assert [r.claims[0].text[:8] for r in upcoming(store, datetime.date(2024, 5, 10))] == ["harbour "]
    fill(store)
    assert upcoming(store) == []


def _ingest_twenty(where: str, start: int) -> None:
    with open_store(where) as store:
        for n in range(20):
            ingest(store, told(f"crowd gathers in square {start + n}\nroad {n} blocked by {start + n}"), BY)


def test_two_processes_ingest_at_once(where: str, tmp_path: Path) -> None:
    shared, alone = where, str(tmp_path / "alone.db")
    spawning = multiprocessing.get_context("spawn")
    both = [spawning.Process(target=_ingest_twenty, args=(shared, start)) for start in (100, 110)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    _ingest_twenty(alone, 100)
    _ingest_twenty(alone, 110)
    with open_store(shared) as one, open_store(alone) as other:
        assert state(one) == state(other)


def test_a_failed_ingest_leaves_the_store_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    before = state(store)
    failing = WordReconciler()
    monkeypatch.setattr(failing, "record_of", lambda claims, judgements: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ingest(store, told("miners block coast road still"), failing)
    assert state(store) == before
    assert ingest(store, told("miners block coast road still"), BY).outcome is Outcome.NEW


def test_the_revisions_make_the_tables(store: Store) -> None:
    assert ScriptDirectory(str(migrating.FOLDER)).get_current_head() == migrating.HEAD
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: not str(name).startswith("record_search")}
        )
        assert compare_metadata(context, METADATA) == []


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(str(path)).close()
    with sqlite3.connect(path) as raw:
        raw.execute("update alembic_version set version_num = '0999'")
    with pytest.raises(NewerStoreError, match=r"newer Dragoman.*0999.*install the newest"):
        open_store(str(path))


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database " * 200)
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("create table cats (name)")
    (tmp_path / "file").touch()
    for where, words in [
        (tmp_path, "is a folder; name a file"),
        (tmp_path / "text.db", "is no database"),
        (tmp_path / "other.db", "database of another program"),
        (tmp_path / "file" / "in.db", "folder can't be made"),
        ("nosuch://host/x", "URL can't be read"),
        ("sqlite://", "name a file"),
    ]:
        with pytest.raises(StoreError, match=words):
            open_store(str(where))


def test_a_folder_that_cant_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(StoreError, match="can't be written to; name another with --store"):
        open_store(str(tmp_path / "a.db"))


def test_a_locked_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.dialect.BUSY_SECONDS", 0.05)
    with open_store(str(tmp_path / "a.db")) as one, open_store(str(tmp_path / "a.db")) as other:
        fill(one)
        with one.writing(), pytest.raises(StoreBusyError, match="in use by another process"):
            ingest(other, told("late news"), BY)
        assert len(records(other)) == 5


def test_a_full_disk_is_told(file_store: Store) -> None:
    store = file_store
    fill(store)
    before = state(store)
    with store.reading() as connection:
        pages = connection.execute(text("pragma page_count")).scalar_one()
        connection.execute(text(f"pragma max_page_count = {pages}"))
    with pytest.raises(StoreError, match="no room left"):
        ingest(store, told("long " * 50_000), BY)
    assert state(store) == before


def test_where_a_store_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("DRAGOMAN_STORE", raising=False)
    assert data_folder() == tmp_path / "data" / "dragoman"
    with open_store() as store:
        assert store.where == str(tmp_path / "data" / "dragoman" / "dragoman.db")
    monkeypatch.setenv("DRAGOMAN_STORE", f"sqlite:///{tmp_path}/own.db")
    with open_store() as store:
        assert store.where == str(tmp_path / "own.db")
    with open_store(str(tmp_path / "named.db")) as store:
        assert Path(store.where).is_file()
