"""Figures: counts and amounts, with what they count, when, where and by whose account."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Figure, Place, Quotation, Time
from dragoman.domain.parse import Parse


def find_figures(
    parse: Parse,
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
) -> list[Figure]:
    """Return the figures of the text, in order, ids `f1` ..."""
    return []
