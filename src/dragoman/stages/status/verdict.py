"""What is known of an event's status, and by what."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import Status
from dragoman.domain.spans import Span


class Verdict(msgspec.Struct, frozen=True):
    """A status, the rule that gave it, the words that tell it, how sure it is, and what else was seen on the way."""

    status: Status
    rule: str
    spans: tuple[Span, ...] = ()
    sure: float = 0.8
    considered: tuple[str, ...] = ()
