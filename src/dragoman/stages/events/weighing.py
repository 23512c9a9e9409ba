"""How sure an event is, and which candidates are no events: names, topics, nouns that nobody takes part in."""

from __future__ import annotations

from dragoman.domain.parse import Token
from dragoman.lexicon.events import EventBook
from dragoman.stages.events import grammar
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.voice import Voice

QUOTES = frozenset({'"', "“", "”", "‘", "’", "'", "``", "''"})

MISDEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})

THRESHOLD = 0.35
"""Least confidence with which an event is kept where the codebooks decide alone."""


def let_speak(candidate: Candidate, voice: Voice) -> None:
    """Give a speech act without an actor of its own to whoever says its clause."""
    if candidate.actors or not candidate.sense.speech or candidate.sense.form == "nouns":
        return
    if candidate.is_verb and grammar.surface_subjects(candidate.token) and not grammar.is_passive(candidate.token):
        return
    speaker = voice.speaker(candidate.token)
    issuer = voice.issuer(candidate.token) if speaker is None and candidate.sense.form == "adjectives" else None
    if speaker is not None:
        candidate.actors = [speaker[0]]
        candidate.recipients = [i for i in candidate.recipients if i != speaker[0]]
        candidate.say("actors", "plover.actor.speaker", (speaker[1],))
    elif issuer is not None:
        candidate.actors = [issuer]
        candidate.recipients = [i for i in candidate.recipients if i != issuer]
        candidate.say("actors", "plover.actor.issuer")


def blame(candidates: list[Candidate]) -> None:
    """Name the authors of what is condemned, and the force that reports its own arrests as who made them."""
    at = {c.token.i: c for c in candidates if not c.dropped}
    authors: dict[str, list[str]] = {}
    for candidate in candidates:
        if candidate.dropped:
            continue
        if "author" in candidate.sense.recipients:
            _blame_author(candidate, at, authors)
        if (
            candidate.actors
            and candidate.type in MISDEEDS
            and (not candidate.is_verb or candidate.token.lemma not in authors)
        ):
            authors[candidate.token.lemma] = candidate.actors


def _blame_author(candidate: Candidate, at: dict[int, Candidate], authors: dict[str, list[str]]) -> None:
    things = grammar.objects(candidate.token)
    if not candidate.is_verb:
        things = grammar.prepositional(candidate.token, ("of", "over", "at", "about", "for"))
    for thing in things:
        deed = at.get(thing.i)
        if deed is None or deed.type not in MISDEEDS:
            continue
        found = deed.actors or authors.get(thing.lemma, [])
        found = [i for i in found if i not in candidate.actors]
        if found or deed.recipients:
            candidate.recipients = found or candidate.recipients
            candidate.reasons = (
                [r for r in candidate.reasons if r.field != "recipients"] if found else candidate.reasons
            )
            if found:
                candidate.say("recipients", "plover.recipient.author", (deed.trigger,))
        return


def let_force_report(candidate: Candidate, voice: Voice, book: EventBook) -> None:
    """Give an arrest or seizure without a doer to the police or army that tells of it."""
    if candidate.actors or candidate.mode not in ("arrest", "seize") or candidate.type != "COERCE":
        return
    verb = voice.saying_verb(candidate.token)
    if verb is None:
        return
    tellers = [t for t in grammar.subjects(verb) if t.lemma in book.lists["forces"]]
    ids = voice.entities(tellers)
    if ids:
        candidate.actors = ids[:1]
        candidate.say("actors", "plover.actor.reporting-force", tuple(t.span for t in tellers))


def weigh(candidate: Candidate, book: EventBook) -> None:
    """Set the confidence of CANDIDATE by its sense, its sides, and how its word stands in the sentence."""
    sure = candidate.confidence
    sides = bool(candidate.actors) + bool(candidate.recipients)
    if candidate.sense.form == "nouns":
        if sides == 0:
            sure *= 0.75 if candidate.sense.alone else 0.3
        if _is_topic(candidate.token, book):
            sure *= 0.55
        if _in_scare_quotes(candidate.token):
            sure *= 0.6
        if candidate.sense.speech and not candidate.actors:
            sure *= 0.6
    elif sides == 0:
        sure *= 0.65
    elif sides == 2:
        sure += 0.1
    candidate.confidence = max(0.05, min(0.95, sure))


def _in_scare_quotes(token: Token) -> bool:
    """Tell whether quotation marks stand right around a noun, which is then somebody's word for the thing."""
    tokens, place = token.sent.tokens, token.i - token.sent.tokens[0].i
    if not 0 < place < len(tokens) - 1:
        return False
    return tokens[place - 1].text in QUOTES and tokens[place + 1].text in QUOTES


def _is_topic(token: Token, book: EventBook) -> bool:
    """Tell whether a noun only names a topic ("the fight against terrorism", "attack helicopters")."""
    topics = book.lists["topics"]
    if token.dep == "compound":
        return True
    if token.dep == "pobj" and token.head.head.lemma in topics:
        return True
    return token.dep == "conj" and token.head.dep == "compound"
