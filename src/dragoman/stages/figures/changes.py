"""Rises and falls: by how much, from what, to what, and what they are of."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import ChangeDirection, ChangeUnit, Measure
from dragoman.domain.parse import Token
from dragoman.lexicon.figures import figure_words
from dragoman.stages.figures.numbers import Number


class Movement(msgspec.Struct, frozen=True):
    """A number as the amount of a rise or fall; `subject` is what moved, `verb` the word that tells it."""

    direction: ChangeDirection
    unit: ChangeUnit
    amount: float
    verb: Token
    subject: Token | None
    measure: Measure | None
    who: Token | None


def movement(number: Number) -> Movement | None:
    """Return the change that NUMBER is the amount of ("rose by three percent", "a 12 percent rise"), or None."""
    if number.value is None:
        return None
    verb = _mover(number)
    if verb is None:
        return None
    unit = ChangeUnit.PERCENT if number.percent else ChangeUnit.COUNT
    subject = verb.child("nsubj", "nsubjpass")
    if subject is None and verb.pos == "NOUN":
        subject = next((p for c in verb.children if c.lower == "in" and (p := c.child("pobj")) is not None), None)
    measure, who = moved(subject.subtree()) if subject is not None else moved(_before(verb))
    return Movement(figure_words().movement[verb.lemma], unit, number.value, verb, subject, measure, who)


def _mover(number: Number) -> Token | None:
    moves = figure_words().movement
    top = number.top
    above = top.head
    if above.lemma in moves and above.pos in ("VERB", "NOUN"):
        amount = top.dep in ("dobj", "npadvmod", "advmod", "nummod", "compound", "nmod", "amod", "attr")
        if amount and (number.percent or (above.pos == "VERB" and top.dep == "npadvmod")):
            return above
    before = [t for t in number.first.sent.tokens if t.i < number.first.i][-1:]
    if before and before[0].lower == "by" and before[0].head.lemma in moves and before[0].head.pos == "VERB":
        return before[0].head
    if top.dep == "pobj" and above.lower in ("by", "of") and above.head.lemma in moves:
        return above.head if above.lower == "by" or above.head.pos == "NOUN" else None
    return None


def _before(verb: Token) -> list[Token]:
    """Return the words of the clause before a verb whose subject the parse lost, from the last comma on."""
    words: list[Token] = []
    for token in reversed(verb.sent.tokens[: verb.i - verb.sent.tokens[0].i]):
        if token.text in (",", ";", ":"):
            break
        words.append(token)
    return words[::-1]


def moved(subject: list[Token]) -> tuple[Measure | None, Token | None]:
    """Return the measure and people that a moving subject tells ("the number of civilians killed and wounded")."""
    words = figure_words()
    measures: set[Measure] = set()
    who: Token | None = None
    for token in subject:
        sense = (
            words.verbs.get(token.lemma)
            if token.pos == "VERB"
            else words.nouns.get(token.lemma) or words.adjectives.get(token.lower)
        )
        if sense is not None:
            measures.add(sense.measure)
        if who is None and token.pos == "NOUN" and token.lemma in words.people:
            who = token
    if {Measure.KILLED, Measure.INJURED} <= measures:
        return Measure.CASUALTIES, who
    for measure in (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, *Measure):
        if measure in measures:
            return measure, who
    return None, who
