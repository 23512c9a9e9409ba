"""Looks entities up by the characters that mention them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.findings import Entity, Mention
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span


class MentionIndex:
    """All mentions of a reading's entities, by place in the text."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: dict[str, Entity] = {e.id: e for e in entities}
        pairs = [(m.span, m, e.id) for e in self.entities.values() for m in e.mentions]
        pairs.sort(key=lambda p: (p[0].start, p[0].end, p[2]))
        self._pairs = pairs
        self._starts = [p[0].start for p in pairs]
        self._longest = max((p[0].end - p[0].start for p in pairs), default=0)

    def overlapping(self, span: Span) -> list[tuple[Mention, str]]:
        """Return (mention, entity id) of all mentions that share a character with SPAN, in text order."""
        first = bisect_right(self._starts, span.start - self._longest - 1)
        found = []
        for mention_span, mention, entity in self._pairs[first:]:
            if mention_span.start >= span.end:
                break
            if mention_span.overlaps(span):
                found.append((mention, entity))
        return found

    def at(self, token: Token) -> str | None:
        """Return the entity that the shortest mention around TOKEN names, or None."""
        found = self.mention_at(token)
        return found[1] if found else None

    def all_at(self, token: Token) -> list[str]:
        """Return all entities that the shortest mention around TOKEN names: "both sides" are two."""
        found = self.overlapping(token.span)
        shortest = min((m.span.end - m.span.start for m, _ in found), default=0)
        return [entity for m, entity in found if m.span.end - m.span.start == shortest]

    def mention_at(self, token: Token) -> tuple[Mention, str] | None:
        """Return the shortest mention around TOKEN and its entity, or None."""
        found = self.overlapping(token.span)
        return min(found, key=lambda p: (p[0].span.end - p[0].span.start, p[1])) if found else None

    def is_thing(self, entity: str) -> bool:
        """Tell whether ENTITY is nobody who acts: a thing that the text names ("the truck"), of no sector."""
        found = self.entities[entity]
        named = any(m.form is not MentionForm.PRONOUN for m in found.mentions)
        return named and found.kind is EntityKind.OTHER and found.sector is None

    def is_named(self, entity: str) -> bool:
        """Tell whether the report names ENTITY, not only describes it."""
        return any(m.form is MentionForm.NAME for m in self.entities[entity].mentions)
