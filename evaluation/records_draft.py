"""Made reports and their readings: a report drafted sentence by sentence, its findings with their characters."""

from __future__ import annotations

import datetime
import re

import msgspec

import dragoman
from dragoman.domain.codes import (
    EntityKind,
    Grain,
    Measure,
    MentionForm,
    PlaceRole,
    Precision,
    PublishedFrom,
    Status,
    TimeType,
)
from dragoman.domain.findings import Entity, Event, Figure, Mention, Place, Reason, Source, Time
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report, content_id
from dragoman.domain.spans import Span
from evaluation import records_wording as said

MARK = re.compile(r"<(\w)\|([^>]*)>")
COUNTED = {"k": Measure.KILLED, "i": Measure.INJURED}


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """What really happened: all that the wordings ask for."""

    number: int
    kind: str
    day: datetime.date
    iso: str
    place: tuple[int, str, str, str, float, float]
    words: dict[str, str]
    partner: str
    toll: int
    fate: str
    """`plain`, or a plan that is `held` or `off`."""
    size: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A reading, and what its claims are truly of: the triggers' spans with the numbers of happenings."""

    reading: Reading
    truth: tuple[tuple[Span, int], ...]


class Draft:
    """A report in the making."""

    def __init__(self, published: datetime.date) -> None:
        self.published = published
        self.text = ""
        self.entities: dict[str, Entity] = {}
        self.times: list[Time] = []
        self.places: list[Place] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []
        self.truth: list[tuple[Span, int]] = []

    def plain(self, sentence: str) -> None:
        """Add a sentence that tells nothing, as a paragraph."""
        self.text += ("\n\n" if self.text else "") + sentence

    def add(
        self, telling: str, happening: Happening, extra: dict[str, str], status: Status, kind: said.Kind, number: int,
        *, day: bool = True, dated: bool = True,
    ) -> None:  # fmt: skip
        """Add a telling of HAPPENING with its findings."""
        marked = telling.format(**{**happening.words, **extra})
        marked = marked[0].upper() + marked[1:] if marked[0] != "<" else marked[:3] + marked[3].upper() + marked[4:]
        self.plain("")
        marks: dict[str, Span] = {}
        done = 0
        for mark in MARK.finditer(marked):
            self.text += marked[done : mark.start()]
            marks[mark[1]] = Span(len(self.text), len(self.text) + len(mark[2]))
            self.text += mark[2]
            done = mark.end()
        self.text += marked[done:]
        trigger = marks["t"]
        self.truth.append((trigger, number))
        when = (happening.day if day else self.published).isoformat()
        place, time = self._place(marks.get("p"), happening), self._time(marks.get("d"), when)
        actor = self._entity(marks.get("a"), *kind.actor, happening)
        other = self._entity(marks.get("o"), *kind.other, happening)
        voice = self._entity(marks.get("s"), EntityKind.ORGANIZATION, "GOV", happening)
        source = Source(entity=voice) if voice else None
        event = f"e{len(self.events) + 1}" if kind.type is not None else None
        counts = []
        for letter in "kin":
            if letter in marks:
                counts.append(f"f{len(self.figures) + 1}")
                self.figures.append(
                    Figure(
                        id=counts[-1], confidence=0.8, found_by="figures.measure.killed",
                        evidence=(marks[letter], trigger), why=(_why("value", "figures.number.read", marks[letter]),
                        _why("measure", "figures.measure.killed", trigger)), span=marks[letter],
                        measure=COUNTED.get(letter, kind.measure),
                        value=int(marks[letter].surface(self.text).replace(",", "")), precision=Precision.EXACT,
                        unit="person", who=marks["w"].surface(self.text) if "w" in marks else None, entity=other,
                        period=(when, when) if dated else None, place=place, country=happening.iso,
                        source=source, event=event, status=status,
                    )
                )  # fmt: skip
        if event is not None and kind.type is not None:
            self.events.append(
                Event(
                    id=event, confidence=0.85, found_by="plover.classifier.trigger", evidence=(trigger,),
                    why=(_why("type", "plover.classifier.trigger", trigger),
                    _why("status", "status.tense.told", trigger), _why("interval", "scene.time.own", trigger)),
                    type=kind.type, quad_class=4, trigger=trigger, actors=(actor,) if actor else (),
                    recipients=(other,) if other else (), status=status, time=time,
                    interval=(when, when) if dated else None,
                    grain=Grain.DAY if dated else None, place=place, country=happening.iso, source=source,
                    figures=tuple(counts),
                )
            )  # fmt: skip

    def told(self, outlet: str, given_id: str) -> Told:
        """Return the report with its reading and what its triggers tell."""
        report = Report(
            id=content_id(self.text), given_id=given_id, source=outlet, published=self.published,
            published_from=PublishedFrom.GIVEN, language="en", text=self.text,
        )  # fmt: skip
        reading = Reading(
            version=dragoman.__version__, report=report, entities=tuple(self.entities.values()),
            times=tuple(self.times), places=tuple(self.places), events=tuple(self.events), figures=tuple(self.figures),
        )  # fmt: skip
        return Told(reading=reading, truth=tuple(self.truth))

    def _entity(self, span: Span | None, kind: EntityKind, sector: str, happening: Happening) -> str | None:
        if span is None:
            return None
        name = span.surface(self.text)
        known = self.entities.get(name)
        mention = Mention(span=span, form=MentionForm.NAME if name[0].isupper() else MentionForm.NOMINAL)
        if known is not None:
            self.entities[name] = msgspec.structs.replace(known, mentions=(*known.mentions, mention))
            return known.id
        country = happening.partner if name == happening.words["partner"] else happening.iso
        self.entities[name] = Entity(
            id=f"n{len(self.entities) + 1}", confidence=0.9, found_by="entities.name.recognized", evidence=(span,),
            why=(_why("kind", "actors.country.name", span),), name=name, kind=kind, country=country, sector=sector,
            mentions=(mention,),
        )  # fmt: skip
        return self.entities[name].id

    def _place(self, span: Span | None, happening: Happening) -> str | None:
        if span is None:
            return None
        number, name, feature, admin1, latitude, longitude = happening.place
        self.places.append(
            Place(
                id=f"p{len(self.places) + 1}", confidence=0.9, found_by="places.name.recognized", evidence=(span,),
                why=(_why("geonames_id", "places.resolve.population", span),), span=span, name=name, kind=feature,
                country=happening.iso, admin1=admin1, latitude=latitude, longitude=longitude, geonames_id=number,
                role=PlaceRole.LOCATION,
            )
        )  # fmt: skip
        return self.places[-1].id

    def _time(self, span: Span | None, when: str) -> str | None:
        if span is None:
            return None
        self.times.append(
            Time(
                id=f"t{len(self.times) + 1}", confidence=0.9, found_by="times.date.weekday", evidence=(span,),
                why=(_why("value", "times.date.weekday", span),), span=span, type=TimeType.DATE, value=when,
                interval=(when, when), grain=Grain.DAY, anchor="published",
            )
        )  # fmt: skip
        return self.times[-1].id


def _why(field: str, rule: str, span: Span) -> Reason:
    return Reason(field=field, rule=rule, spans=(span,))
