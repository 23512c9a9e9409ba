"""The country of those who have none of their own: that of the place where they act, or of the whole report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.findings import Entity, Reason
from dragoman.domain.spans import Span
from dragoman.domain.whereabouts import Whereabouts
from dragoman.lexicon.countries import country_by_demonym
from dragoman.lexicon.entities import entity_words
from dragoman.stages.entities.cluster import Cluster

LOCAL = {
    EntityKind.POPULATION, EntityKind.OTHER, EntityKind.GOVERNMENT, EntityKind.ARMED_GROUP, EntityKind.ORGANIZATION,
}  # fmt: skip
"""Kinds that take the country of their surroundings where they have none of their own."""
LOCAL_SECTORS = frozenset(
    {"CVL", "COP", "MIL", "GOV", "MED", "EDU", "HLH", "LEG", "JUD", "REF", "OPP", "PTY", "LAB", "AGR", "PRM", "UAF",
     "REB", "REL", "SOC"}
)  # fmt: skip
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG"})
LOCAL_PERSONS = frozenset({"COP", "JUD", "HLH", "EDU", "CVL"})
"""Sectors of single persons who are likely of the place where they act."""
ACTING = frozenset({"nsubj", "nsubjpass", "agent"})
INNER = frozenset({"OPP", "REB", "PRM", "SEP", "CVL"})
"""Sectors of those who oppose, or suffer, a government at home."""
LEAST = 3
"""How many who are of one country make a report one about that country."""


def settled(entities: Sequence[Entity], clusters: Sequence[Cluster], where: Whereabouts) -> list[Entity]:
    """Return ENTITIES with a country for those of no name and nation who act in one."""
    home, inner = _home(entities), _inner(entities, clusters)
    found = []
    for entity, cluster in zip(entities, clusters, strict=True):
        if home is not None and _is_official(entity):
            why = (*entity.why, Reason(field="country", rule="entities.country.report"))
            found.append(msgspec.structs.replace(entity, country=home, why=why))
            continue
        if not _is_local(entity, cluster):
            found.append(entity)
            continue
        generic = _is_generic(entity, cluster)
        country, spans = _around(where, cluster, generic)
        rule = "entities.country.setting"
        if country is None and not generic:
            country, rule = home or (inner if entity.sector in INNER else None), "entities.country.report"
        if country is not None:
            why = (*entity.why, Reason(field="country", rule=rule, spans=spans))
            entity = msgspec.structs.replace(entity, country=country, why=why)
        found.append(entity)
    return found


def _is_official(entity: Entity) -> bool:
    """Tell whether somebody holds an office or rank of a state that the words leave open."""
    return (
        entity.kind is EntityKind.PERSON and entity.country is None and bool(entity.role) and entity.sector in OFFICIAL
    )


def _is_local(entity: Entity, cluster: Cluster) -> bool:
    if entity.country is not None or entity.sector not in LOCAL_SECTORS:
        return False
    if cluster.named:  # "Juma Otieno, a local shopkeeper"
        nominals = [m for m in cluster.members if m.form is MentionForm.NOMINAL]
        return cluster.person and any(t.lower in entity_words().local for m in nominals for t in m.tokens)
    words = {t.lower for m in cluster.members for t in m.tokens} | {m.head.lemma for m in cluster.members}
    if words & entity_words().abroad or any(country_by_demonym(t.text) for m in cluster.members for t in m.tokens):
        return False
    if entity.kind is not EntityKind.PERSON:
        return entity.kind in LOCAL
    return entity.sector in LOCAL_PERSONS or bool(words & entity_words().local)


def _is_generic(entity: Entity, cluster: Cluster) -> bool:
    """Tell whether fighters may be of anywhere ("airstrikes meant to target militants")."""
    acting = any(len(m.tokens) > 1 or m.head.dep in ACTING for m in cluster.members)
    return entity.kind is EntityKind.ARMED_GROUP and not acting


def _around(where: Whereabouts, cluster: Cluster, narrow: bool) -> tuple[str | None, tuple[Span, ...]]:
    """Return the country around a cluster's first mention, or only of its sentence, and the words that tell it."""
    sentence = cluster.members[0].head.sent.i
    near = where.within(sentence)
    if narrow:
        return (near.country, (near.span,)) if near is not None else (None, ())
    near = near or where.before(sentence)
    return (near.country, (near.span,)) if near is not None else (where.whole, ())


def _home(entities: Sequence[Entity]) -> str | None:
    """Return the country that all with a country are of, where they are LEAST or more."""
    counts = Counter(e.country for e in entities if e.country is not None)
    return next(iter(counts)) if len(counts) == 1 and counts.total() >= LEAST else None


def _inner(entities: Sequence[Entity], clusters: Sequence[Cluster]) -> str | None:
    """Return the one country whose government, people, army or opposition is spoken of without a name, if it is one."""
    found = {
        e.country
        for e, c in zip(entities, clusters, strict=True)
        if e.country is not None and e.kind in LOCAL and not c.named and e.sector in (INNER | {"GOV", "MIL"})
    }
    return found.pop() if len(found) == 1 else None
