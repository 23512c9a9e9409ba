"""Events: predicates that a codebook knows, with who does and who undergoes them."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Entity, Event, Quotation
from dragoman.domain.parse import Parse


def find_events(parse: Parse, entities: Sequence[Entity], quotations: Sequence[Quotation]) -> list[Event]:
    """Return the events of the text, in order of their triggers, ids `e1` ...; status is settled later."""
    return []
