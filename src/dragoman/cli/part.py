"""What the commands share that make one part of a reading: `quotes`, `times`, `places`, `figures`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from dragoman.cli.options import ACTORS_HELP
from dragoman.cli.read import add_file_arguments, read_files
from dragoman.domain.codes import Part
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.reader import World

NOTES = """\
json is a reading (see `dragoman schema`) with the findings asked for and those that they refer to, the other lists
empty; jsonl has one a line, from an input with a report a line: {"id", "text", "published", "title", "source", "url"}.
Exit status: 0 all read, 1 some report could not be read (the others are), 2 wrong usage.
"""


def add_part_arguments(parser: argparse.ArgumentParser, examples: Sequence[str], *, actors: bool) -> None:
    """Add what the command takes, with EXAMPLES; ACTORS tells whether a file of actors matters to it."""
    told = "".join(f"  {line}\n" for line in examples)
    parser.epilog = f"examples:\n{told}\n{NOTES}" + (f"\n{ACTORS_HELP}" if actors else "")
    add_file_arguments(parser, ["text", "json", "jsonl"], actors=actors)


def run_part(options: argparse.Namespace, part: Part) -> int:
    """Find PART in the files and write it; return the exit status."""

    def read_part(report: Report, world: World) -> Reading:
        from dragoman.api import read_report_part

        return read_report_part(part, report, world)

    def page(reading: Reading, *, width: int, colours: bool) -> str:
        from dragoman.exports.parts import render_part

        return render_part(reading, part, width=width, colours=colours)

    return read_files(options, read_part, page, classifier=False)
