"""The scene of an event or another happening: when and where."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from dragoman.domain.findings import Entity, Event, Happening, Place, Quotation, Time, Told
from dragoman.domain.grammar import top_of
from dragoman.domain.parse import Parse, Token
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
    return _each(parse, events, lambda event, token: map_.placed(clock.timed(event, token), token))


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
    return _each(parse, happenings, lambda happening, token: map_.located(clock.timed(happening, token), token))


def _each(parse: Parse, told: Sequence[Told], scened: Callable[[Told, Token], Told]) -> list[Told]:
    """Return TOLD, each as SCENED makes it from the word that tells it; one without such a word stays as it is."""
    tops = [top_of(parse, each.trigger) for each in told]
    return [each if top is None else scened(each, top) for each, top in zip(told, tops, strict=True)]
