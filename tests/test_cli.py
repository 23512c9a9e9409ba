"""The command line: what it prints, what it refuses and how it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import EXAMPLE, ROOT
from dragoman.exports.schema import error_schema

DRAGOMAN = [sys.executable, "-m", "dragoman"]


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*DRAGOMAN, *arguments], input=stdin, capture_output=True, check=False, env={**os.environ, **environment}
    )


def lines(data: bytes) -> list[Any]:
    return [json.loads(line) for line in data.splitlines()]


def test_read_prints_a_page() -> None:
    done = run("read", str(EXAMPLE), "--published", "2024-05-14")
    page = done.stdout.decode()
    assert done.returncode == 0
    assert "Norway and Kenya agree" in page
    assert "Who said what" in page
    assert "\x1b" not in page, "colours belong on a terminal only"


def test_json_is_the_golden_reading() -> None:
    done = run("read", str(EXAMPLE), "--published", "2024-05-14", "--source", "Example Wire", "--format", "json")
    assert done.returncode == 0
    assert done.stdout == (ROOT / "tests" / "golden" / "harbour-talks.json").read_bytes(), "`make golden` re-makes it"


def test_standard_input_is_read() -> None:
    done = run("read", "-", "--format", "json", stdin=EXAMPLE.read_bytes())
    reading = json.loads(done.stdout)
    assert reading["report"]["given_id"] is None
    assert reading["report"]["text"] == EXAMPLE.read_text(encoding="utf-8")


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    done = run("read", str(EXAMPLE), "--format", "html", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_a_batch_goes_on_past_bad_lines() -> None:
    given = b"\n".join(
        [
            b'{"id": "a", "text": "The ministers met in Oslo on Tuesday."}',
            b"{broken",
            b'{"id": "c"}',
            b'{"id": "d", "text": "Troops left the town.", "published": "soon"}',
            b'["no object"]',
            b'{"id": "f", "text": "\xff"}',
            b"",
            b'{"id": 7, "text": "Police arrested two men.", "published": "2024-05-01", "title": null}',
        ]
    )
    done = run("read", "--format", "jsonl", "-", stdin=given)
    found = lines(done.stdout)
    assert done.returncode == 1
    assert [row.get("line") for row in found] == [None, 2, 3, 4, 5, 6, None]
    assert found[0]["report"]["given_id"] == "a"
    assert found[-1]["report"]["given_id"] == "7"
    for row in found[1:-1]:
        assert not list(jsonschema.Draft202012Validator(error_schema()).iter_errors(row))
    assert found[3]["id"] == "d"
    assert done.stderr.count(b"\n") == 5


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"PNG\x00\x01\x02", "binary"),
        ("Grüße aus Köln".encode("latin-1"), "byte 2 is 0xfc"),
        ("Troops left the town.".encode("utf-16"), "UTF-16"),
        (
            "Der Außenminister sprach am Dienstag in Berlin mit seinem Amtskollegen über die Lage im Land.".encode(),
            "(de)",
        ),
        (b"Troops left. " * 100_000, "characters"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, data: bytes, word: str) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text("The ministers met in Oslo on Tuesday.", encoding="utf-8")
    done = run("read", str(bad), str(good), "--format", "jsonl")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert str(bad) in done.stderr.decode()
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert [row["schema"] for row in lines(done.stdout)] == ["dragoman.error/1", "dragoman.reading/1"]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("The café owners met the mayor.".encode("latin-1"))
    done = run("read", str(path), "--format", "json", "--encoding", "latin-1")
    assert json.loads(done.stdout)["report"]["text"] == "The café owners met the mayor."
    assert run("read", str(path), "--encoding", "klingon").returncode == 1


def test_force_reads_another_language() -> None:
    text = "Der Außenminister sprach am Dienstag in Berlin mit seinem Amtskollegen über die Lage im Land.".encode()
    done = run("read", "-", "--format", "json", "--force", stdin=text)
    assert done.returncode == 0
    assert json.loads(done.stdout)["report"]["language"] == "de"


def test_control_characters_stay_in_the_text_but_not_on_the_page() -> None:
    text = b"The minister\x1b[31m met\x07 the envoy in Oslo on Tuesday.\x08"
    assert json.loads(run("read", "-", "--format", "json", stdin=text).stdout)["report"]["text"] == text.decode()
    assert b"\x1b" not in run("read", "-", stdin=text).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x", "--published", "soon"],
        ["read", "x", "--format", "pdf"],
        ["nothing"],
        ["read", "-", "-"],
        ["read", "a.jsonl", "--format", "json"],
        ["explain", str(EXAMPLE), "e999"],
        ["codebooks", "show", "no.such-entry"],
        ["read", str(EXAMPLE), "-o", "/no/such/folder/file"],
    ],
)
def test_wrong_usage_leaves_with_2_and_one_line(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = run("read", str(tmp_path / "none.txt"))
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No such file" in done.stderr


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "The ministers met in Oslo on Tuesday."}\n' * 300, encoding="utf-8")
    command = f"{' '.join(DRAGOMAN)} read --format jsonl {path} | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.stdout.strip() == b"0"


def test_explain_tells_the_rules(tmp_path: Path) -> None:
    done = run("explain", str(EXAMPLE), "e1", "--published", "2024-05-14")
    assert done.returncode == 0
    assert b"found by " in done.stdout
    reading = tmp_path / "reading.json"
    assert (
        run("read", str(EXAMPLE), "--published", "2024-05-14", "--format", "json", "-o", str(reading)).returncode == 0
    )
    assert run("explain", str(reading), "e1").stdout == done.stdout


def test_actor_codes_phrases(tmp_path: Path) -> None:
    done = run("actor", "heavily armed Kenyan police")
    assert b"KEN" in done.stdout
    assert b"COP" in done.stdout
    path = tmp_path / "phrases.jsonl"
    path.write_text('{"id": "a", "text": "Russian troops"}\n{bad\n', encoding="utf-8")
    found = run("actor", "--format", "jsonl", str(path))
    rows = lines(found.stdout)
    assert found.returncode == 1
    assert (rows[0]["given_id"], rows[0]["country"], rows[0]["sector"]) == ("a", "RUS", "MIL")
    assert rows[1]["line"] == 2


def test_schema_and_codebooks_print() -> None:
    assert json.loads(run("schema").stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert b"quotations" in run("codebooks").stdout
    assert b"finds" in run("codebooks", "show", "quotations.direct.cue-after").stdout


def test_help_is_quick_and_has_examples() -> None:
    for command in ("read", "explain", "correct", "actor", "schema", "codebooks"):
        assert b"examples:" in run(command, "--help").stdout
    best = min(_seconds([*DRAGOMAN, "--help"]) for _ in range(5))
    assert best < 0.3
    assert min(_seconds([sys.executable, "-c", "import dragoman"]) for _ in range(5)) < 0.3


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start
