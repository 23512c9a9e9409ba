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
"""Word pieces that the classifier sees at most; a longer sentence is cut to a window around the trigger."""


class Encoding(msgspec.Struct, frozen=True):
    """Word pieces of one marked sentence: their ids, and the characters of the sentence that each stands for.

    A piece that stands for no character has the span (0, 0). `opening` is the place of the mark before the trigger.
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    opening: int

    def pieces_of(self, span: Span) -> list[int]:
        """Return the places of the pieces that share a character with SPAN."""
        return [i for i, (start, end) in enumerate(self.spans) if start < span.end and span.start < end]


def encode(tokenizer: Tokenizer, sentence: str, trigger: Span) -> Encoding:
    """Return the pieces of SENTENCE with marks around TRIGGER."""
    ids: list[int] = []
    spans: list[tuple[int, int]] = []
    opening = 0
    for mark, start, end in (
        (None, 0, trigger.start),
        (OPEN, trigger.start, trigger.end),
        (CLOSE, trigger.end, len(sentence)),
    ):
        if mark is not None:
            opening = len(ids) if mark == OPEN else opening
            ids.append(mark)
            spans.append((0, 0))
        if start < end:
            pieces = tokenizer.encode(sentence[start:end], add_special_tokens=False)
            ids += pieces.ids
            spans += [(start + s, start + e) for s, e in pieces.offsets]
    first = max(0, min(opening - (MOST - 2) // 2, len(ids) - (MOST - 2)))
    first = min(first, opening)
    last = min(len(ids), first + MOST - 2)
    return Encoding([CLS, *ids[first:last], SEP], [(0, 0), *spans[first:last], (0, 0)], opening - first + 1)
