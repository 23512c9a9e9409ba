"""Many reports at a time: the same records as one by one, whatever the order, and nothing written twice."""

from __future__ import annotations

import datetime
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from evaluation.records_corpus import corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, select

from conftest import contract_faults
from dragoman import reconcile
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Judgement, Spot, Verdict
from dragoman.reconcile.blocking import keys_of
from dragoman.reconcile.comparison import comparable
from dragoman.reconcile.grouping import LEAST, group
from dragoman.store import ingest as ingesting
from dragoman.store import migrating
from dragoman.store.dialect import HELD
from dragoman.store.ingest import Outcome, ingest, ingest_many
from dragoman.store.judging import judge
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, count, record, records
from dragoman.store.schema import CLAIM, CLAIM_KEY, LIKENESS
from test_reconcile import claim
from test_store import BY, REPORTS, fill, state
from told import WordReconciler, told


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def made() -> list[Reading]:
    return [each.reading for each in corpus(60)]


def fill_many(store: Store, readings: Sequence[Reading]) -> list[Outcome]:
    return [result.outcome for result in ingest_many(store, readings, BY)]


@settings(max_examples=15, deadline=None)
@given(st.permutations(REPORTS), st.integers(1, 4))
def test_many_at_a_time_make_the_same_records(order: list, most: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"{folder}/a.db") as one,
        open_store(f"{folder}/b.db") as other,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(ingesting, "MOST_AT_ONCE", most)
        fill(one)
        newer = told(order[0].report.text, version="0.9.0")
        assert fill_many(other, [newer, *order, order[0]]) == [
            Outcome.NEW, Outcome.REPLACED, *[Outcome.NEW] * (len(order) - 1), Outcome.UNCHANGED,
        ]  # fmt: skip
        plain = [[(r.id, *(c.text for c in r.claims)) for r in records(s)] for s in (one, other)]
        assert plain[0] == plain[1]


def test_the_records_of_made_reports_do_not_depend_on_their_order(made: list[Reading], tmp_path: Path) -> None:
    states = []
    for name, readings in (("a", made), ("b", made[::-1])):
        with open_store(str(tmp_path / f"{name}.db")) as store:
            list(ingest_many(store, readings, reconcile))
            states.append(state(store))
    assert states[0] == states[1]
    with open_store(str(tmp_path / "c.db")) as store:
        for reading in made:
            ingest(store, reading, reconcile)
        assert state(store) == states[0]


def test_made_readings_keep_the_contract(made: list[Reading]) -> None:
    assert not [fault for reading in made[::4] for fault in contract_faults(reading)]


def test_results_come_when_they_are_safe(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "MOST_AT_ONCE", 2)
    results = ingest_many(store, REPORTS, BY)
    next(results)
    with open_store(store.where) as other:
        assert {c.report for r in records(other) for c in r.claims} == {r.report.id for r in REPORTS[:2]}
    failing = WordReconciler()
    monkeypatch.setattr(failing, "record_of", lambda claims, judgements: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(ingest_many(store, REPORTS[2:], failing))
    assert {c.report for r in records(store) for c in r.claims} == {r.report.id for r in REPORTS[:2]}


def test_a_result_names_the_records_of_its_claims(store: Store) -> None:
    results = list(ingest_many(store, REPORTS, BY))
    assert [r.claims for r in results] == [1, 2, 1, 2, 1, 1]
    for result in results:
        assert {c.report for i in result.records for c in record(store, i).claims} >= {result.report}
    assert len(results[1].records) == 2


def test_a_record_that_does_not_change_is_not_written(store: Store) -> None:
    fill(store)
    written: list[str] = []

    @event.listens_for(store._engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.lower().startswith(("insert into record", "delete from record", "insert into party")):
            written.append(statement)

    (road, teachers) = (records(store, Wanted(text=t))[0] for t in ("miners", "teachers"))
    ids = [c.id for c in (*road.claims, *teachers.claims)]
    judge(store, ids[0], ids[-1], Verdict.DIFFERENT, "Ana", "2024-06-01", None, BY)
    assert len([s for s in written if s.startswith("INSERT INTO record")]) == 1
    written.clear()
    ingest(store, told("nothing of that kind"), BY)
    assert [s.split("(")[0].strip() for s in written] == ["INSERT INTO record", "insert into record_search"]


def test_claims_that_were_rolled_back_are_not_kept_in_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = WordReconciler()
    monkeypatch.setattr(failing, "record_of", lambda claims, judgements: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ingest(store, told("lorries queue at border"), failing)
    with store.reading() as connection:
        assert not connection.info.get(HELD)
    fill(store)
    with store.reading() as connection:
        held = connection.info[HELD]
        assert held == {
            row.number: msgspec.json.decode(row.json, type=Claim) for row in connection.execute(select(CLAIM))
        }


def test_few_claims_are_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.numbering.MOST_HELD", 2)
    with open_store(str(tmp_path / "a.db")) as few, open_store(str(tmp_path / "b.db")) as many:
        fill(few)
        fill_many(many, REPORTS)
        assert state(few) == state(many)
        with few.reading() as connection:
            assert len(connection.info[HELD]) <= 2


def test_what_a_gone_claim_had_is_gone(store: Store) -> None:
    fill(store)
    fill(store, [told(each.report.text, version="2.0.0") for each in REPORTS])
    with store.reading() as connection:
        numbers = set(connection.execute(select(CLAIM.c.number)).scalars())
        assert min(numbers) > len(numbers)
        assert set(connection.execute(select(CLAIM_KEY.c.claim)).scalars()) == numbers
        for row in connection.execute(select(LIKENESS)):
            assert {row.left, row.right} <= numbers


def test_names_are_found_by_their_words_in_order(store: Store) -> None:
    names = ("Ana_of_Lima", "Lima_Ana", "Anatol")
    fill(store, [told(f"{n} meets nobody{i} @PER +{n}") for i, n in enumerate(names)])
    for asked, found in (("ana", 2), ("of lima", 1), ("lima ana", 1), ("ana lima", 0), ("100%", 0)):
        assert count(store, Wanted(actor=asked)) == found, asked


DAYS = st.sampled_from([None, *(f"2024-05-{d:02}" for d in (1, 2, 5, 20))])
TOLD = st.builds(
    lambda name, since, until, month, words, head: claim(
        name, published=month and datetime.date(2024, 5, month), words=tuple(words), heads=(head,), place=None,
        interval=(since, until) if since or until else None,
    ),
    st.sampled_from("abcdef"), DAYS, DAYS, st.sampled_from([None, 1, 13, 20, 27, 30]),
    st.lists(st.sampled_from(["^kismay", "^juba", "market"]), unique=True), st.sampled_from(["bomb", "blast"]),
)  # fmt: skip


@given(TOLD, TOLD)
def test_two_claims_find_each_other_or_neither_does(one: Claim, other: Claim) -> None:
    assert keys_of(one).meet(keys_of(other)) == keys_of(other).meet(keys_of(one))


def test_claims_meet_by_day_or_by_week() -> None:
    def meet(one: dict, other: dict) -> bool:
        words = {"words": ("^juba", "^kismay", "market")}
        return keys_of(claim("a", **words | one)).meet(keys_of(claim("b", **words | other)))

    first, second = ({"interval": (f"2024-05-0{d}", f"2024-05-0{d}")} for d in (1, 2))
    next_week, june = ({"published": datetime.date(*d)} for d in ((2024, 5, 21), (2024, 6, 20)))
    one_name = {"words": ("^kismay",), "heads": ("blast",)}
    for one, other, found in [
        (first, first | june, True),
        (first, second, False),
        (first, {"interval": ("2024-04-30", "2024-05-01")}, True),
        (first, {}, True),
        ({}, next_week, True),
        (next_week, {"interval": ("2024-01-01", "2024-05-01")}, True),
        (first, june, False),
        ({}, june, False),
        (first, first | one_name, True),
        ({}, one_name, False),
        ({"published": None}, one_name | {"published": None}, True),
    ]:
        assert meet(one, other) == meet(other, one) == found, (one, other)


def test_two_towns_far_from_each_other_part_claims() -> None:
    gao = Spot(name="Gao", country="MLI", admin1="Gao", latitude=16.27, longitude=-0.04, geonames_id=2457161)
    mopti = Spot(name="Mopti", country="MLI", admin1="Mopti", latitude=14.49, longitude=-4.2, geonames_id=2453348)
    assert not comparable(claim("a", place=gao), claim("b", place=mopti))
    assert comparable(claim("a", place=gao), claim("b", place=gao))
    assert comparable(claim("a", place=gao), claim("b", place=Spot(country="MLI")))
    near = msgspec.structs.replace(mopti, latitude=16.2, longitude=-0.1)
    assert comparable(claim("a", place=gao), claim("b", place=near))


SHARES = st.sampled_from([0.2, 0.55, LEAST, 0.7, 0.9])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_sets_that_hang_together_can_be_grouped_by_themselves(data: st.DataObject) -> None:
    claims = [claim(f"c{n}", report=f"r{data.draw(st.integers(0, 5))}") for n in range(8)]
    pairs = [(a.id, b.id) for a in claims for b in claims if a.id < b.id and a.report != b.report]
    likely = {p: data.draw(SHARES) for p in pairs if data.draw(st.integers(0, 2)) == 0}
    judgements = [
        Judgement(left=a, right=b, verdict=data.draw(st.sampled_from(Verdict)), who="x", when="1")
        for a, b in data.draw(
            st.lists(st.sampled_from([(a.id, b.id) for a in claims for b in claims if a.id < b.id]), max_size=2)
        )
    ]
    whole = [[c.id for c in g] for g in group(claims, likely, judgements)]
    ties = [p for p, share in likely.items() if share >= LEAST] + [(j.left, j.right) for j in judgements]
    parts = {c.id: {c.id} for c in claims}
    for left, right in ties:
        joined = parts[left] | parts[right]
        parts.update(dict.fromkeys(joined, joined))
    apart = [
        [c.id for c in g]
        for part in {frozenset(p) for p in parts.values()}
        for g in group([c for c in claims if c.id in part], likely, [j for j in judgements if j.left in part])
    ]
    assert sorted(apart) == whole


def test_equal_shares_that_reach_the_least_together_do() -> None:
    claims = [claim(f"c{n}") for n in range(4)]
    likely = {(a.id, b.id): LEAST for a in claims for b in claims if a.id < b.id}
    assert len(group(claims, likely, [])) == 1


def test_an_old_store_is_brought_up_to_date(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    with open_store(path) as store:
        fill(store)
    with sqlite3.connect(tmp_path / "old.db") as old, sqlite3.connect(path) as new:
        engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
        config = Config()
        config.set_main_option("script_location", str(migrating.FOLDER))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0002")
        engine.dispose()
        for table in ("report", "reading", "claim", "record", "membership", "party"):
            columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"pragma table_info({table})"))
            rows = new.execute(f"select {columns} from {table}").fetchall()
            old.executemany(f"insert into {table} ({columns}) values ({', '.join('?' * len(rows[0]))})", rows)
        ids = dict(new.execute("select number, id from claim"))
        for left, right, share in new.execute("select * from likeness"):
            old.execute("insert into likeness values (?, ?, ?)", (*sorted((ids[left], ids[right])), share))
    with open_store(path) as store, open_store(str(tmp_path / "old.db")) as older:
        assert state(older) == state(store)
        for wanted in (Wanted(text="miners road"), Wanted(actor="ana"), Wanted(actor="PER")):
            assert records(older, wanted) == records(store, wanted) != []
        pairs = []
        for each in (store, older):
            with each.reading() as connection:
                ids = {row.number: row.id for row in connection.execute(select(CLAIM))}
                pairs.append({(*sorted((ids[a], ids[b])), s) for a, b, s in connection.execute(select(LIKENESS))})
        assert pairs[0] == pairs[1]
        newer = [told(each.report.text, version="2.0.0") for each in REPORTS]
        for each in (store, older):
            fill(each, newer)
        assert state(older) == state(store)
