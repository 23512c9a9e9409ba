"""Records as lines: a table for the terminal, JSON lines, CSV; and one record as a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from dragoman.domain.records import Party, Record, RecordFigure
from dragoman.exports.explanations import correction_told
from dragoman.exports.text import printable

COLUMNS = ("id", "days", "type", "status", "country", "place", "actors", "recipients", "figures", "reports")
WIDEST = 34


def written(records: Iterable[Record], form: str) -> Iterator[bytes]:
    """Yield RECORDS as lines of FORM (`table`, `jsonl`, `csv`), UTF-8."""
    if form == "jsonl":
        for record in records:
            yield msgspec.json.encode(record) + b"\n"
    elif form == "csv":
        yield _line(COLUMNS)
        for record in records:
            yield _line(row_of(record))
    else:
        yield from _table([row_of(r) for r in records])


def row_of(record: Record) -> tuple[str, ...]:
    """Return RECORD as the values of COLUMNS; one of no PLOVER type has its kind and all who take part."""
    place = record.place
    told = record.type or record.kind
    actors = record.actors if record.kind is None else record.participants
    return (
        record.id, days_of(record), told.value if told is not None else "", record.status.value,
        (place.country if place is not None else None) or "", (place.name if place is not None else None) or "",
        names_of(actors), names_of(record.recipients), "; ".join(figure_of(f) for f in record.figures),
        str(record.reports),
    )  # fmt: skip


def days_of(record: Record) -> str:
    """Return the record's days: one, or first and last."""
    if record.interval is None:
        return ""
    first, last = record.interval
    return str(first) if first == last else f"{first or ''}/{last or ''}"


def names_of(parties: Iterable[Party]) -> str:
    """Return the names of PARTIES in a line."""
    return "; ".join(p.name for p in parties)


def figure_of(figure: RecordFigure) -> str:
    """Return FIGURE as measure, best count and range."""
    told = figure.measure.value if figure.who is None else f"{figure.measure.value} ({figure.who})"
    ends = "" if figure.low == figure.high else f" [{range_of(figure)}]"
    if figure.best is None:
        return f"{told} {range_of(figure)}"
    return f"{told} {figure.best}{ends}"


def range_of(figure: RecordFigure) -> str:
    """Return the range of FIGURE, an open end as "at least" or "at most"; a question mark where nothing is known."""
    if figure.high is None:
        return "?" if figure.low is None else f"at least {figure.low}"
    return f"at most {figure.high}" if figure.low is None else f"{figure.low}-{figure.high}"


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def _table(rows: list[tuple[str, ...]]) -> Iterator[bytes]:
    cut = [tuple(_cut(printable(c), None if n == 0 else WIDEST) for n, c in enumerate(r)) for r in (COLUMNS, *rows)]
    widths = [max(len(r[n]) for r in cut) for n in range(len(COLUMNS))]
    for row in cut:
        yield (
            "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip().encode("utf-8", "replace") + b"\n"
        )


def _cut(cell: str, most: int | None) -> str:
    plain = " ".join(cell.split())
    return plain if most is None or len(plain) <= most else plain[: most - 1] + "…"


def page_of(record: Record) -> str:
    """Return RECORD as a page for the terminal: what stands, what contradicts, then every claim in its words."""
    lines = [record.id]
    lines += [f"  {title:<12}{value}" for title, value in zip(COLUMNS[1:8], row_of(record)[1:8], strict=True) if value]
    lines.append(f"  {'told by':<12}{record.reports} reports, {record.independent_sources} independent sources")
    lines += [f"  {'figure':<12}{figure_of(f)}  ({f.why})" for f in record.figures]
    lines += [f"  {'corrected':<12}{correction_told(made)}" for made in record.corrections]
    for conflict in record.conflicts:
        stands = " | ".join(f"{s.value}: {', '.join(s.claims)}" for s in conflict.values)
        lines.append(f"  {'conflict':<12}{conflict.field}: {stands}")
    lines.append("")
    for claim in record.claims:
        by = "" if claim.source is None else f", by {claim.source}"
        lines.append(f"  {claim.id}  {claim.report}  {claim.published or 'no date'}  {claim.status.value}{by}")
        lines.append(f"    {claim.text}")
    lines += [f"  judged {j.verdict.value}: {j.left} {j.right} by {j.who}, {j.when}" for j in record.judgements]
    return "\n".join(map(printable, lines)) + "\n"
