"""Pairs quotation marks: curly, straight, typewriter (`` ''), single; reopened and lost ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from dragoman.domain.parse import Parse
from dragoman.domain.spans import Span

MARK = re.compile(r"``|''|[“”\"«»„‟]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
SINGLE = frozenset("‘'’")
LONGEST_SINGLE = 600
"""Characters within which a single mark must close: an apostrophe is no quotation."""


class Quoted(msgspec.Struct, frozen=True):
    """Text between quotation marks: `inner` without them, `outer` with; `closed` where the closing mark is there."""

    inner: Span
    outer: Span
    closed: bool
    single: bool


def find_quoted(parse: Parse) -> list[Quoted]:
    """Return the stretches between quotation marks, outermost ones; an unclosed one ends with its paragraph."""
    found: list[Quoted] = []
    for paragraph in parse.paragraphs:
        found += _in_paragraph(parse.text, paragraph)
    return found


def _in_paragraph(text: str, paragraph: Span) -> list[Quoted]:
    found: list[Quoted] = []
    opened: re.Match[str] | None = None
    marks = list(MARK.finditer(text, paragraph.start, paragraph.end))
    for mark in marks:
        sign = mark.group()
        if sign in SINGLE:
            continue
        if opened is None:
            if _opens(text, mark, paragraph):
                opened = mark
        elif _closes(sign, opened.group(), text, mark):
            found.append(
                _quoted(text, opened.start(), opened.end(), mark.start(), mark.end(), closed=True, single=False)
            )
            opened = None
        elif sign == "“" and opened.group() == "“":
            found.append(
                _quoted(text, opened.start(), opened.end(), mark.start(), mark.start(), closed=False, single=False)
            )
            opened = mark
    if opened is not None and paragraph.end - opened.end() > 3:
        end = paragraph.end
        found.append(_quoted(text, opened.start(), opened.end(), end, end, closed=False, single=False))
    found += _single(text, marks, found)
    return sorted((q for q in found if q.inner.end > q.inner.start), key=lambda q: q.outer)


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    sign = mark.group()
    if sign in ("“", "``", "«", "„"):
        return True
    if sign in ("”", "»", "‟"):
        return False
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return not after.isspace() and not before.isalnum()


def _closes(sign: str, opening: str, text: str, mark: re.Match[str]) -> bool:
    if opening in ("“", "„"):
        return sign in ("”", "‟", '"') or (sign == "''")
    if opening == "``":
        return sign in ("''", '"')
    if opening == "«":
        return sign == "»"
    return sign in ('"', "''", "”")


def _single(text: str, marks: Sequence[re.Match[str]], taken: Sequence[Quoted]) -> list[Quoted]:
    """Return the stretches between single marks outside of double ones."""
    found: list[Quoted] = []
    opened: re.Match[str] | None = None
    starts = [q.outer.start for q in taken]
    for mark in marks:
        if mark.group() not in SINGLE:
            continue
        place = bisect_right(starts, mark.start()) - 1
        if place >= 0 and mark.start() < taken[place].outer.end:
            continue
        opening = (
            mark.end() < len(text)
            and text[mark.end()].isalnum()
            and not text[mark.start() - 1 : mark.start()].isalnum()
        )
        if opened is None:
            opened = mark if opening and mark.group() != "’" else None
        elif not opening and mark.start() - opened.end() <= LONGEST_SINGLE:
            found.append(
                _quoted(text, opened.start(), opened.end(), mark.start(), mark.end(), closed=True, single=True)
            )
            opened = None
        elif opening:
            opened = mark if mark.group() != "’" else None
    return found


def _quoted(text: str, start: int, inner: int, inner_end: int, end: int, *, closed: bool, single: bool) -> Quoted:
    while inner < inner_end and text[inner].isspace():
        inner += 1
    while inner_end > inner and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quoted(Span(inner, inner_end), Span(start, end), closed, single)


class QuotedIndex:
    """Finds the quoted stretch around a character."""

    def __init__(self, quoted: Sequence[Quoted]) -> None:
        self.quoted = list(quoted)
        self._starts = [q.outer.start for q in self.quoted]

    def at(self, offset: int) -> Quoted | None:
        """Return the quoted stretch that covers OFFSET, marks included, or None."""
        place = bisect_right(self._starts, offset) - 1
        return self.quoted[place] if place >= 0 and offset < self.quoted[place].outer.end else None

    def within(self, span: Span) -> list[Quoted]:
        """Return the quoted stretches that share a character with SPAN."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        found = []
        for quoted in self.quoted[first:]:
            if quoted.outer.start >= span.end:
                break
            if quoted.inner.overlaps(span):
                found.append(quoted)
        return found
