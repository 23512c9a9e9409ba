"""A reading as a page for the terminal."""

from __future__ import annotations

import textwrap
import unicodedata

from dragoman.domain.reading import Reading
from dragoman.exports.view import FigureRow, Line, View, view

COLOURS = {
    "occurred": "32", "ongoing": "36", "planned": "34", "hoped": "33", "called for": "33", "possible": "33",
    "threatened": "31", "denied": "35", "did not happen": "35", "title": "1", "heading": "1;4", "dim": "2",
}  # fmt: skip
COLUMNS = (
    ("number", "number"), ("measure", "measure"), ("who", "who"), ("period", "period"), ("place", "where"),
    ("change", "change"), ("source", "source"), ("id", ""),
)  # fmt: skip
WIDEST = 34


def render_text(reading: Reading, *, width: int = 100, colours: bool = False) -> str:
    """Return READING as a page of lines at most WIDTH columns wide (where words allow it), ending in a line end."""
    page = _Page(max(40, width), colours)
    page.show(view(reading))
    return "\n".join(page.lines) + "\n"


def printable(text: str) -> str:
    """Return TEXT with white space as blanks and control characters (which could steer a terminal) as U+FFFD."""
    return "".join(_safe(c) for c in text)


def _safe(character: str) -> str:
    if character in "\n\r\t\x0b\x0c\x85\u2028\u2029":
        return " "
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cs") or character in BIDI else character


BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class _Page:
    def __init__(self, width: int, colours: bool) -> None:
        self.width = width
        self.colours = colours
        self.lines: list[str] = []

    def paint(self, text: str, style: str) -> str:
        code = COLOURS.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self.colours and code else text

    def show(self, shown: View) -> None:
        for line in textwrap.wrap(printable(shown.title), self.width) or ["(no title)"]:
            self.lines.append(self.paint(line, "title"))
        self.wrapped(" · ".join(shown.facts), "", "dim")
        for section in shown.sections:
            if section.key == "background":
                self.table(shown.figures)
            self.heading(section.title)
            for told in section.lines:
                self.line(told)
        if not any(s.key == "background" for s in shown.sections):
            self.table(shown.figures)
        for note in shown.notes:
            self.lines.append("")
            self.wrapped(note, "", "dim")

    def heading(self, title: str) -> None:
        self.lines += ["", self.paint(title, "heading")]

    def wrapped(self, text: str, indent: str, style: str | None = None) -> None:
        for line in textwrap.wrap(printable(text), self.width - len(indent), break_long_words=False) or [""]:
            self.lines.append(indent + (self.paint(line, style) if style else line))

    def line(self, line: Line) -> None:
        self.wrapped(line.head, "  ")
        told = [line.code, *line.details]
        status = f"{line.status}, told by {line.source or 'the report'}" if line.status else ""
        tail = f"{' · '.join(printable(t) for t in told)}" + (f" · {printable(status)}" if status else "")
        pieces = textwrap.wrap(f"{tail} [{line.id}]", self.width - 6, break_long_words=False)
        for piece in pieces:
            painted = self.paint(piece, "dim")
            if status and line.status in piece:
                before, _, after = piece.rpartition(line.status)
                painted = self.paint(before, "dim") + self.paint(line.status, line.status) + self.paint(after, "dim")
            self.lines.append("      " + painted)

    def table(self, rows: tuple[FigureRow, ...]) -> None:
        if not rows:
            return
        self.heading("Counted")
        heads, *grid = columns([h for _, h in COLUMNS], [[getattr(row, field) for field, _ in COLUMNS] for row in rows])
        self.lines.append("  " + self.paint(heads, "dim"))
        self.lines += [f"  {row.rstrip()}" for row in grid]


def columns(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Return HEADS and ROWS as lines of even columns, cells cut to a width, empty columns left out."""
    cells = [[shorter(printable(cell)) for cell in row] for row in rows]
    kept = [i for i in range(len(heads)) if any(row[i] for row in cells)]
    grid = [[heads[i] for i in kept], *([row[i] for i in kept] for row in cells)]
    widths = [max(len(row[i]) for row in grid) for i in range(len(kept))]
    return ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in grid]


def shorter(text: str) -> str:
    """Return TEXT cut to a table cell's width."""
    return text if len(text) <= WIDEST else text[: WIDEST - 1].rstrip() + "…"
