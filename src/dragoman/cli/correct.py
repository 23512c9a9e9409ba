"""`dragoman correct`: put a value in a field of a record in place of the machine's; take it back."""

from __future__ import annotations

import argparse
import getpass

from dragoman import reconcile
from dragoman.cli.errors import UsageError
from dragoman.cli.storing import add_store_argument, store_of

EXAMPLES = """\
examples:
  dragoman correct r-3f2a9c01d4b75e68-120-126 status did_not_happen --why "the ministry called it off"
  dragoman correct ID interval 2024-05-13 --why "the wire's first version says Monday"
  dragoman correct ID place "Kismayo, SOM" --why "the port, not the village of that name"
  dragoman correct ID place "Camp Four, SOM, -0.36, 42.55" --why "named in the map of the report"
  dragoman correct ID actors "al-Shabaab; Jubaland police" --why "both fired"
  dragoman correct ID figures.killed.best 11 --why "the hospital's list"
  dragoman correct ID figures.killed.traders.high 15 --why "the mayor's count"
  dragoman correct ID mode null --why "not told"
  dragoman correct --log ID               what was corrected of a record; without ID, of all
  dragoman correct --undo                 take back the last correction that stands
  dragoman correct --undo 3               take back number 3 of the log

Fields: type, mode, status, interval, grain, place, actors, recipients, participants, and best, low and high of a
quantity. A value may be JSON; null says that it isn't known. The machine's value stays beside yours, and yours
survives another reading: it belongs to the record that has the claim ID, or the earliest claim of the record ID.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("id", nargs="?", metavar="ID", help="id of a record, or of a claim of it")
    parser.add_argument("field", nargs="?", metavar="FIELD", help="what is corrected, such as status")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="what is right")
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--undo", action="store_true", help="take back the last correction, or that with this number")
    deeds.add_argument("--log", action="store_true", help="list the corrections, those taken back too")
    parser.add_argument("--why", metavar="NOTE", help="why (needed)")
    parser.add_argument("--who", metavar="NAME", help="who corrects (your login)")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Note, list or take back; return the exit status."""
    if options.undo:
        _undo(options)
    elif options.log:
        _log(options)
    else:
        _correct(options)
    return 0


def _correct(options: argparse.Namespace) -> None:
    from dragoman.api import correction_value
    from dragoman.exports.explanations import value_told
    from dragoman.store.correcting import correct
    from dragoman.store.moments import now
    from dragoman.store.queries import record

    if options.value is None:
        raise UsageError("name an id, a field and its value, and say why; or --undo, or --log")
    if not options.why or not options.why.strip():
        raise UsageError("a correction needs a note: --why NOTE")
    when = now()
    with store_of(options) as store:
        value = correction_value(options.field, options.value, record(store, options.id))
        who = options.who or getpass.getuser()
        made = correct(store, options.id, options.field, value, who, options.why, when, reconcile)
    _print(f"{made.claim} {made.field}: {value_told(made.value)}")


def _undo(options: argparse.Namespace) -> None:
    from dragoman.exports.explanations import value_told
    from dragoman.store.correcting import undo_correction

    if options.field is not None or (options.id is not None and not options.id.isdecimal()):
        raise UsageError("--undo takes no more than a number of the log (`dragoman correct --log`)")
    number = int(options.id) if options.id is not None else None
    with store_of(options) as store:
        last = undo_correction(store, options.who or getpass.getuser(), reconcile, number)
    if last is None:
        raise UsageError("no correction stands that could be taken back")
    _print(f"taken back: {last.claim} {last.field}: {value_told(last.value)}")


def _log(options: argparse.Namespace) -> None:
    from dragoman.exports.explanations import value_told
    from dragoman.store.correcting import correction_log

    if options.field is not None:
        raise UsageError("--log takes no more than an id")
    with store_of(options) as store:
        log = correction_log(store, options.id)
    for noted in log:
        made, gone = noted.correction, f"  (taken back by {noted.undone_by})" if noted.undone_by else ""
        told = f"{made.field}: {value_told(made.value)}  by {made.who}, {made.when}: {made.why}"
        _print(f"{noted.number:>4}  {made.claim}  {told}{gone}")


def _print(line: str) -> None:
    from dragoman.exports.text import printable

    print(printable(line))
