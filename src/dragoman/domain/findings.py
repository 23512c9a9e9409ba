"""The findings of a reading, field for field as the contract names them.

All are frozen; a stage that knows more returns a changed copy (`msgspec.structs.replace`).
Offsets count code points of the report's text, half-open.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

from dragoman.domain.codes import (
    ChangeDirection,
    ChangeUnit,
    EntityKind,
    EventType,
    Grain,
    HappeningKind,
    Measure,
    MentionForm,
    ParticipantRole,
    PlaceRole,
    Precision,
    QuotationForm,
    Status,
    TimeType,
)
from dragoman.domain.spans import Span

Interval = tuple[str | None, str | None]
"""First and last day, ISO 8601, both inclusive; an open end is None."""

Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why one field of a finding has its value.

    `rule` is a rule or codebook-entry id that `dragoman explain` describes, `spans` are the words that
    it went by, and `considered` tells in words what else was possible and lost. `listed_at` is the file and line of
    the user's own list that decided; where no such list did, it is left out.
    """

    field: str
    rule: str
    spans: tuple[Span, ...] = ()
    considered: tuple[str, ...] = ()
    listed_at: str | msgspec.UnsetType = msgspec.UNSET


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What every finding has: an id, how sure it is, what found it, and the words that support it."""

    id: str
    confidence: Confidence
    found_by: str
    evidence: Annotated[tuple[Span, ...], msgspec.Meta(min_length=1)]
    why: tuple[Reason, ...] = ()


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the text names an entity."""

    span: Span
    form: MentionForm


class ExternalId(msgspec.Struct, frozen=True, kw_only=True):
    """The entity in somebody else's list."""

    scheme: str
    id: str


class Entity(Finding, frozen=True, kw_only=True):
    """Somebody or something that the report speaks of."""

    name: str
    kind: EntityKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    mentions: tuple[Mention, ...]
    same_as: tuple[ExternalId, ...] = ()


class Time(Finding, frozen=True, kw_only=True):
    """A time expression, as TimeML TIMEX3 has it."""

    span: Span
    type: TimeType
    value: str
    mod: str | None = None
    interval: Interval | None = None
    grain: Grain | None = None
    anchor: str | None = None


class Place(Finding, frozen=True, kw_only=True):
    """A toponym, resolved or not."""

    span: Span
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    role: PlaceRole


class Quotation(Finding, frozen=True, kw_only=True):
    """Words or thoughts that the report gives to a speaker."""

    form: QuotationForm
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    content: tuple[Span, ...]
    addressee: str | None = None
    within: str | None = None


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """An entity and its part in a gathering."""

    entity: str
    role: ParticipantRole


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who vouches for a finding, where the report itself does not."""

    quotation: str | None = None
    entity: str | None = None


class Event(Finding, frozen=True, kw_only=True):
    """Something that happened, is planned, wished, asked for or denied."""

    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad_class: int
    goldstein: float | None = None
    trigger: Span
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    status: Status = Status.OCCURRED
    time: str | None = None
    interval: Interval | None = None
    grain: Grain | None = None
    place: str | None = None
    country: str | None = None
    source: Source | None = None
    background: bool = False
    figures: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


class Happening(Finding, frozen=True, kw_only=True):
    """Something of no PLOVER type that happened, or else (a death, a quake, a verdict, a match, a deed of any kind)."""

    kind: HappeningKind
    trigger: Span
    participants: tuple[str, ...] = ()
    status: Status = Status.OCCURRED
    time: str | None = None
    interval: Interval | None = None
    grain: Grain | None = None
    place: str | None = None
    country: str | None = None
    source: Source | None = None
    background: bool = False
    mentions: tuple[Span, ...] = ()

    @property
    def type(self) -> EventType | None:
        """None: it has no PLOVER type."""
        return None


Told = TypeVar("Told", bound=Event | Happening)
"""What has a trigger, a status and a scene."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How a figure moved against an earlier one."""

    direction: ChangeDirection
    amount: float | None = None
    unit: ChangeUnit | None = None
    baseline: Interval | None = None


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """What a figure is put down to."""

    span: Span
    name: str


class Figure(Finding, frozen=True, kw_only=True):
    """A count or an amount."""

    span: Span
    measure: Measure
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    precision: Precision = Precision.EXACT
    unit: str | None = None
    who: str | None = None
    who_span: Span | None = None
    entity: str | None = None
    period: Interval | None = None
    place: str | None = None
    country: str | None = None
    change: Change | None = None
    part_of: str | None = None
    causes: tuple[Cause, ...] = ()
    perpetrators: tuple[str, ...] = ()
    source: Source | None = None
    event: str | None = None
    status: Status = Status.OCCURRED
