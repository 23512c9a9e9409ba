"""Which nation a word names, and how: by its name, its people's name, its capital, its seat of power."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from dragoman.lexicon.actors import partial_states, regional_peoples
from dragoman.lexicon.countries import country_by_capital, country_by_demonym, country_by_name, metonym


class Nation(msgspec.Struct, frozen=True):
    """A country and how it is named: `name`, `demonym`, `capital`, `metonym`, `partial`."""

    country: str
    form: str


@lru_cache(maxsize=20_000)
def nation_of(words: str) -> Nation | None:
    """Return the nation that WORDS name as a whole, or None. A name begins with a capital letter."""
    if not words[:1].isupper():
        return None
    partial = partial_states().get(words.lower().replace("’", "'").replace(" - ", "-"))
    if partial:
        return Nation(partial, "partial")
    for form, find in _FORMS:
        country = find(words)
        if country:
            return Nation(country, form)
    regional = regional_peoples().get(words)
    return Nation(regional, "demonym") if regional else _written_in_capitals(words)


_FORMS = (
    ("name", country_by_name),
    ("metonym", metonym),
    ("demonym", country_by_demonym),
    ("capital", country_by_capital),
)


def _written_in_capitals(words: str) -> Nation | None:
    """Return the nation that WORDS name where a headline or dateline has them in capitals ("CANBERRA")."""
    titled = words.title()
    return nation_of(titled) if words.isupper() and len(words) > 4 and titled != words else None
