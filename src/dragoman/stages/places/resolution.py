"""Resolves toponyms: countries and regions first, then containers, the report's focus, and population.

One sense a name and report; the method follows Leidner (2007): one referent per discourse, containment, population.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import msgspec

from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Parse
from dragoman.domain.ports import Gazetteer, GazetteerPlace
from dragoman.lexicon.countries import country_by_capital
from dragoman.lexicon.places import country_of, country_place, place_words, region_place
from dragoman.stages.places.toponym import Toponym

BESIDE = frozenset({",", "(", "-", ", "})


class Resolved(msgspec.Struct, frozen=True):
    """What a toponym stands for, by which rule, how surely, and which others bore the name."""

    place: GazetteerPlace | None
    rule: str
    sure: float
    considered: tuple[str, ...] = ()


def resolve(parse: Parse, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Resolved]:
    """Return what each of TOPONYMS stands for, in their order."""
    sure = [_plain(t) for t in toponyms]
    options = [[] if s is not None else gazetteer.lookup(t.name) for s, t in zip(sure, toponyms, strict=True)]
    beside = [_container(parse, toponyms, n) for n in range(len(toponyms))]
    focus = _focus(sure, options, toponyms)
    found: list[Resolved] = []
    senses: dict[str, Resolved] = {}
    for n, toponym in enumerate(toponyms):
        resolved = sure[n] or senses.get(toponym.name.lower())
        if resolved is None or (beside[n] is not None and sure[n] is None):
            resolved = _choose(toponym.name, options[n], beside[n], focus) if sure[n] is None else resolved
            if resolved is not None and resolved.place is not None:
                senses.setdefault(toponym.name.lower(), resolved)
        found.append(resolved or Resolved(None, "places.resolve.none", 0.4))
    return found


def _plain(toponym: Toponym) -> Resolved | None:
    if toponym.demonym is not None:
        return Resolved(country_of(toponym.demonym), "places.resolve.country", 0.95)
    country = country_place(toponym.name)
    if country is not None:
        return Resolved(country, "places.resolve.country", 0.95)
    region = region_place(toponym.name)
    return Resolved(region, "places.resolve.region", 0.85) if region is not None else None


def _container(parse: Parse, toponyms: Sequence[Toponym], n: int) -> str | None:
    """Return the name of the place written after this one and a comma ("Paris, Texas", "Achin, a district of X")."""
    here = toponyms[n]
    after = parse.text[here.span.end : here.span.end + 14]
    stripped = after.lstrip(" ,(")
    if not after[:1] or after[0] not in ",( ":
        return None
    word = stripped.split()[0].rstrip(",;)") if stripped.split() else ""
    if after[0] == "," and word.lower() in place_words().states and word[0].isupper():
        return place_words().states[word.lower()]
    if n + 1 < len(toponyms):
        between = parse.text[here.span.end : toponyms[n + 1].span.start]
        if between.strip() in (",", "(", "in", ", in") or (
            between.startswith(",") and " of " in between and len(between) < 30
        ):
            return place_words().states.get(toponyms[n + 1].name.lower(), toponyms[n + 1].name)
    return None


def _focus(
    sure: Sequence[Resolved | None], options: Sequence[Sequence[GazetteerPlace]], toponyms: Sequence[Toponym]
) -> _Focus:
    countries: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    for resolved, places, toponym in zip(sure, options, toponyms, strict=True):
        if resolved is not None and resolved.place is not None and resolved.place.country:
            countries[resolved.place.country] += 2 if toponym.demonym is None else 1
        called = [p for p in places if _is_called(p, toponym.name)] or places
        for place in called[:3]:
            if place.country and (place.feature == "ADM1" or place.population > 200_000):
                countries[place.country] += 1
                if place.feature == "ADM1" and place.admin1:
                    divisions[place.admin1] += 1
                break
    return _Focus(countries, divisions, max(1, sum(countries.values())))


class _Focus(msgspec.Struct, frozen=True):
    countries: Counter[str]
    divisions: Counter[str]
    total: int


def _choose(name: str, options: Sequence[GazetteerPlace], container: str | None, focus: _Focus) -> Resolved | None:
    if not options:
        return None
    inside = [p for p in options if container is not None and _within(p, container)]
    if inside:
        best = max(inside, key=lambda p: (p.feature.startswith("PPL"), p.population))
        return Resolved(best, "places.resolve.container", 0.95, _others(options, best))
    scored = sorted(((_score(p, name, focus), -i, p) for i, p in enumerate(options)), key=lambda s: s[:2], reverse=True)
    best = scored[0][2]
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 2.0
    kin = [p for p in options if p.feature[:3] == best.feature[:3]]
    rule = "places.resolve.population" if best is max(kin, key=lambda p: p.population) else "places.resolve.focus"
    return Resolved(best, rule, round(min(0.95, 0.6 + 0.15 * margin), 2), _others(options, best))


def _is_called(place: GazetteerPlace, name: str) -> bool:
    """Tell whether NAME is the main name of a place, not one of its others ("Dili" is one of Delhi's)."""
    return name_key(place.name) == name_key(name)


def _within(place: GazetteerPlace, container: str) -> bool:
    country = country_place(container)
    if country is not None and country.country == place.country and place.admin1 != container:
        return True
    return (
        place.admin1 is not None
        and place.admin1.lower() == container.lower()
        and place.name.lower() != container.lower()
    )


def _score(place: GazetteerPlace, name: str, focus: _Focus) -> float:
    score = math.log10(place.population + 10) * 0.55
    if _is_called(place, name):
        score += 1.5
    score += 3.0 * focus.countries.get(place.country or "", 0) / focus.total
    if place.admin1 and focus.divisions.get(place.admin1):
        score += 1.2
    if place.feature == "PPLC" or (place.feature == "PPL" and country_by_capital(place.name) == place.country):
        score += 1.5
    if place.feature == "ADM1" and place.admin1 == place.name:
        score -= 0.3
    if place.feature == "ADM2":
        score -= 0.8
    return score


def _others(options: Sequence[GazetteerPlace], best: GazetteerPlace) -> tuple[str, ...]:
    others = [p for p in options if p is not best][:3]
    return tuple(f"{p.name}, {p.admin1 or p.country} ({p.population:,})" for p in others)
