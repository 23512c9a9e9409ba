"""What a toponym was resolved to."""

from __future__ import annotations

import msgspec

from dragoman.domain.ports import GazetteerPlace


class Resolved(msgspec.Struct, frozen=True):
    """What a toponym stands for, by which rule, how surely, and which others bore the name."""

    place: GazetteerPlace | None
    rule: str
    sure: float
    considered: tuple[str, ...] = ()
