"""Toponyms: found in the parse, resolved against the gazetteer."""

from __future__ import annotations

from dragoman.domain.findings import Place
from dragoman.domain.parse import Parse
from dragoman.domain.ports import Gazetteer


def find_places(parse: Parse, gazetteer: Gazetteer) -> list[Place]:
    """Return every toponym of the text, resolved or not, in order, ids `p1` ..."""
    return []
