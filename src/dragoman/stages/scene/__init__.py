"""The scene of an event or another happening: when and where."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.domain.findings import Entity, Event, Happening, Place, Quotation, Time
from dragoman.domain.grammar import top_of
from dragoman.domain.parse import Parse
from dragoman.stages.scene.clock import Clock
from dragoman.stages.scene.map import Map

__all__ = ["set_happenings", "set_scene"]


def set_scene(
    parse: Parse,
    events: Sequence[Event],
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
    published: datetime.date | None,
) -> list[Event]:
    """Return EVENTS with `time`, `interval`, `grain`, `place` and `country` set where the text tells them."""
    clock = Clock(parse, events, times, published)
    map_ = Map(parse, places, entities)
    found: list[Event] = []
    for event in events:
        token = top_of(parse, event.trigger)
        found.append(event if token is None else map_.placed(clock.timed(event, token), token))
    return found


def set_happenings(
    parse: Parse,
    happenings: Sequence[Happening],
    events: Sequence[Event],
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    published: datetime.date | None,
) -> list[Happening]:
    """Return HAPPENINGS with their scenes set; the times of the EVENTS told beside them are not theirs."""
    clock = Clock(parse, [*events, *happenings], times, published)
    map_ = Map(parse, places, entities)
    found: list[Happening] = []
    for happening in happenings:
        token = top_of(parse, happening.trigger)
        found.append(happening if token is None else map_.located(clock.timed(happening, token), token))
    return found
