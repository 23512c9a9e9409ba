"""How a sentence with its trigger marked becomes the numbers that the event classifier reads. Shared with training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.domain.spans import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP, OPEN, CLOSE = 101, 102, 1, 2
"""Ids of BERT's uncased vocabulary: start, end, and two unused ones that stand around the trigger."""

MOST = 112
"""Word pieces of the sentence that the classifier sees at most; a longer one is cut to a window around the trigger."""

BEFORE = 44
"""Word pieces of the text before the sentence that it sees at most: the last ones."""


class Encoding(msgspec.Struct, frozen=True):
    """Word pieces of a marked sentence and of the text before it: their ids, and the characters that each stands for.

    A piece that stands for no character has the span (0, 0). `opening` is the place of the mark before the trigger.
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    opening: int

    def pieces_of(self, span: Span) -> list[int]:
        """Return the places of the pieces that share a character with SPAN."""
        return [i for i, (start, end) in enumerate(self.spans) if start < span.end and span.start < end]


def encode(tokenizer: Tokenizer, text: str, trigger: Span, start: int = 0) -> Encoding:
    """Return the pieces of TEXT with marks around TRIGGER; the sentence begins at START, what is before is context."""
    ids: list[int] = []
    spans: list[tuple[int, int]] = []
    opening = 0
    for mark, first, last in (
        (None, start, trigger.start),
        (OPEN, trigger.start, trigger.end),
        (CLOSE, trigger.end, len(text)),
    ):
        if mark is not None:
            opening = len(ids) if mark == OPEN else opening
            ids.append(mark)
            spans.append((0, 0))
        _add(tokenizer, text, first, last, ids, spans)
    low = max(0, min(opening - (MOST - 2) // 2, len(ids) - (MOST - 2)))
    low = min(low, opening)
    high = min(len(ids), low + MOST - 2)
    context: list[int] = []
    places: list[tuple[int, int]] = []
    _add(tokenizer, text, 0, start, context, places)
    context, places = context[-BEFORE:], places[-BEFORE:]
    if context:
        context, places = [*context, SEP], [*places, (0, 0)]
    return Encoding(
        [CLS, *context, *ids[low:high], SEP],
        [(0, 0), *places, *spans[low:high], (0, 0)],
        opening - low + 1 + len(context),
    )


def _add(tokenizer: Tokenizer, text: str, first: int, last: int, ids: list[int], spans: list[tuple[int, int]]) -> None:
    """Add the pieces of TEXT from FIRST to LAST to IDS and SPANS."""
    if first < last:
        pieces = tokenizer.encode(text[first:last], add_special_tokens=False)
        ids += pieces.ids
        spans += [(first + s, first + e) for s, e in pieces.offsets]
