"""Makes entities of clusters: name, kind, country, sector and role from the codings of the mentions."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.findings import Entity, ExternalId, Mention, Place, Reason
from dragoman.domain.parse import Parse
from dragoman.domain.whereabouts import Whereabouts
from dragoman.lexicon.countries import countries, country_by_demonym, country_by_name
from dragoman.stages.entities.candidates import Candidate
from dragoman.stages.entities.cluster import Cluster
from dragoman.stages.entities.coding import Coding
from dragoman.stages.entities.setting import settled

STANDING_FOR = ("entities.name.metonym", "entities.name.adjective")
"""Rules of words that stand for a country without being its name."""


def build(parse: Parse, clusters: Sequence[Cluster], places: Sequence[Place]) -> list[Entity]:
    """Return the entities of CLUSTERS in the order of their first mentions."""
    found = [_entity(f"n{number}", cluster, parse) for number, cluster in enumerate(clusters, 1)]
    return settled(found, clusters, Whereabouts(parse, places))


def _entity(name_id: str, cluster: Cluster, parse: Parse) -> Entity:
    codings = sorted(
        ((m.coding, m) for m in cluster.members if m.coding is not None), key=lambda p: -_weight(p[0], p[1], cluster)
    )
    best = codings[0][0] if codings else None
    why = list(dict.fromkeys(cluster.why))
    kind = _kind(cluster, best)
    country, sector, role = _codes(cluster, codings, kind)
    if best is not None:
        own = next(((c, m) for c, m in codings if c.listed_at is not None), None)
        if own is not None:
            best = own[0]
            kind, country, sector, role = best.kind, best.country or country, best.sector or sector, best.role or role
        member = own[1] if own is not None else codings[0][1]
        fields = [f for f, v in (("kind", kind), ("country", country), ("sector", sector), ("role", role)) if v]
        why += [_reason(f, best, member) for f in fields]
    first = cluster.members[0]
    sure = best.certain if best else 0.4
    return Entity(
        id=name_id,
        confidence=round(min(0.95, sure + 0.03 * (len(cluster.members) - 1)), 2),
        found_by=first.rule,
        evidence=(first.span,),
        why=tuple(why),
        name=_name(cluster, parse),
        kind=kind,
        country=country,
        sector=sector,
        role=role,
        mentions=_mentions(cluster),
        same_as=_same_as(codings),
    )


def _reason(field: str, coding: Coding, member: Candidate) -> Reason:
    return Reason(
        field=field, rule=coding.rule, spans=(member.span,), considered=coding.considered,
        listed_at=coding.listed_at or msgspec.UNSET,
    )  # fmt: skip


def _weight(coding: Coding, member: Candidate, cluster: Cluster) -> float:
    weight = coding.certain
    if coding.role:
        weight += 0.35
    if coding.sector in (None, "ELI", "UNK"):
        weight -= 0.3
    if member.head.lemma == "counterpart":
        weight -= 0.2
    if cluster.person and coding.kind is not EntityKind.PERSON:
        weight -= 0.4
    if member.form is MentionForm.NAME and not cluster.person:
        weight += 0.3
    return weight


def _kind(cluster: Cluster, best: Coding | None) -> EntityKind:
    if cluster.person:
        return EntityKind.PERSON
    if cluster.country_name is not None:
        return EntityKind.COUNTRY
    if best is None:
        return EntityKind.ORGANIZATION if cluster.named else EntityKind.OTHER
    member = next(m for m in cluster.members if m.coding is best)
    if best.kind is EntityKind.OTHER and best.role and not member.plural and best.sector != "MIL":
        return EntityKind.PERSON
    return best.kind


def _codes(
    cluster: Cluster, codings: Sequence[tuple[Coding, Candidate]], kind: EntityKind
) -> tuple[str | None, str | None, str | None]:
    if cluster.country_name is not None:
        return cluster.country_name, "GOV", None
    country = next((c.country for c, _ in codings if c.country), None)
    sector = next((c.sector for c, _ in codings if c.sector), None)
    role = next((c.role for c, _ in codings if c.role), None)
    if country is None:
        country = next((c for m in cluster.members if (c := _nation_before(m)) is not None), None)
    if any(m.head.lemma == "counterpart" for m in cluster.members) and role is None:
        sector = "GOV"
    if kind is EntityKind.INTERNATIONAL_ORGANIZATION:
        country = None
    return country, sector, role


def _nation_before(member: Candidate) -> str | None:
    """Return the country that the words of a mention name before its head ("US President Donald Trump")."""
    named = {
        country_by_demonym(token.text) or country_by_name(token.text)
        for token in member.tokens
        if token is not member.head and token.text[0].isupper()
    } - {None}
    return named.pop() if len(named) == 1 else None


def _name(cluster: Cluster, parse: Parse) -> str:
    names = [m for m in cluster.members if m.form is MentionForm.NAME and m.name_tokens]
    if cluster.country_name is not None:
        listed = [m for m in names if m.country_name and m.rule not in STANDING_FOR] or names
        surface = _surface(listed[0], parse)
        return surface if listed[0].rule not in STANDING_FOR else countries()[cluster.country_name].name
    if names:
        return max((_surface(m, parse) for m in names), key=lambda n: (len(n.split()), len(n)))
    first = cluster.members[0]
    if first.form is MentionForm.PRONOUN and first.coding is not None and first.coding.name:
        return first.coding.name  # a statement's "we", whose source the report gives
    return " ".join(first.span.surface(parse.text).split())


def _surface(member: Candidate, parse: Parse) -> str:
    tokens = member.name_tokens or member.tokens
    return " ".join(parse.text[tokens[0].start : tokens[-1].end].split())


def _mentions(cluster: Cluster) -> tuple[Mention, ...]:
    found = [Mention(span=m.span, form=m.form) for m in cluster.members]
    found += [Mention(span=t.span, form=MentionForm.PRONOUN) for t in cluster.pronouns]
    return tuple(sorted(found, key=lambda m: (m.span, m.form)))


def _same_as(codings: Sequence[tuple[Coding, Candidate]]) -> tuple[ExternalId, ...]:
    return tuple(dict.fromkeys(s for c, _ in codings for s in c.same_as))
