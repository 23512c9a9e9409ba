"""How a name or noun phrase is coded: kind, country, sector, role.

The phrase is cut into pieces (`coding_pieces`); its head piece says what it is, the pieces before it and the phrases
that hang from it ("of", "in", a comma) say whose and where (`coding_context`, `coding_bodies`, `coding_names`). Names
come from the actor list, dated by the report (`coding_persons`).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from dragoman.domain.ports import ActorIndex
from dragoman.stages.entities.coding_names import Names
from dragoman.stages.entities.coding_pieces import clean_words, cut
from dragoman.stages.entities.coding_result import Coding

__all__ = ["Coding", "code_words"]

MOST_WORDS = 40
"""A longer phrase is cut to so many words around its head."""
DEEPEST = 3
"""How many phrases within phrases are followed ("a spokesman for the head of ...")."""


def code_words(
    words: Sequence[str],
    head: int | None,
    actors: ActorIndex,
    published: datetime.date | None,
    label: str | None = None,
) -> Coding | None:
    """Return how the phrase of WORDS is coded, or None where nothing is known of it.

    HEAD is the index of the head word (None: found here). LABEL is the recognizer's OntoNotes label, if any.
    """
    if len(words) > MOST_WORDS:
        start = max(0, (head or 0) - MOST_WORDS // 2)
        words = words[start : start + MOST_WORDS]
        coding = code_words(words, None if head is None else head - start, actors, published, label)
        if coding is None:
            return None
        return msgspec.structs.replace(coding, words=tuple(i + start for i in coding.words))
    return _coded(tuple(words), head, actors, published, label, 0)


@lru_cache(maxsize=20_000)
def _coded(
    words: tuple[str, ...],
    head: int | None,
    actors: ActorIndex,
    published: datetime.date | None,
    label: str | None,
    depth: int,
) -> Coding | None:
    if depth > DEEPEST:
        return None
    parts, places = clean_words([w or "-" for w in words])
    if not parts:
        return None

    def again(inner: tuple[str, ...]) -> Coding | None:
        return _coded(inner, None, actors, published, None, depth + 1)

    phrase = Names(parts, cut(parts, actors, published, label), actors, published, label, again)
    found = phrase.code(None if head is None else next((k for k, i in enumerate(places) if i == head), None))
    if found is None:
        return None
    return msgspec.structs.replace(found, words=tuple(sorted({places[i] for i in found.words})))
