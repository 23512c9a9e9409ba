"""`dragoman show`: one record with all its claims."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from dragoman.cli.storing import add_store_argument, store_of

if TYPE_CHECKING:
    from dragoman.store.givers import Giver

EXAMPLES = """\
examples:
  dragoman show r-3f2a9c01d4b75e68-120-126
  dragoman show r-3f2a9c01d4b75e68-120-126 --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("id", metavar="ID", help="id of a record, or of a claim of it")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="(text)")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Print the record; return the exit status."""
    from dragoman.exports.records import page_of, written
    from dragoman.store.givers import givers
    from dragoman.store.queries import claims, record

    with store_of(options) as store:
        found = record(store, options.id)
        given = {report: givers(store, report) for report in sorted({c.report for c in claims(store, found.id)})}
    if options.format == "json":
        sys.stdout.buffer.writelines(written([found], "jsonl"))
    else:
        page = page_of(found) + "".join(_also(*its) for its in given.values())
        sys.stdout.buffer.write(page.encode("utf-8", "replace"))
    return 0


def _also(first: Giver, *others: Giver) -> str:
    """Return a line for each other outlet that gives a report word for word."""
    from dragoman.exports.text import printable

    names = [printable(" of ".join(filter(None, (g.given_id, g.source))) or "unnamed") for g in (first, *others)]
    return "".join(f"  the same text as {names[0]}: {name}\n" for name in names[1:])
