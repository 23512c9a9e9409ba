"""Places and parties that a person names in words, as a correction keeps them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from dragoman.domain.name_keys import name_key
from dragoman.domain.ports import Gazetteer, GazetteerPlace
from dragoman.domain.records import Party, Spot
from dragoman.lexicon.countries import countries, country_by_name

TOWN = 0.1
"""Least share of a district's size that its town of the same name has for the town to be meant."""


def place_named(text: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the place that TEXT names: `Kismayo`, `Kismayo, SOM`, `Somalia`, or `Kismayo, SOM, -0.36, 42.55`.

    Coordinates that are not given are the gazetteer's, of the largest place of that name (in that country); a name
    that it doesn't know has none.
    """
    names, degrees = [], []
    for part in (p.strip() for p in text.split(",")):
        try:
            degrees.append(float(part))
        except ValueError:
            names.append(part)
    country = _country(names[-1]) if names else None
    name = ", ".join(names[:-1] if country else names) or None
    found = _largest(gazetteer, name, country) if name and not degrees else None
    spot = Spot(
        name=found.name if found else name, country=country or (found.country if found else None),
        admin1=found.admin1 if found else None, geonames_id=found.geonames_id if found else None,
        latitude=degrees[0] if degrees else found.latitude if found else None,
        longitude=degrees[1] if len(degrees) > 1 else found.longitude if found else None,
    )  # fmt: skip
    plain: dict[str, Any] = msgspec.to_builtins(spot)
    return plain


def parties_named(text: str, known: Sequence[Party], code: Callable[[str], Party | None]) -> list[dict[str, Any]]:
    """Return the parties that TEXT names, parted by semicolons: as KNOWN has them, or else as CODE codes the words."""
    by_key = {name_key(p.name): p for p in known}
    names = [n for n in (part.strip() for part in text.split(";")) if n]
    found = [by_key.get(name_key(n)) or code(n) or Party(name=n, kind="other") for n in names]
    return [msgspec.to_builtins(p) for p in found]


def _country(word: str) -> str | None:
    code = word.upper()
    return code if code in countries() else country_by_name(word)


def _largest(gazetteer: Gazetteer, name: str, country: str | None) -> GazetteerPlace | None:
    places = [p for p in gazetteer.lookup(name) if country is None or p.country == country]
    if not places:
        return None
    best = max(places, key=lambda p: p.size)
    towns = [p for p in places if p.feature.startswith("PPL") and p.country == best.country]
    town = max(towns, key=lambda p: p.size, default=None)
    return town if town is not None and town.size >= TOWN * best.size else best
