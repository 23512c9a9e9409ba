"""Whom definite words take up: "the Chinese authorities" China, "the rebels" the one group named, "both sides" two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dragoman.domain.codes import EntityKind
from dragoman.domain.parse import Token
from dragoman.lexicon.countries import country_by_demonym, country_by_name
from dragoman.lexicon.entities import entity_words
from dragoman.stages.entities.candidates import Candidate
from dragoman.stages.entities.cluster import Cluster

REACH = 5
"""Sentences back in which the two are looked for that "both sides" are."""
ASIDE = frozenset({"compound", "npadvmod", "amod", "nmod"})
PARTIES = {
    EntityKind.COUNTRY, EntityKind.GOVERNMENT, EntityKind.ORGANIZATION, EntityKind.ARMED_GROUP,
    EntityKind.INTERNATIONAL_ORGANIZATION,
}  # fmt: skip


def government(candidate: Candidate, clusters: Sequence[Cluster], by_country: Mapping[str, Cluster]) -> Cluster | None:
    """Return the country whose government "the Chinese authorities" or, where only one acts, "the government" are."""
    words = entity_words()
    if candidate.head.lemma not in words.governments or candidate.coding is None or not _is_bare(candidate):
        return None
    country = candidate.coding.country
    of = [t for c in candidate.head.children if c.dep == "prep" and c.lower == "of" for t in c.children]
    if any(t.dep == "pobj" and not _is_nation(t) for t in of):
        return None
    if country is not None:
        return by_country.get(country)
    if not candidate.definite or any(c.dep == "poss" for c in candidate.head.children):
        return None
    if any(c.dep == "prep" for c in candidate.head.children):
        return None
    told = [c.country for cluster in clusters for m in cluster.members if (c := m.coding) and c.country]
    acting = [c for c in by_country if any(m.head.dep not in ASIDE for m in by_country[c].members)]
    if len(acting) == 1 and told.count(acting[0]) * 3 >= len(told) * 2:
        return by_country[acting[0]]
    return None


def _is_bare(candidate: Candidate) -> bool:
    """Tell whether nothing stands before a noun but articles, nations and plain words ("the new Kenyan government")."""
    plain = entity_words().plain
    return all(
        t is candidate.head or t.pos in ("DET", "PART", "PUNCT") or t.lower in plain or _is_nation(t)
        for t in candidate.tokens
    ) and (candidate.head.tag != "NNS" or candidate.head.lower == "authorities")


def _is_nation(token: Token) -> bool:
    return country_by_demonym(token.text) is not None or country_by_name(token.text) is not None


def fighters(candidate: Candidate, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the one armed group named so far that "the rebels" are, where no others are spoken of."""
    if candidate.head.lemma not in entity_words().fighters or not candidate.definite or len(candidate.tokens) > 2:
        return None
    groups = [c for c in clusters if EntityKind.ARMED_GROUP in c.kinds and not c.person]
    if len(groups) != 1 or not groups[0].named:
        return None
    before = any(m.head.i < candidate.head.i for m in groups[0].members)
    return groups[0] if before and not any(t.dep == "poss" for t in candidate.tokens) else None


def pair(candidate: Candidate, clusters: Sequence[Cluster]) -> tuple[Cluster, Cluster] | None:
    """Return the two entities that "both sides" or "the two presidents" name: the last two that the words fit."""
    noun = candidate.head.lemma
    if noun not in entity_words().pairs or candidate.head.tag != "NNS" or not _is_two(candidate.head):
        return None
    fits = [(place, c) for c in clusters for place in _places(c, candidate, entity_words().pairs[noun])]
    fits.sort(key=lambda f: -f[0])
    found: list[Cluster] = []
    for _, cluster in fits:
        if not any(cluster is f for f in found):
            found.append(cluster)
    if len(found) < 2:
        return None
    first, second = found[:2]
    return (second, first) if second.members[0].span < first.members[0].span else (first, second)


def _is_two(head: Token) -> bool:
    before = [c.lower for c in head.children if c.i < head.i]
    if any(c.dep in ("amod", "compound", "poss") for c in head.children):
        return False
    return "both" in before or ("two" in before and ("the" in before or "these" in before))


def _places(cluster: Cluster, candidate: Candidate, sort: str) -> Iterator[int]:
    """Yield where a cluster of the sort wanted is named shortly before."""
    if not _is_of(cluster, sort):
        return
    for member in cluster.members:
        back = candidate.head.sent.i - member.head.sent.i
        if member.head.i < candidate.head.i and 0 <= back <= REACH and member.head.dep not in ASIDE:
            yield member.head.i


def _is_of(cluster: Cluster, sort: str) -> bool:
    if sort == "person":
        return cluster.person
    if sort == "country":
        return cluster.country_name is not None
    if sort == "group":
        return not cluster.person and cluster.named and EntityKind.ARMED_GROUP in cluster.kinds
    words = entity_words().governments | entity_words().fighters
    named = cluster.named or any(m.head.lemma in words and m.definite for m in cluster.members)
    return not cluster.person and named and (cluster.country_name is not None or bool(cluster.kinds & PARTIES))
