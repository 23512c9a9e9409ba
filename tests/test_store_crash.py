"""A store that is killed, has no room, is locked or is filled by two at once: what was acknowledged stays.

`DRAGOMAN_CRASH_ROUNDS=50 python -m pytest tests/test_store_crash.py` kills at 50 moments for each way of reconciling.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from conftest import ROOT
from dragoman import reconcile
from dragoman.cli.main import main
from dragoman.domain.reading import Reading
from dragoman.store.ingest import ingest
from dragoman.store.opening import open_store
from dragoman.store.queries import reading, records
from dragoman.store.schema import METADATA
from told import WordReconciler, told

ROUNDS = int(os.environ.get("DRAGOMAN_CRASH_ROUNDS", "2"))
CACHED = ROOT / "tests" / "golden" / "short-readings.jsonl"
"""What Dragoman reads in `short-reports.jsonl` (`make golden` makes it anew)."""
SHORT = [msgspec.json.decode(line, type=Reading) for line in CACHED.read_bytes().splitlines()]
WORDS = [told(f"crowd gathers in square {n % 7}\nroad {n} blocked by {n % 5}", n % 28 + 1) for n in range(40)]
READINGS = {"words": WORDS, "rules": SHORT}
BY = {"words": WordReconciler(), "rules": reconcile}


def start(where: str, file: Path, *how: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "tests" / "ingesting.py"), where, str(file), *how]
    folders = [str(ROOT / "tests"), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )


def written(readings: Sequence[Reading], folder: Path, name: str = "readings.jsonl") -> Path:
    (folder / name).write_bytes(b"".join(each.to_json() + b"\n" for each in readings))
    return folder / name


def fill(where: str, how: str) -> float:
    """Ingest what is not there yet; return how many seconds it takes."""
    begin = time.perf_counter()
    with open_store(where) as store:
        for each in READINGS[how]:
            ingest(store, each, BY[how])
    return time.perf_counter() - begin


def export(where: str, capsysbinary: pytest.CaptureFixture[bytes]) -> bytes:
    capsysbinary.readouterr()
    assert main(["records", "--format", "jsonl", "--store", where]) == 0
    return capsysbinary.readouterr().out


def empty(where: str) -> None:
    with open_store(where) as store, store.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        for extra in ("record_search", "record_search_ids"):
            if connection.dialect.has_table(connection, extra):
                connection.execute(text(f"delete from {extra}"))


@pytest.mark.parametrize("how", ["words", "rules"])
def test_nothing_acknowledged_is_lost_when_it_is_killed(
    where: str, how: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = written(READINGS[how], tmp_path)
    clean = str(tmp_path / "clean.db")
    seconds = fill(clean, how)
    whole = export(clean, capsysbinary)
    moments = random.Random(0)
    cut_short = 0
    for _ in range(ROUNDS):
        empty(where)
        process = start(where, file, how)
        assert process.stdout is not None
        seen = [process.stdout.readline().strip() for _ in range(moments.randint(1, len(READINGS[how])))]
        time.sleep(moments.random() * seconds / len(READINGS[how]))
        process.kill()
        acknowledged = [*seen[1:], *process.communicate()[0].splitlines()]
        assert seen[0] == "ready"
        cut_short += len(acknowledged) < len(READINGS[how])
        with open_store(where) as store:
            assert all(reading(store, report).report.id == report for report in acknowledged)
            at_once = msgspec.json.encode(records(store))
            if "://" not in where:
                with store.reading() as connection:
                    assert connection.execute(text("pragma integrity_check")).scalar() == "ok"
                    assert connection.execute(text("pragma foreign_key_check")).all() == []
            for each in READINGS[how][: len(acknowledged)]:
                ingest(store, each, BY[how])
            if how == "words":
                assert msgspec.json.encode(records(store)) == at_once
        fill(where, how)
        assert export(where, capsysbinary) == whole
    print(f"{where}: killed {ROUNDS} times, {cut_short} of them before the end")


def test_a_disk_without_room_is_told_and_it_goes_on_when_there_is_some(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    clean, where = str(tmp_path / "clean.db"), str(tmp_path / "a.db")
    fill(clean, "rules")
    whole = export(clean, capsysbinary)
    file = written(SHORT, tmp_path)
    process = start(where, file, "command", "700000")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert err.startswith(f"dragoman ingest: the store {where} ")
    assert "nothing of this report was kept. Make room and try again" in err
    assert err.count("\n") == 1
    kept = int(out.split(" new")[0])
    assert 0 < kept < len(SHORT)
    with open_store(where) as store:
        for each in SHORT[:kept]:
            assert reading(store, each.report.id) == each
    again = start(where, file, "command")
    assert again.communicate(timeout=60)[0] == f"{len(SHORT) - kept} new, {kept} unchanged\n"
    assert again.returncode == 0
    assert export(where, capsysbinary) == whole


def test_a_store_that_another_process_locks_is_told_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("dragoman.store.dialect.BUSY_SECONDS", 0.05)
    where = str(tmp_path / "a.db")
    fill(where, "rules")
    whole = export(where, capsysbinary)
    claim = msgspec.json.decode(whole.splitlines()[0])["claims"][0]["id"]
    other = sqlite3.connect(where, isolation_level=None)
    other.execute("begin immediate")
    assert main(["judge", claim, "x", "--same", "--store", where]) == 2
    told_of = capsysbinary.readouterr().err.decode()
    assert told_of.endswith("is in use by another process; wait until that is done and try again\n")
    assert export(where, capsysbinary) == whole
    other.execute("rollback")
    other.close()
    fill(where, "rules")
    assert export(where, capsysbinary) == whole


def test_two_processes_ingest_the_same_and_other_reports_at_once(
    where: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    clean = str(tmp_path / "clean.db")
    fill(clean, "rules")
    both = [
        start(where, written(SHORT[:20], tmp_path, "one.jsonl"), "rules"),
        start(where, written(SHORT[10:], tmp_path, "other.jsonl"), "rules"),
    ]
    assert [process.wait(120) for process in both] == [0, 0]
    assert export(where, capsysbinary) == export(clean, capsysbinary)
