"""How well each place that a name may stand for goes with what the report's other names may stand for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from dragoman.domain.globe import EARTH_KM
from dragoman.domain.name_keys import name_key
from dragoman.domain.ports import GazetteerPlace
from dragoman.stages.places.options import Option

Odds = np.ndarray | Sequence[float]
MOST_NAMES = 60
MOST_OF_DIVISION = 5_000_000
NEAR_KM = 100.0
FEATURES = (
    "population", "called", "capital", "division", "county", "country", "region", "partly", "inside", "outside",
    "country_share", "division_share", "near", "nearest", "named_division", "rank", "same_as_division", "small",
    "division_of_city", "spellings", "body_spellings", "spellings_abroad", "holds", "peers",
)  # fmt: skip
"""The features of a candidate, in the order of the weights."""


class Name(msgspec.Struct, frozen=True):
    """A name of the report: what it may stand for, what is written beside it, and how often it stands there."""

    key: str
    options: tuple[Option, ...]
    container: str | None
    count: int
    county: bool
    body: bool = False
    """It stands in names of bodies alone."""
    held: tuple[str, ...] = ()
    """The keys of names that are written as lying in it ("Tacoma" for Washington in "Tacoma, Washington")."""
    peers: tuple[str, ...] = ()
    """The keys of names that stand beside it in a list."""


def features(names: Sequence[Name], odds: Sequence[Odds]) -> list[np.ndarray]:
    """Return for each of NAMES the features of its options, given the ODDS of each option so far."""
    countries, divisions, local = _shares(names, odds)
    near = _nearness(names, odds)
    by_key = {name.key: (name, odds[at]) for at, name in enumerate(names)}
    return [
        np.hstack([_of_name(name, at, countries, divisions, near[at], local[at]), _kin(name, by_key)])
        for at, name in enumerate(names)
    ]


def _kin(name: Name, by_key: Mapping[str, tuple[Name, Odds]]) -> np.ndarray:
    """Return for each option how much of what is written as inside it is, and how like the names of its list it is."""
    inside: dict[tuple[str | None, str | None], float] = defaultdict(float)
    for key in name.held:
        for option, chance in zip(by_key[key][0].options, by_key[key][1], strict=True):
            inside[option.place.country, option.place.admin1] += chance / len(name.held)
    kinds: dict[tuple[str | None, str], float] = defaultdict(float)
    for key in name.peers:
        for option, chance in zip(by_key[key][0].options, by_key[key][1], strict=True):
            kinds[option.place.country, option.place.feature[:4]] += chance / len(name.peers)
    rows = []
    for option in name.options:
        place = option.place
        holds = inside.get((place.country, place.admin1), 0.0) if place.feature == "ADM1" else 0.0
        rows.append((holds, kinds.get((place.country, place.feature[:4]), 0.0) if place.feature == "ADM1" else 0.0))
    return np.array(rows, dtype=float).reshape(-1, 2)


def _shares(
    names: Sequence[Name], odds: Sequence[Odds]
) -> tuple[list[dict[str, float]], list[dict[str, float]], list[float]]:
    """Return for each name how much of each country and division the other names speak, as shares of them.

    The third list is the share of the division that they speak most of: how local the report is.
    """
    own: list[tuple[dict[str, float], dict[str, float]]] = []
    countries: dict[str, float] = defaultdict(float)
    divisions: dict[str, float] = defaultdict(float)
    for name, chances in zip(names, odds, strict=True):
        mine: tuple[dict[str, float], dict[str, float]] = (defaultdict(float), defaultdict(float))
        weight = 1.0 + math.log(name.count)
        for option, chance in zip(name.options, chances, strict=True):
            place = option.place
            if place.country:
                mine[0][place.country] += weight * chance
                if place.admin1:
                    mine[1][f"{place.country}.{place.admin1}"] += weight * chance
        own.append(mine)
        for total, part in ((countries, mine[0]), (divisions, mine[1])):
            for key, value in part.items():
                total[key] += value
    sums = sum(countries.values())
    found: tuple[list[dict[str, float]], list[dict[str, float]], list[float]] = ([], [], [])
    main = sorted(divisions, key=lambda d: (-divisions[d], d))[:5]
    for mine in own:
        rest = sums - sum(mine[0].values()) + 1.0
        for shares, total, part in ((found[0], countries, mine[0]), (found[1], divisions, mine[1])):
            shares.append({k: max(0.0, total[k] - part[k]) / rest for k in part})
        found[2].append(max((divisions[d] - mine[1].get(d, 0.0) for d in main), default=0.0) / rest)
    return found


def _nearness(names: Sequence[Name], odds: Sequence[Odds]) -> list[np.ndarray]:
    """Return for each option, by name, how many other names have a likely option near it, and how near the nearest."""
    picked = sorted(range(len(names)), key=lambda n: (-names[n].count, n))[:MOST_NAMES]
    points, owners, weights = [], [], []
    for n in picked:
        for option, chance in zip(names[n].options, odds[n], strict=True):
            if (
                chance > 0.01
                and not option.place.feature.startswith(("PCL", "RGN", "CONT", "OCN"))
                and option.place.feature != "ADM1"
            ):
                points.append(_unit(option.place.latitude or 0.0, option.place.longitude or 0.0))
                owners.append(n)
                weights.append(chance)
    found = []
    around = np.array(points).reshape(-1, 3)
    owner, weight = np.array(owners), np.array(weights)
    for n, name in enumerate(names):
        if not len(around) or not name.options:
            found.append(np.zeros((len(name.options), 2)))
            continue
        here = np.array([_unit(o.place.latitude or 0.0, o.place.longitude or 0.0) for o in name.options])
        distance = EARTH_KM * np.arccos(np.clip(here @ around.T, -1.0, 1.0))
        close = np.exp(-distance / NEAR_KM) * weight * (owner != n)
        found.append(np.stack([np.log1p(close.sum(axis=1)), close.max(axis=1)], axis=1))
    return found


def _unit(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))


def _of_name(
    name: Name,
    at: int,
    countries: Sequence[Mapping[str, float]],
    divisions: Sequence[Mapping[str, float]],
    near: np.ndarray,
    local: float,
) -> np.ndarray:
    inside = [name.container is not None and within(o, name.container) for o in name.options]
    most = max((_size(o.place) for o in name.options), default=0)
    rows = []
    towns = {
        o.place.country
        for o in name.options
        if o.called and o.place.feature[:3] == "PPL" and o.place.population > 100_000
    }
    for n, option in enumerate(name.options):
        place = option.place
        division = f"{place.country}.{place.admin1}"
        size, fame = math.log10(_size(place) + 100), math.log10(place.spellings + 1)
        rows.append(
            (
                size, float(option.called),
                float(_is_capital(option)),
                float(place.feature == "ADM1"), float(place.feature == "ADM2"), float(place.feature == "PCLI"),
                float(place.geonames_id is None and place.feature != "PCLI"), float(option.form != "whole"),
                float(inside[n]), float(any(inside) and not inside[n]),
                countries[at].get(place.country or "", 0.0), divisions[at].get(division, 0.0),
                float(near[n][0]), float(near[n][1]), float(name.county and place.feature == "ADM2"),
                size - math.log10(most + 100),
                float(place.feature == "PPL" and name_key(place.admin1 or "") == name.key),
                float(place.size < 5_000),
                float(place.feature == "ADM1" and place.country in towns),
                fame, fame * name.body, fame * (1 - local),
            )
        )  # fmt: skip
    return np.array(rows, dtype=float).reshape(-1, len(FEATURES) - 2)


def _size(place: GazetteerPlace) -> int:
    """Return the population of a place; a division's counts no more than a large city's."""
    return min(place.population, MOST_OF_DIVISION) if place.feature == "ADM1" else place.size


def _is_capital(option: Option) -> bool:
    return option.called and option.place.feature == "PPLC"


def alone(row: np.ndarray, body: bool = False) -> bool:
    """Tell whether a candidate is a small place that nothing else in the report is near; a BODY's may be a person."""
    of = dict(zip(FEATURES, row, strict=True))
    wide = of["country"] or of["region"] or of["division"] or of["capital"]
    small = of["population"] < SMALL and of["spellings"] < KNOWN and not wide
    return bool(
        small
        and of["inside"] == 0
        and (body or of["country_share"] < 0.2)
        and of["division_share"] < 0.02
        and of["near"] < 0.05
    )


def is_known(option: Option) -> bool:
    """Tell whether an option is a town of the name itself that is spoken of anywhere."""
    place = option.place
    return option.called and place.feature[:3] == "PPL" and math.log10(place.spellings + 1) >= KNOWN


SMALL = 5.0
KNOWN = math.log10(12 + 1)
"""Logarithms of the population and the spellings from which a place may be spoken of anywhere."""


def within(option: Option, container: str) -> bool:
    """Tell whether a place lies in the division or country called CONTAINER."""
    from dragoman.lexicon.places import country_place

    place = option.place
    country = country_place(container)
    if (
        country is not None
        and country.country == place.country
        and place.admin1 != container
        and place.feature != "PCLI"
    ):
        return True
    return (
        place.admin1 is not None
        and name_key(place.admin1) == name_key(container)
        and (name_key(place.name) != name_key(container) or place.feature == "PPL")
    )
