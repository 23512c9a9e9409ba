"""Who does and who undergoes a verb, as words: through passives, control, relatives and coordination."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.domain.parse import Token
from dragoman.lexicon.events import control_verbs

LIMIT = 6
"""How many verbs a subject is passed on over; also keeps odd parses from going round."""

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
RELATIVES = frozenset({"WP", "WDT", "WP$"})


MANY = 40
"""How many coordinated words are taken as one list."""


def together(token: Token) -> list[Token]:
    """Return TOKEN and what is coordinated with it below it, the first forty of a longer list."""
    found = [token]
    for member in found:
        if len(found) >= MANY:
            break
        found += [c for c in member.children if c.dep == "conj"]
    return found[:MANY]


def is_verb(token: Token) -> bool:
    """Tell whether TOKEN is a verb form (a participle tagged as adjective before a noun is none)."""
    return token.tag[:2] == "VB"


def is_passive(verb: Token) -> bool:
    """Tell whether VERB stands in the passive, reduced relatives and participles before nouns included."""
    for child in verb.children:
        if child.dep in ("nsubjpass", "auxpass", "csubjpass"):
            return True
        if child.dep == "nsubj" and child.tag not in RELATIVES and child.i < verb.i and verb.dep not in ("acl", "amod"):
            return False
        if child.dep == "aux" and child.lemma in ("have", "be", "do", "will", "would", "to") and verb.dep != "acl":
            return False
    if verb.tag not in ("VBN", "VBD"):
        return False
    if verb.dep in ("acl", "amod"):
        return verb.tag == "VBN" or verb.dep == "amod"
    if verb.tag == "VBN" and verb.dep == "conj" and is_verb(verb.head) and not _own(verb, SUBJECTS):
        return is_passive(verb.head)
    return verb.tag == "VBN" and any(c.dep == "agent" for c in verb.children)


def _own(verb: Token, deps: tuple[str, ...]) -> list[Token]:
    return [t for c in verb.children if c.dep in deps for t in antecedents(c)]


def antecedents(token: Token) -> list[Token]:
    """Return TOKEN and what is coordinated with it; for a relative pronoun, the noun that it stands for."""
    if token.tag in RELATIVES:
        verb = token.head
        for _ in range(LIMIT):
            if verb.dep in ("relcl", "acl"):
                return together(verb.head)[:1]
            if verb.head is verb:
                break
            verb = verb.head
        return []
    if token.lower in ("it", "there") and token.dep == "expl":
        return []
    return together(token)


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of what does VERB: the logical subject, passed on where the verb has none of its own."""
    if is_passive(verb):
        return agents(verb)
    return _own(verb, SUBJECTS) or _own(verb, PASSIVE_SUBJECTS) or _passed_on(verb, depth)


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of VERB's grammatical subject, the undergoer where the verb is passive."""
    own = _own(verb, (*SUBJECTS, *PASSIVE_SUBJECTS))
    if own:
        return own
    if verb.dep in ("acl", "amod") and verb.tag in ("VBN", "VBD"):
        return [verb.head]
    return _passed_on(verb, depth)


def agents(verb: Token) -> list[Token]:
    """Return the heads of "by ..." below a passive VERB, or below what it was done with or in.

    The parser hangs the "by" of "was threatened with war by Iran" on "war".
    """
    found = _by(verb)
    if found or verb.dep in ("acl", "amod"):
        return found
    things = [p for c in verb.children if c.dep == "prep" and c.i > verb.i for p in c.children if p.dep == "pobj"]
    return next((by for thing in things if (by := _by(thing))), [])


def _by(token: Token) -> list[Token]:
    return [
        t
        for c in token.children
        if c.dep == "agent" or (c.dep == "prep" and c.lower == "by")
        for p in c.children
        if p.dep == "pobj"
        for t in together(p)
    ]


def _passed_on(verb: Token, depth: int) -> list[Token]:
    """Return the subject that VERB takes from the clause around it."""
    head = verb.head
    if depth > LIMIT or head is verb:
        return []
    if verb.dep == "conj":
        return surface_subjects(head, depth + 1) if is_verb(head) or head.pos == "AUX" else []
    if verb.dep == "relcl":
        return [head]
    if verb.dep == "acl":
        return _of_noun_clause(verb, depth)
    if verb.dep in ("xcomp", "ccomp", "advcl", "dep", "acomp"):
        return _controller(verb, depth)
    if verb.dep == "pcomp" and head.head is not head:
        return _of_preposition(head, depth)
    if verb.dep == "amod" and verb.tag == "VBG":
        return [head]
    return []


def _controller(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if head.lemma in control_verbs() and (verb.dep != "advcl" or _infinitive(verb)):
        found = objects(head, depth + 1) or prepositional(head, ("on", "upon", "to", "for"))
        found = [t for t in found if t is not verb]
        if found:
            return found
    if is_verb(head) or head.pos == "AUX":
        return surface_subjects(head, depth + 1)
    if head.pos == "ADJ" and head.head is not head:
        return surface_subjects(head, depth + 1) or surface_subjects(head.head, depth + 1)
    return []


def _of_noun_clause(verb: Token, depth: int) -> list[Token]:
    noun = verb.head
    if verb.tag == "VBG" or any(c.dep == "nsubj" for c in verb.children):
        return [noun]
    if any(c.dep == "aux" and c.lower == "to" for c in verb.children):
        return owners(noun, depth + 1)
    return []


def _of_preposition(preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    if is_verb(governor) or governor.pos == "AUX":
        if governor.lemma in control_verbs():
            return objects(governor, depth + 1)
        return surface_subjects(governor, depth + 1)
    return owners(governor, depth + 1) if governor.pos in ("NOUN", "PROPN") else []


def owners(noun: Token, depth: int = 0) -> list[Token]:
    """Return the heads of whose NOUN it is: a possessor, "of ...", or the subject of its verb."""
    own = [t for c in noun.children if c.dep == "poss" for t in together(c)]
    own = own or [c for c in noun.children if c.dep in ("amod", "compound", "nmod") and c.ent in NAMES]
    own = own or prepositional(noun, ("of", "by"))
    if own or depth > LIMIT:
        return own
    verb = noun.head
    if (noun.dep in ("dobj", "attr", "oprd") and is_verb(verb)) or (noun.dep == "attr" and verb.pos == "AUX"):
        return surface_subjects(verb, depth + 1)
    if noun.dep == "nsubjpass":
        return agents(verb)
    return []


NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def objects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of what undergoes VERB: direct object, passive subject, or what a participle describes."""
    if depth > LIMIT:
        return []
    direct = [t for c in verb.children if c.dep == "dobj" for t in antecedents(c)]
    if is_passive(verb):
        return surface_subjects(verb, depth + 1) or direct
    if direct:
        return direct
    following = [c for c in verb.children if c.dep == "conj" and is_verb(c) and c.i == _last_conjunct(verb).i]
    if following and not _other_arguments(verb):
        return [t for c in following[0].children if c.dep == "dobj" for t in antecedents(c)]
    if verb.dep == "relcl" and _own(verb, SUBJECTS) and not _subject_is_relative(verb):
        return [verb.head]
    return []


def _last_conjunct(verb: Token) -> Token:
    return max((c for c in verb.children if c.dep == "conj"), key=lambda c: c.i)


def _other_arguments(verb: Token) -> bool:
    return any(c.dep in ("prep", "ccomp", "xcomp", "dative", "agent", "acomp", "attr") for c in verb.children)


def _subject_is_relative(verb: Token) -> bool:
    return any(c.dep in SUBJECTS and c.tag in RELATIVES for c in verb.children)


def prepositional(token: Token, names: Iterable[str]) -> list[Token]:
    """Return the heads after one of the prepositions NAMES below TOKEN ("with X and Y" gives two)."""
    wanted = frozenset(names)
    found = []
    for child in token.children:
        if child.dep in ("prep", "dative", "agent", "prt") and child.lower in wanted:
            found += [t for p in child.children if p.dep in ("pobj", "pcomp") for t in antecedents(p)]
            found += [
                t
                for c in child.children
                if c.dep in ("conj", "prep") and c.tag == "IN" and c.lower in wanted
                for p in c.children
                if p.dep == "pobj"
                for t in together(p)
            ]
    return found


def datives(verb: Token) -> list[Token]:
    """Return the heads of VERB's indirect object ("gave them arms")."""
    return [t for c in verb.children if c.dep == "dative" and c.tag not in ("IN", "TO") for t in together(c)]


def complements(token: Token) -> list[Token]:
    """Return the verbs of the clauses that TOKEN governs ("agreed to meet", "accused of lying")."""
    found = [c for c in token.children if c.dep in ("xcomp", "ccomp") or (c.dep == "acl" and _infinitive(c))]
    found += [p for c in token.children if c.dep == "prep" for p in c.children if p.dep == "pcomp"]
    if is_verb(token):
        found += [v for c in token.children if c.dep == "dobj" for v in c.children if v.dep == "acl" and _infinitive(v)]
    return [t for c in found for t in together(c) if is_verb(t) or t.pos in ("AUX", "VERB")]


def _infinitive(verb: Token) -> bool:
    return any(c.dep == "aux" and c.lower == "to" for c in verb.children)
