"""`dragoman quotes`: who said what, and nothing else."""

from __future__ import annotations

import argparse

from dragoman.cli.part import add_part_arguments, run_part
from dragoman.domain.codes import Part

EXAMPLES = (
    "dragoman quotes report.txt                                    speaker and words, one quotation a line",
    "dragoman quotes report.txt --format json",
    "dragoman quotes --format jsonl reports.jsonl > quotations.jsonl",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    add_part_arguments(parser, EXAMPLES, actors=True)


def run(options: argparse.Namespace) -> int:
    """Find who said what in the files and write them; return the exit status."""
    return run_part(options, Part.QUOTATIONS)
