"""Report text cut into stretches, some of them marked: templates escape each and never see markup."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from dragoman.domain.spans import Span
from dragoman.exports.text import printable
from dragoman.reconcile.wording import Sentences


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Characters of a text, and what they are marked as ('' for nothing)."""

    text: str
    mark: str = ""


def around(text: str, focus: Span, marks: Sequence[tuple[Span, str]], most: int = 600) -> list[Stretch]:
    """Return the sentence around FOCUS, cut at MARKS; of a sentence beyond MOST characters only what lies near."""
    sentence = Sentences(text).around(focus)
    start, end = sentence.start, sentence.end
    if end - start > most:
        start, end = max(start, focus.start - most // 2), min(end, focus.end + most // 2)
    cut = _stretches(text, start, end, marks)
    before = [Stretch(text="… ")] if start > sentence.start else []
    return [*before, *cut, *([Stretch(text=" …")] if end < sentence.end else [])]


def _stretches(text: str, start: int, end: int, marks: Sequence[tuple[Span, str]]) -> list[Stretch]:
    kept = [(max(s.start, start), min(s.end, end), mark) for s, mark in marks if s.start < end and s.end > start]
    edges = sorted({start, end, *(a for a, _, _ in kept), *(b for _, b, _ in kept)})
    found = []
    for left, right in pairwise(edges):
        over = next((mark for a, b, mark in kept if a <= left and right <= b), "")
        found.append(Stretch(text=printable(text[left:right]), mark=over))
    return found
