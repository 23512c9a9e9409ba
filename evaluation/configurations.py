"""The ways to put the reader together that are compared with each other, by name."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from dragoman.api import codebook_world, shipped_world
from dragoman.domain.balance import CLASSIFIER_ALONE
from dragoman.reader import World


def _classifier() -> World:
    return msgspec.structs.replace(shipped_world(), balance=CLASSIFIER_ALONE)


CONFIGURATIONS: dict[str, Callable[[], World]] = {
    "codebooks alone": codebook_world,
    "classifier alone": _classifier,
    "both": shipped_world,
}
"""Name of a configuration -> what makes its world; `make accuracy` has a column for each. The classifier alone still
takes its triggers from the codebooks and the verbs, but decides type, status and participants without them."""
