"""Support verbs: "held talks", "carried out an attack", "claimed responsibility for the bombing"."""

from __future__ import annotations

from dragoman.domain.parse import Token
from dragoman.lexicon.events import EventBook
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.grammar import is_passive, is_verb

ENGAGED = frozenset({"in", "into", "on", "with", "through", "to", "for", "under", "out"})


def governing_verb(noun: Token, groups: frozenset[str]) -> Token | None:
    """Return the verb that NOUN, or the group that it is of ("a series of attacks"), is object or passive subject of.

    Through "in" and its like too ("took part in talks"); None where there is none.
    """
    token = noun
    for _ in range(4):
        head = token.head
        if token.dep in ("conj", "appos", "compound") and head.pos in ("NOUN", "PROPN"):
            token = head
            continue
        if token.dep == "pobj" and (head.lower == "including" or _counts(head, groups)):
            token = head.head
            continue
        break
    head = token.head
    if token.dep in ("dobj", "nsubjpass", "oprd", "attr") and head is not token and is_verb(head):
        return head
    if token.dep in ("pobj", "pcomp") and head.lower in ENGAGED:
        verb = head.head
        if is_verb(verb):
            return verb
        if verb.dep in ("dobj", "attr") and verb.lemma in ("part", "responsibility", "role") and is_verb(verb.head):
            return verb.head
    return None


def _counts(preposition: Token, groups: frozenset[str]) -> bool:
    """Tell whether "of" or "in" only ties an amount or a group to its kind ("$5 million in aid", "series of raids")."""
    counted = preposition.head
    if preposition.lower == "of" and counted.lemma in groups:
        return True
    return preposition.lower in ("of", "in") and (counted.pos == "NUM" or counted.ent == "MONEY")


def attach(candidates: list[Candidate], book: EventBook) -> None:
    """Give each noun candidate its support verb, and drop the support verb's own candidate or the noun it absorbs."""
    light = book.lists["light"]
    engaging = book.lists["engaging"]
    groups = book.lists["groups"]
    at = {c.token.i: c for c in candidates}
    inner = {t.i for c in candidates if c.sense.form == "nouns" for t in c.matched}
    for candidate in candidates:
        if candidate.sense.form != "nouns":
            continue
        if candidate.token.i in inner:
            candidate.dropped = True
            continue
        verb = governing_verb(candidate.token, groups) or _reduced(candidate.token, light)
        if verb is None:
            continue
        owner = at.get(verb.i)
        if owner is not None and owner.is_verb and _claims(owner, candidate):
            candidate.dropped = True
            continue
        direct = candidate.token.dep not in ("pobj", "pcomp") or candidate.token.head.lower == "of"
        if verb.lemma in (light if direct else engaging):
            candidate.light = verb
            if owner is not None and owner.is_verb and (owner.sense.weight <= 1 or owner.type == candidate.type):
                owner.dropped = True


def _claims(owner: Candidate, noun: Candidate) -> bool:
    """Tell whether the verb's sense chose NOUN as its own object, or takes it in."""
    if noun.token in owner.matched:
        return True
    if owner.sense.objects is not None and noun.token.lemma in owner.sense.objects:
        return owner.sense.absorbs or owner.type == noun.type
    return owner.sense.absorbs and noun.token.dep in ("dobj", "nsubjpass", "pobj")


def _reduced(noun: Token, light: frozenset[str]) -> Token | None:
    """Return the participle of "an attack carried out by ...", "talks held in ..."."""
    for child in noun.children:
        if child.dep in ("acl", "relcl") and child.lemma in light and is_passive(child):
            return child
    return None
