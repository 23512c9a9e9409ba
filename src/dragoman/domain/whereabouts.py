"""In which country a sentence plays: by its own places, by those just before, or by the report as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dragoman.domain.codes import PlaceRole
from dragoman.domain.findings import Place
from dragoman.domain.grammar import top_of
from dragoman.domain.parse import Parse, Token

REACH = 4
"""Sentences back over which the scene carries on."""


class Whereabouts:
    """The places of a report where things happen, by sentence, and the country that nearly all of them lie in."""

    def __init__(self, parse: Parse, places: Iterable[Place]) -> None:
        self.by_sentence: dict[int, list[tuple[Place, Token]]] = {}
        counts: Counter[str] = Counter()
        for place in places:
            token = top_of(parse, place.span)
            if token is None or place.role is PlaceRole.ASSOCIATIVE:
                continue
            self.by_sentence.setdefault(token.sent.i, []).append((place, token))
            if place.country:
                counts[place.country] += 1
        self.countries = counts
        """How many places where things happen lie in each country."""
        ranked = counts.most_common(2)
        clear = bool(ranked) and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        self.whole = ranked[0][0] if clear else None
        """ISO code of the country that most places lie in, None where it is not clear."""

    def within(self, sentence: int) -> Place | None:
        """Return the first place of a sentence that has a country, where all of its places lie in that one."""
        near = [p for p, _ in self.by_sentence.get(sentence, []) if p.country]
        located = [p for p in near if p.role is PlaceRole.LOCATION] or near
        return located[0] if located and len({p.country for p in located}) == 1 else None

    def before(self, sentence: int) -> Place | None:
        """Return the place of the nearest earlier sentence, at most REACH back, that plays in one country."""
        for number in range(sentence - 1, max(-1, sentence - 1 - REACH), -1):
            if number in self.by_sentence:
                return self.within(number)
        return None
