"""Entities: who the report speaks of, with all their mentions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.domain.findings import Entity, Place, Quotation
from dragoman.domain.parse import Parse
from dragoman.domain.ports import ActorIndex
from dragoman.stages.entities.building import build
from dragoman.stages.entities.candidates import find_candidates
from dragoman.stages.entities.coding import code_words
from dragoman.stages.entities.issuer import resolve_issuer, source_coding
from dragoman.stages.entities.joining import join
from dragoman.stages.entities.pronouns import in_quotation_marks, resolve_pronouns
from dragoman.stages.entities.voices import voiced

__all__ = ["find_entities", "voice_entities"]


def find_entities(
    parse: Parse,
    places: Sequence[Place],
    actors: ActorIndex,
    published: datetime.date | None,
    source: str | None = None,
) -> list[Entity]:
    """Return the entities of the text with their mentions, by first mention, ids `n1` ...

    SOURCE is who issued the report: "we" outside of quotations is that body where the text names no other.
    """
    clusters = join(find_candidates(parse, places, actors, published), actors, published)
    quoted = in_quotation_marks(parse)
    coding = code_words(source.split(), None, actors, published, "ORG") if source else None
    resolve_issuer(parse, clusters, quoted, source_coding(source, coding))
    resolve_pronouns(parse, clusters, quoted)
    return build(parse, clusters, places)


def voice_entities(parse: Parse, entities: Sequence[Entity], quotations: Sequence[Quotation]) -> list[Entity]:
    """Return ENTITIES with the first and second persons of quotations added to whom they stand for."""
    return voiced(parse, entities, quotations)
