"""Quotations: who said what, in whose words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Quotation
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse
from dragoman.domain.ports import QuotationTagger
from dragoman.stages.quotations.assembly import Assembly
from dragoman.stages.quotations.candidates import candidates
from dragoman.stages.quotations.finishing import finished
from dragoman.stages.quotations.hints import hints
from dragoman.stages.quotations.marks import QuotedIndex, find_quoted
from dragoman.stages.quotations.tagged import weigh_tagged

__all__ = ["find_quotations"]


def find_quotations(parse: Parse, entities: Sequence[Entity], tagger: QuotationTagger | None = None) -> list[Quotation]:
    """Return direct, indirect and mixed quotations, in order, ids `q1` ...

    The cues of the codebook and the marks make drafts; TAGGER, where there is one, then says which of them stand, where
    their contents begin and end, and what they missed.
    """
    quoted = QuotedIndex(find_quoted(parse))
    choices = list(candidates(parse, quoted))
    drafts = Assembly(parse, quoted, choices).build()
    if tagger is not None and parse.tokens:
        tagged = tagger.tag(parse.text, hints(parse, quoted, choices, drafts))
        drafts = weigh_tagged(parse, quoted, drafts, tagged)
    return finished(drafts, MentionIndex(entities))
