"""The reading: all that was found in one report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from dragoman.domain.findings import Entity, Event, Figure, Finding, Happening, Place, Quotation, Time
from dragoman.domain.report import Report

SCHEMA: Literal["dragoman.reading/1"] = "dragoman.reading/1"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything found in one report, in the contract's form."""

    schema: Literal["dragoman.reading/1"] = SCHEMA
    version: str
    report: Report
    entities: tuple[Entity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    happenings: tuple[Happening, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """Yield every finding, kind by kind, in the order of the contract."""
        yield from self.entities
        yield from self.times
        yield from self.places
        yield from self.quotations
        yield from self.events
        yield from self.figures
        yield from self.happenings

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as the contract's JSON object (plain dicts, lists, str, numbers)."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    def to_json(self) -> bytes:
        """Return the reading as UTF-8 JSON, without a line end; the same reading gives the same bytes."""
        return msgspec.json.encode(self)
