"""How a report becomes a reading: the stages, in order. Pure: the same parse and report give the same reading."""

from __future__ import annotations

import msgspec

from dragoman.domain.balance import BOTH, Balance
from dragoman.domain.codes import Part
from dragoman.domain.parse import Parse
from dragoman.domain.ports import ActorIndex, EventClassifier, Gazetteer, QuotationTagger
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.stages.entities import find_entities, voice_entities
from dragoman.stages.events import find_events
from dragoman.stages.figures import find_figures
from dragoman.stages.happenings import find_happenings, join_happenings
from dragoman.stages.links import link_findings, set_participants
from dragoman.stages.places import find_places, speaks_of
from dragoman.stages.quotations import find_quotations
from dragoman.stages.retellings import merge_retellings
from dragoman.stages.scene import set_happenings, set_scene
from dragoman.stages.status import settle_status
from dragoman.stages.times import find_times


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What the stages ask of the outside, and how much each voice counts."""

    gazetteer: Gazetteer
    actors: ActorIndex
    classifier: EventClassifier | None = None
    tagger: QuotationTagger | None = None
    balance: Balance = BOTH


def read_parse(report: Report, parse: Parse, world: World, version: str) -> Reading:
    """Return the reading of REPORT, whose text PARSE is the parse of."""
    told = read_part(Part.FIGURES, report, parse, world, version)
    entities, times, quotations = told.entities, told.times, told.quotations
    named = [p for p in told.places if speaks_of(p)]
    events, opinions = find_events(parse, entities, quotations, world.classifier, world.balance)
    events = settle_status(parse, events, quotations, times, report.published, opinions, world.balance)
    events = set_scene(parse, events, times, named, entities, quotations, report.published)
    events = set_participants(parse, events, entities)
    events = merge_retellings(parse, events, named)
    events, figures = link_findings(parse, events, told.figures)
    happenings = find_happenings(parse, events, figures, entities)
    happenings = settle_status(parse, happenings, quotations, times, report.published)
    happenings = set_happenings(parse, happenings, events, times, named, entities, report.published)
    happenings = join_happenings(parse, happenings, entities)
    return msgspec.structs.replace(told, events=tuple(events), figures=tuple(figures), happenings=tuple(happenings))


def read_part(part: Part, report: Report, parse: Parse, world: World, version: str) -> Reading:
    """Return a reading of REPORT with PART and what it refers to, by the stages that it needs; the rest stays empty."""
    reading = Reading(version=version, report=report)
    if part in (Part.TIMES, Part.FIGURES):
        reading = msgspec.structs.replace(reading, times=tuple(find_times(parse, report.published)))
    if part is Part.TIMES:
        return reading
    places = find_places(parse, world.gazetteer)
    if part in (Part.PLACES, Part.FIGURES):
        reading = msgspec.structs.replace(reading, places=tuple(places))
    if part is Part.PLACES:
        return reading
    named = [p for p in places if speaks_of(p)]
    entities = find_entities(parse, named, world.actors, report.published, report.source)
    quotations = find_quotations(parse, entities, world.tagger)
    entities = voice_entities(parse, entities, quotations)
    reading = msgspec.structs.replace(reading, entities=tuple(entities), quotations=tuple(quotations))
    if part is Part.QUOTATIONS:
        return reading
    figures = find_figures(parse, reading.times, named, entities, quotations)
    return msgspec.structs.replace(reading, figures=tuple(figures))
