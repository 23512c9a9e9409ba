"""Who a statement's own "we" is: the body that issues it, by its opening, its title or the report's source.

Where none of them tells, "we" is an entity of its own: somebody condemns, urges and promises, only the text does not
say who.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.findings import Reason
from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Parse, Sentence, Token
from dragoman.lexicon.entities import entity_words
from dragoman.stages.entities.candidates import Candidate, pronouns
from dragoman.stages.entities.cluster import Cluster
from dragoman.stages.entities.coding import Coding

RULE = "entities.pronoun.issuer"
STATES = frozenset({EntityKind.COUNTRY, EntityKind.GOVERNMENT})
BODIES = STATES | {EntityKind.ORGANIZATION, EntityKind.INTERNATIONAL_ORGANIZATION, EntityKind.ARMED_GROUP}
OPENING = 6
"""How many sentences are asked for the body that speaks."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
UNDERGOING = frozenset({"dobj", "dative", "pobj", "poss"})
PRESS = frozenset({"MED", "JRN", "BUS", "MNC"})
"""Sectors of sources that only pass on what others say."""


def resolve_issuer(parse: Parse, clusters: list[Cluster], quoted: Sequence[bool], source: Coding | None) -> None:
    """Add the first persons outside quotations to the entity that they stand for, which may be a new one.

    SOURCE is how the report's source is coded.
    """
    own = [t for t, kind in pronouns(parse) if kind == "group" and not quoted[t.i]]
    own = [t for t in own if t.head.lemma not in entity_words().staff]
    if not own:
        return
    opening = _Opening(parse, clusters, quoted, own)
    issuer = opening.described() or opening.body() or _by_source(clusters, source)
    if issuer is None and not any(t.dep in SUBJECTS for t in own):
        return
    if issuer is None:
        issuer = _unnamed(own[0], source)
        clusters.append(issuer)
        clusters.sort(key=lambda c: c.members[0].span)
    _take_in(issuer, clusters, own)
    issuer.pronouns += [t for t in own if t.span != issuer.members[0].span]
    issuer.why += [Reason(field="mentions", rule=RULE, spans=(t.span,)) for t in own]


def _take_in(issuer: Cluster, clusters: list[Cluster], own: Sequence[Token]) -> None:
    """Join what a statement calls "our staff" and "our association" to its issuer."""
    nouns, speaking = entity_words().ours, {t.i for t in own}
    for cluster in clusters:
        if cluster is issuer or cluster.named:
            continue
        if all(m.head.lemma in nouns and any(c.i in speaking for c in m.head.children) for m in cluster.members):
            for member in cluster.members:
                issuer.add(member, RULE)
            issuer.pronouns += cluster.pronouns
            cluster.members = []
    issuer.members.sort(key=lambda m: m.span)
    clusters[:] = sorted((c for c in clusters if c.members), key=lambda c: c.members[0].span)


class _Opening:
    """Looks for the issuer in the words around a statement's first "we"."""

    def __init__(self, parse: Parse, clusters: Sequence[Cluster], quoted: Sequence[bool], own: Sequence[Token]) -> None:
        self.parse, self.quoted, self.own, self.clusters = parse, quoted, own, clusters
        self.heads = {m.head.i: c for c in clusters for m in reversed(c.members)}
        self.against = {id(c) for token in own if token.dep in SUBJECTS for c in self._undergoing(token)}

    def _undergoing(self, speaker: Token) -> Iterator[Cluster]:
        """Yield whom the words after "we" in its clause act on: "we call on Moscow" is not Moscow's."""
        for token in speaker.head.subtree():
            if token.i > speaker.i and token.dep in UNDERGOING and token.i in self.heads:
                yield self.heads[token.i]

    def described(self) -> Cluster | None:
        """Return the body in "we, the members of the Council" or "our association"."""
        nouns = entity_words().ours
        for token in self.own:
            own = [token.head] if token.dep == "poss" and token.head.lemma in nouns else []
            for other in (*(c for c in token.children if c.dep == "appos"), *own):
                found = self.heads.get(other.i)
                if found is not None and not found.person and (other not in own or _is_body(found)):
                    return found
        return None

    def body(self) -> Cluster | None:
        """Return the body that the title names or that is the subject of a sentence up to the first "we"."""
        first = self.own[0]
        for sentence in self.parse.sentences[:OPENING]:
            if sentence.i > first.sent.i:
                break
            for head in self._speakers(sentence):
                cluster = self.heads.get(head.i)
                if cluster is None or head.i > first.i or id(cluster) in self.against or self.quoted[head.i]:
                    continue
                if not cluster.person and _is_body(cluster) and self._speaks(cluster, sentence, head):
                    return cluster
        return None

    def _speakers(self, sentence: Sentence) -> Iterator[Token]:
        """Yield the heads that may name who speaks: subjects, whose title it is, "a statement by ..."."""
        for token in sentence.root.children:
            if token.dep in SUBJECTS:
                yield token
                for child in token.children:
                    if child.dep == "prep" and child.lower in ("of", "by"):
                        yield from (c for c in child.children if c.dep == "pobj")
        if _is_title(sentence, self.parse.text):
            yield from (t for t in sentence.tokens if t.dep in ("poss", "compound") or t.head.lower == "by")

    def _speaks(self, cluster: Cluster, sentence: Sentence, head: Token) -> bool:
        """Tell whether a body speaks itself there: states only in what statements do, others also where they act."""
        if _is_title(sentence, self.parse.text) and head.dep not in SUBJECTS:
            return True
        root = sentence.root
        if root.lemma in entity_words().statements and root.tag in ("VBZ", "VBP", "VBN"):
            return True
        follows = any(t.sent is sentence and t.i > head.i for t in self.own) and root.tag != "VBD"
        return follows or not (cluster.country_name or cluster.kinds & STATES) or head.lemma in entity_words().anaphors


def _is_title(sentence: Sentence, text: str) -> bool:
    """Tell whether a text's first sentence is a line of its own without a full stop."""
    return sentence.i == 0 and sentence.tokens[-1].text not in (".", "!", "?", "”", '"') and "\n" in text[
        sentence.span.end : sentence.span.end + 2
    ]  # fmt: skip


def _is_body(cluster: Cluster) -> bool:
    plural = any(m.plural for m in cluster.members)
    return cluster.country_name is not None or (bool(cluster.kinds & BODIES) and not plural)


def _by_source(clusters: Sequence[Cluster], source: Coding | None) -> Cluster | None:
    """Return the entity that the report's source names, where the text names it too."""
    if source is None or not _is_issuer(source):
        return None
    wanted = {f"{s.scheme}:{s.id}" for s in source.same_as}
    for cluster in clusters:
        if cluster.person:
            continue
        for member in cluster.members:
            known = {f"{s.scheme}:{s.id}" for s in member.coding.same_as} if member.coding else set()
            words = member.name_tokens or member.tokens
            if wanted & known or (source.name and name_key(" ".join(t.text for t in words)) == name_key(source.name)):
                return cluster
    return None


def _is_issuer(source: Coding) -> bool:
    return source.kind in BODIES and source.sector is not None and source.sector not in PRESS


def _unnamed(token: Token, source: Coding | None) -> Cluster:
    coding = source if source is not None and _is_issuer(source) else None
    member = Candidate(token.span, token, [token], MentionForm.PRONOUN, "", RULE, coding)
    return Cluster(members=[member])


def source_coding(source: str | None, coding: Coding | None) -> Coding | None:
    """Return the coding of a report's source with the source's own words as its name."""
    return msgspec.structs.replace(coding, name=source) if source and coding is not None else None
