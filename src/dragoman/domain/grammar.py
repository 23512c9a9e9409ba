"""Small questions about the grammar of a parse that several stages ask."""

from __future__ import annotations

from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span

COMPARING = frozenset({"compared", "comparison", "than", "versus"})
VERBAL = ("VERB", "AUX")
PERFECT = frozenset({"has", "have", "had", "’ve", "'ve"})


def top_of(parse: Parse, span: Span) -> Token | None:
    """Return the token of SPAN that its other tokens hang from, or None where the span has no token."""
    tokens = parse.tokens_in(span)
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head is t), tokens[0])


def clause_verb(token: Token) -> Token | None:
    """Return the verb of the clause that a token stands in: itself where it is one, else the nearest above it."""
    if token.pos in VERBAL:
        return token
    return next((a for a in token.ancestors() if a.pos in VERBAL), None)


def is_perfect(verb: Token) -> bool:
    """Tell whether a verb stands in a perfect tense."""
    return any(c.dep in ("aux", "auxpass") and c.lower in PERFECT for c in verb.children)


def is_compared(token: Token) -> bool:
    """Tell whether a time is one that something is compared with ("compared to the previous year")."""
    if any(a.lower in COMPARING for a in token.ancestors()):
        return True
    tokens = token.sent.tokens
    place = token.i - tokens[0].i
    return any(t.lower in COMPARING for t in tokens[max(0, place - 5) : place])


def depth_between(lower: Token, upper: Token) -> int | None:
    """Return how many steps lead from LOWER up to UPPER, or None where UPPER is not above it."""
    if lower is upper:
        return 0
    for steps, ancestor in enumerate(lower.ancestors(), 1):
        if ancestor is upper:
            return steps
    return None
