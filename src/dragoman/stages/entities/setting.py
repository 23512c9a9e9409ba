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
UNBOUND = frozenset({"IGO", "NGO", "NGM", "HRI", "ENV", "IMG", "MNC", "UNK"})
"""Sectors of those who may well be at home elsewhere."""
ROVING = frozenset({"BUS", "JRN", "MED", "CRM"})
"""Sectors of single persons, firms and newsrooms that do so."""
ATTACKERS = frozenset({"REB", "UAF", "CRM", "PRM"})
"""Sectors of unnamed attackers, who may be of anywhere."""
MOST = 0.5
"""The share of a report's entities and places that are of the country that it is about, more than of any other."""
LEAST = 3
"""How many who are of one country make a report one about that country."""


def settled(entities: Sequence[Entity], clusters: Sequence[Cluster], where: Whereabouts) -> list[Entity]:
    """Return ENTITIES with a country for those of no name and nation who act in one."""
    home, inner = _home(entities), _inner(entities, clusters)
    main = _main(entities, where)
    owners = _Owners(entities, clusters)
    found = []
    for entity, cluster in zip(entities, clusters, strict=True):
        owned = _owned(entity, cluster, owners)
        if owned is not None:
            why = (*entity.why, Reason(field="country", rule="entities.country.owner", spans=(owned[1],)))
            found.append(msgspec.structs.replace(entity, country=owned[0], why=why))
            continue
        if home is not None and _is_official(entity):
            why = (*entity.why, Reason(field="country", rule="entities.country.report"))
            found.append(msgspec.structs.replace(entity, country=home, why=why))
            continue
        if not _is_local(entity, cluster):
            if main is not None and _is_of_the_scene(entity, cluster):
                why = (*entity.why, Reason(field="country", rule="entities.country.main"))
                entity = msgspec.structs.replace(entity, country=main, why=why)
            found.append(entity)
            continue
        generic = _is_generic(entity, cluster)
        country, spans = _around(where, cluster, generic, main)
        rule = "entities.country.setting"
        if country is None and not generic:
            country, rule = home or (inner if entity.sector in INNER else None), "entities.country.report"
        if country is None and not generic:
            country, rule = main, "entities.country.main"
        if country is not None:
            why = (*entity.why, Reason(field="country", rule=rule, spans=spans))
            entity = msgspec.structs.replace(entity, country=country, why=why)
        found.append(entity)
    return found


class _Owners:
    """Looks up whose somebody is: "his troops" are of his country."""

    def __init__(self, entities: Sequence[Entity], clusters: Sequence[Cluster]) -> None:
        self.by_token: dict[int, Entity] = {}
        for entity, cluster in zip(entities, clusters, strict=True):
            for token in (*cluster.pronouns, *(m.head for m in cluster.members)):
                self.by_token.setdefault(token.i, entity)

    def country(self, cluster: Cluster) -> tuple[str, Span] | None:
        """Return the country of whom the first mention of a cluster belongs to, and the words that say so."""
        for child in cluster.members[0].head.children:
            owner = self.by_token.get(child.i) if child.dep == "poss" else None
            if owner is not None and owner.country is not None:
                return owner.country, child.span
        return None


def _owned(entity: Entity, cluster: Cluster, owners: _Owners) -> tuple[str, Span] | None:
    """Return the country of whom somebody unnamed belongs to; "its neighbour" and the like are of another."""
    if entity.country is not None or entity.sector in UNBOUND or cluster.named:
        return None
    return None if {m.head.lemma for m in cluster.members} & entity_words().abroad else owners.country(cluster)


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


def _around(
    where: Whereabouts, cluster: Cluster, narrow: bool, main: str | None
) -> tuple[str | None, tuple[Span, ...]]:
    """Return the country around a cluster's first mention, or only of its sentence, and the words that tell it.

    A place named earlier counts only where the report isn't about another country, MAIN.
    """
    sentence = cluster.members[0].head.sent.i
    near = where.within(sentence)
    if narrow:
        return (near.country, (near.span,)) if near is not None else (None, ())
    earlier = where.before(sentence)
    near = near or (earlier if earlier is not None and main in (None, earlier.country) else None)
    if near is None and main is not None:
        return None, ()
    return (near.country, (near.span,)) if near is not None else (where.whole, ())


def _home(entities: Sequence[Entity]) -> str | None:
    """Return the country that all with a country are of, where they are LEAST or more."""
    counts = Counter(e.country for e in entities if e.country is not None)
    return next(iter(counts)) if len(counts) == 1 and counts.total() >= LEAST else None


def _main(entities: Sequence[Entity], where: Whereabouts) -> str | None:
    """Return the country that at least MOST of the entities and places with a country are of, if there are enough."""
    counts = Counter(e.country for e in entities if e.country is not None)
    counts.update(where.countries)
    total = counts.total()
    best, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best[0] if total >= LEAST and best[1] >= MOST * total and best[1] > second[1] else None


def _is_of_the_scene(entity: Entity, cluster: Cluster) -> bool:
    """Tell whether somebody named, of no nation and in no list, is likely of the country that the report is about."""
    if entity.country is not None or entity.same_as or entity.sector in UNBOUND:
        return False
    words = {t.lower for m in cluster.members for t in m.tokens} | {m.head.lemma for m in cluster.members}
    if words & entity_words().abroad or any(country_by_demonym(t.text) for m in cluster.members for t in m.tokens):
        return False
    if entity.kind is EntityKind.PERSON:
        unknown = entity.sector == "UAF" or (entity.sector in ATTACKERS and not cluster.named)
        return entity.sector not in ROVING and not unknown
    return entity.sector is not None and entity.sector not in ROVING and entity.kind in LOCAL


def _inner(entities: Sequence[Entity], clusters: Sequence[Cluster]) -> str | None:
    """Return the one country whose government, people, army or opposition is spoken of without a name, if it is one."""
    found = {
        e.country
        for e, c in zip(entities, clusters, strict=True)
        if e.country is not None and e.kind in LOCAL and not c.named and e.sector in (INNER | {"GOV", "MIL"})
    }
    return found.pop() if len(found) == 1 else None
