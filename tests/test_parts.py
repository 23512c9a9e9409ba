"""One part of a reading alone: quotations, times, places, figures, from Python and the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import dragoman
from conftest import EXAMPLE, EXAMPLE_DAY
from dragoman.domain.codes import Part
from dragoman.exports.parts import render_part
from dragoman.exports.schema import reading_schema
from dragoman.reader import read_part

PARTS = {"quotes": "quotations", "times": "times", "places": "places", "figures": "figures"}
NEEDED = {
    "quotes": {"quotations", "entities"},
    "times": {"times"},
    "places": {"places"},
    "figures": {"figures", "entities", "times", "places", "quotations"},
}
KINDS = ("entities", "times", "places", "quotations", "events", "figures")


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "dragoman", *arguments], input=stdin, capture_output=True, check=False)


def test_a_part_is_that_of_the_whole_reading(example_text: str) -> None:
    reading = dragoman.read(example_text, published=EXAMPLE_DAY)
    assert tuple(dragoman.quotations(example_text, published=EXAMPLE_DAY)) == reading.quotations
    assert tuple(dragoman.times(example_text, published=EXAMPLE_DAY)) == reading.times
    assert tuple(dragoman.places(example_text)) == reading.places
    alone = dragoman.figures(example_text, published=EXAMPLE_DAY)
    assert [(f.id, f.span, f.measure, f.value) for f in alone] == [
        (f.id, f.span, f.measure, f.value) for f in reading.figures
    ]


def test_offsets_count_code_points() -> None:
    text = (
        "\N{WAVING WHITE FLAG}\ufe0f \N{SMILING FACE WITH OPEN MOUTH} Fourteen people died in Nairobi on 6 May 2024. "
        "“We know,” Mr Otieno said."
    )
    assert [p.span.surface(text) for p in dragoman.places(text)] == ["Nairobi"]
    assert [f.span.surface(text) for f in dragoman.figures(text)] == ["Fourteen"]
    assert [t.span.surface(text) for t in dragoman.times(text)] == ["6 May 2024"]
    assert "We know," in [s.surface(text) for q in dragoman.quotations(text) for s in q.content]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_empty_text_has_none(text: str) -> None:
    for part in (dragoman.quotations, dragoman.times, dragoman.places, dragoman.figures):
        assert part(text) == []


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        dragoman.times("a \ud800 b")


def test_only_the_stages_needed_run(monkeypatch: pytest.MonkeyPatch, example_text: str) -> None:
    from dragoman import reader
    from dragoman.api import codebook_world, make_report, shipped_parser

    def never(*_: object) -> Any:
        raise AssertionError("not needed")

    parse, report = shipped_parser().parse(example_text), make_report(example_text)
    for stage in ("find_places", "find_entities", "find_quotations", "find_figures", "find_events"):
        monkeypatch.setattr(reader, stage, never)
    assert read_part(Part.TIMES, report, parse, codebook_world(), "x").times


@pytest.mark.parametrize("command", PARTS)
def test_json_is_a_reading_of_the_part(command: str) -> None:
    done = run(command, str(EXAMPLE), "--published", "2024-05-14", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    reading = json.loads(done.stdout)
    assert not list(jsonschema.Draft202012Validator(reading_schema()).iter_errors(reading))
    assert {kind for kind in KINDS if reading[kind]} == NEEDED[command]


@pytest.mark.parametrize("command", PARTS)
def test_text_is_a_line_a_finding(command: str) -> None:
    done = run(command, str(EXAMPLE), "--published", "2024-05-14")
    page = done.stdout.decode()
    assert done.returncode == 0
    assert "\x1b" not in page
    assert {"quotes": "“told”", "times": "2024-05-14", "places": "Nairobi", "figures": "killed"}[command] in page


def test_many_reports_give_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text('{"id": "a", "text": "It rained in Oslo."}\n{bad\n{"id": "c", "text": "Nobody came."}\n')
    done = run("places", "--format", "jsonl", str(path))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [row["schema"] for row in rows] == ["dragoman.reading/1", "dragoman.error/1", "dragoman.reading/1"]
    assert [p["name"] for p in rows[0]["places"]] == ["Oslo"]


@pytest.mark.parametrize("command", PARTS)
def test_a_missing_file_and_an_empty_one_are_told(command: str, tmp_path: Path) -> None:
    missing = run(command, str(tmp_path / "none.txt"))
    assert (missing.returncode, missing.stderr.count(b"\n")) == (1, 1)
    assert missing.stderr.startswith(f"dragoman {command}: ".encode())
    assert b"No such file" in missing.stderr
    empty = run(command, "-")
    assert (empty.returncode, empty.stderr.count(b"\n")) == (1, 1)
    assert run(command).returncode == 2
    assert run(command, "x", "--format", "html").returncode == 2


@pytest.mark.parametrize("command", PARTS)
def test_help_has_examples(command: str) -> None:
    assert b"examples:" in run(command, "--help").stdout


def test_nothing_found_is_told() -> None:
    from dragoman.api import make_report, read_report_part

    for part in Part:
        assert render_part(read_report_part(part, make_report("Nothing.")), part) == f"No {part.value} found.\n"
