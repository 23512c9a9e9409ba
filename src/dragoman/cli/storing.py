"""What the commands that work on a store share: which store, and its errors in a line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.cli.errors import UsageError

if TYPE_CHECKING:
    from dragoman.store.opening import Store


def add_store_argument(parser: argparse.ArgumentParser) -> None:
    """Add where the store is."""
    parser.add_argument(
        "--store", metavar="PATH|URL", help="SQLite file or database URL (DRAGOMAN_STORE, else your data folder)"
    )


@contextmanager
def store_of(options: argparse.Namespace) -> Iterator[Store]:
    """Open the store that OPTIONS name; raise UsageError, in a line, for what the store refuses."""
    from dragoman.store.errors import StoreError
    from dragoman.store.opening import open_store

    try:
        with open_store(options.store) as store:
            yield store
    except StoreError as error:
        raise UsageError(str(error)) from error
