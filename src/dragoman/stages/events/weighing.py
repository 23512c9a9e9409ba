"""How sure an event is, and which candidates are no events: names, topics, nouns that nobody takes part in."""

from __future__ import annotations

from dragoman.domain.parse import Token
from dragoman.lexicon.events import EventBook
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.voice import Voice

THRESHOLD = 0.35
"""Least confidence with which an event is kept."""


def let_speak(candidate: Candidate, voice: Voice) -> None:
    """Give a speech act without an actor of its own to whoever says its clause."""
    if candidate.actors or not candidate.sense.speech:
        return
    speaker = voice.speaker(candidate.token)
    if speaker is not None:
        candidate.actors = [speaker[0]]
        candidate.recipients = [i for i in candidate.recipients if i != speaker[0]]
        candidate.say("actors", "plover.actor.speaker", (speaker[1],))


def is_worth_keeping(candidate: Candidate, book: EventBook) -> bool:
    """Set the final confidence of CANDIDATE and tell whether it reaches the threshold."""
    sure = candidate.confidence
    sides = bool(candidate.actors) + bool(candidate.recipients)
    if candidate.sense.form == "nouns":
        if sides == 0:
            sure *= 0.75 if candidate.sense.alone else 0.3
        if _is_topic(candidate.token, book):
            sure *= 0.55
    elif sides == 0:
        sure *= 0.65
    elif sides == 2:
        sure += 0.1
    candidate.confidence = max(0.05, min(0.95, sure))
    return candidate.confidence >= THRESHOLD


def _is_topic(token: Token, book: EventBook) -> bool:
    """Tell whether a noun only names a topic ("the fight against terrorism", "attack helicopters")."""
    topics = book.lists.get("topics", frozenset())
    if token.dep == "compound":
        return True
    if token.dep == "pobj" and token.head.head.lemma in topics:
        return True
    return token.dep == "conj" and token.head.dep == "compound"
