"""Verbs that no codebook entry knows, put before the classifier: what it is sure of becomes an event too."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.events import EventBook, Sense
from dragoman.stages.events.asking import Answer
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.deciding import likeliest_mode
from dragoman.stages.events.grammar import objects, subjects

LEAST = 0.98
"""Least probability of one type with which an unknown verb is taken for an event."""

UNKNOWN = Sense(id="plover.classifier.trigger", type="NONE", form="verbs", lemma="", confidence=0.0)


def propose(parse: Parse, taken: Collection[int], book: EventBook) -> Iterator[Candidate]:
    """Yield a candidate for every full verb with a subject or object that is not among TAKEN (token numbers)."""
    dull = book.lists["saying"] | book.lists["dull"]
    for sentence in parse.sentences:
        for token in sentence.tokens:
            if token.pos == "VERB" and token.i not in taken and token.lemma not in dull and _has_sides(token):
                yield Candidate(UNKNOWN, token)


def _has_sides(verb: Token) -> bool:
    return bool(subjects(verb)) or bool(objects(verb))


def accept(candidate: Candidate, answer: Answer) -> bool:
    """Give CANDIDATE the type and mode that the classifier is sure of, and tell whether it is sure of a type."""
    types = answer.opinion.types
    best = min(types, key=lambda t: (-types[t], t), default="NONE")
    if best == "NONE" or types[best] < LEAST:
        return False
    candidate.type = best
    candidate.mode = likeliest_mode(answer, best)
    if candidate.mode:
        candidate.say("mode", candidate.rule, (candidate.trigger,))
    candidate.confidence = types[best]
    return True
