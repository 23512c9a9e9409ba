"""Whom a speech act is aimed at where its own clause names nobody: the doer of what it speaks of, or who spoke before.

"Rebels shelled the town. The EU condemned the ATTACK": the rebels. "Peru accused Chile. Chile denied the CLAIM": Peru.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Token
from dragoman.lexicon.events import EventBook
from dragoman.stages.events import grammar
from dragoman.stages.events.candidate import Candidate

ANSWERING = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
"""Types of events that may take up an event told before."""

SPOKEN_OF = {
    "told-deeds": frozenset({"ASSAULT", "COERCE"}),
    "told-claims": frozenset({"ACCUSE"}),
    "told-demands": frozenset({"REQUEST", "THREATEN", "AGREE", "CONSULT", "CONCEDE"}),
    "told-measures": frozenset({"SANCTION", "COERCE", "MOBILIZE", "CONCEDE", "RETREAT", "AGREE", "ACCUSE", "AID"}),
}
"""Which events the nouns of the codebook's lists take up."""

REPLYING = frozenset({"REJECT", "THREATEN"})
"""Types of events that answer whoever acted on their actor, also without a noun that says so."""

REACH = 4
"""How many sentences back an event is answered."""


class Context:
    """Finds the recipients that the clause of a speech act leaves out."""

    def __init__(self, index: MentionIndex, book: EventBook) -> None:
        self._index = index
        self._nouns = {name: book.lists[name] for name in SPOKEN_OF}

    def fill(self, candidates: Sequence[Candidate]) -> None:
        """Give those of CANDIDATES, in text order, that have an actor and nobody at whom they are aimed a recipient."""
        for place, candidate in enumerate(candidates):
            if candidate.recipients or not candidate.actors or candidate.type not in ANSWERING:
                continue
            sentence = candidate.token.sent.i
            before = [c for c in candidates[:place] if sentence - c.token.sent.i <= REACH and c.actors]
            if self._take_up(candidate, before):
                continue
            if candidate.type in REPLYING:
                self._reply(candidate, before)

    def _take_up(self, candidate: Candidate, before: Sequence[Candidate]) -> bool:
        """Set the doers of the event that the object of CANDIDATE takes up; tell whether there is one."""
        for thing in _things(candidate):
            for name, types in SPOKEN_OF.items():
                if thing.lemma not in self._nouns[name]:
                    continue
                for other in reversed(before):
                    if other.type in types and self._are_others(other.actors, candidate):
                        return self._set(candidate, other.actors, "plover.recipient.taken-up", other)
        return False

    def _reply(self, candidate: Candidate, before: Sequence[Candidate]) -> None:
        """Set who last acted on the actor of CANDIDATE."""
        for other in reversed(before):
            if self._on_same_side(other.recipients, candidate) and self._are_others(other.actors, candidate):
                self._set(candidate, other.actors, "plover.recipient.reply", other)
                return

    def _set(self, candidate: Candidate, ids: Sequence[str], rule: str, other: Candidate) -> bool:
        candidate.recipients = list(ids)
        candidate.say("recipients", rule, (other.trigger,))
        return True

    def _are_others(self, ids: Sequence[str], candidate: Candidate) -> bool:
        return bool(ids) and not self._on_same_side(ids, candidate)

    def _on_same_side(self, ids: Sequence[str], candidate: Candidate) -> bool:
        mine = {self._side(i) for i in candidate.actors}
        return any(self._side(i) in mine for i in ids)

    def _side(self, entity: str) -> str:
        """Return what stands for the party of ENTITY: its state for a government and its servants, else itself."""
        found = self._index.entities[entity]
        if found.country is not None and found.sector in ("GOV", "MIL", "COP", "SPY"):
            return found.country
        return entity


def _things(candidate: Candidate) -> list[Token]:
    """Return what CANDIDATE speaks of: the objects of its verb or pattern, or what follows its noun."""
    if candidate.is_verb:
        last = candidate.matched[-1] if candidate.matched else None
        after = grammar.prepositional(candidate.token, ("to", "on", "over", "at", "about", "of", "for", "as"))
        return [*grammar.objects(candidate.token), *([last] if last is not None else []), *after]
    return grammar.prepositional(candidate.token, ("of", "over", "at", "about", "for", "to"))
