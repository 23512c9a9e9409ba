"""An event while it is being made out: the sense, the words, and what was decided about it so far."""

from __future__ import annotations

from dragoman.domain.codes import Status
from dragoman.domain.findings import Reason
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span
from dragoman.lexicon.events import Sense


class Candidate:
    """A predicate that a sense of the codebook fits. Lives only inside the stage."""

    __slots__ = (
        "actors", "companions", "confidence", "dropped", "light", "matched", "mode", "reasons", "recipients", "rule",
        "sense", "status", "token", "trigger", "type",
    )  # fmt: skip

    def __init__(
        self, sense: Sense, token: Token, matched: tuple[Token, ...] = (), rivals: tuple[str, ...] = ()
    ) -> None:
        self.sense = sense
        self.token = token
        self.matched = matched
        self.type = sense.type
        self.mode = sense.mode
        self.rule = sense.id
        self.light: Token | None = None
        self.companions: list[Span] = []
        self.actors: list[str] = []
        self.recipients: list[str] = []
        self.status: Status | None = None
        self.confidence = sense.confidence
        self.dropped = False
        self.trigger = _trigger(token, matched)
        self.reasons: list[Reason] = [Reason(field="type", rule=sense.id, spans=(self.trigger,), considered=rivals)]
        if sense.mode:
            self.reasons.append(Reason(field="mode", rule=sense.id, spans=(self.trigger,)))

    @property
    def is_verb(self) -> bool:
        """Whether a verb carries the event."""
        return self.sense.form == "verbs"

    def turn_into(self, type_: str, rule: str, span: Span, mode: str | None = None) -> None:
        """Make this an event of another TYPE_, because of RULE."""
        self.reasons = [r for r in self.reasons if r.field not in ("type", "mode")]
        before = f"{self.type} by {self.sense.id}"
        self.reasons.insert(0, Reason(field="type", rule=rule, spans=(self.trigger, span), considered=(before,)))
        self.type, self.mode = type_, mode

    def say(self, field: str, rule: str, spans: tuple[Span, ...] = (), considered: tuple[str, ...] = ()) -> None:
        """Keep why FIELD is what it is."""
        self.reasons.append(Reason(field=field, rule=rule, spans=spans, considered=considered))


def _trigger(token: Token, matched: tuple[Token, ...]) -> Span:
    """Return the span of the predicate with the pattern's words next to it."""
    first, last = token, token
    near = sorted((t for t in matched if abs(t.i - token.i) <= 3), key=lambda t: abs(t.i - token.i))
    for other in near:
        if other.i > last.i and other.i - last.i <= 2:
            last = other
        elif other.i < first.i and first.i - other.i <= 2:
            first = other
    return Span(first.start, last.end)
