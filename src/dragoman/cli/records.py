"""`dragoman records`: list and filter what the store holds."""

from __future__ import annotations

import argparse

from dragoman.cli.options import day
from dragoman.cli.storing import add_table_arguments, write_table
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
    _add_filters(parser)
    add_table_arguments(parser)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    """Add which records are asked for."""
    parser.add_argument("--actor", metavar="NAME", help="who takes part: a name, words of one, or a country's code")
    parser.add_argument("--type", type=str.upper, choices=[t.value for t in EventType], help="PLOVER event type")
    parser.add_argument("--status", choices=[s.value for s in Status], help="what is said of it last")
    parser.add_argument("--country", type=str.upper, metavar="ISO3", help="where it happens, as AFG")
    parser.add_argument("--since", type=day, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--until", type=day, metavar="DAY", help="last day, YYYY-MM-DD")
    parser.add_argument("--text", metavar="WORDS", help="words of the sentences that tell it, all of them")
    parser.add_argument(
        "--all", action="store_true",
        help="in a table, also happenings of no PLOVER type and without a toll (deaths, matches, sayings)",
    )  # fmt: skip
    parser.add_argument("--limit", type=int, metavar="N", help="at most N records")


def run(options: argparse.Namespace) -> int:
    """Write the records that are asked for; return the exit status."""
    from dragoman.store.queries import Wanted, records

    wanted = Wanted(
        actor=options.actor, type=EventType(options.type) if options.type else None,
        status=Status(options.status) if options.status else None, country=options.country, since=options.since,
        until=options.until, text=options.text, other=options.all or options.format != "table",
    )  # fmt: skip
    write_table(options, lambda store: records(store, wanted, options.limit))
    return 0
