"""Who takes part in a happening: the entities that the words around the one that tells it name."""

from __future__ import annotations

from itertools import islice

from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span

SUBJECTS = ("nsubj", "nsubjpass")
INVOLVING = frozenset({"of", "by", "against", "with", "between", "to", "from", "for", "over", "into", "as", "on"})
RELATIVES = frozenset({"WP", "WDT", "WP$"})
MOST = 6
"""How many may take part."""
UP = 4
"""Over how many clauses a subject is passed on."""


def participants(token: Token, index: MentionIndex) -> dict[str, Span]:
    """Return the entities that take part in what TOKEN tells, each with the word that names it there."""
    heads = _around_verb(token) if token.pos in ("VERB", "AUX", "ADJ") else _around_noun(token)
    return _entities(heads, index)


def speakers(token: Token, index: MentionIndex) -> dict[str, Span]:
    """Return who says what TOKEN tells as said."""
    if token.pos != "VERB":
        return _entities([c for c in token.children if c.dep in ("poss", "compound")] + _after(token), index)
    if is_passive(token):
        return _entities([p for c in token.children_by("agent") for p in c.children_by("pobj")], index)
    return _entities(subjects(token), index)


def is_named(token: Token, index: MentionIndex) -> bool:
    """Tell whether TOKEN heads a mention of somebody or something that the report names."""
    entity = index.at(token)
    return entity is not None and index.is_named(entity)


def is_passive(verb: Token) -> bool:
    """Tell whether VERB stands in the passive, participles after a noun included."""
    if any(c.dep in ("nsubjpass", "auxpass", "agent") for c in verb.children):
        return True
    return verb.dep in ("acl", "amod") and verb.tag == "VBN"


def subjects(verb: Token) -> list[Token]:
    """Return the heads of VERB's grammatical subject, passed on where it has none of its own."""
    for _ in range(UP):
        own = verb.children_by(*SUBJECTS)
        if own:
            relative = own[0].tag in RELATIVES and verb.dep in ("relcl", "acl")
            return [verb.head] if relative else list(own)
        if verb.dep in ("acl", "amod", "relcl"):
            return [verb.head]
        if verb.dep not in ("conj", "xcomp", "advcl", "pcomp", "ccomp") or verb.head is verb:
            return []
        verb = verb.head if verb.dep != "pcomp" else verb.head.head
    return []


def _around_verb(verb: Token) -> list[Token]:
    if verb.pos == "ADJ":
        above = verb.head if verb.head.pos in ("VERB", "AUX") else verb
        return [*above.children_by(*SUBJECTS, "dobj")]
    things = verb.children_by("dobj", "dative", "attr", "oprd")
    agents = [p for c in verb.children_by("agent") for p in c.children_by("pobj")]
    return [*subjects(verb), *things, *agents, *_after(verb)]


def _around_noun(noun: Token) -> list[Token]:
    own = [c for c in noun.children if c.dep in ("poss", "compound", "nmod", "appos")]
    verb = noun.head
    beside = subjects(verb) if noun.dep in ("dobj", "attr") and verb.pos in ("VERB", "AUX") else []
    return [*own, *_after(noun), *(s for s in beside if s is not noun)]


def _after(token: Token) -> list[Token]:
    return [p for c in token.children if c.dep == "prep" and c.lower in INVOLVING for p in c.children_by("pobj")]


def _entities(heads: list[Token], index: MentionIndex) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for head in heads:
        for token in islice(head.conjuncts(), MOST):
            entity = index.at(token)
            if entity is not None and len(found) < MOST:
                found.setdefault(entity, token.span)
    return found
