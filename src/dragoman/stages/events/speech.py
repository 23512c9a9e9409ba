"""What a modal makes of a predicate: a promise (AGREE), a refusal (REJECT), a threat (THREATEN), a demand (REQUEST)."""

from __future__ import annotations

from dragoman.domain.codes import Status
from dragoman.domain.parse import Sentence, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.events import EventBook, Sense
from dragoman.stages.events import grammar
from dragoman.stages.events.arguments import Arguments
from dragoman.stages.events.candidate import Candidate
from dragoman.stages.events.voice import Voice

PROMISED = frozenset({"SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
REFUSED = PROMISED | {"CONSULT", "AGREE"}
THREATENED = frozenset({"ASSAULT", "SANCTION", "COERCE", "PROTEST", "MOBILIZE"})
FUTURE = frozenset({"will", "would", "'ll", "’ll", "shall", "wo", "'d", "’d"})
REACH = 12
"""How many words a modal reaches over coordination."""

DEMANDING = frozenset({"must"})
ADVISING = frozenset({"should", "ought"})
CONDITIONS = frozenset({"if", "unless", "when", "once", "provided"})


class Speech:
    """Turns predicates under modals into the speech acts that they are."""

    def __init__(self, book: EventBook, arguments: Arguments, voice: Voice) -> None:
        self._arguments = arguments
        self._voice = voice
        self._courtesies = book.lists["courtesies"]

    def turn(self, candidate: Candidate) -> None:
        """Make CANDIDATE a promise, refusal or threat where its modal makes it one."""
        if not candidate.is_verb:
            return
        self._let_speak(candidate)
        token = candidate.token
        modal = _modal(token)
        if modal is None or grammar.is_passive(token):
            return
        refused = any(c.dep == "neg" for c in token.children)
        span = Span(modal.start, token.end)
        if refused:
            if candidate.type in REFUSED and grammar.subjects(token):
                candidate.turn_into("REJECT", "plover.reject.will-not", span, _refused_mode(candidate.type))
                candidate.status = Status.OCCURRED
            return
        if not candidate.actors or _is_conditional(token, modal):
            return
        if candidate.type in PROMISED and token.lemma not in self._courtesies and not self._is_scheduled(candidate):
            candidate.turn_into("AGREE", "plover.agree.will", span)
            candidate.status = Status.OCCURRED
        elif candidate.type in THREATENED and self._is_threat(candidate):
            candidate.turn_into("THREATEN", "plover.threaten.will", span, _threat_mode(candidate))
            candidate.status = Status.OCCURRED

    def _let_speak(self, candidate: Candidate) -> None:
        """Give a verb whose subject never is the actor to whoever says its clause ("Chad broke the pact, X said")."""
        if candidate.actors or candidate.sense.actors or not candidate.sense.speech:
            return
        speaker = self._voice.speaker(candidate.token)
        if speaker is not None:
            candidate.actors = [speaker[0]]
            candidate.recipients = [i for i in candidate.recipients if i != speaker[0]]
            candidate.say("actors", "plover.actor.speaker", (speaker[1],))

    def _is_scheduled(self, candidate: Candidate) -> bool:
        """Tell whether a date or an amount makes the promise a plan."""
        token = candidate.token
        if candidate.type in ("AID", "COOPERATE") and _has_amount(token):
            return True
        below = [*token.children, *(g for c in token.children for g in c.children)]
        return candidate.type in ("RETREAT", "CONCEDE") and any(t.ent == "DATE" for t in below)

    def _is_threat(self, candidate: Candidate) -> bool:
        token = candidate.token
        return bool(candidate.recipients) and self._voice.is_own_words(token, candidate.actors)

    def demands(self, sentence: Sentence) -> list[Candidate]:
        """Return a REQUEST for every "must" or "should" of SENTENCE that a known speaker lays on others."""
        found = []
        for token in sentence.tokens:
            if token.tag != "MD" or token.lower not in DEMANDING | ADVISING or token.dep != "aux":
                continue
            demand = self._demand(token)
            if demand is not None:
                found.append(demand)
        return found

    def _demand(self, modal: Token) -> Candidate | None:
        verb = modal.head
        if verb.dep in ("relcl", "advcl") or any(c.lower in ("have", "i", "we") for c in verb.children if c.i < verb.i):
            return None
        speaker = self._voice.speaker(verb)
        if speaker is None:
            return None
        strong = modal.lower in DEMANDING
        sense = DEMAND if strong else ADVICE
        request = Candidate(sense, verb)
        request.trigger = Span(modal.start, max(modal.end, verb.end))
        request.actors = [speaker[0]]
        request.say("actors", "plover.actor.speaker", (speaker[1],))
        doers = grammar.agents(verb) if grammar.is_passive(verb) else grammar.surface_subjects(verb)
        request.recipients = [i for i in self._arguments.entities(doers) if i != speaker[0]]
        if request.recipients:
            request.say("recipients", "plover.recipient.clause", tuple(t.span for t in doers))
        elif not strong:
            return None
        request.status = Status.OCCURRED
        return request


DEMAND = Sense(id="plover.request.must", type="REQUEST", form="modal", lemma="must", confidence=0.75, speech=True)
ADVICE = Sense(id="plover.request.should", type="REQUEST", form="modal", lemma="should", confidence=0.5, speech=True)


def _modal(verb: Token) -> Token | None:
    """Return the future modal above VERB, also over "continue to", "be ready to" and coordination."""
    token = verb
    for _ in range(3):
        for child in token.children:
            if child.dep == "aux" and child.lower in FUTURE and verb.i - child.i <= REACH:
                return child
        own_subject = any(c.dep in ("nsubj", "nsubjpass") for c in token.children)
        if own_subject or token.dep not in ("conj", "xcomp") or token.head is token:
            return None
        if token.dep == "xcomp" and token.head.lemma not in ("continue", "keep", "begin", "start", "go", "try"):
            return None
        token = token.head
    return None


def _is_conditional(verb: Token, modal: Token) -> bool:
    if modal.lower not in ("would", "'d", "’d"):
        return False
    places = [verb, verb.head]
    marks = (m for p in places for c in p.children if c.dep == "advcl" for m in c.children if m.dep == "mark")
    return any(m.lower in CONDITIONS for m in marks)


def _has_amount(verb: Token) -> bool:
    return any(t.pos == "NUM" or t.text in "$€£" for o in grammar.objects(verb) for t in (o, *o.children))


def _refused_mode(type_: str) -> str | None:
    return {"RETREAT": "yield", "CONCEDE": "yield", "CONSULT": "meet"}.get(type_, "assist")


def _threat_mode(candidate: Candidate) -> str | None:
    if candidate.type == "ASSAULT":
        return "violence"
    if candidate.type == "SANCTION":
        return "relations"
    return "arrest" if candidate.mode == "arrest" else "restrict"
