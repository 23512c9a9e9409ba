"""The scene of an event: when and where."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.domain.findings import Entity, Event, Place, Quotation, Time
from dragoman.domain.parse import Parse


def set_scene(
    parse: Parse,
    events: Sequence[Event],
    times: Sequence[Time],
    places: Sequence[Place],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
    published: datetime.date | None,
) -> list[Event]:
    """Return EVENTS with `time`, `interval`, `grain`, `place` and `country` set."""
    return list(events)
