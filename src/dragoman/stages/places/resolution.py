"""Resolves toponyms: what each name of the report may stand for is ranked together; one sense a name and report.

The method follows Leidner (2007), one referent per discourse, containment, population, with learned weights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from dragoman.domain.name_keys import name_key
from dragoman.domain.parse import Parse
from dragoman.domain.ports import Gazetteer, GazetteerPlace
from dragoman.lexicon.places import country_of, land_place, place_words, state_called
from dragoman.stages.places.options import Option, believed, options
from dragoman.stages.places.parents import with_parents
from dragoman.stages.places.ranking import rank, shipped_weights
from dragoman.stages.places.resolved import Resolved
from dragoman.stages.places.support import Name, alone, is_known, within
from dragoman.stages.places.toponym import Toponym

LISTING = frozenset({",", "and", "or", ", and", ", or", "&", ";"})
"""What stands between the names of a list."""
NOTHING = Resolved(None, "places.resolve.none", 0.4)


def resolve(parse: Parse, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Resolved]:
    """Return what each of TOPONYMS stands for, in their order."""
    keys, names = name_list(parse, toponyms, gazetteer)
    odds, rows = rank(names, shipped_weights())
    at = {name.key: n for n, name in enumerate(names)}
    found = [_resolved(names[n], odds[n], rows[n]) for n in (at[key] for key in keys)]
    return with_parents(parse, toponyms, found)


def name_list(parse: Parse, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[list[str], list[Name]]:
    """Return the key of each of TOPONYMS, and the names of the report under those keys."""
    beside = [_container(parse, toponyms, n) for n in range(len(toponyms))]
    plain = [name_key(t.name) if t.demonym is None else f"={t.demonym}" for t in toponyms]
    first: dict[str, str] = {}
    for key, container in zip(plain, beside, strict=True):
        if container is not None:
            first.setdefault(key, container)
    places = [container or first.get(key) for key, container in zip(plain, beside, strict=True)]
    keys = [k if h is None or h == first[k] else f"{k} @ {name_key(h)}" for k, h in zip(plain, places, strict=True)]
    counts = Counter(keys)
    bodies = {k for k, t in zip(keys, toponyms, strict=True) if t.rule == "places.name.inside"}
    bodies -= {k for k, t in zip(keys, toponyms, strict=True) if t.rule != "places.name.inside"}
    held, peers = _inside_of(keys, beside), _listed_with(parse, toponyms, keys)
    names: dict[str, Name] = {}
    known = set(plain)
    for key, toponym, container in zip(keys, toponyms, places, strict=True):
        if key not in names:
            county = "county" in key.split() or "parish" in key.split()
            found = tuple(believed(_options(toponym, gazetteer), known))
            names[key] = Name(key, found, container, counts[key], county, key in bodies, held[key], peers[key])
    return keys, list(names.values())


def _inside_of(keys: Sequence[str], beside: Sequence[str | None]) -> dict[str, tuple[str, ...]]:
    """Return for each of KEYS those that are written before it as lying in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for n, container in enumerate(beside):
        if container is not None and n + 1 < len(keys) and keys[n + 1].split(" @ ")[0] == name_key(container):
            found[keys[n + 1]].add(keys[n])
    return {key: tuple(sorted(found[key] - {key})) for key in keys}


def _listed_with(parse: Parse, toponyms: Sequence[Toponym], keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return for each of KEYS those that stand beside it in a list ("Utah, Colorado and Idaho")."""
    found: dict[str, set[str]] = defaultdict(set)
    for n, (here, there) in enumerate(pairwise(toponyms)):
        if parse.text[here.span.end : there.span.start].strip() in LISTING:
            found[keys[n]].add(keys[n + 1])
            found[keys[n + 1]].add(keys[n])
    return {key: tuple(sorted(found[key] - {key})) for key in keys}


def _options(toponym: Toponym, gazetteer: Gazetteer) -> list[Option]:
    if toponym.demonym is not None:
        return [Option(country_of(toponym.demonym), True)]
    found = options(toponym.name, gazetteer)
    sure = land_place(toponym.name)
    wide = sure is not None and sure.feature not in ("PCLI", "PPLX")
    if sure is not None and (wide or not any(o.called and _differs(o.place, sure) for o in found[1:])):
        return [Option(sure, True)]
    if sure is not None and sure.feature == "PCLI":
        return [o for o in found if o.place == sure or o.place.country != sure.country]
    return found


def _differs(place: GazetteerPlace, sure: GazetteerPlace) -> bool:
    return place.country != sure.country or (sure.feature == "PPLX" and place.feature == "PPL")


def _container(parse: Parse, toponyms: Sequence[Toponym], n: int) -> str | None:
    """Return the name of the place written after this one and a comma ("Paris, Texas", "Achin, a district of X")."""
    here = toponyms[n]
    after = parse.text[here.span.end : here.span.end + 14]
    stripped = after.lstrip(" ,(")
    if not after[:1] or after[0] not in ",( ":
        return None
    word = stripped.split()[0].rstrip(",;)") if stripped.split() else ""
    if after[0] == "," and word[:1].isupper() and state_called(word):
        return state_called(word)
    if n + 1 < len(toponyms):
        between = parse.text[here.span.end : toponyms[n + 1].span.start]
        if between.strip() in (",", "(", "in", ", in") or (
            between.startswith(",") and " of " in between and len(between) < 30
        ):
            return place_words().states.get(toponyms[n + 1].name.lower(), toponyms[n + 1].name)
    return None


def _resolved(name: Name, odds: np.ndarray, rows: np.ndarray) -> Resolved:
    if not name.options:
        return NOTHING
    best = max(range(len(odds)), key=lambda n: (odds[n], -n))
    option = name.options[best]
    place = option.place
    others = tuple(
        f"{p.name}, {p.admin1 or p.country} ({p.population:,})"
        for p in (o.place for o in name.options)
        if p is not place
    )[:3]
    sure = round(min(0.95, 0.35 + 0.6 * float(odds[best])), 2)
    if option.form == "part":
        return Resolved(place, "places.resolve.part", round(0.3 + 0.3 * float(odds[best]), 2), others)
    if alone(rows[best], name.body):
        known = max((n for n, o in enumerate(name.options) if is_known(o)), key=lambda n: odds[n], default=None)
        if known is not None:
            return Resolved(name.options[known].place, "places.resolve.population", 0.5, others)
        return Resolved(place, "places.resolve.alone", round(0.6 * sure, 2), others)
    if place.feature.startswith("PCL"):
        return Resolved(place, "places.resolve.country", 0.95, others)
    if place.geonames_id is None:
        return Resolved(place, "places.resolve.region", 0.85, others)
    if name.container is not None and within(option, name.container):
        return Resolved(place, "places.resolve.container", 0.95, others)
    kin = [o.place for o in name.options if o.place.feature[:3] == place.feature[:3]]
    most = place is max(kin, key=lambda p: p.population)
    return Resolved(place, "places.resolve.population" if most else "places.resolve.focus", sure, others)
