"""A reading as one self-contained page: the article with its evidence marked, the findings beside it."""

from __future__ import annotations

import itertools
from functools import cache

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dragoman.domain.findings import Event, Figure, Finding, Happening, Quotation
from dragoman.domain.reading import Reading
from dragoman.domain.spans import Span
from dragoman.exports.text import printable
from dragoman.exports.view import view

KINDS = (
    ("event", "events"), ("quotation", "quotations"), ("figure", "figures"),
    ("happening", "happenings"), ("time", "times"), ("place", "places"), ("entity", "entities"),
)  # fmt: skip


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the article under the same findings."""

    text: str
    kinds: str
    ids: str


def render_page(reading: Reading) -> str:
    """Return READING as an HTML page that asks no other host for anything."""
    shown = view(reading)
    return _template().render(
        view=shown,
        title=printable(shown.title),
        paragraphs=paragraphs_of(reading),
        counts={plural: sum(1 for f in reading.findings() if kind_of(f) == kind) for kind, plural in KINDS},
        kinds=KINDS,
        printable=printable,
        entities=reading.entities,
        report=reading.report,
        version=reading.version,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("dragoman.exports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("reading.html")


def kind_of(finding: Finding) -> str:
    """Return the name of the kind of FINDING: `event`, `quotation` and so on."""
    return type(finding).__name__.lower()


def _shown_spans(finding: Finding) -> list[Span]:
    """Return the spans under which FINDING is marked: all that it says itself, and its evidence."""
    spans = list(finding.evidence)
    if isinstance(finding, Event | Happening):
        spans = [finding.trigger, *finding.mentions, *spans]
    elif isinstance(finding, Quotation):
        spans = [*finding.content, *(s for s in (finding.speaker_span, finding.cue_span) if s)]
    elif isinstance(finding, Figure):
        spans = [finding.span, *([finding.who_span] if finding.who_span else []), *spans]
    else:
        mentions = getattr(finding, "mentions", None)
        spans = [m.span for m in mentions] if mentions else spans
    return spans


def paragraphs_of(reading: Reading) -> list[list[Piece]]:
    """Return the text cut at every edge of a finding, in paragraphs."""
    text = reading.report.text
    opens: dict[int, list[tuple[str, str]]] = {}
    closes: dict[int, list[tuple[str, str]]] = {}
    for finding in reading.findings():
        key = (kind_of(finding), finding.id)
        for span in dict.fromkeys(_shown_spans(finding)):
            opens.setdefault(span.start, []).append(key)
            closes.setdefault(span.end, []).append(key)
    breaks = {i for i, c in enumerate(text) if c == "\n"}
    edges = sorted({0, len(text), *opens, *closes, *breaks, *(b + 1 for b in breaks)})
    paragraphs: list[list[Piece]] = [[]]
    active: dict[tuple[str, str], int] = {}
    for start, end in itertools.pairwise(edges):
        for key in closes.get(start, []):
            active[key] -= 1
            if not active[key]:
                del active[key]
        for key in opens.get(start, []):
            active[key] = active.get(key, 0) + 1
        if start in breaks:
            if paragraphs[-1]:
                paragraphs.append([])
            continue
        paragraphs[-1].append(_piece(text[start:end], list(active)))
    return [p for p in paragraphs if any(piece.text.strip() for piece in p)]


def _piece(text: str, active: list[tuple[str, str]]) -> Piece:
    kinds = [kind for kind, _ in KINDS if any(k == kind for k, _ in active)]
    return Piece(text=printable(text), kinds=" ".join(f"k-{k}" for k in kinds), ids=" ".join(i for _, i in active))
