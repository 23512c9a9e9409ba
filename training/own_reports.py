"""Reads the reports that were written and annotated for this project (`training/reports/*.txt`).

Format: `=== slug | date | style`, lines `@ id: kind, country, sector`, then the text with `[words|id]` around mentions
and `{words|TYPE/mode|status|actors>recipients|extras}` around triggers; `{words|=label}` tells an event again.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dragoman.domain.codes import EntityKind, Status
from dragoman.domain.spans import Span
from dragoman.lexicon import plover

FOLDER = Path(__file__).parent / "reports"
PARTS = ("held-out", *("train",) * 4, "fit", *("train",) * 4)
"""Shares of the reports: a tenth is never trained on and never read (figures come from it), a tenth fits the scale of
confidence, the rest trains the classifier."""

ENTITY = re.compile(r"@\s*(\w+)\s*:\s*(\w+)\s*,\s*([A-Z]{3}|-)\s*,\s*([A-Z]{3}|-)\s*$")


class OwnEntity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity of an own report."""

    id: str
    kind: str
    country: str | None
    sector: str | None


class OwnEvent(msgspec.Struct, kw_only=True):
    """An event of an own report; spans are offsets of the plain text."""

    span: Span
    type: str
    mode: str | None
    status: str
    actors: list[str]
    recipients: list[str]
    date: str | None = None
    country: str | None = None
    source: str | None = None
    background: bool = False
    label: str | None = None
    retold: list[Span] = []


class OwnReport(msgspec.Struct, kw_only=True):
    """An own report: plain text with its annotation."""

    slug: str
    published: datetime.date
    style: str
    text: str = ""
    entities: dict[str, OwnEntity] = {}
    mentions: list[tuple[Span, str]] = []
    events: list[OwnEvent] = []
    retellings: list[tuple[str, Span]] = []

    def spans(self, ids: Sequence[str]) -> list[Span]:
        """Return the spans that mention one of the entities IDS."""
        return [span for span, entity in self.mentions if entity in ids]

    @property
    def part(self) -> str:
        """Which of PARTS the report belongs to, by its slug."""
        return PARTS[int(hashlib.sha256(self.slug.encode()).hexdigest(), 16) % len(PARTS)]


def own_reports(part: str = "train", folder: Path = FOLDER) -> list[OwnReport]:
    """Return the reports of one of PARTS, in the order of their files.

    Raises ValueError with file and line where an annotation can't be read.
    """
    return [r for path in sorted(folder.glob("*.txt")) for r in _reports(path) if r.part == part]


def _reports(path: Path) -> Iterator[OwnReport]:
    current: OwnReport | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.startswith("==="):
                if current is not None:
                    yield _joined(current)
                slug, day, style = (part.strip() for part in line[3:].split("|"))
                current = OwnReport(slug=slug, published=datetime.date.fromisoformat(day), style=style)
            elif current is not None and line.strip():
                _take(current, line.strip())
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    if current is not None:
        yield _joined(current)


def _take(report: OwnReport, line: str) -> None:
    if line.startswith("@"):
        match = ENTITY.match(line)
        if match is None:
            raise ValueError("an entity line reads `@ id: kind, COUNTRY, SECTOR`")
        name, kind, country, sector = match.groups()
        none = {"-": None}
        report.entities[name] = OwnEntity(
            id=name, kind=kind, country=none.get(country, country), sector=none.get(sector, sector)
        )
        return
    base = len(report.text)
    text, marks = plain(line)
    report.text += text + "\n"
    for kind, start, end, told in marks:
        span = Span(base + start, base + end)
        if kind == "[":
            report.mentions.append((span, told))
        elif told.startswith("="):
            report.retellings.append((told[1:].strip(), span))
        else:
            report.events.append(_event(span, told))


def _joined(report: OwnReport) -> OwnReport:
    """Return REPORT with its retellings among their events."""
    for label, span in report.retellings:
        event = next((e for e in report.events if e.label == label), None)
        if event is None:
            raise ValueError(f"{report.slug} has no event labelled {label!r}")
        event.retold.append(span)
    return report


def plain(line: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    """Return LINE without its marks, and the marks as (bracket, start, end, what it says)."""
    out: list[str] = []
    stack: list[tuple[str, int]] = []
    marks: list[tuple[str, int, int, str]] = []
    place = count = 0
    while place < len(line):
        char = line[place]
        if char in "[{":
            stack.append((char, count))
        elif char == "|" and stack:
            bracket, start = stack.pop()
            close = line.find("]" if bracket == "[" else "}", place)
            if close < 0:
                raise ValueError("a bracket is not closed")
            marks.append((bracket, start, count, line[place + 1 : close].strip()))
            place = close
        elif char in "]}":
            raise ValueError(f"{char!r} without | before it")
        else:
            out.append(char)
            count += 1
        place += 1
    if stack:
        raise ValueError("a bracket is not closed")
    return "".join(out), marks


def _event(span: Span, told: str) -> OwnEvent:
    parts = told.split("|")
    type_, _, mode = parts[0].partition("/")
    actors, recipients = ([x for x in side.split(",") if x] for side in parts[2].split(">", 1))
    extras = dict(x.partition("=")[::2] for x in (parts[3].split() if len(parts) > 3 else []))
    return OwnEvent(
        span=span,
        type=type_,
        mode=mode or None,
        status=parts[1],
        actors=actors,
        recipients=recipients,
        date=extras.get("date"),
        country=extras.get("country"),
        source=extras.get("source"),
        background="bg" in extras,
        label=extras.get("id"),
    )


def faults(report: OwnReport) -> list[str]:
    """Return what is wrong with the annotation of REPORT: unknown codes, entities that are not declared or marked."""
    found = []
    sectors, allowed = plover.sectors(), plover.modes()
    for entity in report.entities.values():
        if entity.kind not in list(EntityKind):
            found.append(f"{entity.id} is of the unknown kind {entity.kind!r}")
        if entity.sector is not None and entity.sector not in sectors:
            found.append(f"{entity.id} is of the unknown sector {entity.sector!r}")
    marked = {name for _, name in report.mentions}
    found += [f"{name} is marked but not declared" for name in sorted(marked - set(report.entities))]
    for event in report.events:
        if event.type not in allowed or event.status not in list(Status):
            found.append(f"no such type or status: {event.type} {event.status}")
        elif event.mode is not None and event.mode not in allowed[event.type]:
            found.append(f"{event.mode!r} is no mode of {event.type}")
        ends = {*event.actors, *event.recipients} | ({event.source} if event.source else set())
        found += [f"{name} takes part but is not declared" for name in sorted(ends - set(report.entities))]
    return found


def main() -> int:
    """Check all reports; 1 where one can't be used."""
    reports = [r for path in sorted(FOLDER.glob("*.txt")) for r in _reports(path)]
    wrong = [f"{report.slug}: {fault}" for report in reports for fault in faults(report)]
    slugs = [report.slug for report in reports]
    wrong += [f"{slug}: two reports have this name" for slug in sorted({s for s in slugs if slugs.count(s) > 1})]
    for line in wrong:
        print(line)
    print(f"{len(reports)} reports, {sum(len(r.events) for r in reports)} events, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
