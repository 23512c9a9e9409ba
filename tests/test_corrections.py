"""Corrections: a person's value stands in a record, the machine's beside it, and it can be taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import reconcile
from dragoman.domain.codes import EventType, Grain, Measure, Precision, Status
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Correction, Count, Party, Record, Spot, Verdict
from dragoman.domain.spans import Span
from dragoman.reconcile.correctable import InvalidCorrectionError, checked
from dragoman.reconcile.correcting import corrected, open_conflicts
from dragoman.reconcile.recording import record_of
from dragoman.store.correcting import correct, correction_log, undo_correction
from dragoman.store.errors import CorrectionError, UnknownIdError
from dragoman.store.ingest import ingest
from dragoman.store.judging import judge, undo
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, record, records
from dragoman.store.schema import RECORD
from test_store import SERVER, empty
from told import WordReconciler, told

BY = WordReconciler()
WHEN = "2024-06-01T10:00:00+00:00"
MAY = datetime.date(2024, 5, 14)


@pytest.fixture(params=["file", "server"] if SERVER else ["file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where = empty(SERVER) if SERVER and request.param == "server" else str(tmp_path / "a.db")
    with open_store(where) as opened:
        ingest(opened, told("miners block coast road #3 @PER +Ana", 3), BY)
        ingest(opened, told("miners block coast road again #3", 4), BY)
        ingest(opened, told("teachers march in capital #9", 5), BY)
        yield opened


def road(store: Store) -> Record:
    return next(r for r in records(store) if r.claims[0].text.startswith("miners"))


def put(store: Store, wanted: str, field: str, value: Any, why: str = "seen there", by: Any = BY) -> Correction:
    return correct(store, wanted, field, value, "Ana", why, WHEN, by)


def state(store: Store) -> bytes:
    return msgspec.json.encode(records(store))


def count(value: float, **fields: Any) -> Count:
    known = {"figure": "f1", "measure": Measure.KILLED, "who": "traders", "period": None, "span": Span(0, 1)}
    return Count(**known | {"value": value, "low": None, "high": None, "precision": Precision.EXACT, "source": None}
                 | fields)  # fmt: skip


def claim(name: str, *counts: Count, **fields: Any) -> Claim:
    known: dict[str, Any] = {
        "id": f"{name}-0-4", "report": name, "given_id": name, "event": "e1", "trigger": Span(0, 4), "text": "A bomb.",
        "type": EventType.ASSAULT, "mode": "explosives", "status": Status.OCCURRED, "counts": counts, "published": MAY,
        "interval": ("2024-05-01", "2024-05-31"), "grain": Grain.MONTH, "heads": ("bomb",),
        "words": ("^kismay", "bomb", "market"), "confidence": 0.8, "place": Spot(name="Kismayo", country="SOM"),
    }  # fmt: skip
    return Claim(**known | fields)


BLAST = record_of([claim("a", count(9)), claim("b", count(30))])


def made(field: str, value: Any, claim: str = "a-0-4") -> Correction:
    return Correction(claim=claim, field=field, value=value, who="Ana", when=WHEN, why="seen")


def with_these(record: Record, **values: Any) -> Record:
    """Return RECORD with corrections that were checked, in order; `__` stands for the dot of a field."""
    corrections: list[Correction] = []
    for name, value in values.items():
        field, plain = checked(corrected(record, corrections), name.replace("__", "."), value)
        corrections.append(made(field, plain))
    return corrected(record, corrections)


# What the store does with corrections


def test_a_corrected_field_shows_the_persons_value_and_the_machines_beside_it(store: Store) -> None:
    before = road(store)
    put(store, before.id, "status", "ongoing", "still there at night")
    after = road(store)
    assert (after.id, after.status) == (before.id, Status.ONGOING)
    (note,) = after.corrections
    assert (note.field, note.value, note.machine) == ("status", "ongoing", "occurred")
    assert (note.who, note.when, note.why) == ("Ana", WHEN, "still there at night")
    assert after.history == before.history


def test_questions_are_answered_by_corrected_values(store: Store) -> None:
    spot = {"name": "Arequipa", "country": "CHL", "latitude": -16.4, "longitude": -71.5}
    for field, value in [
        ("type", "COERCE"), ("status", "planned"), ("interval", "2024-07"), ("place", spot),
        ("actors", [{"name": "Beto Quispe", "kind": "person", "country": "BOL"}]),
    ]:  # fmt: skip
        put(store, road(store).claims[1].id, field, value)
    for wanted in (
        Wanted(type=EventType.COERCE), Wanted(status=Status.PLANNED), Wanted(since=datetime.date(2024, 7, 31)),
        Wanted(country="CHL"), Wanted(actor="Quispe"), Wanted(actor="BOL"), Wanted(text="Arequipa"),
    ):  # fmt: skip
        assert [r.id for r in records(store, wanted)] == [road(store).id], wanted
    assert records(store, Wanted(country="PER")) == records(store, Wanted(actor="Ana")) == []
    with store.reading() as connection:
        assert -16.4 in connection.execute(RECORD.select().with_only_columns(RECORD.c.latitude)).scalars().all()


def test_taking_corrections_back_restores_what_was_there(store: Store) -> None:
    states = [state(store)]
    for field, value in [("status", "denied"), ("status", "planned"), ("interval", None), ("type", "THREATEN")]:
        put(store, road(store).id, field, value)
        states.append(state(store))
    while len(states) > 1:
        assert state(store) == states.pop()
        assert undo_correction(store, "Ben", BY) is not None
    assert state(store) == states[0]
    assert undo_correction(store, "Ben", BY) is None
    assert [(n.number, n.undone_by) for n in correction_log(store)] == [(n, "Ben") for n in (1, 2, 3, 4)]


def test_one_correction_of_the_log_can_be_taken_back(store: Store) -> None:
    put(store, road(store).id, "status", "denied")
    put(store, road(store).id, "type", "COERCE")
    assert undo_correction(store, "Ben", BY, 1) == correction_log(store)[0].correction
    assert (road(store).status, road(store).type) == (Status.OCCURRED, EventType.COERCE)
    assert undo_correction(store, "Ben", BY, 1) is None


def test_the_log_tells_what_was_corrected_of_one_record(store: Store) -> None:
    put(store, road(store).claims[1].id, "status", "denied")
    (march,) = (r for r in records(store) if r.id != road(store).id)
    put(store, march.id, "type", "COERCE")
    assert [n.correction.field for n in correction_log(store, road(store).id)] == ["status"]
    assert [n.correction.field for n in correction_log(store, march.claims[0].id)] == ["type"]
    with pytest.raises(UnknownIdError):
        correction_log(store, "r-none")


def test_a_correction_survives_regrouping_and_other_reports(store: Store) -> None:
    put(store, road(store).id, "status", "planned")
    ingest(store, told("miners block coast road still #3", 2), BY)
    assert len(road(store).claims) == 3
    assert road(store).status is Status.PLANNED
    assert road(store).corrections[0].machine == "occurred"


def test_a_correction_goes_with_its_claim_when_the_record_is_parted(store: Store) -> None:
    one, other = (c.id for c in road(store).claims)
    put(store, other, "status", "denied")
    judge(store, one, other, Verdict.DIFFERENT, "Ben", WHEN, None, BY)
    assert record(store, one).status is Status.OCCURRED
    assert record(store, one).corrections == ()
    assert record(store, other).status is Status.DENIED
    put(store, one, "status", "ongoing")
    undo(store, "Ben", BY)
    joined = record(store, one)
    assert joined == record(store, other)
    assert (joined.status, len(joined.corrections)) == (Status.ONGOING, 1)
    undo_correction(store, "Ana", BY)
    assert record(store, one).status is Status.DENIED


def test_a_correction_waits_for_its_claim_through_other_readings(store: Store) -> None:
    text = "port strike goes on\n[1] ferry crews join in\n[2] lorries queue at border"
    ingest(store, told(text), BY)
    ids = {c.text[:4].strip(): r.id for r in records(store) for c in r.claims}
    put(store, ids["port"], "status", "ongoing")
    put(store, ids["[1]"], "status", "denied")
    ingest(store, told(text, version="2.0.0"), BY)
    assert record(store, ids["port"]).status is Status.ONGOING
    assert {r.status for r in records(store)} == {Status.OCCURRED, Status.ONGOING}
    assert len(correction_log(store)) == 2
    ingest(store, told(text, version="10.0.0"), BY)
    assert record(store, ids["[1]"]).status is Status.DENIED


def test_what_cant_be_corrected_is_told_and_changes_nothing(store: Store) -> None:
    before = state(store)
    for wanted, field, value, why, words in [
        ("r-none", "status", "denied", "so", "no record or claim 'r-none'"),
        (road(store).id, "status", "gone", "so", "is no status; allowed: occurred, ongoing"),
        (road(store).id, "confidence", 1, "so", "can't be corrected; what can: type, mode"),
        (road(store).id, "status", "denied", " \x00 ".replace("\x00", ""), "needs a note"),
    ]:
        with pytest.raises((CorrectionError, UnknownIdError), match=words):
            put(store, wanted, field, value, why)
    assert state(store) == before
    assert correction_log(store) == []


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\u202e<script>", "é" * 100_000])
def test_odd_words_are_kept_or_refused(store: Store, odd: str) -> None:
    party = {"name": f"A{odd}", "kind": "person"}
    note = correct(store, road(store).id, "actors", [party], f"Ana{odd}", f"so{odd}", WHEN, BY)
    assert "\x00" not in note.who + note.why + note.value[0]["name"]
    assert road(store).corrections[0].why == note.why
    for field, value in [(odd, 1), (f"figures.killed.{odd}.best", odd), ("interval", odd), ("place", {"name": {}})]:
        with pytest.raises(CorrectionError) as error:
            put(store, road(store).id, field, value)
        assert len(str(error.value)) < 800
        str(error.value).encode()


def test_a_toll_is_corrected_in_the_store_by_the_shipped_reconciliation(tmp_path: Path) -> None:
    reports = {"nine": claim("a", count(9)), "thirty": claim("b", count(30))}
    parts = {name: getattr(reconcile, name) for name in ("keys_of", "likeness", "group", "record_of")}

    def claims_of(reading: Reading) -> list[Claim]:
        return [msgspec.structs.replace(reports[reading.report.text], report=reading.report.id)]

    by: Any = SimpleNamespace(**parts, claims_of=claims_of)
    with open_store(str(tmp_path / "b.db")) as store:
        for text in reports:
            ingest(store, told(text), by)
        judge(store, "a-0-4", "b-0-4", Verdict.SAME, "Ana", WHEN, None, by)
        (before,) = records(store)
        assert (before.figures[0].best, len(before.conflicts)) == (30, 1)
        noted = put(store, before.id, "figures.killed.best", "11", "the mayor's list", by)
        assert (noted.field, noted.value) == ("figures.killed.traders.best", 11)
        (after,) = records(store)
        (toll,) = after.figures
        assert (toll.low, toll.best, toll.high, toll.why) == (9, 11, 30, "figures.best.corrected")
        assert after.corrections[0].machine == 30
        assert toll.claims == before.figures[0].claims
        with store.reading() as connection:
            assert connection.execute(RECORD.select()).one().conflicts == 0
        undo_correction(store, "Ana", by)
        assert records(store) == [before]


# What a correction does to a record


def test_the_latest_correction_of_a_number_stands_however_it_is_named() -> None:
    plain, full = "figures.killed.best", "figures.killed.traders.best"
    found = corrected(BLAST, [made(plain, 10), made(full, 11), made(plain, 12)])
    assert found.figures[0].best == 12
    assert [(c.field, c.machine) for c in found.corrections] == [(plain, 30)]


def test_ends_that_nobody_corrected_give_way() -> None:
    (toll,) = with_these(BLAST, figures__killed__best=40).figures
    assert (toll.low, toll.best, toll.high) == (9, 40, 40)
    (toll,) = with_these(BLAST, figures__killed__high=20).figures
    assert (toll.low, toll.best, toll.high, toll.why) == (9, 20, 20, "figures.best.most-told")
    (toll,) = with_these(BLAST, figures__killed__best=None).figures
    assert (toll.low, toll.best, toll.high) == (9, None, 30)


def test_ends_that_people_put_may_not_contradict_each_other() -> None:
    with pytest.raises(InvalidCorrectionError, match="low 12 would lie above best 11, which was corrected"):
        with_these(BLAST, figures__killed__best=11, figures__killed__low=12)
    (toll,) = with_these(BLAST, figures__killed__best=11, figures__killed__low=11, figures__killed__high=11).figures
    assert (toll.low, toll.best, toll.high) == (11, 11, 11)


def test_of_several_quantities_the_one_that_is_named_is_corrected() -> None:
    year = ("2024-01-01", "2024-12-31")
    record = record_of([claim("a", count(9), count(2, who="police"), count(900, period=year, figure="f2"))])
    with pytest.raises(InvalidCorrectionError, match=r"what it has: .*figures\.killed\.police\.low"):
        checked(record, "figures.killed.best", 1)
    after = with_these(record, **{"figures__killed__police__best": 3})
    assert [(f.who, f.best) for f in after.figures] == [("police", 3), ("traders", 9), ("traders", 900)]
    after = with_these(record, **{"figures.killed.traders@2024-01-01/2024-12-31.best": 950})
    assert [f.best for f in after.figures] == [2, 9, 950]


def test_a_count_that_no_claim_has_can_be_put() -> None:
    after = with_these(BLAST, figures__injured__best=4)
    assert [(f.measure, f.low, f.best, f.high) for f in after.figures][1] == (Measure.INJURED, 4, 4, 4)
    assert after.corrections[0].machine is None
    assert after.figures[1].claims == ()


def test_a_count_keeps_its_correction_when_it_is_told_of_others() -> None:
    correction = made("figures.killed.traders.best", 11)
    (toll,) = corrected(record_of([claim("a", count(9, who="people"))]), [correction]).figures
    assert (toll.who, toll.best) == ("people", 11)
    two = corrected(record_of([claim("a", count(9, who="police"), count(2, who="miners"))]), [correction])
    assert sorted((f.who, f.best) for f in two.figures) == [("miners", 2), ("police", 9), ("traders", 11)]


@pytest.mark.parametrize(
    ("value", "interval", "grain"),
    [
        ("2024-05-14", ("2024-05-14", "2024-05-14"), Grain.DAY),
        ("2024-02", ("2024-02-01", "2024-02-29"), Grain.MONTH),
        ("2024", ("2024-01-01", "2024-12-31"), Grain.YEAR),
        ("2024-05-13/2024-05-15", ("2024-05-13", "2024-05-15"), Grain.RANGE),
        ("/2024-05-15", (None, "2024-05-15"), Grain.RANGE),
        (["2024-05-15", None], ("2024-05-15", None), Grain.RANGE),
        ("null", None, None),
    ],
)
def test_an_interval_brings_its_grain(value: Any, interval: Any, grain: Grain | None) -> None:
    after = with_these(BLAST, interval=value)
    assert (after.interval, after.grain) == (interval, grain)
    assert after.corrections[0].machine == ["2024-05-01", "2024-05-31"]
    assert with_these(BLAST, grain="week", interval=value).grain is Grain.WEEK
    notes = [(c.value, c.machine) for c in after.corrections if c.field == "grain"]
    assert notes == ([] if grain is Grain.MONTH else [(grain, "month")])


def test_a_mode_that_the_type_cant_have_goes() -> None:
    after = with_these(BLAST, type="PROTEST")
    assert (after.type, after.mode) == (EventType.PROTEST, None)
    assert [(c.field, c.value, c.machine) for c in after.corrections] == [
        ("type", "PROTEST", "ASSAULT"), ("mode", None, "explosives"),
    ]  # fmt: skip
    assert with_these(BLAST, type="PROTEST", mode="strike").mode == "strike"
    assert with_these(BLAST, type="ASSAULT").mode == "explosives"


def test_who_takes_part_is_corrected_as_a_whole() -> None:
    after = with_these(BLAST, actors=[{"name": " Rebels ", "kind": "armed_group", "country": "SOM", "role": ""}])
    assert after.actors == (Party(name="Rebels", kind="armed_group", country="SOM"),)
    assert with_these(BLAST, recipients=None).recipients == ()


def test_a_conflict_that_a_person_decided_is_open_no_more() -> None:
    assert [c.field for c in open_conflicts(BLAST)] == ["figures.killed"]
    assert [c.field for c in open_conflicts(with_these(BLAST, figures__killed__low=1))] == ["figures.killed"]
    decided = with_these(BLAST, figures__killed__best=30)
    assert open_conflicts(decided) == ()
    assert decided.conflicts == BLAST.conflicts


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("type", "WAR", "is no type; allowed: AGREE"),
        ("mode", "strike", "is no mode of ASSAULT; allowed: .*explosives.*null"),
        ("status", None, "is no status"),
        ("grain", "eon", "is no grain; allowed: minute"),
        ("interval", "2024-02-30", "is no interval"),
        ("interval", "2024-06-01/2024-05-01", "ends on 2024-05-01, before it begins"),
        ("interval", 2024, "write it like 2024-05-14"),
        ("interval", "1/2/3", "is no interval"),
        ("place", "Kismayo", "a place is a mapping with name, country"),
        ("place", {"town": "Kismayo"}, "a place is a mapping"),
        ("place", {"country": "Somalia"}, "is no country"),
        ("place", {"latitude": 1.0}, "both latitude and longitude"),
        ("place", {"latitude": 91, "longitude": 0}, "latitude lies between -90 and 90"),
        ("place", {"latitude": float("nan"), "longitude": 0}, "latitude lies between"),
        ("place", {"latitude": "x", "longitude": 0}, "can't be so"),
        ("place", {"admin1": "Juba"}, "has a name, a country or coordinates"),
        ("actors", "Rebels", "is a list of"),
        ("actors", [{"name": " ", "kind": "person"}], "can't be so"),
        ("actors", [{"name": "A", "kind": "gang"}], "is no kind of party; allowed: person"),
        ("actors", [{"name": "A", "kind": "person", "country": "XX"}], "is no country"),
        ("actors", [{"name": "A", "kind": "person", "sector": "gov"}], "is no sector"),
        ("figures.killed.best", "many", "is no number"),
        ("figures.killed.best", True, "is no number"),
        ("figures.killed.best", -1, "lies between 0"),
        ("figures.killed.best", "inf", "lies between 0"),
        ("figures.killed.best", 10**400, "lies between 0"),
        ("figures.killed.mean", 1, "names no number"),
        ("figures.eaten.best", 1, "names no number"),
        ("figures.killed.police.best", 1, "is not one quantity"),
        ("id", "x", "can't be corrected"),
    ],
)
def test_what_cant_stand_in_a_field_is_told(field: str, value: Any, words: str) -> None:
    with pytest.raises(InvalidCorrectionError, match=words):
        checked(BLAST, field, value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "kind", "country", "latitude", "longitude"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.sampled_from(["type", "mode", "status", "interval", "grain", "place", "actors", "figures.killed.best"]), PLAIN
)
def test_any_value_is_taken_whole_or_refused(field: str, value: Any) -> None:
    try:
        full, plain = checked(BLAST, field, value)
    except InvalidCorrectionError:
        return
    kept = msgspec.json.decode(msgspec.json.encode(plain))
    after = corrected(BLAST, [made(full, kept)])
    assert after.corrections[0].value == kept
    assert msgspec.json.decode(msgspec.json.encode(after), type=Record) == after


def test_a_value_that_this_version_does_not_know_changes_nothing() -> None:
    assert corrected(BLAST, [made("status", "forgotten"), made("mood", 1)]) == BLAST
