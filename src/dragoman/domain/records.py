"""The record: what the claims of many reports say of one happening, field for field as the contract names it.

A claim is one event of one reading, or a count that no event of it holds. Nothing is merged away: a record is a view
over claims, and taking back a judgement restores what was there before.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec

from dragoman.domain.codes import EventType, Grain, HappeningKind, Measure, Precision, Status
from dragoman.domain.findings import Interval
from dragoman.domain.spans import Span

RECORD_SCHEMA: Literal["dragoman.record/1"] = "dragoman.record/1"


class Verdict(StrEnum):
    """What a person says of two claims."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes part, as one report names them."""

    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where it happens, as one report names it."""

    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one reading, tied to a claim."""

    figure: str
    measure: Measure
    who: str | None
    period: Interval | None
    span: Span
    value: float | int | None
    low: float | int | None
    high: float | int | None
    precision: Precision
    source: str | None
    official: bool = False


def middle_of(value: float | int | None, low: float | int | None, high: float | int | None) -> float | int | None:
    """Return the count VALUE, else the middle of its range or the one end that is known; None where none is."""
    if value is not None:
        return value
    ends = [end for end in (low, high) if end is not None]
    return sum(ends) / len(ends) if ends else None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One happening as one report tells it.

    `id` names the report's text and the trigger's characters, so that it stays the same when the text is read again.
    `event` is the id of the event in its reading, or of the figure that no event holds, or of the happening of no
    PLOVER type, whose `kind` is given then. `words` are the lemmas of the content words of the sentences that tell it,
    `heads` the lemmas of its triggers, `setting` the words by which its report is known among others, most telling
    first, `sketch` what copies of its report's text are known by. `found_by` is what found its word: a codebook entry
    as a rule.
    """

    id: str
    report: str
    given_id: str | None
    event: str
    trigger: Span
    mentions: tuple[Span, ...] = ()
    text: str
    type: EventType | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: Status
    interval: Interval | None = None
    grain: Grain | None = None
    place: Spot | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    counts: tuple[Count, ...] = ()
    source: str | None = None
    published: datetime.date | None = None
    outlet: str | None = None
    heads: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    found_by: str = ""
    background: bool = False
    sketch: str | None = None
    kind: HappeningKind | None = None
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]


TOGETHER = 2
"""How many keys two claims must share where one does not tell enough."""


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """Under what a claim is filed, and where it looks for others to be compared with.

    It is compared with those that are filed under one key of `asked` or TOGETHER of `asked_together`. Of two claims
    either both find the other in this way or neither does, so that it makes no difference which came first.
    """

    filed: frozenset[str]
    asked: frozenset[str]
    asked_together: frozenset[str] = frozenset()

    def meet(self, other: Keys) -> bool:
        """Tell whether a claim with these keys is compared with one that has OTHER."""
        return bool(self.asked & other.filed) or len(self.asked_together & other.filed) >= TOGETHER


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided of two claims, when and why; a later one on the same two outranks it."""

    left: str
    right: str
    verdict: Verdict
    who: str
    when: str
    why: str | None = None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What a person puts in place of a record's value, when and why; a later one on the same field outranks it.

    It belongs to the record that has `claim`. `field` is a field of the record, or a number of one of its quantities
    (`figures.killed.best`); `value` is plain, as JSON has it.
    """

    claim: str
    field: str
    value: Any
    who: str
    when: str
    why: str


class StatusTold(msgspec.Struct, frozen=True, kw_only=True):
    """A status as one claim had it."""

    status: Status
    published: datetime.date | None
    claim: str


class RecordClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a record shows it."""

    id: str
    report: str
    event: str
    trigger: Span
    mentions: tuple[Span, ...]
    text: str
    status: Status
    interval: Interval | None
    source: str | None
    published: datetime.date | None


class CountTold(msgspec.Struct, frozen=True, kw_only=True):
    """A count as one claim has it."""

    report: str
    figure: str
    span: Span
    value: float | int | None
    low: float | int | None
    high: float | int | None
    source: str | None
    published: datetime.date | None


class RecordFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity: what stands now, its range over the claims still standing, and the rule that chose."""

    measure: Measure
    who: str | None
    period: Interval | None
    best: float | int | None
    low: float | int | None
    high: float | int | None
    claims: tuple[CountTold, ...]
    why: str


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """One of the values that contradict each other, and the claims that have it."""

    value: Any
    claims: tuple[str, ...]


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which claims that still stand disagree."""

    field: str
    values: tuple[Stand, ...]


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a record that a person corrected: the value that stands, and the machine's beside it."""

    field: str
    value: Any
    machine: Any
    who: str
    when: str
    why: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """All that is claimed of one happening; `kind` is given where no event and no count of harm is among the claims."""

    schema: Literal["dragoman.record/1"] = RECORD_SCHEMA
    id: str
    type: EventType | None
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    history: tuple[StatusTold, ...]
    interval: Interval | None
    grain: Grain | None
    place: Spot | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    participants: tuple[Party, ...]
    figures: tuple[RecordFigure, ...]
    claims: tuple[RecordClaim, ...]
    conflicts: tuple[Conflict, ...]
    reports: int
    independent_sources: int
    confidence: float
    judgements: tuple[Judgement, ...]
    corrections: tuple[Corrected, ...] = ()
    kind: HappeningKind | None = None
