"""What a reading claims: its events, the counts of harm that no event of it holds, and what else happened."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.codes import EntityKind, Measure
from dragoman.domain.findings import Entity, Event, Figure, Happening
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Count, Party, Spot
from dragoman.domain.spans import Span
from dragoman.reconcile.copies import sketch_of
from dragoman.reconcile.tellings import tellings
from dragoman.reconcile.wording import Sentences, head_of, setting_of, words_of

HARM = frozenset(
    {
        Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.MISSING, Measure.DISPLACED, Measure.DETAINED,
        Measure.KIDNAPPED, Measure.RELEASED,
    }
)  # fmt: skip
"""What a count of which is a happening by itself: "three people died"."""
DIGITS = 16
OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "IGO"})
"""Sectors whose counts are official: the state's and those of organizations of states."""
MOST_TOLD = 4
"""How many tellings of a happening lend it the words of their sentences."""


class _Told:
    """A reading with its findings by id and its sentences."""

    def __init__(self, reading: Reading) -> None:
        self.report = reading.report
        self.text = reading.report.text
        self.entities = {e.id: e for e in reading.entities}
        self.places = {p.id: p for p in reading.places}
        self.quotations = {q.id: q for q in reading.quotations}
        self.sentences = Sentences(self.text)
        self.sketch = sketch_of(self.text)
        self.setting = setting_of(self.text)
        self.figures: dict[str | None, list[Figure]] = {}
        for figure in reading.figures:
            self.figures.setdefault(figure.event, []).append(figure)


def claims_of(reading: Reading) -> list[Claim]:
    """Return the claims of READING in order of their triggers: of each event, loose count of harm, and happening."""
    told = _Told(reading)
    found = [_of_event(told, event) for event in reading.events]
    taken = {c.trigger for c in found}
    loose = [_of_figure(told, f) for f in told.figures.get(None, ()) if f.measure in HARM]
    for claim in (*loose, *(_of_happening(told, h) for h in reading.happenings)):
        if claim.trigger not in taken:
            taken.add(claim.trigger)
            found.append(claim)
    return sorted(found, key=lambda c: (c.trigger, c.id))


def claim_id(report: str, trigger: Span) -> str:
    """Return the id of the claim that the characters TRIGGER of the text with the content id REPORT make."""
    return f"{report.removeprefix('sha256:')[:DIGITS]}-{trigger.start}-{trigger.end}"


def _of_event(told: _Told, event: Event) -> Claim:
    report = told.report
    spans, every = _told_as(told, event)
    return Claim(
        id=claim_id(report.id, spans[0]), report=report.id, given_id=report.given_id, event=event.id,
        trigger=spans[0], mentions=tuple(spans[1:]), text=_sentence(told, spans[0]), type=event.type,
        mode=event.mode, contexts=event.contexts, status=event.status, interval=event.interval, grain=event.grain,
        place=_spot(told, event.place, event.country), actors=_parties(told, event.actors),
        recipients=_parties(told, event.recipients),
        participants=_parties(told, [p.entity for p in event.participants]),
        counts=tuple(_count(told, f) for f in told.figures.get(event.id, ())), source=_source(told, event),
        published=report.published, outlet=report.source,
        heads=_heads(told, every), words=_words(told, every[:MOST_TOLD]), setting=told.setting,
        found_by=event.found_by if spans[0] == event.trigger else "",
        background=event.background, sketch=told.sketch, confidence=event.confidence,
    )  # fmt: skip


def _told_as(told: _Told, found: Event | Happening) -> tuple[Sequence[Span], Sequence[Span]]:
    """Return the words that mean what the trigger of FOUND means, that first; and all words that tell it.

    "Exploded" and "killing nine" may tell one event; who counts mentions wants those that name the same part of it.
    """
    first, *others = tellings(told.text, (found.trigger, *found.mentions))
    return first, [*first, *(span for spans in others for span in spans)]


def _of_figure(told: _Told, figure: Figure) -> Claim:
    report = told.report
    trigger = next((s for r in figure.why if r.field == "measure" for s in r.spans), figure.span)
    return Claim(
        id=claim_id(report.id, trigger), report=report.id, given_id=report.given_id, event=figure.id, trigger=trigger,
        text=_sentence(told, trigger), type=None, status=figure.status, interval=figure.period,
        place=_spot(told, figure.place, figure.country), actors=_parties(told, figure.perpetrators),
        recipients=_parties(told, [figure.entity] if figure.entity else []), counts=(_count(told, figure),),
        source=_source(told, figure), published=report.published, outlet=report.source,
        heads=(head_of(trigger.surface(told.text)),), words=_words(told, (trigger,)), setting=told.setting,
        found_by=figure.found_by, sketch=told.sketch, confidence=figure.confidence,
    )  # fmt: skip


def _of_happening(told: _Told, happening: Happening) -> Claim:
    report = told.report
    spans, every = _told_as(told, happening)
    return Claim(
        id=claim_id(report.id, spans[0]), report=report.id, given_id=report.given_id, event=happening.id,
        trigger=spans[0], mentions=tuple(spans[1:]), text=_sentence(told, spans[0]), type=None,
        kind=happening.kind, status=happening.status, interval=happening.interval, grain=happening.grain,
        place=_spot(told, happening.place, happening.country), participants=_parties(told, happening.participants),
        source=_source(told, happening), published=report.published, outlet=report.source, heads=_heads(told, every),
        words=_words(told, every[:MOST_TOLD]), setting=told.setting,
        found_by=happening.found_by if spans[0] == happening.trigger else "", background=happening.background,
        sketch=told.sketch, confidence=happening.confidence,
    )  # fmt: skip


def _heads(told: _Told, spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(sorted({head_of(s.surface(told.text)) for s in spans}))


def _sentence(told: _Told, span: Span) -> str:
    return " ".join(told.sentences.around(span).surface(told.text).split())


def _words(told: _Told, spans: Sequence[Span]) -> tuple[str, ...]:
    sentences = {told.sentences.around(s) for s in spans}
    return tuple(sorted({w for s in sentences for w in words_of(s.surface(told.text))}))


def _parties(told: _Told, ids: Sequence[str]) -> tuple[Party, ...]:
    named = [told.entities[i] for i in dict.fromkeys(ids) if i in told.entities]
    return tuple(Party(name=e.name, kind=e.kind.value, country=e.country, sector=e.sector, role=e.role) for e in named)


def _spot(told: _Told, place: str | None, country: str | None) -> Spot | None:
    found = told.places.get(place) if place else None
    if found is None:
        return Spot(country=country) if country else None
    return Spot(
        name=found.name or found.span.surface(told.text), country=found.country or country, admin1=found.admin1,
        latitude=found.latitude, longitude=found.longitude, geonames_id=found.geonames_id,
    )  # fmt: skip


def _speaker(told: _Told, finding: Event | Figure | Happening) -> Entity | None:
    if finding.source is None:
        return None
    quoted = told.quotations.get(finding.source.quotation) if finding.source.quotation else None
    speaker = finding.source.entity or (quoted.speaker if quoted is not None else None)
    return told.entities.get(speaker) if speaker else None


def _source(told: _Told, finding: Event | Figure | Happening) -> str | None:
    speaker = _speaker(told, finding)
    return speaker.name if speaker is not None else None


def _official(told: _Told, figure: Figure) -> bool:
    speaker = _speaker(told, figure)
    return speaker is not None and (speaker.sector in OFFICIAL or speaker.kind is EntityKind.GOVERNMENT)


def _count(told: _Told, figure: Figure) -> Count:
    return Count(
        figure=figure.id, measure=figure.measure, who=figure.who, period=figure.period, span=figure.span,
        value=figure.value, low=figure.low, high=figure.high, precision=figure.precision,
        source=_source(told, figure), official=_official(told, figure),
    )  # fmt: skip
