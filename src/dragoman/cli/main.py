"""`dragoman`: the command line."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import dragoman
from dragoman.cli.errors import UsageError

COMMANDS = {
    "read": "read reports into readings",
    "quotes": "find who said what, and nothing else",
    "times": "find and date the time expressions, and nothing else",
    "places": "find and locate the places, and nothing else",
    "figures": "find counts and amounts, and nothing else",
    "ingest": "read reports into the store",
    "records": "list and filter what many reports say",
    "show": "show one record with all its claims",
    "upcoming": "list what is planned and not yet held or called off",
    "judge": "say whether two records are one happening; take it back",
    "reconcile": "make the records anew by the rules of this version",
    "correct": "put a value in a record in place of the machine's; take it back",
    "serve": "look at records and judge them in a browser",
    "account": "add, list and remove accounts of the web app",
    "explain": "tell why each field of a finding or record has its value",
    "actor": "tell how a name or noun phrase is coded",
    "schema": "print the JSON Schema of a reading",
    "codebooks": "list, check and show the codebooks",
}

EXAMPLES = """\
examples:
  dragoman read report.txt --published 2017-02-07
  dragoman read report.txt --format html -o report.html
  dragoman read --format jsonl reports.jsonl > readings.jsonl
  dragoman quotes report.txt
  dragoman explain report.txt e1
  dragoman actor "the Russian foreign minister" --published 2017-02-07

`dragoman COMMAND --help` tells more of each.
"""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Print MESSAGE and where help is, and leave with status 2."""
        self.exit(2, f"{self.prog}: {message} (see `{self.prog} --help`)\n")


def build_parser(command: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the module of COMMAND, which is about to run, is imported."""
    parser = Parser(
        prog="dragoman",
        description="Reads reports about politics and conflict into structured, evidence-linked event data.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"dragoman {dragoman.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        sub.add_argument("--debug", action="store_true", help="show the traceback of an error")
        if name == command:
            importlib.import_module(f"dragoman.cli.{name}").add_arguments(sub)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status: 0 well, 1 a report could not be read, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((a for a in given if not a.startswith("-")), None)
    parser = build_parser(command)
    options = parser.parse_args(given)
    if options.command is None:
        parser.print_help()
        return 2
    module = importlib.import_module(f"dragoman.cli.{options.command}")
    try:
        status: int = module.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the interpreter flushes it on its way out
        return 0
    except KeyboardInterrupt:
        print("dragoman: interrupted", file=sys.stderr)
        return 130
    except UsageError as error:
        print(f"dragoman {options.command}: {error}", file=sys.stderr)
        return 2
    except Exception as error:  # the last line of defence: a user never sees a traceback unless asked for
        if options.debug:
            raise
        print(
            f"dragoman {options.command}: {type(error).__name__}: {error} (--debug shows where)",
            file=sys.stderr,
        )
        return 1
    return status
