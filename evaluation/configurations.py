"""The ways to put the reader together that are compared with each other, by name."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from dragoman.api import shipped_world
from dragoman.reader import World


def _rules() -> World:
    return msgspec.structs.replace(shipped_world(), classifier=None)


CONFIGURATIONS: dict[str, Callable[[], World]] = {"rules only": _rules}
"""Name of a configuration -> what makes its world; `make accuracy` has a column for each."""
