"""Looks quotations up by the characters that they hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from dragoman.domain.findings import Quotation
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span


class QuotationIndex:
    """All contents of a reading's quotations, by place in the text."""

    def __init__(self, quotations: Iterable[Quotation]) -> None:
        self.by_id: dict[str, Quotation] = {q.id: q for q in quotations}
        pairs = [(span, q.id) for q in self.by_id.values() for span in q.content]
        pairs.sort()
        self._pairs = pairs
        self._starts = [span.start for span, _ in pairs]
        self._longest = max((span.end - span.start for span, _ in pairs), default=0)

    def around(self, place: Token | int) -> list[Quotation]:
        """Return the quotations whose content covers a token (or the character at an offset), innermost first."""
        offset = place if isinstance(place, int) else place.start
        first = bisect_right(self._starts, offset - self._longest - 1)
        found: list[tuple[int, str]] = []
        for span, quotation in self._pairs[first:]:
            if span.start > offset:
                break
            if offset < span.end:
                found.append((span.end - span.start, quotation))
        found.sort()
        return [self.by_id[q] for _, q in found]

    def innermost(self, place: Token | int) -> Quotation | None:
        """Return the quotation with the shortest content around a token or offset, or None."""
        found = self.around(place)
        return found[0] if found else None

    def overlapping(self, span: Span) -> list[Quotation]:
        """Return the quotations whose content shares a character with SPAN, in order."""
        ids = dict.fromkeys(q for s, q in self._pairs if s.overlaps(span))
        return [self.by_id[q] for q in ids]
