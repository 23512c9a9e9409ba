"""The store from the command line: ingest, list, show, judge, take back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

import dragoman
from dragoman.cli.main import main
from dragoman.domain.codes import Measure
from dragoman.domain.records import Record, RecordFigure
from dragoman.exports.records import figure_of
from dragoman.inputs.readings import is_output, reading_or_error

REPORTS = [
    {
        "id": "wire-1", "published": "2024-05-14", "source": "Example Wire",
        "text": "A bomb in the market of Mogadishu killed nine traders on Monday, police said.",
    },
    {
        "id": "wire-2", "published": "2024-05-15", "source": "Example Wire",
        "text": "A bomb in the central market of Mogadishu on Monday killed 11 traders, police said.",
    },
    {
        "id": "desk-1", "published": "2024-05-14", "source": "Example Desk",
        "text": "Kenya and Somalia will meet in Nairobi on June 3 for talks on the border.",
    },
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(r) + "\n" for r in REPORTS), encoding="utf-8")
    assert main(["ingest", str(tmp_path / "reports.jsonl"), "--store", str(tmp_path / "d.db")]) == 0
    return tmp_path


def records(desk: Path, capsys: pytest.CaptureFixture[str], *wanted: str) -> list[Record]:
    capsys.readouterr()
    assert main(["records", "--format", "jsonl", "--store", str(desk / "d.db"), *wanted]) == 0
    return [msgspec.json.decode(line, type=Record) for line in capsys.readouterr().out.splitlines()]


def test_reports_of_one_blast_are_one_record_with_the_later_toll(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (blast,) = records(desk, capsys, "--type", "ASSAULT")
    assert [c.report for c in blast.claims] == ["wire-1", "wire-2"]
    (toll,) = blast.figures
    assert (toll.best, toll.low, toll.high) == (11, 11, 11)
    assert [c.value for c in toll.claims] == [9, 11]
    found = records(desk, capsys, "--country", "SOM", "--text", "market Mogadishu")
    assert [r for r in found if r.kind is None] == [blast]
    assert main(["records", "--text", "market Mogadishu", "--store", str(desk / "d.db")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["records", "--text", "market Mogadishu", "--all", "--store", str(desk / "d.db")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(found) + 1
    assert records(desk, capsys, "--until", "2024-05-01") == []


def test_the_same_reports_again_change_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = records(desk, capsys)
    assert main(["ingest", str(desk), "--store", str(desk / "d.db")]) == 0
    assert capsys.readouterr().out == "3 unchanged\n"
    assert records(desk, capsys) == before


def test_a_judgement_parts_two_claims_and_is_taken_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (blast,) = before = records(desk, capsys, "--type", "ASSAULT")
    one, other = (c.id for c in blast.claims)
    store = ["--store", str(desk / "d.db"), "--who", "ada"]
    assert main(["judge", one, other, "--different", "--why", "two bombs", *store]) == 0
    parted = records(desk, capsys, "--type", "ASSAULT")
    assert [len(r.claims) for r in parted] == [1, 1]
    assert parted[0].judgements[0].who == "ada"
    assert main(["judge", "--undo", *store]) == 0
    assert records(desk, capsys, "--type", "ASSAULT") == before


def test_a_plan_is_upcoming_until_its_day(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["upcoming", "--since", "2024-05-20", "--format", "csv", "--store", str(desk / "d.db")]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["days"], row["type"], row["status"]) == ("2024-06-03", "CONSULT", "planned")
    assert main(["upcoming", "--since", "2024-06-10", "--store", str(desk / "d.db")]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_a_record_is_shown_with_its_claims(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (blast,) = records(desk, capsys, "--type", "ASSAULT")
    assert main(["show", blast.claims[1].id, "--store", str(desk / "d.db")]) == 0
    page = capsys.readouterr().out
    assert blast.id in page
    assert all(c.text in page for c in blast.claims)
    assert "killed (traders) 11" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "r-nothing"], "r-nothing"),
        (["judge", "a"], "name two ids"),
        (["judge", "--undo"], "no judgement stands"),
        (["ingest", "."], "has no .txt or .jsonl file"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_line(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*arguments, "--store", str(tmp_path / "d.db")]) == 2
    assert told in capsys.readouterr().err


def test_a_value_is_corrected_listed_and_taken_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (blast,) = before = records(desk, capsys, "--type", "ASSAULT")
    store = ["--store", str(desk / "d.db")]
    for field, value, shown in [
        ("place", "Kismayo, SOM", "Kismayo, SOM, Jubbada Hoose"),
        ("actors", "traders; the Somali police; Zarn", "traders (BUS); the Somali police (SOM COP); Zarn"),
        ("figures.killed.best", "12", "figures.killed.traders.best: 12"),
        ("interval", "2024-05-12/2024-05-13", "2024-05-12/2024-05-13"),
    ]:
        assert main(["correct", blast.id, field, value, "--why", "seen", "--who", "ada", *store]) == 0
        assert shown in capsys.readouterr().out
    (after,) = records(desk, capsys, "--type", "ASSAULT", "--text", "Kismayo")
    assert (after.figures[0].best, after.interval) == (12, ("2024-05-12", "2024-05-13"))
    assert (after.place.geonames_id, after.place.latitude) == (55671, -0.35817)
    assert after.actors[0] == blast.recipients[0]
    assert [(c.field, c.machine) for c in after.corrections if c.field[:3] == "fig"] == [
        ("figures.killed.traders.best", 11)
    ]
    assert main(["show", blast.id, *store]) == 0
    assert "corrected   interval: 2024-05-12/2024-05-13 (machine: 2024-05-13) by ada" in capsys.readouterr().out
    assert main(["correct", "--undo", "3", *store]) == 0
    assert main(["correct", "--undo", *store]) == 0
    assert "taken back: " in capsys.readouterr().out
    assert main(["correct", "--log", blast.id, *store]) == 0
    log = capsys.readouterr().out.splitlines()
    assert [("taken back by" in line, line.split()[0]) for line in log] == [
        (False, "1"), (False, "2"), (True, "3"), (True, "4"),
    ]  # fmt: skip
    assert main(["correct", "--undo", *store]) == main(["correct", "--undo", *store]) == 0
    assert records(desk, capsys, "--type", "ASSAULT") == before


def test_a_record_is_explained(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (blast,) = records(desk, capsys, "--type", "ASSAULT")
    store = ["--store", str(desk / "d.db")]
    one, other = (c.id for c in blast.claims)
    assert main(["judge", one, other, "--same", "--why", "one bomb", "--who", "ada", *store]) == 0
    assert main(["correct", one, "status", "denied", "--why", "a drill", "--who", "ada", *store]) == 0
    capsys.readouterr()
    assert main(["explain", blast.id, *store]) == 0
    page = capsys.readouterr().out
    assert f"for: 11  {other}  wire-2, Example Wire, 2024-05-15, by police" in page
    assert "killed «nine» traders on Monday" in page
    assert "superseded" in page
    assert "by figures.best.later - A later count" in page
    assert "corrected status: denied (machine: occurred) by ada" in page
    assert f"{one} {other}  likeness 0." in page
    assert "judged same" in page
    assert ": one bomb" in page
    assert main(["explain", one, "figures.killed", "--format", "json", *store]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [f["field"] for f in told["fields"]] == ["figures.killed.traders"]
    assert told["fields"][0]["against"][0]["said"] == "nine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["correct", "ID", "status"], "name an id, a field and its value"),
        (["correct", "ID", "status", "denied"], "needs a note: --why NOTE"),
        (["correct", "ID", "status", "lost", "--why", "x"], "'lost' is no status; allowed: occurred"),
        (["correct", "ID", "colour", "red", "--why", "x"], "'colour' can't be corrected; what can: type, mode"),
        (["correct", "ID", "figures.killed.best", "[1]", "--why", "x"], "[1]' is no number"),
        (["correct", "r-none", "status", "denied", "--why", "x"], "no record or claim 'r-none'"),
        (["correct", "--undo", "status"], "--undo takes no more than a number"),
        (["correct", "--undo"], "no correction stands"),
        (["correct", "--log", "ID", "status"], "--log takes no more than an id"),
        (["correct", "--log", "r-none"], "no record or claim 'r-none'"),
        (["explain", "ID", "colour"], "no field 'colour'; there are type, mode"),
        (["explain", "ID", "type", "mode"], "name one field"),
        (["explain", "r-none"], "no record or claim 'r-none'"),
    ],
)
def test_what_can_not_be_corrected_or_explained_is_said_in_a_line(
    arguments: list[str], told: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (blast,) = before = records(desk, capsys, "--type", "ASSAULT")
    words = [blast.id if a == "ID" else a for a in arguments]
    assert main([*words, "--store", str(desk / "d.db")]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert records(desk, capsys, "--type", "ASSAULT") == before


def test_readings_made_elsewhere_are_put_in_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, made = tmp_path / "reports.jsonl", tmp_path / "readings.jsonl"
    texts.write_text("".join(json.dumps(r) + "\n" for r in [*REPORTS, {"id": "odd"}]), encoding="utf-8")
    main(["read", "--format", "jsonl", str(texts), "-o", str(made)])
    one = json.loads(made.read_text(encoding="utf-8").splitlines()[0])
    one["report"]["text"] += " x"
    with made.open("a", encoding="utf-8") as more:
        more.write(json.dumps(one) + "\n" + json.dumps(REPORTS[0] | {"text": "Kenya met Somalia."}) + "\n")
    store = ["--store", str(tmp_path / "r.db")]
    capsys.readouterr()
    assert main(["ingest", str(made), *store]) == 1
    out, err = capsys.readouterr()
    assert out == "4 new, 2 refused\n"
    assert ":4: this report could not be read" in err
    assert ":5: not a reading: its id is not that of its text" in err
    monkeypatch.setattr("dragoman.api.read_report", lambda *_: pytest.fail("a reading is not read again"))
    made.write_bytes(b"".join(made.read_bytes().splitlines(keepends=True)[:3]))
    assert main(["ingest", str(made), *store]) == 0
    assert capsys.readouterr().out == "3 unchanged\n"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"span": [0, 10**6]}, "words outside the text"),
        ({"period": ["soon", None]}, "period that is none"),
        ({"period": ["2024-W01-1", None]}, "period that is none"),
        ({"value": "nine"}, "not a reading of this version's form"),
        ({"schema": "dragoman.reading/2"}, "not a reading of this version's form"),
    ],
)
def test_a_reading_that_contradicts_itself_is_refused(change: dict[str, object], fault: str) -> None:
    reading = dragoman.read(REPORTS[0]["text"]).to_dict()
    (reading if "schema" in change else reading["figures"][0]).update(change)
    data = json.dumps(reading).encode()
    assert is_output(data)
    assert fault in str(reading_or_error(data, "file", 1))


@pytest.mark.parametrize(
    ("best", "low", "high", "told"),
    [
        (12, 12, 12, "killed 12"), (12, 12, 14, "killed 12 [12-14]"), (None, 200, None, "killed at least 200"),
        (None, None, 9, "killed at most 9"), (None, None, None, "killed ?"), (None, 5, 7, "killed 5-7"),
        (5, 5, None, "killed 5 [at least 5]"),
    ],
)  # fmt: skip
def test_open_ends_of_a_count_are_told_in_words(best: int | None, low: int | None, high: int | None, told: str) -> None:
    figure = RecordFigure(
        measure=Measure.KILLED, who=None, period=None, best=best, low=low, high=high, claims=(), why="figures.best.only"
    )
    assert figure_of(figure) == told
