"""The same text from several outlets: one report and one source, with all who gave it."""

from __future__ import annotations

import datetime
import json
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

import dragoman
from dragoman.cli.main import main
from dragoman.domain.reading import Reading
from dragoman.store.errors import UnknownIdError
from dragoman.store.givers import Giver, givers
from dragoman.store.ingest import Outcome, ingest
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import claims, records
from told import WordReconciler, told

BY = WordReconciler()
TEXT = "ferry sinks off coast"


def given(outlet: str | None, day: int | None = 3, version: str = "1.0.0") -> Reading:
    reading = told(TEXT, version=version)
    published = datetime.date(2024, 5, day) if day else None
    report = msgspec.structs.replace(
        reading.report, given_id=outlet and f"{outlet}-1", source=outlet and f"The {outlet}", published=published
    )
    return msgspec.structs.replace(reading, report=report)


def outlets(store: Store) -> list[str | None]:
    return [giver.source for giver in givers(store, given("x").report.id)]


def test_two_outlets_of_one_text_are_one_report_with_two_givers(store: Store) -> None:
    outcomes = [
        ingest(store, given(o, day), BY).outcome for o, day in (("Wire", 3), ("Desk", 4), ("Desk", 4), ("Wire", 3))
    ]
    assert outcomes == [Outcome.NEW, Outcome.GIVEN, Outcome.UNCHANGED, Outcome.UNCHANGED]
    (record,) = records(store)
    assert (record.reports, record.independent_sources, len(record.claims)) == (1, 1, 1)
    (claim,) = claims(store, record.id)
    assert claim.published == datetime.date(2024, 5, 3)
    assert givers(store, claim.report) == [
        Giver(published=datetime.date(2024, 5, day), given_id=f"{o}-1", source=f"The {o}", url=None, title=None)
        for o, day in (("Wire", 3), ("Desk", 4))
    ]
    with pytest.raises(UnknownIdError, match="no report 'x'"):
        givers(store, "x")


@pytest.mark.parametrize("order", list(permutations([("Wire", 3), ("Desk", 4), (None, None)])))
def test_who_comes_first_does_not_depend_on_the_order(store: Store, order: list[tuple[str | None, int | None]]) -> None:
    for outlet, day in [*order, *order]:
        ingest(store, given(outlet, day), BY)
    assert outlets(store) == ["The Wire", "The Desk", None]
    (record,) = records(store)
    assert record.claims[0].published == datetime.date(2024, 5, 3)
    assert ingest(store, given("Desk", 4), BY).outcome is Outcome.UNCHANGED


def test_a_newer_version_keeps_all_who_gave_it(store: Store) -> None:
    for outlet in ("Wire", "Desk"):
        ingest(store, given(outlet), BY)
    assert ingest(store, given("Wire", version="2.0.0"), BY).outcome is Outcome.REPLACED
    assert ingest(store, given("Post", version="1.0.0"), BY).outcome is Outcome.GIVEN
    assert ingest(store, given("Post", version="1.0.0"), BY).outcome is Outcome.OLDER
    assert sorted(map(str, outlets(store))) == ["The Desk", "The Post", "The Wire"]
    assert ingest(store, given("Desk", version="2.0.0"), BY).outcome is Outcome.REPLACED
    assert outlets(store) == ["The Desk", "The Post", "The Wire"]


def test_show_names_the_other_outlets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", str(tmp_path / "a.db")]
    with open_store(where[1]) as store:
        for outlet in ("Wire", "Desk"):
            ingest(store, given(outlet), BY)
        (record,) = records(store)
    assert main(["show", record.id, *where]) == 0
    assert "  the same text as Desk-1 of The Desk: Wire-1 of The Wire\n" in capsys.readouterr().out


def test_a_text_that_is_there_is_not_read_again_for_another_outlet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = given("Wire", version=dragoman.__version__)
    monkeypatch.setattr(
        "dragoman.api.read_report", lambda report, world: msgspec.structs.replace(reading, report=report)
    )
    monkeypatch.setattr("dragoman.api.world_with", lambda actors: None)
    where = ["--store", str(tmp_path / "a.db"), "--force"]
    for outlet in ("a", "b"):
        row = {"id": f"{outlet}-1", "text": TEXT, "published": "2024-05-03"}
        (tmp_path / f"{outlet}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert main(["ingest", str(tmp_path / "a.jsonl"), *where]) == 0
    monkeypatch.setattr("dragoman.api.read_report", None)
    assert main(["ingest", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), *where]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 given by another too, 1 unchanged"
