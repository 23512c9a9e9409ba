"""Status: whether an event occurred, is planned, hoped for, asked for, denied; and who vouches for it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.domain.findings import Event, Quotation, Time
from dragoman.domain.parse import Parse


def settle_status(
    parse: Parse,
    events: Sequence[Event],
    quotations: Sequence[Quotation],
    times: Sequence[Time],
    published: datetime.date | None,
) -> list[Event]:
    """Return EVENTS with `status`, `source` and `background` settled."""
    return list(events)
