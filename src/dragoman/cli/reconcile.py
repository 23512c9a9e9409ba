"""`dragoman reconcile`: make the records anew by the rules of this version."""

from __future__ import annotations

import argparse

from dragoman import reconcile
from dragoman.cli.output import progress
from dragoman.cli.storing import add_store_argument, silent_store_of

EXAMPLES = """\
examples:
  dragoman reconcile
  dragoman reconcile --store postgresql://desk@db/dragoman

After an update whose rules join reports otherwise, and to fill what an older version did not keep. Nothing is read
again; judgements and corrections stay. Cut off, it goes on where it was; meanwhile all other commands work.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("--all", action="store_true", help="also what the rules of this version made")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Make anew what other rules made; return the exit status."""
    from dragoman.store.remaking import count_by_other_rules, forget_rules, remake

    done = 0
    with silent_store_of(options) as store:
        if options.all:
            forget_rules(store)
        total = count_by_other_rules(store, reconcile.version())
        for _ in progress(remake(store, reconcile), "reconciling", total):
            done += 1
    print(f"{done:,} reports reconciled anew" if done else "all records are made by the rules of this version")
    return 0
