"""Who speaks, and to whom: the heads of the words that name them, and the entities behind these."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import cue_book

NAMING = ("NOUN", "PROPN", "PRON")
HANGING = ("conj", "advcl", "xcomp", "pcomp", "dep", "prep", "ccomp")
LEFT_OUT = ("relcl", "acl", "punct", "advcl", "ccomp", "parataxis", "cc", "preconj")
STEPS = 5


def speaker_of(verb: Token) -> Token | None:
    """Return the head of the words that name who speaks: "by ...", the subject, that of the verb it is joined to."""
    token = verb
    for _ in range(STEPS):
        agent = token.child("agent")
        if agent is not None:
            source = agent.child("pobj")
            if source is not None and source.pos in NAMING:
                return source
        subject = token.child("nsubj")
        if subject is not None:
            return subject if subject.lower not in ("it", "there") or token.dep == "relcl" or token is verb else None
        passive = token.child("nsubjpass")
        if passive is not None:
            return None if cue_book().hides_speaker(token.lemma) else passive
        if token.dep == "acl" and token.head.pos in ("NOUN", "PROPN") and token.tag == "VBG":
            return token.head
        if token.dep not in HANGING or token.head is token:
            return None
        token = token.head
    return None


def beside(cue: Token) -> Token | None:
    """Return the name right after an inverted cue ("said Lavrov"), or before it, that the parse hung elsewhere."""
    words = cue.sent.tokens
    place = cue.i - words[0].i
    for token in words[place + 1 : place + 5]:
        if token.pos in NAMING and token.dep != "compound":
            return token
        if token.dep == "punct":
            break
    for token in reversed(words[max(0, place - 4) : place]):
        if token.pos in NAMING:
            return token
    return None


def addressee_of(verb: Token) -> Token | None:
    """Return whom the cue is said to: its object ("told reporters"), or its `to` phrase ("said to reporters")."""
    if cue_book().takes_addressee(verb.lemma):
        passive = verb.child("nsubjpass")
        if passive is not None:
            return passive
        for child in verb.children:
            if child.dep in ("dobj", "dative") and child.pos in NAMING and child.i > verb.i:
                return child
        clause = verb.child("ccomp", "xcomp")
        if clause is not None and any(t.lower == "to" and t.dep == "aux" for t in clause.children):
            subject = clause.child("nsubj")
            if subject is not None and subject.i > verb.i:
                return subject
    for child in verb.children:
        if child.dep in ("prep", "dative") and (
            child.lower == "to" or (child.lower in ("on", "upon") and verb.lemma == "call")
        ):
            return child.child("pobj")
    return None


def entity_of(mentions: MentionIndex, head: Token) -> str | None:
    """Return the entity of a speaker's head word.

    A relative pronoun stands for what it hangs on; a document for the body that it is of ("a UN report said").
    """
    if head.tag in ("WP", "WDT") and head.head.dep == "relcl":
        head = head.head.head
    found = mentions.at(head)
    if found is not None:
        return found
    for child in head.children:
        if child.dep in ("compound", "nmod", "poss", "amod") and (owner := mentions.at(child)) is not None:
            return owner
        if child.dep in ("prep", "agent") and child.lower in ("by", "from", "of"):
            source = child.child("pobj")
            if source is not None and (owner := mentions.at(source)) is not None:
                return owner
    return None


def speaker_span(head: Token, content: Sequence[Span]) -> Span:
    """Return the words that name the speaker: the noun phrase without the clauses after it and without content."""
    words: dict[int, Token] = {head.i: head}
    stack = [c for c in head.children if c.dep not in LEFT_OUT]
    while stack and len(words) < 60:
        token = stack.pop()
        words[token.i] = token
        stack.extend(c for c in token.children if c.dep not in ("relcl", "advcl"))
    kept = {i for i, t in words.items() if t is head or not any(s.start <= t.start < s.end for s in content)}
    first = last = head.i
    while any(i in kept for i in (first - 1, first - 2)):
        first = first - 1 if first - 1 in kept else first - 2
    while any(i in kept for i in (last + 1, last + 2)):
        last = last + 1 if last + 1 in kept else last + 2
    return Span(words[first].start, words[last].end)
