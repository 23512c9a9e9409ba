"""Times a tool over rows of text. It runs in the tool's own environment: nothing but the standard library here."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WARMING = 5
"""Rows that are read once before the clock starts: models load, and Java compiles what runs most."""


def cpu_seconds() -> float:
    """Return the CPU seconds of this process, its threads and the programs that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def run(
    find: Callable[[dict[str, Any]], Any], versions: dict[str, str], plain: Callable[[Any], Any] = lambda x: x
) -> None:
    """Let FIND read each row of the file argv[1], write what it found (made PLAIN) to argv[2], print the seconds."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for row in rows[:WARMING]:
        find(row)
    cpu, wall = cpu_seconds(), time.perf_counter()
    found = [find(row) for row in rows]
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
        for row, each in zip(rows, found, strict=True):
            out.write(json.dumps({"id": row["id"], "found": plain(each)}) + "\n")
    print(json.dumps({"cpu": cpu, "wall": wall, "versions": versions}))
