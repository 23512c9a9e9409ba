"""Corrections: a person's value stands in a record, the machine's beside it, and it can be taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from dragoman import reconcile
from dragoman.domain.codes import EventType, Grain, Measure, Precision, Status
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Correction, Count, Record, Spot, Verdict
from dragoman.domain.spans import Span
from dragoman.store.correcting import correct, correction_log, undo_correction
from dragoman.store.errors import CorrectionError, UnknownIdError
from dragoman.store.ingest import ingest
from dragoman.store.judging import judge, undo
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, record, records
from dragoman.store.schema import RECORD
from told import WordReconciler, told

BY = WordReconciler()
WHEN = "2024-06-01T10:00:00+00:00"
MAY = datetime.date(2024, 5, 14)


@pytest.fixture
def store(where: str) -> Iterator[Store]:
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


def made(field: str, value: Any, claim: str = "a-0-4") -> Correction:
    return Correction(claim=claim, field=field, value=value, who="Ana", when=WHEN, why="seen")


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
    parts = {
        name: getattr(reconcile, name) for name in ("LEAST", "keys_of", "likeness", "group", "record_of", "version")
    }

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
