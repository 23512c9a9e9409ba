"""What the commands that work on a store share: which store, and its errors in a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.cli.errors import UsageError
from dragoman.cli.output import opened

if TYPE_CHECKING:
    from dragoman.domain.records import Record
    from dragoman.store.opening import Store


def add_store_argument(parser: argparse.ArgumentParser) -> None:
    """Add where the store is."""
    parser.add_argument(
        "--store", metavar="PATH|URL", help="SQLite file or database URL (DRAGOMAN_STORE, else your data folder)"
    )


def add_table_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form and the place of a list of records, and where the store is."""
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="(table)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    add_store_argument(parser)


def write_table(options: argparse.Namespace, asked: Callable[[Store], Iterable[Record]]) -> None:
    """Write the records that ASKED gets from the store."""
    from dragoman.exports.records import written

    with store_of(options) as store, opened(options.output) as out:
        for line in written(asked(store), options.format):
            out.write(line)


@contextmanager
def store_of(options: argparse.Namespace) -> Iterator[Store]:
    """Open the store that OPTIONS name, as `silent_store_of`; say where its records are not of this version's rules."""
    from dragoman import reconcile
    from dragoman.store.remaking import by_other_rules

    with silent_store_of(options) as store:
        if by_other_rules(store, reconcile.version()):
            which = f" --store {store.where}" if options.store else ""
            print(
                f"dragoman {options.command}: some records were made by other rules than this version's; "
                f"`dragoman reconcile{which}` makes them anew",
                file=sys.stderr,
            )
        yield store


@contextmanager
def silent_store_of(options: argparse.Namespace) -> Iterator[Store]:
    """Open the store that OPTIONS name; raise UsageError, in a line, for what the store refuses."""
    from dragoman.store.errors import StoreError
    from dragoman.store.opening import open_store

    try:
        with open_store(options.store) as store:
            yield store
    except StoreError as error:
        raise UsageError(str(error)) from error
