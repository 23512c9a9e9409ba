"""`dragoman ingest`: reports into the store."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import dragoman
from dragoman import reconcile
from dragoman.cli.errors import UsageError
from dragoman.cli.options import ACTORS_HELP, add_report_arguments, given, require_files
from dragoman.cli.output import print_error, progress
from dragoman.cli.read import accepted
from dragoman.cli.storing import add_store_argument, store_of
from dragoman.domain.reading import Reading
from dragoman.inputs.plain import InputError
from dragoman.inputs.reports import Arrived, reports_and_readings

if TYPE_CHECKING:
    from dragoman.domain.report import Report
    from dragoman.store.opening import Store

EXAMPLES = """\
examples:
  dragoman ingest report.txt --published 2017-02-07 --source "Example Wire"
  dragoman ingest reports.jsonl folder/                  .txt and .jsonl files of a folder, and of those in it
  dragoman ingest reports.jsonl --store postgresql://desk@db/dragoman

  dragoman ingest readings.jsonl                         what `dragoman read --format jsonl` made, here or elsewhere

A report that is in the store already changes nothing, so an ingest that was cut off is run again.
Exit status: 0 all there, 1 some report could not be read (the others are), 2 wrong usage.
"""
ENDINGS = (".txt", ".jsonl")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = f"{EXAMPLES}\n{ACTORS_HELP}"
    parser.add_argument("files", nargs="+", metavar="PATH", help="text or .jsonl file, or folder; - is standard input")
    parser.add_argument("--input", choices=["text", "jsonl"], help="what the files hold (by ending)")
    add_store_argument(parser)
    add_report_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read the reports that are new, put them and readings made elsewhere into the store; return the exit status."""
    from dragoman.store.ingest import ingest_many

    require_files(options.files)
    about = given(options, None if options.input is None else options.input == "jsonl")
    files = [file for name in options.files for file in _files(name)]
    done: Counter[str] = Counter()
    try:
        with store_of(options) as store:
            found = _accepted(progress(reports_and_readings(files, about), "ingesting"), options.force, done)
            for kind, some in groupby(found, type):
                if kind is Reading:
                    readings = (each for each in some if isinstance(each, Reading))
                    done.update(result.outcome.value for result in ingest_many(store, readings, reconcile))
                else:
                    done.update(_ingested(store, each, options) for each in some if not isinstance(each, Reading))
    finally:  # what is kept is kept, whatever stopped the rest
        print(", ".join(f"{number:,} {what}" for what, number in sorted(done.items())) or "no reports")
    return 1 if done["refused"] else 0


def _accepted(
    found: Iterable[Arrived | Reading | InputError], force: bool, done: Counter[str]
) -> Iterator[Report | Reading]:
    """Yield the reports and readings of FOUND; say what the others are refused for and count them in DONE."""
    for each in found:
        if isinstance(each, Reading):
            yield each
            continue
        for report in accepted([each], force):
            if isinstance(report, InputError):
                done["refused"] += 1
                print_error("ingest", report)
            else:
                yield report


def _ingested(store: Store, report: Report, options: argparse.Namespace) -> str:
    """Return what became of REPORT; one that this version or a newer one has read is not read again."""
    from dragoman.api import read_report, world_with
    from dragoman.store.ingest import SETTLED, ingest, settle

    outcome = settle(store, report, dragoman.__version__)
    if outcome in SETTLED:
        return outcome.value
    reading = read_report(report, world_with(options.actors))
    return ingest(store, reading, reconcile).outcome.value


def _files(name: str) -> list[str]:
    """Return NAME, or the reports of the folder NAME and of those in it, in order."""
    path = Path(name)
    if name == "-" or not path.is_dir():
        return [name]
    found = sorted(str(p) for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
    if not found:
        raise UsageError(f"{name}: the folder has no {' or '.join(ENDINGS)} file")
    return found
