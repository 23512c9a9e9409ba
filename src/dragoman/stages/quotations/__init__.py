"""Quotations: who said what, in whose words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Quotation
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse
from dragoman.domain.ports import QuotationTagger
from dragoman.stages.quotations.assembly import draft_quotations
from dragoman.stages.quotations.finishing import finished
from dragoman.stages.quotations.hints import hints
from dragoman.stages.quotations.tagged import weigh_tagged

__all__ = ["find_quotations"]


def find_quotations(parse: Parse, entities: Sequence[Entity], tagger: QuotationTagger | None = None) -> list[Quotation]:
    """Return direct, indirect and mixed quotations, in order, ids `q1` ...

    The cues of the codebook and the marks make drafts; TAGGER, where there is one, then says which of them stand, where
    their contents begin and end, and what they missed.
    """
    drafted = draft_quotations(parse)
    drafts = drafted.drafts
    if tagger is not None and parse.tokens:
        drafts = weigh_tagged(parse, drafted, tagger.tag(parse.text, hints(parse, drafted)))
    return finished(drafts, MentionIndex(entities))
