"""Resolves pronouns: the nearest entity that agrees in number, sex and kind, subjects first."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.findings import Reason
from dragoman.domain.parse import Parse, Token
from dragoman.stages.entities.candidates import Candidate, pronouns
from dragoman.stages.entities.cluster import Cluster

BACK = {"he": 3, "she": 3, "it": 1, "they": 2}
"""Sentences back in which a pronoun looks."""
FIRST_PERSONS = frozenset({"we", "us", "our", "ours"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
BODIES = {
    EntityKind.ORGANIZATION, EntityKind.GOVERNMENT, EntityKind.ARMED_GROUP, EntityKind.INTERNATIONAL_ORGANIZATION,
    EntityKind.COUNTRY,
}  # fmt: skip


def resolve_pronouns(parse: Parse, clusters: Sequence[Cluster], quoted: Sequence[bool]) -> None:
    """Add to each of CLUSTERS the pronouns that stand for it. A pronoun in doubt stands for nobody.

    QUOTED tells for each token whether it stands inside quotation marks. First persons are resolved elsewhere.
    """
    heads: dict[int, tuple[Cluster, Candidate]] = {}
    by_sentence: dict[int, list[tuple[Cluster, Candidate]]] = {}
    for cluster in clusters:
        for member in cluster.members:
            heads.setdefault(member.head.i, (cluster, member))
            by_sentence.setdefault(member.head.sent.i, []).append((cluster, member))
    recent: dict[int, list[tuple[Cluster, Token]]] = {}
    for token, kind in pronouns(parse):
        if kind in ("speaker", "group"):
            continue
        if kind == "relative":
            found = _relative(token, heads)
            rule = "entities.pronoun.relative"
        else:
            found = _nearest(token, kind, by_sentence, recent, quoted)
            rule = "entities.pronoun.nearest"
        if found is None:
            continue
        found.pronouns.append(token)
        found.why.append(Reason(field="mentions", rule=rule, spans=(token.span,)))
        if kind in ("he", "she"):
            found.gender = found.gender or kind
        recent.setdefault(token.sent.i, []).append((found, token))


def in_quotation_marks(parse: Parse) -> list[bool]:
    """Return for each token whether it stands inside quotation marks."""
    inside, found = False, []
    paragraph, starts = 0, [p.start for p in parse.paragraphs]
    for token in parse.tokens:
        while paragraph + 1 < len(starts) and token.start >= starts[paragraph + 1]:
            paragraph += 1
            inside = False
        if token.text in ("“", "``"):
            inside = True
        elif token.text in ("”", "''"):
            inside = False
        elif token.text == '"':
            inside = not inside
        found.append(inside)
    return found


def _relative(token: Token, heads: dict[int, tuple[Cluster, Candidate]]) -> Cluster | None:
    for ancestor in token.ancestors():
        if ancestor.dep == "relcl":
            found = heads.get(ancestor.head.i)
            return found[0] if found else None
    return None


def _nearest(
    token: Token, kind: str, by_sentence: dict[int, list[tuple[Cluster, Candidate]]],
    recent: dict[int, list[tuple[Cluster, Token]]], quoted: Sequence[bool],
) -> Cluster | None:  # fmt: skip
    best: tuple[float, Cluster] | None = None
    possessive = token.tag == "PRP$"
    subjects = [c for c, m in by_sentence.get(token.sent.i, []) if _same_clause_subject(token, m.head)]
    for back in range(BACK[kind] + 1):
        number = token.sent.i - back
        options = [(c, m.head, m) for c, m in by_sentence.get(number, []) if m.head.i < token.i]
        again = [(c, t, None) for c, t in recent.get(number, []) if t.i < token.i]
        for cluster, head, member in [*options, *again]:
            if not _agrees(kind, cluster, member):
                continue
            if quoted[head.i] and not quoted[token.i]:
                continue
            if any(cluster is c for c in subjects) or _speaks_in(cluster, token.sent.i):
                continue
            if not possessive and back == 0 and head.head is token.head and head.dep != "conj":
                continue
            score = _score(token, head, back, member)
            if best is None or score > best[0]:
                best = (score, cluster)
        if best is not None and back >= 1:
            break
    return best[1] if best else None


def _speaks_in(cluster: Cluster, sentence: int) -> bool:
    """Tell whether a sentence has CLUSTER in the first person: who says "we" is not also "it" there."""
    return any(t.sent.i == sentence and t.lower in FIRST_PERSONS for t in cluster.pronouns)


def _same_clause_subject(token: Token, head: Token) -> bool:
    """Tell whether HEAD is the subject of the clause, or of the one it is joined to, whose object TOKEN is."""
    if token.dep not in ("dobj", "dative", "pobj") or head.dep not in SUBJECTS:
        return False
    verb = token.head if token.dep != "pobj" else token.head.head
    while verb is not head.head and verb.dep == "conj":
        verb = verb.head
    return verb is head.head


def _score(token: Token, head: Token, back: int, member: Candidate | None) -> float:
    score = -1.5 * back
    if head.dep in SUBJECTS:
        score += 1.2
        if head.head.dep == "ROOT":
            score += 0.5
    elif head.dep in ("pobj", "poss", "compound", "nmod"):
        score -= 0.5
    if token.dep in SUBJECTS and head.dep in SUBJECTS:
        score += 0.6
    if member is not None and member.form is MentionForm.NAME:
        score += 0.3
    return score + 0.001 * head.i


def _agrees(kind: str, cluster: Cluster, member: Candidate | None) -> bool:
    if kind in ("he", "she"):
        if not _is_person(cluster) or (member is not None and member.plural):
            return False
        return cluster.gender in (None, kind)
    if kind == "it":
        return not cluster.person and not _plural(cluster) and bool(cluster.kinds & BODIES or cluster.country_name)
    return _plural(cluster) or (bool(cluster.kinds & BODIES) and not cluster.person and not cluster.country_name)


def _is_person(cluster: Cluster) -> bool:
    if cluster.person:
        return True
    return any(m.kind is EntityKind.PERSON and not m.plural for m in cluster.members)


def _plural(cluster: Cluster) -> bool:
    return any(m.plural or m.head.lower in ("police", "people", "staff") for m in cluster.members)
