"""What a correction does to a record, and what can't stand in a field."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.domain.codes import EventType, Grain, Measure
from dragoman.domain.records import Correction, Party, Record
from dragoman.reconcile.correctable import InvalidCorrectionError, checked
from dragoman.reconcile.correcting import corrected, open_conflicts
from dragoman.reconcile.recording import record_of
from test_corrections import claim, count, made

BLAST = record_of([claim("a", count(9)), claim("b", count(30))])


def with_these(record: Record, **values: Any) -> Record:
    """Return RECORD with corrections that were checked, in order; `__` stands for the dot of a field."""
    corrections: list[Correction] = []
    for name, value in values.items():
        field, plain = checked(corrected(record, corrections), name.replace("__", "."), value)
        corrections.append(made(field, plain))
    return corrected(record, corrections)


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
