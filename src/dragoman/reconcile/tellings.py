"""Which words of a report tell one thing: those of one meaning. "Exploded" and "killing" are told apart.

A reading folds what came of a deed into the deed, for a report is told as a whole ("a bomb EXPLODED, KILLING two"). A
claim has all of it; the words that a record shows as telling it again are those that mean what its trigger means.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.spans import Span
from dragoman.reconcile.kinship import ONE, kinship
from dragoman.reconcile.wording import head_of


def tellings(text: str, spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Return SPANS of TEXT by what they mean, those of the first span first, all else in the order of SPANS."""
    found: dict[str, list[Span]] = {}
    for span in spans:
        head = head_of(span.surface(text))
        known = next((k for k in found if kinship(k, head) >= ONE), head)
        found.setdefault(known, []).append(span)
    return [tuple(told) for told in found.values()]
