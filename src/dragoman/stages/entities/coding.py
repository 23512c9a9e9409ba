"""How a name or noun phrase is coded: kind, country, sector, role."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.findings import ExternalId
from dragoman.domain.ports import ActorIndex


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase is coded as. `rule` is a codebook id; `considered` tells what else was possible and lost.

    `certain` is a confidence between 0 and 1. `words` are the indexes of the words that decided. `name` is the full
    name of who holds the office, where the phrase names an office and the actor list knows its holder on that day.
    """

    kind: EntityKind = EntityKind.OTHER
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    name: str | None = None
    same_as: tuple[ExternalId, ...] = ()
    rule: str
    certain: float = 0.5
    words: tuple[int, ...] = ()
    considered: tuple[str, ...] = ()


def code_words(
    words: Sequence[str],
    head: int | None,
    actors: ActorIndex,
    published: datetime.date | None,
    label: str | None = None,
) -> Coding | None:
    """Return how the phrase of WORDS is coded, or None where nothing is known of it.

    HEAD is the index of the head word (None: found here). LABEL is the recognizer's OntoNotes label, if any.
    """
    return None
