"""`dragoman records`: list and filter what the store holds."""

from __future__ import annotations

import argparse

from dragoman.cli.filters import add_filters
from dragoman.cli.output import opened
from dragoman.cli.storing import add_store_argument, store_of
from dragoman.domain.codes import EventType, Status

EXAMPLES = """\
examples:
  dragoman records --type ASSAULT --country AFG --since 2016-11-01
  dragoman records --actor Taliban --text "consulate bomb"
  dragoman records --format jsonl > records.jsonl
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    add_filters(parser)
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="(table)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Write the records that are asked for; return the exit status."""
    from dragoman.exports.records import written
    from dragoman.store.queries import Wanted, records

    wanted = Wanted(
        actor=options.actor, type=EventType(options.type) if options.type else None,
        status=Status(options.status) if options.status else None, country=options.country, since=options.since,
        until=options.until, text=options.text,
    )  # fmt: skip
    with store_of(options) as store, opened(options.output) as out:
        for line in written(records(store, wanted, options.limit), options.format):
            out.write(line)
    return 0
