"""`dragoman times`: the time expressions, and nothing else."""

from __future__ import annotations

import argparse

from dragoman.cli.part import add_part_arguments, run_part
from dragoman.domain.codes import Part

EXAMPLES = (
    "dragoman times report.txt --published 2017-02-07              values, and the days that they span",
    "dragoman times report.txt --published 2017-02-07 --format json",
    "dragoman times --format jsonl reports.jsonl > times.jsonl",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    add_part_arguments(parser, EXAMPLES, actors=False)


def run(options: argparse.Namespace) -> int:
    """Find the time expressions in the files and write them; return the exit status."""
    return run_part(options, Part.TIMES)
