"""Who takes part in an event: fills a sense's slots with the entities that the words around the predicate name."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.events import EventBook
from dragoman.stages.events import grammar
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.documents import Documents

WIDE = ("against", "on", "from", "to", "with", "between", "in", "for", "about", "into", "over", "at", "among")
DEMANDED = ("against", "on", "from", "to", "with", "between")
DIRECT = "direct"
"""The slot of the verb's own object where its pattern ends in a preposition."""

OF_GROUPS = ("of", "from", "in", "among")
ISSUER = "entities.pronoun.issuer"
"""The rule by which the "we" of a statement stands for the body that issues it."""


class Arguments:
    """Fills the participants of candidates."""

    def __init__(self, index: MentionIndex, book: EventBook, parse: Parse) -> None:
        self._index = index
        issued = [(e.id, s) for e in index.entities.values() for r in e.why if r.rule == ISSUER for s in r.spans]
        self._issued = {span for _, span in issued}
        self.issuer = issued[0][0] if issued else None
        """Whose statement the report is, None where it is nobody's."""
        self._quantities = book.lists["groups"]
        self._saying = book.lists["saying"]
        self._including = book.lists["including"]
        self._documents = Documents(parse, book, index)

    def fill(self, candidate: Candidate) -> None:
        """Set actors and recipients of CANDIDATE from its sense's slots, and say by which."""
        sense = candidate.sense
        candidate.actors = self._first(candidate, sense.actors, "actors", ())
        taken = tuple(candidate.actors)
        candidate.recipients = self._first(candidate, sense.recipients, "recipients", taken)
        if sense.symmetric:
            self._sides(candidate)

    def _sides(self, candidate: Candidate) -> None:
        """Take "between A and B" of an event that two share; of "A and B signed", A acts, B is the other side."""
        if not candidate.actors or not candidate.recipients:
            sides = _after(candidate, "between") or _after(candidate, "among")
            ids = self.entities(sides)
            if ids:
                candidate.actors = candidate.actors or ids
                candidate.say("actors", "plover.actor.between", tuple(t.span for t in sides))
        if not candidate.recipients and len(candidate.actors) > 1 and candidate.type != "ASSAULT":
            candidate.recipients = candidate.actors[1:]
            candidate.actors = candidate.actors[:1]
            candidate.say("recipients", "plover.recipient.other-side")

    def _first(self, candidate: Candidate, slots: Iterable[str], side: str, taken: tuple[str, ...]) -> list[str]:
        passed: list[str] = []
        for slot in _in_turn(candidate, slots):
            tokens = self._slot(candidate, slot)
            ids = self.entities(tokens) or self._nested_all(candidate, slot, tokens, side)
            ids = [i for i in ids if i not in taken]
            if ids:
                kind = "actor" if side == "actors" else "recipient"
                rule = f"plover.{kind}.{RULES.get(slot, 'preposition')}"
                if any(t.span in self._issued for t in tokens):
                    rule = f"plover.{kind}.issuer"
                candidate.say(side, rule, tuple(t.span for t in tokens), tuple(passed))
                return ids
            if tokens:
                words = ", ".join(t.text for t in tokens[:3])
                passed.append(f"{slot}: {words} (names nobody known)")
        return []

    def entities(self, tokens: Iterable[Token]) -> list[str]:
        """Return the entities that TOKENS head a mention of, once each, in order."""
        found: list[str] = []
        for token in tokens:
            entity = self.entity(token)
            if self._documents.is_one(token):
                found += [i for i in self._documents.makers(token) if i not in found]
            elif entity is not None:
                found += [i for i in self._index.all_at(token) or [entity] if i not in found]
                found += [i for i in self._included(token) if i not in found]
            elif entity is None and token.lemma in self._quantities:
                found += [i for i in self.entities(grammar.prepositional(token, OF_GROUPS)) if i not in found]
        return found

    def _included(self, token: Token) -> list[str]:
        """Return whom a phrase names among those of TOKEN ("the powers, including Russia and Iran")."""
        inner = grammar.prepositional(token, ("including",))
        return [i for t in inner if (i := self._index.at(t)) is not None]

    def entity(self, token: Token) -> str | None:
        """Return the entity that TOKEN heads a mention of; the "it" of "X said it ..." is X where nothing else is."""
        found = self._index.at(token)
        if found is None and token.lower in ("it", "they", "he", "she") and token.dep == "nsubj":
            verb = token.head
            if verb.dep == "ccomp" and verb.head.lemma in self._saying:
                ids = [i for t in grammar.subjects(verb.head) if (i := self._index.at(t)) is not None]
                return ids[0] if ids else None
        return found

    def _nested_all(self, candidate: Candidate, slot: str, tokens: list[Token], side: str) -> list[str]:
        if slot == "subject" and tokens:
            owners = self.entities(grammar.owners(tokens[0]))
            if owners:
                return owners
        found: list[str] = []
        for token in tokens:
            for entity in self.nested(token, wide=self._wide(candidate, side)):
                if entity not in found:
                    found.append(entity)
        return found

    def _wide(self, candidate: Candidate, side: str) -> tuple[str, ...]:
        """Return the prepositions after which a speech act's topic names whom it is about."""
        if side == "actors" or not candidate.sense.speech:
            return ()
        return DEMANDED if candidate.type == "REQUEST" else WIDE

    def nested(self, token: Token, *, wide: tuple[str, ...], depth: int = 0) -> list[str]:
        """Return the entities inside TOKEN's phrase: its possessor, its adjective, "of ...", and after WIDE words."""
        if depth > 2:
            return []
        groups: list[list[Token]] = [
            [t for c in token.children if c.dep == "poss" for t in grammar.together(c)],
            [c for c in token.children if c.dep in ("amod", "compound", "nmod")],
            grammar.prepositional(token, ("of", "by")),
            [t for c in token.children if c.dep == "acl" and c.tag == "VBN" for t in grammar.agents(c)],
            [t for c in token.children if c.dep == "appos" for t in grammar.together(c)],
        ]
        if wide:
            groups.append(grammar.prepositional(token, wide))
        for group in groups:
            ids = self.entities(group)
            if ids:
                return ids
        for inner in (groups[0], groups[1], groups[2], groups[-1] if wide else []):
            for below in inner:
                ids = self.nested(below, wide=wide, depth=depth + 1)
                if ids:
                    return ids
        return []

    def _slot(self, candidate: Candidate, slot: str) -> list[Token]:
        verb = candidate.is_verb
        if slot == "subject":
            return self._doers(candidate)
        if slot == "object":
            return _undergoers(candidate) if verb else []
        if slot == DIRECT:
            return _direct(candidate)
        if slot == "dative":
            return grammar.datives(candidate.light or candidate.token)
        if slot == "clause":
            return _clause_subjects(candidate)
        if slot == "complement":
            return _complement_arguments(candidate)
        if slot == "possessor":
            return _possessors(candidate.token)
        if slot == "modifier":
            return [c for c in candidate.token.children if c.dep in ("amod", "compound", "nmod")]
        if slot == "adjective":
            return [c for c in candidate.token.children if c.dep in ("amod", "nmod") or c.tag == "JJ"]
        if slot == "compound":
            return [c for c in candidate.token.children if c.dep == "compound" and c.tag != "JJ"]
        if slot == "haver":
            return _havers(candidate.token)
        if slot == "organization":
            return [c for c in candidate.token.children if c.dep == "compound" and c.ent == "ORG"]
        if slot == "described":
            return _described(candidate.token)
        if slot == "surface":
            return grammar.surface_subjects(candidate.token)
        return _after(candidate, slot)

    def _doers(self, candidate: Candidate) -> list[Token]:
        token = candidate.token
        if candidate.is_verb:
            return grammar.subjects(token)
        if candidate.sense.form == "adjectives":
            return _described(token)
        if candidate.light is not None:
            if candidate.light.lemma in self._including:
                return grammar.objects(candidate.light)
            return grammar.subjects(candidate.light)
        if candidate.type == "CONSULT":
            return _of_adjunct(token)
        return []


RULES = {
    "subject": "subject",
    "object": "object",
    DIRECT: "object",
    "dative": "object",
    "clause": "clause",
    "complement": "complement",
    "possessor": "possessor",
    "modifier": "modifier",
    "adjective": "modifier",
    "compound": "modifier",
    "described": "described",
    "haver": "subject",
    "organization": "modifier",
    "surface": "subject",
    "by": "by",
}


def _possessors(noun: Token) -> list[Token]:
    """Return whose NOUN is, also where the possessor stands before an earlier noun ("its siege and blockade")."""
    for _ in range(3):
        own = [t for c in noun.children if c.dep == "poss" for t in grammar.together(c)]
        if own or noun.dep != "conj":
            return own
        noun = noun.head
    return []


ADJUNCTS = frozenset({"after", "before", "during", "following", "in", "on", "at", "since", "upon"})


def _of_adjunct(noun: Token) -> list[Token]:
    """Return the subject of the clause around "after talks with ...": who speaks after talks with others had them."""
    if noun.dep != "pobj" or not any(c.lower in ("with", "to") or c.dep == "poss" for c in noun.children):
        return []
    preposition = noun.head
    verb = preposition.head
    if preposition.lower in ADJUNCTS and (grammar.is_verb(verb) or verb.pos == "AUX"):
        return grammar.surface_subjects(verb)
    return []


def _in_turn(candidate: Candidate, slots: Iterable[str]) -> list[str]:
    """Return the slots to try: joined ones apart, and beside the object of a pattern's preposition the verb's own.

    The verb's own comes first before "for" and "of" ("asked CHINA for a loan"), else last.
    """
    found = []
    last = _preposition(candidate)
    for slot in (part for joined in slots for part in joined.split("+")):
        if slot != "object" or last is None or not candidate.is_verb:
            found.append(slot)
        else:
            found += [DIRECT, "object"] if last.lower in ("for", "of") else ["object", DIRECT]
    return found


def _preposition(candidate: Candidate) -> Token | None:
    """Return the preposition that the candidate's pattern ends in."""
    last = candidate.matched[-1] if candidate.matched else None
    return last if last is not None and last.dep in ("prep", "dative", "agent") else None


def _direct(candidate: Candidate) -> list[Token]:
    return [t for t in grammar.objects(candidate.token) if t not in candidate.matched]


def _undergoers(candidate: Candidate) -> list[Token]:
    last = _preposition(candidate)
    found = [t for c in last.children if c.dep == "pobj" for t in grammar.together(c)] if last is not None else []
    return found or _direct(candidate)


def _after(candidate: Candidate, preposition: str) -> list[Token]:
    """Return the heads after PREPOSITION below the predicate, its light verb, its object or the pattern's words."""
    names = (preposition,)
    places = [candidate.token, *candidate.matched]
    if candidate.is_verb:
        direct = grammar.objects(candidate.token)
        places += direct
        places += [
            t for o in direct for t in grammar.prepositional(o, ("of", "in")) if o.pos == "NUM" or o.ent == "MONEY"
        ]
    if candidate.light is not None:
        places.append(candidate.light)
        places += [t for t in grammar.objects(candidate.light) if t not in places]
    elif not candidate.is_verb:
        places += [c for c in candidate.token.children if c.dep == "acl" and c.tag == "VBN"]
        if candidate.token.dep == "dobj" and preposition in ("against", "between"):
            places.append(candidate.token.head)
        if candidate.token.dep in ("nsubj", "nsubjpass") and preposition in ("between", "with"):
            places.append(candidate.token.head)
    for place in places:
        found = grammar.prepositional(place, names)
        if found:
            return found
    return []


def _havers(verb: Token) -> list[Token]:
    """Return who has what VERB describes: "Germany HAS troops stationed there"."""
    return [
        t
        for o in grammar.objects(verb)
        if o.dep == "dobj" and o.head.lemma in ("have", "keep", "maintain")
        for t in grammar.surface_subjects(o.head)
    ]


def _clause_subjects(candidate: Candidate) -> list[Token]:
    """Return the subject of the clause that the predicate governs: "demanded that THEY leave", "asked them to ..."."""
    for verb in grammar.complements(candidate.token):
        own = [t for c in verb.children if c.dep in ("nsubj", "nsubjpass") for t in grammar.together(c)]
        if own:
            return own
    return []


def _complement_arguments(candidate: Candidate) -> list[Token]:
    """Return whom the governed clause is about: its object, or what follows its prepositions."""
    places = grammar.complements(candidate.token)
    for verb in places:
        for place in (verb, *grammar.complements(verb)[:1]):
            found = grammar.datives(place) or _named(grammar.objects(place))
            found = found or grammar.prepositional(place, ("with", "to", "from", "on", "against", "of", "for"))
            if found:
                return found
            for inner in grammar.objects(place):
                found = grammar.prepositional(inner, ("with", "to", "from", "on", "against", "of", "for", "in"))
                if found:
                    return found
            found = grammar.prepositional(place, ("in", "into"))
            if found:
                return found
    return []


def _named(tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.ent in grammar.NAMES or t.pos == "PRON"]


def _described(token: Token) -> list[Token]:
    """Return what an adjective tells of: the noun before which it stands, or the subject of "is ..."."""
    if token.dep in ("amod", "appos"):
        return [token.head]
    own = [t for c in token.children if c.dep in ("nsubj", "nsubjpass") for t in grammar.together(c)]
    if own or token.head is token:
        return own
    return grammar.surface_subjects(token.head) if token.dep in ("acomp", "conj", "oprd", "attr", "advcl") else []
