"""Events: predicates that a codebook knows, with who does and who undergoes them.

The way: predicates (which tokens fit a sense) → light (support verbs) → arguments (who) → speech (promises, refusals,
threats, demands) → folding (one event told in several words) → weighing (how sure the codebooks are) → asking (the
classifier) → deciding (between the two) → proposals (verbs that no entry knows) → confidence (what to leave out).
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.balance import BOTH, Balance
from dragoman.domain.codes import EventType, Status
from dragoman.domain.findings import Entity, Event, Quotation
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse
from dragoman.domain.ports import EventClassifier, EventOpinion
from dragoman.domain.quoting import QuotationIndex
from dragoman.lexicon import plover
from dragoman.lexicon.events import event_book
from dragoman.stages.events import confidence, folding, light, weighing
from dragoman.stages.events.arguments import Arguments
from dragoman.stages.events.asking import ask
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.context import Context
from dragoman.stages.events.deciding import decide, decide_sides
from dragoman.stages.events.predicates import Predicates
from dragoman.stages.events.proposals import accept, propose
from dragoman.stages.events.speech import Speech
from dragoman.stages.events.voice import Voice


def find_events(
    parse: Parse,
    entities: Sequence[Entity],
    quotations: Sequence[Quotation],
    classifier: EventClassifier | None = None,
    balance: Balance = BOTH,
) -> tuple[list[Event], dict[str, EventOpinion]]:
    """Return the events of the text, in order of their triggers, ids `e1` ..., and the classifier's opinion on each.

    Without a CLASSIFIER the codebooks alone decide, else both as BALANCE says. Status is settled later.
    """
    book = event_book()
    index = MentionIndex(entities)
    quoting = QuotationIndex(quotations)
    arguments = Arguments(index, book, parse)
    voice = Voice(quoting, arguments, book.lists["saying"])
    speech = Speech(book, arguments, voice)
    candidates = list(Predicates(book, index).find(parse))
    light.attach(candidates, book)
    candidates = [c for c in candidates if not c.dropped]
    for candidate in candidates:
        arguments.fill(candidate)
        weighing.let_speak(candidate, voice)
        weighing.let_force_report(candidate, voice, book)
        speech.turn(candidate)
    weighing.blame(candidates)
    candidates += [demand for sentence in parse.sentences for demand in speech.demands(sentence)]
    folding.fold(candidates, book)
    taken = {t.i for c in candidates for t in (c.token, c.light, *c.matched) if t is not None}
    candidates = [c for c in candidates if not c.dropped]
    for candidate in candidates:
        weighing.weigh(candidate, book)
    opinions: dict[int, EventOpinion] = {}
    if classifier is not None:
        for candidate, answer in zip(candidates, ask(candidates, parse, index, classifier), strict=True):
            opinions[id(candidate)] = answer.opinion
            if answer.opinion.types:
                decide(candidate, answer, balance)
                candidate.confidence = confidence.scaled(confidence.features(candidate, answer))
        unknown = list(propose(parse, taken, book))
        candidates += _accepted(unknown, parse, index, arguments, classifier, balance, opinions)
    least = weighing.THRESHOLD if classifier is None else confidence.THRESHOLD
    kept = [c for c in candidates if c.confidence >= least]
    kept.sort(key=lambda c: (c.trigger, c.rule))
    Context(index, book).fill(kept)
    events = [_event(candidate, f"e{number}") for number, candidate in enumerate(kept, start=1)]
    return events, {e.id: opinions[id(c)] for e, c in zip(events, kept, strict=True) if id(c) in opinions}


def _accepted(
    unknown: Sequence[Candidate],
    parse: Parse,
    index: MentionIndex,
    arguments: Arguments,
    classifier: EventClassifier,
    balance: Balance,
    opinions: dict[int, EventOpinion],
) -> list[Candidate]:
    """Return those of UNKNOWN that the CLASSIFIER is sure of, with their sides, and keep its OPINIONS on them."""
    found = []
    for candidate, answer in zip(unknown, ask(unknown, parse, index, classifier), strict=True):
        if accept(candidate, answer):
            arguments.fill(candidate)
            decide_sides(candidate, answer, balance)
            candidate.confidence = confidence.scaled(confidence.features(candidate, answer))
            opinions[id(candidate)] = answer.opinion
            found.append(candidate)
    return found


def _event(candidate: Candidate, name: str) -> Event:
    cameo = candidate.sense.cameo if candidate.type == candidate.sense.type else None
    cameo = cameo or plover.closest_cameo(candidate.type, candidate.mode)
    mentions = folding.companions(candidate)
    return Event(
        id=name,
        confidence=round(candidate.confidence, 3),
        found_by=candidate.rule,
        evidence=(candidate.trigger,),
        why=tuple(candidate.reasons),
        type=EventType(candidate.type),
        mode=candidate.mode,
        contexts=candidate.sense.contexts,
        cameo=cameo,
        quad_class=plover.quad_classes()[candidate.type],
        goldstein=plover.goldstein(cameo, candidate.type, candidate.mode),
        trigger=candidate.trigger,
        actors=tuple(candidate.actors),
        recipients=tuple(i for i in candidate.recipients if i not in candidate.actors),
        status=candidate.status or Status.OCCURRED,
        mentions=tuple(m for m in mentions if m != candidate.trigger),
    )
