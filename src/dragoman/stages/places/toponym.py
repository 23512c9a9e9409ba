"""A toponym before it is resolved."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import PlaceRole
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span


class Toponym(msgspec.Struct):
    """A toponym before it is resolved. `demonym` is the country of a people's name."""

    span: Span
    head: Token
    name: str
    rule: str
    role: PlaceRole
    demonym: str | None = None
