"""Totals told by where they stand: "the toll rose to 45", "put the number of dead at 60", "up from 11"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import ChangeDirection, Measure
from dragoman.domain.findings import Figure, Source
from dragoman.domain.parse import Token
from dragoman.lexicon.figures import figure_words
from dragoman.stages.figures.changes import moved
from dragoman.stages.figures.numbers import Number
from dragoman.stages.figures.setting import Surroundings

RULE = "figures.total.told"
TAKERS = frozenset({"bring", "take", "raise", "revise", "push", "lift", "come"})
"""Verbs beside those of movement that lead "to" a total."""
UNMEASURED = frozenset({"temperature", "price", "age", "speed", "road", "river", "level", "share", "degree"})


class Total(msgspec.Struct, frozen=True):
    """What a total counts, the verb that tells it, and whether it is what there was before (then `earlier`)."""

    measure: Measure
    who: Token | None
    verb: Token
    earlier: bool = False
    direction: ChangeDirection | None = None


def total(number: Number, told: Sequence[tuple[Number, Figure]]) -> Total | None:
    """Return what NUMBER is the total of, by its verb and what is TOLD before it, or None where it is no total."""
    if number.percent or number.currency is not None:
        return None
    top = number.top
    link = _link(number)
    word = link.lower if link is not None else ""
    if link is not None and word == "from" and link.i > 0 and link.sent is top.sent:
        before = [t.lower for t in link.sent.tokens if t.i < link.i][-1:]
        if before and before[0] in ("up", "down"):
            return _before(number, told, ChangeDirection.RISE if before[0] == "up" else ChangeDirection.FALL)
    words = figure_words()
    verb = _verb_above(link if link is not None and link.dep == "prep" else top)
    if verb is None:
        return None
    direction = words.movement.get(verb.lemma)
    leads = (
        (word in ("to", "from") and (direction is not None or verb.lemma in TAKERS))
        or (word == "at" and verb.lemma in words.tells)
        or (link is None and verb.lemma in words.reaches and top.dep in ("dobj", "attr", "npadvmod"))
    )
    if not leads:
        return None
    strict = word == "at" or link is None or direction is None
    found = _of_what(verb, told, number, strict=strict)
    if found is None:
        return None
    return Total(found[0], found[1], verb, word == "from", direction)


def teller_of(around: Surroundings, found: Total) -> Source | None:
    """Return who puts a total where it is: the subject of "put the toll at 60"."""
    subject = found.verb.child("nsubj")
    if found.verb.lemma not in figure_words().tells or subject is None:
        return None
    entity = around.mentions.at(subject)
    return Source(entity=entity) if entity is not None else None


def _link(number: Number) -> Token | None:
    """Return the "to", "at" or "from" before a number, past "about" and "at least"."""
    top = number.top
    before = [t for t in number.first.sent.tokens if t.i < number.first.i][-3:]
    for token in reversed(before):
        if token.lower in ("to", "at", "from") and token is not top:
            following = [t.lower for t in before if t.i > token.i]
            if token.lower != "at" or following[:1] not in (["least"], ["most"]):
                return token
            continue
        if token.dep not in ("advmod", "quantmod", "amod", "det"):
            break
    return top.head if top.dep == "pobj" else None


def _verb_above(token: Token) -> Token | None:
    for head in list(token.ancestors())[:3]:
        if head.pos in ("VERB", "AUX"):
            return head
        if head.dep not in ("prep", "pobj", "pcomp") and head.pos not in ("NUM", "ADP"):
            return None
    return None


def _of_what(
    verb: Token, told: Sequence[tuple[Number, Figure]], number: Number, *, strict: bool
) -> tuple[Measure, Token | None] | None:
    """Return the measure and people of what moves or is told; where STRICT, only a toll, number or total is either."""
    subjects = verb.children_by("nsubj", "nsubjpass", "dobj")
    if not subjects and verb.dep in ("xcomp", "conj", "advcl"):
        subjects = verb.head.children_by("nsubj", "nsubjpass")
    for subject in subjects:
        if subject.i == number.top.i or subject.pos not in ("NOUN", "PROPN"):
            continue
        toll = subject.lemma in figure_words().tolls
        if strict and not toll:
            continue
        measure, who = moved(subject.subtree())
        if measure is not None:
            return measure, who
        if subject.lemma in ("crowd", "attendance"):
            return Measure.PROTESTERS, None
        if toll and not any(c.dep == "prep" and c.lower == "of" for c in subject.children):
            return _last(number, told)
        if not toll and subject.tag == "NNS" and subject.lemma not in UNMEASURED:
            return Measure.OTHER, subject
    return None


def _last(number: Number, told: Sequence[tuple[Number, Figure]]) -> tuple[Measure, Token | None] | None:
    """Return the measure of the last count told in this sentence or the two before."""
    for other, figure in reversed(told):
        if number.first.sent.i - other.first.sent.i > 2:
            return None
        if figure.unit == "person":
            return figure.measure, None
    return None


def _before(number: Number, told: Sequence[tuple[Number, Figure]], direction: ChangeDirection) -> Total | None:
    """Return what "up from 11" is told of: the last figure of the sentence."""
    for other, figure in reversed(told):
        if other.first.sent is number.first.sent and figure.measure not in (Measure.PERCENT, Measure.MONEY):
            return Total(figure.measure, None, number.top.head, earlier=True, direction=direction)
    return None
