"""One event for what is said in several words: "an attack killed ten", "rammed the gate, wounding five"."""

from __future__ import annotations

from dragoman.domain.parse import Token
from dragoman.domain.spans import Span
from dragoman.lexicon.events import EventBook
from dragoman.stages.events import grammar
from dragoman.stages.events.candidate import Candidate

ABSORBED_BY_PROMISE = frozenset({"SUPPORT", "COOPERATE", "AGREE", "CONCEDE"})


def fold(candidates: list[Candidate], book: EventBook) -> None:
    """Drop candidates that tell another's event again within its clause, and keep their words as its mentions."""
    at = {c.token.i: c for c in candidates if not c.dropped and c.sense.form != "modal"}
    results = book.lists["results"]
    for candidate in candidates:
        if candidate.dropped:
            continue
        _absorb_complement(candidate, at)
        _fold_into_verb(candidate, at)
        _fold_into_subject(candidate, at, results)
        _fold_into_clause(candidate, at, results)


def _absorb_complement(candidate: Candidate, at: dict[int, Candidate]) -> None:
    """Drop what a refusal refuses, and the bare goodwill that a promise promises."""
    if not candidate.sense.absorbs and candidate.type not in ("AGREE", "REJECT"):
        return
    for verb in grammar.complements(candidate.token):
        other = at.get(verb.i)
        if other is None or other.dropped or other is candidate:
            continue
        if candidate.sense.absorbs or (candidate.type == "AGREE" and other.type in ABSORBED_BY_PROMISE):
            _take_in(candidate, other)
        for noun in grammar.objects(verb):
            inner = at.get(noun.i)
            if inner is not None and not inner.dropped and inner.type in ABSORBED_BY_PROMISE:
                _take_in(candidate, inner)


def _fold_into_subject(candidate: Candidate, at: dict[int, Candidate], results: frozenset[str]) -> None:
    """Fold "killed" into "attack" in "the attack killed ten people"."""
    if not candidate.is_verb or candidate.type != "ASSAULT":
        return
    for doer in _doers(candidate.token):
        other = at.get(doer.i)
        if other is not None and other.type == "ASSAULT" and not other.dropped and other is not candidate:
            _merge(other, candidate)
            return


def _fold_into_verb(candidate: Candidate, at: dict[int, Candidate]) -> None:
    """Fold "protest" into "marched" in "marched in protest against the vote"."""
    token = candidate.token
    if candidate.sense.form != "nouns" or token.dep != "pobj" or token.head.lower not in ("in", "with", "during", "as"):
        return
    other = at.get(token.head.head.i)
    if other is not None and other.type == candidate.type and not other.dropped and other is not candidate:
        _merge(other, candidate)


def _doers(verb: Token) -> list[Token]:
    found = grammar.subjects(verb)
    if grammar.is_passive(verb):
        for place in grammar.together(verb):
            found = found + grammar.prepositional(place, ("in", "by", "during", "from"))
    return found


def _fold_into_clause(candidate: Candidate, at: dict[int, Candidate], results: frozenset[str]) -> None:
    """Fold "killing six" into "rammed a truck into the gate, killing six"."""
    if candidate.dropped or not candidate.is_verb or candidate.token.lemma not in results:
        return
    token = candidate.token
    if token.dep not in ("advcl", "conj", "acl", "dep"):
        return
    for ancestor in token.ancestors():
        other = at.get(ancestor.i)
        if other is not None and other.type == "ASSAULT" and not other.dropped and other is not candidate:
            _merge(other, candidate)
            return
        if ancestor.dep in ("ccomp", "relcl", "ROOT") and other is None:
            for noun in grammar.objects(ancestor) + grammar.subjects(ancestor):
                thing = at.get(noun.i)
                if thing is not None and thing.type == "ASSAULT" and not thing.dropped:
                    _merge(thing, candidate)
                    return
            return


def _merge(kept: Candidate, other: Candidate) -> None:
    """Drop OTHER; KEPT takes its words as a mention, and its participants where it has none."""
    other.dropped = True
    kept.companions.append(other.trigger)
    if not kept.actors:
        kept.actors = [i for i in other.actors if i not in kept.recipients]
        kept.reasons += [r for r in other.reasons if r.field == "actors" and kept.actors]
    added = [i for i in other.recipients if i not in kept.recipients and i not in kept.actors]
    if added:
        kept.recipients = [*kept.recipients, *added]
        kept.reasons += [r for r in other.reasons if r.field == "recipients"]
    kept.say("mentions", "plover.fold.result", (other.trigger,))
    kept.confidence = min(0.95, max(kept.confidence, other.confidence) + 0.05)


def _take_in(kept: Candidate, other: Candidate) -> None:
    other.dropped = True
    if not kept.recipients:
        taken = other.recipients or other.actors
        kept.recipients = [i for i in taken if i not in kept.actors]
        if kept.recipients:
            kept.reasons += [r for r in other.reasons if r.field == "recipients"]
    kept.say("type", "plover.fold.spoken-of", (other.trigger,))


def companions(candidate: Candidate) -> tuple[Span, ...]:
    """Return the mentions of CANDIDATE's event besides its trigger, in text order."""
    return tuple(sorted(set(candidate.companions)))
