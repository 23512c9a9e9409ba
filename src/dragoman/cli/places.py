"""`dragoman places`: the places, and nothing else."""

from __future__ import annotations

import argparse

from dragoman.cli.part import add_part_arguments, run_part
from dragoman.domain.codes import Part

EXAMPLES = (
    "dragoman places report.txt                                    names, countries, coordinates",
    "dragoman places report.txt --format json",
    "dragoman places --format jsonl reports.jsonl > places.jsonl",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    add_part_arguments(parser, EXAMPLES, actors=False)


def run(options: argparse.Namespace) -> int:
    """Find the places in the files and write them; return the exit status."""
    return run_part(options, Part.PLACES)
