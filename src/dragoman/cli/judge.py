"""`dragoman judge`: say that two records or claims are the same happening, are not, or that it can't be told."""

from __future__ import annotations

import argparse
import getpass

from dragoman import reconcile
from dragoman.cli.errors import UsageError
from dragoman.cli.storing import add_store_argument, store_of
from dragoman.domain.records import Verdict

EXAMPLES = """\
examples:
  dragoman judge r-3f2a9c01d4b75e68-120-126 r-77ab01c2d3e4f506-14-20 --same --why "one attack, two dates"
  dragoman judge 3f2a9c01d4b75e68-120-126 77ab01c2d3e4f506-14-20 --different
  dragoman judge --undo                     take back the last judgement

A judgement outranks the machine, survives another reading, and can be taken back.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("ids", nargs="*", metavar="ID", help="two ids of records or claims")
    verdicts = parser.add_mutually_exclusive_group()
    for verdict in Verdict:
        verdicts.add_argument(f"--{verdict}", dest="verdict", action="store_const", const=verdict, help="say so")
    verdicts.add_argument("--undo", action="store_true", help="take back the last judgement that stands")
    parser.add_argument("--why", metavar="WORDS", help="a note")
    parser.add_argument("--who", metavar="NAME", help="who judges (your login)")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Note or take back; return the exit status."""
    from dragoman.store.judging import judge, undo
    from dragoman.store.moments import now

    who = options.who or getpass.getuser()
    if options.undo:
        if options.ids:
            raise UsageError("--undo takes no ids: it takes back the last judgement")
        with store_of(options) as store:
            last = undo(store, who, reconcile)
        if last is None:
            raise UsageError("no judgement stands that could be taken back")
        print(f"taken back: {last.left} {last.right} {last.verdict}")
        return 0
    if len(options.ids) != 2 or options.verdict is None:
        raise UsageError("name two ids and one of --same, --different, --unsure; or --undo")
    when = now()
    with store_of(options) as store:
        left, right = options.ids
        made = judge(store, left, right, options.verdict, who, when, options.why, reconcile)
    print(f"{made.left} {made.right} {made.verdict}")
    return 0
