"""Points of countries and regions, and the words that show a place."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from dragoman.domain.ports import GazetteerPlace
from dragoman.lexicon.countries import countries, country_by_name, folded
from dragoman.lexicon.source import load_entries


class PlaceWords(msgspec.Struct, frozen=True):
    """Words that show a place, words that show none, and the states' abbreviations."""

    into: frozenset[str]
    acting: frozenset[str]
    nouns: frozenset[str]
    bodies: frozenset[str]
    shown: frozenset[str]
    common: frozenset[str]
    divisions: frozenset[str]
    sides: frozenset[str]
    placing: frozenset[str]
    moving: frozenset[str]
    residents: frozenset[str]
    states: dict[str, str]
    natural: dict[str, str]


@cache
def place_words() -> PlaceWords:
    """Return the words that show a place."""
    entries = {e.id.rsplit(".", 1)[1]: e.fields for e in load_entries("places") if e.id.startswith("places.words.")}
    lists = {name: frozenset(fields["words"]) for name, fields in entries.items() if "words" in fields}
    return PlaceWords(**lists, states=entries["states"]["values"], natural=entries["natural"]["values"])


def _points(name: str) -> dict[str, Any]:
    points: dict[str, Any] = next(e.fields["points"] for e in load_entries("places") if e.id == f"places.points.{name}")
    return points


@cache
def _country_points() -> dict[str, list[float]]:
    return _points("countries")


@cache
def _regions() -> dict[str, GazetteerPlace]:
    return {
        folded(name): GazetteerPlace(
            geonames_id=None, name=name, feature=feature, country=country, admin1=None, latitude=latitude,
            longitude=longitude, population=0,
        )
        for name, (feature, country, latitude, longitude) in _points("regions").items()
    }  # fmt: skip


def country_place(name: str) -> GazetteerPlace | None:
    """Return the country called NAME as a place, or None."""
    iso = country_by_name(name)
    return None if iso is None else country_of(iso)


def country_of(iso: str) -> GazetteerPlace:
    """Return the country with the code ISO (alpha-3) as a place; without coordinates where no point is known."""
    latitude, longitude = _country_points().get(iso, (None, None))
    return GazetteerPlace(
        geonames_id=None, name=countries()[iso].name, feature="PCLI", country=iso, admin1=None, latitude=latitude,
        longitude=longitude, population=0,
    )  # fmt: skip


def region_place(name: str) -> GazetteerPlace | None:
    """Return the continent, sea or region called NAME, or None."""
    key = folded(name)
    return _regions().get(key) or _regions().get(key.removeprefix("the "))


@cache
def _peoples() -> dict[str, str]:
    entry = next(e for e in load_entries("places") if e.id == "places.words.peoples")
    peoples: dict[str, str] = entry.fields["values"]
    return peoples


def state_called(name: str) -> str | None:
    """Return the state that NAME abbreviates ("W.Va." and "W.Va"), or None."""
    states = place_words().states
    return states.get(name.lower()) or (states.get(f"{name.lower()}.") if "." in name else None)


def land_place(name: str) -> GazetteerPlace | None:
    """Return the country or region called NAME; England is itself, not the kingdom that it is of."""
    region = region_place(name)
    if region is not None and region.feature == "ADM1":
        return region
    return country_place(name) or region


def people_place(name: str) -> str | None:
    """Return the region or division whose people or adjective NAME is ("European": Europe), or None."""
    return _peoples().get(name)


@cache
def long_lands() -> dict[str, tuple[str, ...]]:
    """Return the names of countries and regions that have two words or more, by their first word, longest first."""
    names = {n for c in countries().values() for n in c.names} | set(_points("regions"))
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        first, _, rest = name.removeprefix("the ").removeprefix("The ").partition(" ")
        if rest:
            found.setdefault(first, []).append(f"{first} {rest}")
    return {first: tuple(rest) for first, rest in found.items()}
