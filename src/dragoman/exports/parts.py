"""One part of a reading as lines for the terminal: quotations, times, places or figures."""

from __future__ import annotations

import textwrap

from dragoman.domain.codes import Part
from dragoman.domain.reading import Reading
from dragoman.exports.text import COLOURS, COLUMNS, columns, printable
from dragoman.exports.view import event_day, told_figures, told_quotations


def render_part(reading: Reading, part: Part, *, width: int = 100, colours: bool = False) -> str:
    """Return PART of READING as lines, ending in a line end; a line says so where nothing was found."""
    lines = _quotations(reading, width) if part is Part.QUOTATIONS else _table(reading, part)
    if not lines:
        return f"No {part.value} found.\n"
    if colours and part is not Part.QUOTATIONS:
        lines[0] = f"\x1b[{COLOURS['dim']}m{lines[0]}\x1b[0m"
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _quotations(reading: Reading, width: int) -> list[str]:
    lines: list[str] = []
    for told in told_quotations(reading):
        head = printable(told.head)
        lines += textwrap.wrap(head, max(40, width), subsequent_indent="    ", break_long_words=False)
        lines.append("    " + " · ".join(printable(t) for t in (told.code, *told.details)) + f" [{told.id}]")
    return lines


def _table(reading: Reading, part: Part) -> list[str]:
    if part is Part.TIMES:
        heads = ["words", "type", "value", "mod", "days", ""]
        rows = [
            [t.span.surface(reading.report.text), t.type.value, t.value, t.mod or "", event_day(t.interval), t.id]
            for t in reading.times
        ]
    elif part is Part.PLACES:
        heads = ["words", "place", "kind", "country", "latitude", "longitude", "role", ""]
        rows = [
            [
                p.span.surface(reading.report.text), p.name or "", p.kind or "", p.country or "",
                _degrees(p.latitude), _degrees(p.longitude), p.role.value, p.id,
            ]
            for p in reading.places
        ]  # fmt: skip
    else:
        heads = [*(head for _, head in COLUMNS)]
        rows = [[getattr(row, field) for field, _ in COLUMNS] for row in told_figures(reading)]
    return columns(heads, rows) if rows else []


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
