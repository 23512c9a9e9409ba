"""`dragoman upcoming`: what is planned and not yet told to have been held or called off."""

from __future__ import annotations

import argparse
import datetime

from dragoman.cli.options import day
from dragoman.cli.output import opened
from dragoman.cli.storing import add_store_argument, store_of

EXAMPLES = """\
examples:
  dragoman upcoming
  dragoman upcoming --since 2017-02-07 --format jsonl
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("--since", type=day, metavar="DAY", help="leave out what was due before (today)")
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="(table)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Write what is planned; return the exit status."""
    from dragoman.exports.records import written
    from dragoman.store.queries import upcoming

    with store_of(options) as store, opened(options.output) as out:
        for line in written(upcoming(store, options.since or datetime.date.today()), options.format):
            out.write(line)
    return 0
