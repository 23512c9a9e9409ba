"""A process that puts ready-made readings into a store, for tests that kill it, starve it or run two of it at once.

python tests/ingesting.py STORE READINGS words|rules      prints the id of each report when ingest has returned
python tests/ingesting.py STORE READINGS command [BYTES]  runs `dragoman ingest` on the reports, with the readings given

With BYTES no file of the process may grow larger.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path

import msgspec

import dragoman.api
from dragoman import reconcile
from dragoman.cli.main import main
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.store.ingest import ingest
from dragoman.store.opening import open_store
from told import WordReconciler


def run(where: str, file: str, how: str, most: str | None = None) -> int:
    """Ingest; return the exit status."""
    readings = [msgspec.json.decode(line, type=Reading) for line in Path(file).read_bytes().splitlines()]
    if how == "command":
        return _command(where, readings, most)
    print("ready", flush=True)
    with open_store(where) as store:
        for reading in readings:
            ingest(store, reading, WordReconciler() if how == "words" else reconcile)
            print(reading.report.id, flush=True)
    return 0


def _command(where: str, readings: list[Reading], most: str | None) -> int:
    by_id = {reading.report.id: reading for reading in readings}

    def read_report(report: Report, world: object) -> Reading:
        return by_id[report.id]

    dragoman.api.read_report = read_report  # type: ignore[assignment]
    dragoman.api.world_with = lambda actors: None  # type: ignore[assignment, misc, return-value]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as reports:
        for reading in readings:
            report = reading.report
            row = {"id": report.given_id, "text": report.text, "published": str(report.published)}
            reports.write(json.dumps(row | {"source": report.source}) + "\n")
        reports.flush()
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
        return main(["ingest", reports.name, "--force", "--store", where])


if __name__ == "__main__":
    raise SystemExit(run(*sys.argv[1:]))
