"""Quotations: who said what, in whose words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Quotation
from dragoman.domain.parse import Parse
from dragoman.stages.quotations.assembly import assemble
from dragoman.stages.quotations.attributions import find_attributions, quoted_objects
from dragoman.stages.quotations.marks import QuotedIndex, find_quoted

__all__ = ["find_quotations"]


def find_quotations(parse: Parse, entities: Sequence[Entity]) -> list[Quotation]:
    """Return direct, indirect and mixed quotations, in order, ids `q1` ..."""
    quoted = QuotedIndex(find_quoted(parse))
    attributions = find_attributions(parse, quoted)
    attributions += quoted_objects(parse, quoted)
    return assemble(parse, entities, quoted, attributions)
