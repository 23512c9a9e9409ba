"""Gathers what the cues of a text could attribute, cue by cue."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain.parse import Parse
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import cue_book
from dragoman.stages.quotations.marks import Quoted, QuotedIndex
from dragoman.stages.quotations.nouns import by_noun, by_source
from dragoman.stages.quotations.verbs import Attribution, by_verb

OWN = frozenset({"i", "we"})
"""Outside of quotation marks the report itself speaks so: no quotation."""
SOURCE_WORDS = frozenset({"according", "word", "words", "view", "opinion", "estimation"})


def candidates(parse: Parse, quoted: QuotedIndex) -> Iterator[list[Attribution]]:
    """Yield for each cue outside of quotation marks what it could attribute, the likeliest frame first."""
    book = cue_book()
    for sentence in parse.sentences:
        for token in sentence.tokens:
            found: list[Attribution] = []
            if token.pos in ("VERB", "AUX"):
                if token.lemma in book.verbs:
                    found = list(by_verb(token))
            elif token.pos in ("NOUN", "PROPN") and token.lemma in book.nouns:
                found = list(by_noun(token))
            if token.lower in SOURCE_WORDS:
                found += by_source(token, sentence)
            found = [f for f in found if f.speaker is None or f.speaker.lower not in OWN]
            if found and quoted.at(token.start) is None:
                for attribution in found:
                    _mark(parse.text, attribution, quoted)
                yield found


def _mark(text: str, attribution: Attribution, quoted: QuotedIndex) -> None:
    """Set how much of the content stands in quotation marks, and draw it out to the end of a quotation it cuts."""
    inside = [q for span in attribution.content for q in quoted.within(span)]
    if not inside:
        return
    whole = sum(letters(text, s) for s in attribution.content)
    held = sum(letters(text, shared(q.inner, s)) for s in attribution.content for q in quoted.within(s))
    attribution.quoted = held / whole if whole else 0.0
    attribution.quotes = list(dict.fromkeys(inside))
    if attribution.quoted < 0.85:
        attribution.content = [_widened(s, quoted.within(s)) for s in attribution.content]


def shared(a: Span, b: Span) -> Span:
    """Return what two spans share (empty where nothing)."""
    start = max(a.start, b.start)
    return Span(start, max(start, min(a.end, b.end)))


def letters(text: str, span: Span) -> int:
    """Return the number of letters and digits in SPAN."""
    return sum(c.isalnum() for c in text[span.start : span.end])


def _widened(content: Span, inside: list[Quoted]) -> Span:
    """Return CONTENT drawn out to the end of a quotation that runs over its edge; marks at the edges left outside."""
    start, end = content
    for quote in inside:
        start, end = min(start, quote.inner.start), max(end, quote.inner.end)
        if quote.outer.start <= start < quote.inner.start:
            start = quote.inner.start
        if quote.inner.end < end <= quote.outer.end:
            end = quote.inner.end
    return Span(start, end)
