"""What a reading claims: its events, and the counts of harm that no event of it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.domain.codes import EntityKind, Measure
from dragoman.domain.findings import Event, Figure, Place
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Count, Party, Spot
from dragoman.domain.spans import Span
from dragoman.reconcile.wording import sentence_around, stem, words_of

HARM = frozenset(
    {
        Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.MISSING, Measure.DISPLACED, Measure.DETAINED,
        Measure.KIDNAPPED, Measure.RELEASED,
    }
)  # fmt: skip
"""What a count of which is a happening by itself: "three people died"."""
DIGITS = 16


def claims_of(reading: Reading) -> list[Claim]:
    """Return the claims of READING in order of their triggers."""
    found = [_of_event(reading, event) for event in reading.events]
    loose = [f for f in reading.figures if f.event is None and f.measure in HARM]
    taken: set[Span] = {c.trigger for c in found}
    for figure in loose:
        claim = _of_figure(reading, figure)
        if claim.trigger not in taken:
            taken.add(claim.trigger)
            found.append(claim)
    return sorted(found, key=lambda c: (c.trigger, c.id))


def claim_id(report: str, trigger: Span) -> str:
    """Return the id of the claim that the characters TRIGGER of the text with the content id REPORT make."""
    return f"{report.removeprefix('sha256:')[:DIGITS]}-{trigger.start}-{trigger.end}"


def _of_event(reading: Reading, event: Event) -> Claim:
    text = reading.report.text
    spans = (event.trigger, *event.mentions)
    interval = event.interval
    return Claim(
        id=claim_id(reading.report.id, event.trigger), report=reading.report.id, given_id=reading.report.given_id,
        event=event.id, trigger=event.trigger, mentions=event.mentions, text=_sentence(text, event.trigger),
        type=event.type, mode=event.mode, contexts=event.contexts, status=event.status, interval=interval,
        grain=event.grain, place=_spot(reading, event.place, event.country),
        actors=_parties(reading, event.actors), recipients=_parties(reading, event.recipients),
        participants=_parties(reading, [p.entity for p in event.participants]),
        counts=tuple(_count(reading, f) for f in reading.figures if f.event == event.id),
        source=_source(reading, event), published=reading.report.published, outlet=reading.report.source,
        heads=tuple(sorted({stem(s.surface(text).split()[-1]) for s in spans})),
        words=_words(text, spans), background=event.background, confidence=event.confidence,
    )  # fmt: skip


def _of_figure(reading: Reading, figure: Figure) -> Claim:
    text = reading.report.text
    told = next((s for r in figure.why if r.field == "measure" for s in r.spans), figure.span)
    return Claim(
        id=claim_id(reading.report.id, told), report=reading.report.id, given_id=reading.report.given_id,
        event=figure.id, trigger=told, mentions=(), text=_sentence(text, told), type=None, status=figure.status,
        interval=figure.period, place=_spot(reading, figure.place, figure.country),
        recipients=_parties(reading, [figure.entity] if figure.entity else []),
        actors=_parties(reading, figure.perpetrators), counts=(_count(reading, figure),),
        source=_source(reading, figure), published=reading.report.published, outlet=reading.report.source,
        heads=(stem(told.surface(text)),), words=_words(text, (told,)), confidence=figure.confidence,
    )  # fmt: skip


def _sentence(text: str, span: Span) -> str:
    start, end = sentence_around(text, span.start, span.end)
    return " ".join(text[start:end].split())


def _words(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    sentences = {sentence_around(text, s.start, s.end) for s in spans}
    return tuple(sorted({w for start, end in sentences for w in words_of(text[start:end])}))


def _parties(reading: Reading, ids: Sequence[str]) -> tuple[Party, ...]:
    by_id = {e.id: e for e in reading.entities}

    def told() -> Iterator[Party]:
        for entity in (by_id[i] for i in dict.fromkeys(ids) if i in by_id):
            kind = entity.kind.value if isinstance(entity.kind, EntityKind) else str(entity.kind)
            yield Party(name=entity.name, kind=kind, country=entity.country, sector=entity.sector, role=entity.role)

    return tuple(told())


def _spot(reading: Reading, place: str | None, country: str | None) -> Spot | None:
    found: Place | None = next((p for p in reading.places if p.id == place), None) if place else None
    if found is None:
        return Spot(country=country) if country else None
    return Spot(
        name=found.name or found.span.surface(reading.report.text), country=found.country or country,
        admin1=found.admin1, latitude=found.latitude, longitude=found.longitude, geonames_id=found.geonames_id,
    )  # fmt: skip


def _source(reading: Reading, finding: Event | Figure) -> str | None:
    if finding.source is None:
        return None
    quoted = next((q for q in reading.quotations if q.id == finding.source.quotation), None)
    entity = finding.source.entity or (quoted.speaker if quoted is not None else None)
    return next((e.name for e in reading.entities if e.id == entity), None)


def _count(reading: Reading, figure: Figure) -> Count:
    source = _source(reading, figure)
    return Count(
        figure=figure.id, measure=figure.measure, who=figure.who, period=figure.period, span=figure.span,
        value=figure.value, low=figure.low, high=figure.high, precision=figure.precision, source=source,
    )  # fmt: skip
