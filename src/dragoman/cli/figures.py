"""`dragoman figures`: counts and amounts, and nothing else."""

from __future__ import annotations

import argparse

from dragoman.cli.part import add_part_arguments, run_part
from dragoman.domain.codes import Part

EXAMPLES = (
    "dragoman figures report.txt --published 2017-02-07            how many, of whom, when, by whose count",
    "dragoman figures report.txt --published 2017-02-07 --format json",
    "dragoman figures --format jsonl reports.jsonl > figures.jsonl",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    add_part_arguments(parser, EXAMPLES, actors=True)


def run(options: argparse.Namespace) -> int:
    """Find counts and amounts in the files and write them; return the exit status."""
    return run_part(options, Part.FIGURES)
