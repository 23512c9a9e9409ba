"""A reading as a person wants to see it: sections of lines, ready for a terminal or a page."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import EventType, HappeningKind, ParticipantRole, Precision, Status
from dragoman.domain.findings import Event, Figure, Happening, Interval, Quotation, Source
from dragoman.domain.reading import Reading
from dragoman.domain.spans import Span


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, told: `head` says what, `details` say the rest (when, where, with whom)."""

    id: str
    head: str
    code: str
    details: tuple[str, ...]
    status: str
    source: str | None
    confidence: float


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under one heading."""

    key: str
    title: str
    lines: tuple[Line, ...]


class FigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as a row of the table."""

    id: str
    number: str
    measure: str
    who: str
    period: str
    place: str
    change: str
    source: str
    status: str


class View(msgspec.Struct, frozen=True, kw_only=True):
    """All that is shown of a reading."""

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    figures: tuple[FigureRow, ...]
    notes: tuple[str, ...]


TALKS = {EventType.CONSULT}
ACCORD = {EventType.AGREE, EventType.SUPPORT, EventType.COOPERATE, EventType.AID, EventType.CONCEDE, EventType.RETREAT}
DEMANDS = {EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN}
AHEAD = {Status.PLANNED}
WISHED = {Status.HOPED, Status.CALLED_FOR, Status.POSSIBLE, Status.THREATENED}
SECTIONS = (
    ("met", "Who met whom"),
    ("agreed", "Agreed, promised, given"),
    ("asked", "Asked, blamed, refused, threatened"),
    ("done", "Force, protest, sanctions"),
    ("planned", "What comes next"),
    ("wished", "Hoped for, called for, possible"),
    ("not", "Denied or did not happen"),
    ("happened", "What else happened"),
    ("said", "Who said what"),
    ("background", "Background"),
)
UNSHOWN = {HappeningKind.STATEMENT, HappeningKind.OTHER}
"""Kinds of happenings that quotations show better, or that say little by themselves."""
STATUS_WORDS = {Status.CALLED_FOR: "called for", Status.DID_NOT_HAPPEN: "did not happen"}
SIGNS = {Precision.APPROXIMATE: "about ", Precision.AT_LEAST: "at least ", Precision.AT_MOST: "up to "}
QUOTED = 400


def view(reading: Reading) -> View:
    """Return what a person is shown of READING."""
    teller = _Teller(reading)
    lines: dict[str, list[Line]] = {key: [] for key, _ in SECTIONS}
    for event in reading.events:
        lines[_section(event)].append(teller.event(event))
    lines["happened"] += [teller.happening(h) for h in reading.happenings if h.kind not in UNSHOWN]
    lines["said"] += told_quotations(reading)
    return View(
        title=_title(reading),
        facts=_facts(reading),
        sections=tuple(Section(key=k, title=t, lines=tuple(lines[k])) for k, t in SECTIONS if lines[k]),
        figures=told_figures(reading),
        notes=_notes(reading),
    )


def told_quotations(reading: Reading) -> tuple[Line, ...]:
    """Return the quotations of READING as lines."""
    teller = _Teller(reading)
    return tuple(teller.quotation(q) for q in reading.quotations)


def told_figures(reading: Reading) -> tuple[FigureRow, ...]:
    """Return the figures of READING as rows."""
    teller = _Teller(reading)
    return tuple(teller.figure(f) for f in reading.figures)


def _section(event: Event) -> str:
    if event.background:
        return "background"
    if event.status in AHEAD:
        return "planned"
    if event.status in WISHED:
        return "wished"
    if event.status in (Status.DENIED, Status.DID_NOT_HAPPEN):
        return "not"
    if event.type in TALKS:
        return "met"
    if event.type in ACCORD:
        return "agreed"
    return "asked" if event.type in DEMANDS else "done"


def _title(reading: Reading) -> str:
    if reading.report.title:
        return reading.report.title
    first = next((line.strip() for line in reading.report.text.splitlines() if line.strip()), "")
    return first if len(first) <= 100 else first[:97].rsplit(" ", 1)[0] + " …"


def _facts(reading: Reading) -> tuple[str, ...]:
    report = reading.report
    facts = [report.source] if report.source else []
    facts.append(f"published {report.published.isoformat()}" if report.published else "no publication date")
    facts.append(f"{len(report.text):,} characters")
    counts = {
        "entities": reading.entities, "events": reading.events, "quotations": reading.quotations,
        "figures": reading.figures, "places": reading.places, "times": reading.times,
        "other happenings": reading.happenings,
    }  # fmt: skip
    return (*facts, *(f"{len(found)} {name}" for name, found in counts.items() if found))


def _notes(reading: Reading) -> tuple[str, ...]:
    notes = []
    if reading.report.published is None:
        notes.append("No publication date was given: words such as “Tuesday” stay undated (--published sets it).")
    if not any((reading.events, reading.quotations, reading.figures)):
        notes.append("No event, quotation or figure was found.")
    return tuple(notes)


class _Teller:
    """Puts findings into words, names for ids."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.names = {e.id: e.name for e in reading.entities}
        self.places = {p.id: p for p in reading.places}
        self.quotations = {q.id: q for q in reading.quotations}

    def event(self, event: Event) -> Line:
        actors, recipients = self.who(event.actors), self.who(event.recipients)
        ends = f"{actors or '–'} → {recipients}" if recipients else actors
        head = f"{ends}: {self.words(event.trigger)}" if ends else self.words(event.trigger)
        details = [
            event_day(event.interval),
            self.place(event.place, event.country),
            *self.participants(event),
            f"told again {len(event.mentions)}×" if event.mentions else "",
        ]
        return Line(
            id=event.id,
            head=head,
            code=event.type.value + (f"/{event.mode}" if event.mode else ""),
            details=tuple(d for d in details if d),
            status=status_words(event.status),
            source=self.source(event.source),
            confidence=event.confidence,
        )

    def happening(self, happening: Happening) -> Line:
        who = self.who(happening.participants)
        told = f"told again {len(happening.mentions)}×" if happening.mentions else ""
        details = (event_day(happening.interval), self.place(happening.place, happening.country), told)
        return Line(
            id=happening.id,
            head=f"{who}: {self.words(happening.trigger)}" if who else self.words(happening.trigger),
            code=happening.kind.value,
            details=tuple(d for d in details if d),
            status=status_words(happening.status),
            source=self.source(happening.source),
            confidence=happening.confidence,
        )

    def quotation(self, quotation: Quotation) -> Line:
        speaker = self.names.get(quotation.speaker or "")
        if speaker is None and quotation.speaker_span is not None:
            speaker = self.words(quotation.speaker_span)
        content = " … ".join(self.words(s) for s in quotation.content)
        marks = ("“", "”") if quotation.form == "direct" else ("", "")
        to = f" (to {self.names[quotation.addressee]})" if quotation.addressee in self.names else ""
        cue = self.words(quotation.cue_span) if quotation.cue_span else ""
        return Line(
            id=quotation.id,
            head=f"{speaker or 'speaker not told'}{to}: {marks[0]}{shortened(content)}{marks[1]}",
            code=quotation.form.value,
            details=(f"“{cue}”",) if cue else (),
            status="",
            source=None,
            confidence=quotation.confidence,
        )

    def figure(self, figure: Figure) -> FigureRow:
        who = self.names.get(figure.entity or "") or figure.who or ""
        causes = ", ".join(c.name for c in figure.causes)
        return FigureRow(
            id=figure.id,
            number=number_words(figure),
            measure=figure.measure.value,
            who=who + (f" (by {causes})" if causes else ""),
            period=event_day(figure.period),
            place=self.place(figure.place, figure.country),
            change=change_words(figure),
            source=self.source(figure.source) or "",
            status=status_words(figure.status),
        )

    def who(self, ids: tuple[str, ...]) -> str:
        return joined([self.names.get(i, i) for i in ids])

    def words(self, span: Span) -> str:
        return " ".join(span.surface(self.text).split())

    def place(self, place: str | None, country: str | None) -> str:
        found = self.places.get(place or "")
        name = (found.name or self.words(found.span)) if found else None
        if name and country and found and found.kind != "PCLI":
            return f"{name}, {country}"
        return name or country or ""

    def participants(self, event: Event) -> list[str]:
        told = []
        for role in ParticipantRole:
            names = [self.names.get(p.entity, p.entity) for p in event.participants if p.role == role]
            if names:
                told.append(f"{role.value}{'s' if len(names) > 1 else ''}: {joined(names)}")
        return told

    def source(self, source: Source | None) -> str | None:
        if source is None:
            return None
        entity = source.entity
        quotation = self.quotations.get(source.quotation or "")
        if entity is None and quotation is not None:
            entity = quotation.speaker
            if entity is None and quotation.speaker_span is not None:
                return self.words(quotation.speaker_span)
        return self.names.get(entity or "")


def status_words(status: Status) -> str:
    """Return STATUS as a person says it."""
    return STATUS_WORDS.get(status, status.value)


def joined(names: list[str]) -> str:
    """Return NAMES as "A, B and C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}" if names else ""


def shortened(text: str) -> str:
    """Return TEXT, its middle left out where it is long."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 120].rstrip()} … {text[-100:].lstrip()}"


def event_day(interval: Interval | None) -> str:
    """Return an interval as days: one, two with a dash, or an open one."""
    if interval is None or interval == (None, None):
        return ""
    first, last = interval
    if first and last and first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return first[:4]
    if first == last:
        return first or ""
    return f"since {first}" if last is None else f"until {last}" if first is None else f"{first} – {last}"


def number_words(figure: Figure) -> str:
    """Return the number with its sign: "at least 60", "2,000–3,000"."""
    unit = {"percent": " %"}.get(figure.unit or "", "")
    if figure.value is not None:
        money = f" {figure.unit}" if figure.measure == "money" and figure.unit else ""
        return f"{SIGNS.get(figure.precision, '')}{_number(figure.value)}{unit}{money}"
    if figure.value is None and figure.low is None and figure.high is None and figure.change is not None:
        sign = {"rise": "+", "fall": "−"}.get(figure.change.direction.value, "")
        amount = "" if figure.change.amount is None else _number(figure.change.amount)
        return f"{sign}{amount}{' %' if figure.change.unit == 'percent' else ''}"
    if figure.low is not None and figure.high is not None:
        return f"{_number(figure.low)}–{_number(figure.high)}{unit}"
    if figure.low is not None:
        return f"at least {_number(figure.low)}{unit}"
    return f"up to {_number(figure.high)}{unit}" if figure.high is not None else ""


def change_words(figure: Figure) -> str:
    """Return how the figure moved: "rise of 3 % on 2015"."""
    change = figure.change
    if change is None:
        return ""
    amount = "" if change.amount is None else f" of {_number(change.amount)}{' %' if change.unit == 'percent' else ''}"
    baseline = event_day(change.baseline)
    return f"{change.direction.value}{amount}" + (f" on {baseline}" if baseline else "")


def _number(value: float | int) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
