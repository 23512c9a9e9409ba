"""Whether a mention agrees with an entity in the making: its country, its row in a list, what there is but one of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.lexicon.countries import country_by_demonym
from dragoman.lexicon.entities import entity_words
from dragoman.stages.entities.candidates import Candidate
from dragoman.stages.entities.cluster import Cluster

LISTED = {"actors.name.person", "actors.name.person-past", "actors.own.file"}


def institution(candidate: Candidate, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the one government, army or people of the same country that is spoken of in other words."""
    noun = candidate.head.lemma.lower()
    if noun not in entity_words().institutions or candidate.coding is None:
        return None
    if not candidate.definite and candidate.coding.country is None:
        return None
    fits = [
        c for c in clusters
        if any(m.head.lemma.lower() == noun and m.form is MentionForm.NOMINAL for m in c.members)
        and not contradicts(candidate, c)
    ]  # fmt: skip
    return fits[0] if len(fits) == 1 else None


def same_people(candidate: Candidate, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the entity that "Syrians" and "the Syrian people" are both of."""
    if not _is_people(candidate):
        return None
    country = candidate.coding.country if candidate.coding else None
    fits = [c for c in clusters if any(_is_people(m) and m.coding and m.coding.country == country for m in c.members)]
    return fits[0] if len(fits) == 1 else None


def _is_people(candidate: Candidate) -> bool:
    """Tell whether a mention is a whole people by its demonym alone or with "people"."""
    coding = candidate.coding
    if coding is None or coding.country is None or coding.kind is not EntityKind.POPULATION:
        return False
    bare = [t for t in candidate.tokens if t.pos not in ("DET", "PUNCT")]
    whole = coding.rule == "actors.country.people" and len(bare) == 1 and bare[0].tag in ("NNPS", "NNS")
    return whole or (
        len(bare) == 2 and candidate.head.lower == "people" and country_by_demonym(bare[0].text) is not None
    )


def stands_alone(candidate: Candidate) -> bool:
    """Tell whether a general noun that takes nothing up is a mention all the same: a public body, no firm or land."""
    return entity_words().anaphors[candidate.head.lemma] not in ({EntityKind.COUNTRY}, {EntityKind.ORGANIZATION})


def is_unknown(candidate: Candidate) -> bool:
    """Tell whether nothing is known of a name but that it is one."""
    return candidate.coding is None or candidate.coding.rule == "actors.name.unlisted"


def contradicts(candidate: Candidate, cluster: Cluster) -> bool:
    """Tell whether a mention is of another country than a cluster, or each is somebody else in a list."""
    coding = candidate.coding
    if coding is None:
        return False
    for member in cluster.members:
        other = member.coding
        if other is None:
            continue
        if coding.country and other.country and coding.country != other.country:
            return True
        if coding.rule in LISTED and other.rule in LISTED:
            return True
    return False


def nearest_of(fits: Iterable[tuple[int, Cluster]]) -> Cluster | None:
    """Return the cluster at the least distance, or None where two are equally near."""
    by_distance: dict[int, list[Cluster]] = {}
    for far, cluster in fits:
        if not any(cluster is c for c in by_distance.setdefault(far, [])):
            by_distance[far].append(cluster)
    if not by_distance:
        return None
    nearest = by_distance[min(by_distance)]
    return nearest[0] if len(nearest) == 1 else None


def own_id(candidate: Candidate) -> str:
    """Return the key of the user's own row that a mention was coded by, or nothing."""
    coding = candidate.coding
    if coding is None or coding.listed_at is None or not coding.same_as:
        return ""
    return f"{coding.same_as[0].scheme}:{coding.same_as[0].id}"
