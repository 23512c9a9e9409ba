"""How a text becomes the numbers that the quotation tagger reads: windows of word pieces. Shared with training."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from dragoman.domain.ports import HintedToken
from dragoman.domain.spans import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""Ids of BERT's uncased vocabulary: start and end of a window."""
MOST = 126
"""Word pieces of a window at most; it is cut at a paragraph's end in its second half, else at a sentence's."""
SENTENCE_END = re.compile(r'[.?!]["”’\')]*\s+(?=["“‘(A-Z])|\n+')


class Window(msgspec.Struct, frozen=True):
    """Consecutive word pieces of a text: their ids, their characters, and the number of each label of their tokens.

    The last column of `labels` tells whether a piece begins its token (0) or goes on with it (1).
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    labels: list[list[int]]


def windows(
    tokenizer: Tokenizer, text: str, tokens: Sequence[HintedToken], numbers: Sequence[Mapping[str, int]]
) -> list[Window]:
    """Return the windows of TEXT, which together hold all its pieces once; NUMBERS map each feature's labels.

    A label that is not known counts as the first.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, spans = encoding.ids, encoding.offsets
    if not tokens:
        return []
    starts = [t.span.start for t in tokens]
    labels = []
    for start, _ in spans:
        token = tokens[max(0, bisect_right(starts, start) - 1)]
        row = [known.get(label, 0) for known, label in zip(numbers, token.labels, strict=True)]
        labels.append([*row, int(start > token.span.start)])
    return [Window(ids[a:b], spans[a:b], labels[a:b]) for a, b in _cuts(text, spans)]


def _cuts(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where the windows begin and end, as numbers of pieces."""
    begins: list[int] = []
    paragraphs: set[int] = set()
    piece, total = 0, len(spans)
    for mark in SENTENCE_END.finditer(text):
        while piece < total and spans[piece][0] < mark.end():
            piece += 1
        begins.append(piece)
        if mark.group().startswith("\n"):
            paragraphs.add(piece)
    found = []
    start = 0
    while start < total:
        end = total if total - start <= MOST else _cut(begins, paragraphs, start)
        found.append((start, end))
        start = end
    return found


def _cut(begins: Sequence[int], paragraphs: set[int], start: int) -> int:
    last = bisect_right(begins, start + MOST) - 1
    number = last
    while number >= 0 and begins[number] > start + MOST // 2:
        if begins[number] in paragraphs:
            return begins[number]
        number -= 1
    return begins[last] if last >= 0 and begins[last] > start else start + MOST


def pieces_of(spans: Sequence[tuple[int, int]], span: Span) -> list[int]:
    """Return the numbers of the pieces in SPANS, in order, that share a character with SPAN."""
    number = max(0, bisect_right(spans, (span.start, 1 << 60)) - 1)
    found = []
    while number < len(spans) and spans[number][0] < span.end:
        if spans[number][1] > span.start and spans[number][1] > spans[number][0]:
            found.append(number)
        number += 1
    return found
