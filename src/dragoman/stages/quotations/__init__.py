"""Quotations: who said what, in whose words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Quotation
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse
from dragoman.stages.quotations.assembly import Assembly
from dragoman.stages.quotations.finishing import finished
from dragoman.stages.quotations.marks import QuotedIndex, find_quoted

__all__ = ["find_quotations"]


def find_quotations(parse: Parse, entities: Sequence[Entity]) -> list[Quotation]:
    """Return direct, indirect and mixed quotations, in order, ids `q1` ..."""
    drafts = Assembly(parse, QuotedIndex(find_quoted(parse))).build()
    return finished(drafts, MentionIndex(entities))
