"""Joins mentions into entities: names with names, nominals with names, general nouns with what they take up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Token
from dragoman.domain.ports import ActorIndex
from dragoman.lexicon.entities import entity_words
from dragoman.stages.entities.agreement import (
    contradicts,
    institution,
    is_unknown,
    nearest_of,
    own_id,
    same_people,
    stands_alone,
)
from dragoman.stages.entities.candidates import SHORTEST_SLIP, Candidate, is_anaphor
from dragoman.stages.entities.cluster import Cluster
from dragoman.stages.entities.coding_nations import nation_of
from dragoman.stages.entities.definites import fighters, government, pair
from dragoman.stages.entities.likeness import alike, distance, initials, near, same_person
from dragoman.stages.entities.offices import Offices, is_counterpart
from dragoman.stages.entities.phrases import TITLES

GROUPS = {EntityKind.ARMED_GROUP, EntityKind.ORGANIZATION, EntityKind.INTERNATIONAL_ORGANIZATION, EntityKind.GOVERNMENT}
WINDOW = 4
"""Sentences back in which a general noun looks for what it takes up."""
NICKS = {"mr", "mrs", "ms", "dr", "president", "minister", "senator", "secretary", "general"}


def join(candidates: Sequence[Candidate], actors: ActorIndex, published: datetime.date | None) -> list[Cluster]:
    """Return the clusters of CANDIDATES, by first mention. A mention in doubt stands alone: a wrong join is worse."""
    joiner = _Joiner(Offices(actors, published))
    names = [c for c in candidates if c.form is MentionForm.NAME]
    for candidate in sorted(names, key=is_unknown):  # what is known first: the unknown may join it
        joiner.name(candidate)
    for candidate in candidates:
        if candidate.form is not MentionForm.NAME:
            joiner.nominal(candidate)
    clusters = [c for c in joiner.clusters if c.members]
    for cluster in clusters:
        cluster.members.sort(key=lambda m: m.span)
    clusters.sort(key=lambda c: c.members[0].span)
    return clusters


class _Joiner:
    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.clusters: list[Cluster] = []
        self.by_country: dict[str, Cluster] = {}
        self.by_key: dict[str, Cluster] = {}
        self.by_surname: dict[str, list[Cluster]] = {}
        self.by_token: dict[int, Cluster] = {}
        self.by_words: dict[str, Cluster] = {}

    def put(self, candidate: Candidate, cluster: Cluster | None, rule: str) -> Cluster:
        if cluster is None:
            cluster = Cluster(members=[candidate])
            self.clusters.append(cluster)
        else:
            cluster.add(candidate, rule)
        for token in candidate.name_tokens or candidate.tokens:
            self.by_token.setdefault(token.i, cluster)
        self.by_token[candidate.head.i] = cluster
        return cluster

    def name(self, candidate: Candidate) -> None:
        country = candidate.country_name
        if country is not None and candidate.kind in (EntityKind.COUNTRY, EntityKind.GOVERNMENT, EntityKind.OTHER):
            cluster = self.put(candidate, self.by_country.get(country), candidate.rule)
            cluster.country_name = country
            self.by_country[country] = cluster
            return
        body = candidate.kind in GROUPS and bool(candidate.coding and candidate.coding.same_as)
        person = (candidate.label == "PERSON" and not body) or candidate.kind is EntityKind.PERSON
        if person:
            self._person(candidate)
        else:
            self._body(candidate)

    def _person(self, candidate: Candidate) -> None:
        words = person_words(candidate)
        if not words:
            self.put(candidate, None, "")
            return
        surname = words[-1]
        full = " ".join(words)
        own = own_id(candidate)
        cluster = self.by_key.get(own) if own else None
        cluster = cluster or self.by_key.get(full)
        rule = "entities.join.surname"
        if cluster is None:
            for known in self.by_surname.get(surname, []):
                if same_person(words, known.keys):
                    cluster = known
                    break
        if cluster is None:
            cluster = self._misspelt(candidate, words)
            rule = "entities.join.misspelt"
        if cluster is None:
            cluster = self._given_name(words)
            rule = "entities.join.surname"
        if cluster is None and len(words) == 1:
            cluster = self._misspelt_body(candidate, surname)
            if cluster is not None:
                self.put(candidate, cluster, "entities.join.misspelt")
                return
        cluster = self.put(candidate, cluster, rule)
        cluster.person = True
        cluster.gender = cluster.gender or gender_of(candidate.tokens)
        cluster.keys.add(full)
        for key in (full, own):
            if key:
                self.by_key.setdefault(key, cluster)
        names = self.by_surname.setdefault(surname, [])
        if cluster not in names:
            names.append(cluster)

    def _given_name(self, words: list[str]) -> Cluster | None:
        """Return who is called by the first or middle word of a longer name in the report, where that is one person."""
        if len(words) != 1:
            return None
        fits = [c for c in self.clusters if c.person and any(words[0] in k.split() for k in c.keys)]
        return fits[0] if len(fits) == 1 else None

    def _misspelt(self, candidate: Candidate, words: list[str]) -> Cluster | None:
        """Return the person whose name WORDS are with a slip in the family name: the nearest one, if only one."""
        surname = words[-1]
        if len(surname) < SHORTEST_SLIP:
            return None
        fits = []
        for known, clusters in self.by_surname.items():
            if known == surname or known[0] != surname[0] or not near(known, surname):
                continue
            alone = [c for c in clusters if len(words) == 1 or same_person([*words[:-1], known], c.keys)]
            fits += [(distance(known, surname), c) for c in alone if not contradicts(candidate, c)]
        return nearest_of(fits)

    def _misspelt_body(self, candidate: Candidate, key: str) -> Cluster | None:
        """Return the organization or person that an unknown name is a slip of, if it is but one."""
        if not is_unknown(candidate) or candidate.country_name is not None or len(key) < SHORTEST_SLIP:
            return None
        fits = []
        for known, cluster in self.by_key.items():
            if ":" in known or len(known) < SHORTEST_SLIP or known[0] != key[0] or cluster.country_name is not None:
                continue
            if cluster.person:
                continue
            if known.count(" ") == key.count(" ") and near(known, key) and not any(c.isdigit() for c in known + key):
                fits.append((distance(known, key), cluster))
        if not fits and " " not in key and candidate.label != "PERSON":
            return self._misspelt(candidate, [key])
        return nearest_of(fits)

    def _body(self, candidate: Candidate) -> None:
        tokens = candidate.name_tokens or candidate.tokens
        key = name_key(" ".join(t.text for t in tokens))
        listed = candidate.coding.same_as if candidate.coding else ()
        organ = " ".join(sorted(entity_words().organs & set(key.split())))
        keys = [key, *(f"{s.scheme}:{s.id} {organ}" for s in listed)]
        cluster = next((self.by_key[k] for k in keys if k in self.by_key), None)
        rule = "entities.join.same-words"
        if cluster is None and len(tokens) == 1 and tokens[0].text.isupper() and len(tokens[0].text) >= 2:
            cluster = next((c for k, c in self.by_key.items() if initials(k) == tokens[0].lower), None)
            rule = "entities.join.acronym"
        foreign = any(nation_of(t.text) is not None for t in tokens[1:])
        if cluster is None and len(tokens) > 1 and candidate.coding is None and not foreign:
            cluster = self.by_key.get(name_key(tokens[0].text))
            rule = "entities.join.same-words"
        if cluster is not None and cluster.person:
            cluster = None
        if cluster is None:
            cluster, rule = self._misspelt_body(candidate, key), "entities.join.misspelt"
        cluster = self.put(candidate, cluster, rule)
        for k in keys:
            if k:
                self.by_key.setdefault(k, cluster)

    def nominal(self, candidate: Candidate) -> None:
        head = candidate.head
        if head.i in self.by_token and self.by_token[head.i].named:
            return
        two = pair(candidate, self.clusters)
        if two is not None:
            for one in two:
                self.put(candidate, one, "entities.join.pair")
            return
        cluster, rule = self._apposed(candidate), "entities.join.apposition"
        if cluster is None and is_counterpart(head):
            cluster, rule = self.offices.counterpart(candidate, self.clusters), "entities.join.counterpart"
        if cluster is None:
            leader = self.offices.leader(candidate, self.clusters)
            cluster, rule = (leader, "entities.join.office") if leader is not None else (None, rule)
        if cluster is None and is_anaphor(head):
            cluster, rule = self._taken_up(candidate), "entities.join.definite"
            if cluster is None and not stands_alone(candidate):
                return
            if cluster is None:
                candidate.coding = candidate.alone
        if cluster is None:
            cluster, rule = government(candidate, self.clusters, self.by_country), "entities.join.government"
        if cluster is None:
            cluster, rule = fighters(candidate, self.clusters), "entities.join.only-group"
        if cluster is None and candidate.kind in GROUPS and candidate.kind is not EntityKind.GOVERNMENT:
            cluster, rule = self._named_inside(candidate), "entities.join.apposition"
        if cluster is None and candidate.coding is not None and candidate.coding.role and not candidate.plural:
            cluster, rule = self._office(candidate), "entities.join.office"
        if cluster is None:
            cluster, rule = self._same_words(candidate), "entities.join.same-words"
        if cluster is None:
            cluster, rule = same_people(candidate, self.clusters), "entities.join.institution"
        if cluster is None:
            cluster, rule = institution(candidate, self.clusters), "entities.join.institution"
        cluster = self.put(candidate, cluster, rule)
        cluster.gender = cluster.gender or gender_of(candidate.tokens)
        self.by_words[phrase_key(candidate)] = cluster
        if not cluster.named:
            self.by_words[head.lemma] = cluster

    def _apposed(self, candidate: Candidate) -> Cluster | None:
        head = candidate.head
        near_by = [c for c in head.children if c.dep == "appos"]
        if head.dep == "appos":
            near_by.append(head.head)
        for other in near_by:
            cluster = self.by_token.get(other.i)
            if cluster is None or not cluster.named or candidate.plural:
                continue
            if _fits(candidate, cluster):
                return cluster
            if candidate.kind is EntityKind.PERSON and not cluster.kinds - {EntityKind.OTHER}:
                cluster.person = True  # a name of which nothing is known, beside the words for one person
                return cluster
        return None

    def _named_inside(self, candidate: Candidate) -> Cluster | None:
        """Return the group that a group's noun phrase names in front of its noun ("Taliban militants")."""
        for token in candidate.tokens:
            cluster = self.by_token.get(token.i) if token.i < candidate.head.i and token.dep != "poss" else None
            if cluster is not None and cluster.named and EntityKind.ARMED_GROUP in cluster.kinds:
                return cluster
        return None

    def _taken_up(self, candidate: Candidate) -> Cluster | None:
        kinds = entity_words().anaphors[candidate.head.lemma]
        best: tuple[int, Cluster] | None = None
        sentence = candidate.head.sent.i
        for cluster in self.clusters:
            if not (cluster.kinds & kinds or (EntityKind.COUNTRY in kinds and cluster.country_name)):
                continue
            before = [m.head.i for m in cluster.members if _within_reach(m.head, candidate.head, sentence)]
            if before and (best is None or before[-1] > best[0]):
                best = (before[-1], cluster)
        return best[1] if best else None

    def _office(self, candidate: Candidate) -> Cluster | None:
        coding = candidate.coding
        assert coding is not None
        if any(t.dep == "poss" and t.pos == "PROPN" for t in candidate.tokens):
            return None
        if not candidate.definite and candidate.head.dep not in ("nsubj", "nsubjpass") and coding.country is None:
            return None
        if coding.name:
            wanted = name_key(coding.name)
            for cluster in self.clusters:
                if cluster.person and any(alike(wanted, k) for k in cluster.keys):
                    return cluster
        if not candidate.definite and candidate.head.tag != "NNP":
            return None
        fits = []
        for cluster in self.clusters:
            for member in cluster.members:
                other = member.coding
                if (
                    other is None
                    or other.role != coding.role
                    or member.plural
                    or not (cluster.person or member is not candidate)
                ):
                    continue
                if coding.country and other.country and coding.country != other.country:
                    continue
                if cluster not in fits:
                    fits.append(cluster)
        people = [c for c in fits if c.person]
        if len(people) == 1:
            return people[0]
        if len(people) > 1:
            before = [c for c in people if c.members[0].span < candidate.span]
            return (
                max(before, key=lambda c: max(m.span for m in c.members if m.span < candidate.span)) if before else None
            )
        if len(fits) == 1 and _same_modifiers(candidate, fits[0]):
            return fits[0]
        return self.offices.once(coding.role, self.clusters) if coding.role else None

    def _same_words(self, candidate: Candidate) -> Cluster | None:
        cluster = self.by_words.get(phrase_key(candidate))
        if cluster is not None and (candidate.definite or candidate.plural):
            return cluster
        bare = [t for t in candidate.tokens if t.pos not in ("DET", "PRON", "PUNCT")]
        if candidate.definite and len(bare) == 1:
            cluster = self.by_words.get(candidate.head.lemma)
            if cluster is not None and cluster.members[-1].plural == candidate.plural:
                return cluster
        return None


def _within_reach(head: Token, taken_up_by: Token, sentence: int) -> bool:
    """Tell whether a mention may be taken up: shortly before, and not a mere modifier ("US-led")."""
    near_by = head.i < taken_up_by.i and sentence - head.sent.i <= WINDOW
    return near_by and head.dep not in ("compound", "npadvmod", "amod", "nmod")


def _fits(candidate: Candidate, cluster: Cluster) -> bool:
    """Tell whether a nominal may name the same as a named cluster: a person a person, a body a body."""
    if candidate.head.lemma == "counterpart":
        return cluster.person
    nominal_person = candidate.kind is EntityKind.PERSON or bool(candidate.coding and candidate.coding.role)
    if cluster.person:
        return nominal_person or candidate.kind in (EntityKind.OTHER, EntityKind.POPULATION)
    return not nominal_person


def _same_modifiers(candidate: Candidate, cluster: Cluster) -> bool:
    return phrase_key(candidate) in {phrase_key(m) for m in cluster.members} or len(candidate.tokens) <= 2


def phrase_key(candidate: Candidate) -> str:
    """Return the phrase without articles and possessives, in small letters."""
    return " ".join(t.lower for t in candidate.tokens if t.pos not in ("DET", "PRON", "PUNCT") and t.dep != "poss")


def person_words(candidate: Candidate) -> list[str]:
    """Return a person's name in folded words, titles and offices left out."""
    tokens = candidate.name_tokens or candidate.tokens
    words = [name_key(t.text) for t in tokens if t.text[0].isalpha() and t.lower.strip(".") not in TITLES]
    words = [w for w in words if w and w not in NICKS and w not in ("jr", "sr", "s")]
    return words


def gender_of(tokens: Sequence[Token]) -> str | None:
    """Return `she` or `he` where a title, noun or given name tells, else None."""
    words = entity_words()
    for token in tokens:
        word = token.lower.strip(".")
        if word in words.female:
            return "she"
        if word in words.male:
            return "he"
    return None
