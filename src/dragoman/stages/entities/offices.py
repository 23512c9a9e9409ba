"""Whom "his Afghan counterpart" and "the Russian leader" name: the holder of an office that the report names too."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Token
from dragoman.domain.ports import ActorIndex, ActorRecord
from dragoman.lexicon.entities import entity_words
from dragoman.stages.entities.candidates import Candidate
from dragoman.stages.entities.cluster import Cluster
from dragoman.stages.entities.likeness import alike

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
REACH = 2
"""Sentences back in which the holder of the office is looked for whose counterpart is spoken of."""


class Offices:
    """Finds office-holders among the persons of a report, by their roles and by the actor list on the day."""

    def __init__(self, actors: ActorIndex, published: datetime.date | None) -> None:
        self.actors, self.published = actors, published

    def counterpart(self, candidate: Candidate, clusters: Sequence[Cluster]) -> Cluster | None:
        """Return the person who holds in the named country the office of the one whose counterpart is spoken of.

        Where the report doesn't name that person, the mention is given the office.
        """
        coding = candidate.coding
        if coding is None or coding.country is None or candidate.plural:
            return None
        whose = self._whose(candidate, clusters)
        roles = _alternatives(_roles(whose)) if whose is not None else []
        for role in roles:
            others = [c for c in clusters if c is not whose]
            found = self.holder(coding.country, role, others)
            if found is not None:
                return found
        if roles:
            holders = _surely(self.actors.by_office(coding.country, roles[0], self.published))
            name = holders[0].name if holders else None
            candidate.coding = msgspec.structs.replace(coding, role=roles[0], sector=coding.sector or "GOV", name=name)
        return None

    def holder(self, country: str, role: str, clusters: Sequence[Cluster]) -> Cluster | None:
        """Return the one person among CLUSTERS who holds ROLE in COUNTRY."""
        fits = [c for c in clusters if c.person and (country, role) in _held(c)]
        if len(fits) == 1:
            return fits[0]
        if fits:
            return None
        for record in self.actors.by_office(country, role, self.published):
            wanted = name_key(record.name)
            named = [c for c in clusters if c.person and any(alike(wanted, key) for key in c.keys)]
            if len(named) == 1:
                return named[0]
        return None

    def leader(self, candidate: Candidate, clusters: Sequence[Cluster]) -> Cluster | None:
        """Return whom "the Russian leader" or "the Indian minister" names, where the report names one such person."""
        coding = candidate.coding
        words = entity_words()
        if coding is None or coding.country is None or candidate.plural or not candidate.definite:
            return None
        if coding.kind is not EntityKind.PERSON and coding.kind is not EntityKind.OTHER:
            return None
        noun = candidate.head.lemma
        if noun in words.leaders:
            fits = [c for c in clusters if c.person and any((coding.country, r) in _held(c) for r in words.heads)]
        elif noun == "minister" and coding.role is None:
            ends = " minister"
            fits = [
                c for c in clusters if c.person and any(n == coding.country and r.endswith(ends) for n, r in _held(c))
            ]
        else:
            return None
        return fits[0] if len(fits) == 1 else None

    def once(self, role: str, clusters: Sequence[Cluster]) -> Cluster | None:
        """Return the one person among CLUSTERS who held ROLE at any time, for reports without a day."""
        if self.published is not None:
            return None
        fits = [c for c in clusters if c.person and any(self._held_once(key, role) for key in c.keys)]
        return fits[0] if len(fits) == 1 else None

    def _held_once(self, key: str, role: str) -> bool:
        return " " in key and any(r.kind == "person" and r.role == role for r in self.actors.by_name(key))

    def _whose(self, candidate: Candidate, clusters: Sequence[Cluster]) -> Cluster | None:
        """Return the person with a role whose counterpart is spoken of: named before it, or the last subject."""
        owner = next((t for t in candidate.tokens if t.dep == "poss"), None)
        best: tuple[tuple[int, bool, int], Cluster] | None = None
        for cluster in clusters:
            if not _roles(cluster) or not (cluster.person or EntityKind.PERSON in cluster.kinds):
                continue
            for member in cluster.members:
                if owner is not None and any(t is owner for t in member.tokens):
                    return cluster
                back = candidate.head.sent.i - member.head.sent.i
                if member.head.i >= candidate.head.i or back > REACH or member.plural:
                    continue
                rank = (-back, member.head.dep in SUBJECTS, member.head.i)
                if best is None or rank > best[0]:
                    best = (rank, cluster)
        return best[1] if best else None


def _roles(cluster: Cluster) -> list[str]:
    return list(dict.fromkeys(role for _, role in _held(cluster) if role != "counterpart"))


def _held(cluster: Cluster) -> list[tuple[str | None, str]]:
    """Return the offices, with their countries, that the mentions of a person are coded with."""
    codings = [m.coding for m in cluster.members if m.coding is not None]
    country = next((c.country for c in codings if c.country), None)
    return [(c.country or country, c.role) for c in codings if c.role]


def _alternatives(roles: Sequence[str]) -> list[str]:
    """Return ROLES and, for a head of state or government, the other such offices: a chancellor's may be a premier."""
    heads = entity_words().heads
    return [*roles, *(h for h in heads if h not in roles)] if any(r in heads for r in roles) else list(roles)


def _surely(holders: Sequence[ActorRecord]) -> Sequence[ActorRecord]:
    """Return HOLDERS where they are one person by name."""
    return holders if len({h.name.split()[-1].lower() for h in holders}) == 1 else ()


def is_counterpart(token: Token) -> bool:
    """Tell whether a word is "counterpart"."""
    return token.lemma == "counterpart"
