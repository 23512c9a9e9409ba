"""Quotations: who said what, in whose words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Quotation
from dragoman.domain.parse import Parse


def find_quotations(parse: Parse, entities: Sequence[Entity]) -> list[Quotation]:
    """Return direct, indirect and mixed quotations, in order, ids `q1` ..."""
    return []
