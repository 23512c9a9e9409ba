"""How near a time stands to an event in the grammar: whether it is the event's own, its clause's, or another's."""

from __future__ import annotations

from collections.abc import Collection

from dragoman.domain.grammar import VERBAL, clause_verb, depth_between, is_perfect
from dragoman.domain.motives import answered_before
from dragoman.domain.parse import Token
from dragoman.lexicon.events import event_book
from dragoman.lexicon.figures import figure_words
from dragoman.lexicon.quotations import cue_book

SUBJECTS = ("nsubj", "nsubjpass")
OWN, CLAUSE, GOVERNING = 0, 10, 20
"""The first rank of each kind of nearness; a time of a reported perfect ranks last, at REPORTED."""
REPORTED = 40
MOST_UP = 4
AMID = frozenset({"during", "in", "at", "amid", "on"})
"""Prepositions before a happening that what stands above it was a part of."""


def is_reported(verb: Token, clause: Token) -> bool:
    """Tell whether a verb stands in what another verb reports: the time of saying is not that of what is said."""
    current = verb
    while current is not clause and current.head is not current:
        if current.dep == "ccomp":
            return True
        current = current.head
    return False


def time_clause(where: Token) -> Token | None:
    """Return the verb of a time's clause: a verb of saying right before it ("announced today"), else that above."""
    place = where.subtree()[0].i - where.sent.tokens[0].i
    before = where.sent.tokens[place - 1] if place else None
    if before is not None and before.pos in VERBAL and before.lemma in cue_book().verbs and before.tag != "VBG":
        return before
    return clause_verb(where)


def is_of_toll(token: Token, where: Token) -> bool:
    """Tell whether a time is that when a count of an event moved: "the toll of the blast rose on Monday"."""
    path = [token, *token.ancestors()]
    toll = next((t for t in path if t.dep in SUBJECTS and t.lemma in figure_words().tolls), None)
    if toll is None or toll is token:
        return False
    return toll.head in where.ancestors() and toll not in where.ancestors()


class Nearness:
    """Ranks times by how near they stand to an event; `triggers` are the tokens that name events."""

    def __init__(self, triggers: Collection[int], tokens: list[Token]) -> None:
        self.triggers = triggers
        self.tokens = tokens

    def rank(self, token: Token, where: Token) -> int | None:
        """Return how near a time stands to an event (small is near), or None where it is another's."""
        answered = answered_before(where, event_book().lists["answers"])
        if answered is not None and depth_between(token, answered) is None:
            return None
        led = self._led(where)
        if led is not None:
            return OWN if led is token else None
        steps = depth_between(where, token)
        if steps is not None and self._amid(where, token):
            return 13
        if steps is not None and time_clause(where) is clause_verb(where):
            return None if self._taken(where, token) else min(9, steps)
        if self._modifies(where, token):
            return 8
        verb, clause = clause_verb(token), time_clause(where)
        if clause is None or verb is None:
            return None if self._taken(where, None) else 19
        if clause is verb:
            return None if self._taken(where, verb) else 12
        owner = self._owner(where)
        if owner is not None and owner is not clause:
            return None
        return self._across(verb, clause, owner)

    def _amid(self, where: Token, token: Token) -> bool:
        """Tell whether a time is that of a happening during which an event was ("shot dead in a raid on Friday")."""
        event = self._owner(where)
        prep = event.head if event is not None and event.dep == "pobj" else None
        return prep is not None and prep.lower in AMID and prep.head is token and event is not token

    def _across(self, verb: Token, clause: Token, owner: Token | None) -> int | None:
        """Return the rank of the time of CLAUSE, whose verb is its event OWNER or none, for another clause, VERB's."""
        up = depth_between(verb, clause)
        if up is not None and up <= MOST_UP:
            if is_reported(verb, clause):
                return REPORTED + up if is_perfect(verb) and verb.head is clause else None
            return None if self._restricts(verb, clause) else GOVERNING + up
        if owner is None and depth_between(clause, verb) == 1 and clause.dep in ("advcl", "xcomp", "prep", "pcomp"):
            told = any(c.dep == "mark" and c.lower == "as" for c in clause.children)
            return None if told and clause.lemma in cue_book().verbs else 15
        return None

    def _restricts(self, verb: Token, clause: Token) -> bool:
        """Tell whether a relative clause between two verbs only says which one is meant ("the man who shot him")."""
        current = verb
        while current is not clause:
            if current.dep == "relcl":
                first = current.subtree()[0].i
                after_comma = first > 0 and self.tokens[first - 1].text in (",", "—", "–", "-")
                return not after_comma or is_perfect(current)
            if current.dep == "acl":
                return True
            current = current.head
        return False

    def _modifies(self, where: Token, token: Token) -> bool:
        """Tell whether a time dates the noun that a relative clause tells of ("last May's revolt, in which")."""
        noun = where.head if where.dep in ("poss", "nmod", "compound", "npadvmod", "amod") else None
        if noun is None and where.head.dep == "prep" and where.head.head.pos in ("NOUN", "PROPN"):
            noun = where.head.head
        if noun is None or noun.pos not in ("NOUN", "PROPN"):
            return False
        current = token
        while current.head is not current:
            if current.dep == "relcl":
                return current.head is noun
            current = current.head
        return False

    def _led(self, where: Token) -> Token | None:
        """Return the noun of an event right before a time ("air strikes last week"), which the time then belongs to."""
        place = where.subtree()[0].i - 1
        if place not in self.triggers:
            return None
        noun = self.tokens[place]
        return noun if noun.tag in ("NN", "NNS") and noun.sent is where.sent else None

    def _owner(self, where: Token) -> Token | None:
        """Return the event's word that a time hangs from, None where it hangs from none."""
        return next((a for a in where.ancestors() if a.i in self.triggers), None)

    def _taken(self, where: Token, token: Token | None) -> bool:
        """Tell whether a time hangs from the words of an event below TOKEN (or of any)."""
        for ancestor in where.ancestors():
            if ancestor is token:
                return False
            if ancestor.i in self.triggers:
                return True
        return False
