"""`dragoman show`: one record with all its claims."""

from __future__ import annotations

import argparse
import sys

from dragoman.cli.storing import add_store_argument, store_of

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
    from dragoman.store.queries import record

    with store_of(options) as store:
        found = record(store, options.id)
    if options.format == "json":
        sys.stdout.buffer.writelines(written([found], "jsonl"))
    else:
        sys.stdout.buffer.write(page_of(found).encode("utf-8", "replace"))
    return 0
