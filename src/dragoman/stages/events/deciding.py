"""Weighs the codebooks against the classifier: which type an event has, whether it is one, and who takes part."""

from __future__ import annotations

import math

import msgspec

from dragoman.domain.balance import Balance
from dragoman.domain.motives import is_answered
from dragoman.lexicon.events import event_book
from dragoman.stages.events.asking import Answer
from dragoman.stages.events.candidate import Candidate

NONE = "NONE"
SURE = 0.93
"""A codebook entry of this confidence or more overrules the classifier."""

TAKEN = 0.61
"""Least worth with which an entity is taken as a participant."""

ACTED_ON = 0.7
"""Least probability with which a place that the grammar takes for a participant ("a raid in Mali") is one."""

JOINED = 0.45
"""Least probability with which the classifier adds a participant to a side that the grammar filled."""

NEW = 0.22
"""The same for a side that the grammar left empty."""

NEW_TO_NOUN = 0.8
"""The same where a noun carries the event: whose doing it is, another clause may tell."""


EARLIER = 0.7
"""Least probability with which somebody whom only the sentence before names is added."""


def decide(candidate: Candidate, answer: Answer, balance: Balance) -> None:
    """Set type, mode, sides and confidence of CANDIDATE from what the codebooks and the classifier say."""
    _decide_type(candidate, answer, balance)
    decide_sides(candidate, answer, balance)


def _decide_type(candidate: Candidate, answer: Answer, balance: Balance) -> None:
    types = answer.opinion.types
    sure = min(0.97, max(0.05, candidate.confidence))
    worth = {t: balance.classifier * math.log(max(p, 1e-4)) for t, p in types.items()}
    other = math.log((1 - sure) / (len(types) - 1))
    for type_ in worth:
        worth[type_] += balance.codebook * (math.log(sure) if type_ == candidate.type else other)
    highest = max(worth.values())
    raised = {t: math.exp(w - highest) for t, w in worth.items()}
    total = sum(raised.values())
    best = min(raised, key=lambda t: (-raised[t], t))
    considered = tuple(f"{t} {p:.2f} by the classifier" for t, p in sorted(types.items(), key=lambda x: -x[1])[:3])
    if best not in (candidate.type, NONE) and balance.codebook * candidate.confidence < SURE:
        candidate.turn_into(best, "plover.classifier.type", candidate.trigger, likeliest_mode(answer, best))
    candidate.confidence = raised[candidate.type] / total
    first = candidate.reasons[0]
    candidate.reasons[0] = msgspec.structs.replace(first, considered=(*first.considered, *considered))


def likeliest_mode(answer: Answer, type_: str) -> str | None:
    """Return the likeliest mode of TYPE_, None where no mode is likeliest."""
    own = {m.partition("/")[2]: p for m, p in answer.opinion.modes.items() if m.startswith(f"{type_}/")}
    return (max(own, key=lambda m: own[m]) if own else None) or None


def decide_sides(candidate: Candidate, answer: Answer, balance: Balance) -> None:
    """Set the sides of CANDIDATE by what the grammar and the classifier say together.

    Who did what another deed answers is left to the grammar: the clause names those who answer it.
    """
    if candidate.sense.form == "modal":
        return
    grammar = balance.grammar
    sides = {"actors": answer.actors, "recipients": answer.recipients}
    ruled: dict[str, list[str]] = {side: list(getattr(candidate, side)) for side in sides}
    worth = {
        side: {e: (1 - grammar) * p + grammar * (e in ruled[side]) for e, p in likely.items()}
        for side, likely in sides.items()
    }
    chosen: dict[str, list[str]] = {}
    answered = is_answered(candidate.token, event_book().lists["answers"])
    for side, likely in sides.items():
        kept = [
            e
            for e in ruled[side]
            if e not in likely or (worth[side][e] >= TAKEN and (e not in answer.settings or likely[e] >= ACTED_ON))
        ]
        least = JOINED if kept else NEW_TO_NOUN if candidate.sense.form == "nouns" else NEW
        added = [
            e
            for e in likely
            if e not in ruled[side]
            and likely[e] >= (max(least, EARLIER) if e in answer.earlier else least)
            and e not in answer.settings
            and not (answered and side == "actors")
        ]
        chosen[side] = kept + [e for e in added if not answer.inside.get(e, frozenset()) & {*kept, *added}]
    for entity in [e for e in chosen["actors"] if e in chosen["recipients"]]:
        is_actor = worth["actors"].get(entity, grammar) >= worth["recipients"].get(entity, grammar)
        chosen["recipients" if is_actor else "actors"].remove(entity)
    for side, ids in chosen.items():
        if ids == ruled[side]:
            continue
        setattr(candidate, side, ids)
        candidate.reasons = [r for r in candidate.reasons if r.field != side or any(e in ruled[side] for e in ids)]
        dropped = tuple(f"{e} by the grammar" for e in ruled[side] if e not in ids)
        candidate.say(side, f"plover.classifier.{side}", (), dropped)
