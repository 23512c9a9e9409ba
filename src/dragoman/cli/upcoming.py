"""`dragoman upcoming`: what is planned and not yet told to have been held or called off."""

from __future__ import annotations

import argparse
import datetime

from dragoman.cli.options import day
from dragoman.cli.storing import add_table_arguments, write_table

EXAMPLES = """\
examples:
  dragoman upcoming
  dragoman upcoming --since 2017-02-07 --format jsonl
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("--since", type=day, metavar="DAY", help="leave out what was due before (today)")
    add_table_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write what is planned; return the exit status."""
    from dragoman.store.queries import upcoming

    since = options.since or datetime.date.today()
    write_table(options, lambda store: upcoming(store, since))
    return 0
