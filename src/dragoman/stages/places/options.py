"""What a toponym may stand for: the places that bear its name, or a form of it, from the surest form to the least."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import msgspec

from dragoman.domain.name_keys import loose_key, name_key
from dragoman.domain.ports import Gazetteer, GazetteerPlace
from dragoman.lexicon.countries import country_by_capital, country_by_name
from dragoman.lexicon.places import land_place, place_words, state_called

CAP = 40
"""Places that are weighed for one name."""
ABBREVIATED = {
    "Mt.": "Mount",
    "Mt": "Mount",
    "Ft.": "Fort",
    "Ft": "Fort",
    "Co.": "County",
    "Twp.": "Township",
    "Is.": "Island",
}
FEATURES = frozenset(
    {"river", "lake", "street", "road", "highway", "airport", "base", "camp", "island", "valley", "peninsula", "square"}
)
"""Nouns without which a name is another's: the town of the river's name need not be on the river."""
DIVISIONS = frozenset(
    {
        "county",
        "city",
        "town",
        "village",
        "district",
        "province",
        "governorate",
        "oblast",
        "municipality",
        "prefecture",
        "parish",
        "region",
        "state",
        "area",
        "suburb",
    }
)
SPLIT = re.compile(r"[/,()]|\s[-–—]\s")


LARGE = 100_000
METROPOLIS = 1_000_000
WIDE = ("PCL", "RGN", "CONT", "OCN", "SEA")


class Option(msgspec.Struct, frozen=True):
    """A place that a name may stand for. `form` says how: whole, trimmed of words beside it, loose, or a part."""

    place: GazetteerPlace
    called: bool
    form: str = "whole"
    by: str = ""
    """The part of the name that the place bears, where not the whole."""


def options(name: str, gazetteer: Gazetteer) -> list[Option]:
    """Return the places that NAME may stand for; none at all where the gazetteer knows no part of it."""
    found = _named(name, gazetteer)
    if found:
        return found
    for form, part in _forms(name):
        found = _named(part, gazetteer, form)
        if found:
            return found
    return []


def believed(found: list[Option], elsewhere: Container[str]) -> list[Option]:
    """Return the options that a part of a name gives, if it is a large place's or one that stands ELSEWHERE too."""
    if not found or found[0].form != "part":
        return found
    if found[0].by in elsewhere:
        return [msgspec.structs.replace(o, form="trimmed") for o in found]
    return [o for o in found if o.called and (o.place.population >= LARGE or o.place.feature.startswith(WIDE))]


def _named(name: str, gazetteer: Gazetteer, form: str = "whole") -> list[Option]:
    key = name_key(name)
    state = state_called(name) if "." in name or (form != "whole" and name.isupper()) else None
    if state is not None:
        by_city = "d.c" in name.lower() or state.startswith("Los")
        name, key = state, name_key(state)
    places = (gazetteer.like(name) if form == "loose" else gazetteer.lookup(name))[:CAP]
    if state is not None:
        places = [
            p for p in places if (p.feature[:3] == "PPL") == by_city and (by_city or p.feature == "ADM1")
        ] or places
    country = country_by_capital(name)
    capital = next((p for p in places if p.feature[:3] == "PPL" and p.country == country), None)
    country_name = country_by_name(name) is not None
    found = [
        Option(p, _is_called(p, key, country_name) or p is capital, form, key) for p in places if p.latitude is not None
    ]
    sure = None if form == "loose" else land_place(name)
    if sure is not None:
        found.insert(0, Option(sure, True, form, key))
    return found


def _is_called(place: GazetteerPlace, key: str, country: bool) -> bool:
    """Tell whether KEY is the main name of PLACE; "City" may be left out of a metropolis's that no COUNTRY bears."""
    own = name_key(place.name)
    metropolis = place.feature[:3] == "PPL" and place.population >= METROPOLIS and not country
    return own == key or (metropolis and own == f"{key} city") or _is_respelled(own, key)


def _is_respelled(own: str, key: str) -> bool:
    """Tell whether two keys are romanizations of one name ("odesa", "odessa")."""
    return own[:1] == key[:1] and len(key) > 4 and loose_key(own) == loose_key(key) != ""


def _forms(name: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    spelled = " ".join(ABBREVIATED.get(w, w) for w in words)
    if spelled != name:
        yield "whole", spelled
    sides, nouns = place_words().sides, place_words().nouns
    first, last = 0, len(words)
    while first < last - 1 and words[first].lower() in sides:
        first += 1
        yield "trimmed", " ".join(words[first:last])
    while last > first + 1 and words[last - 1].lower().rstrip(".") in nouns | sides:
        if words[last - 1].lower() in place_words().natural and words[last - 1].lower() in FEATURES:
            break
        last -= 1
        division = all(w.lower().rstrip(".") in DIVISIONS | sides for w in words[last:])
        yield "trimmed" if division else "part", " ".join(words[first:last])
    yield "loose", name
    for piece in SPLIT.split(name):
        if piece.strip() and piece.strip() != name:
            yield "trimmed", piece.strip()
    if is_natural(words):
        return
    common = place_words().common | place_words().bodies | place_words().natural.keys()
    for length in range(min(4, len(words) - 1), 0, -1):
        for at in range(len(words) - length + 1):
            part = words[at : at + length]
            division = length > 1 and part[-1].lower() in DIVISIONS and part[0][:1].isupper()
            plain = common & {part[0].lower(), part[-1].lower() if length == 1 else ""}
            if division or (part[0][:1].isupper() and len(part[0]) > 3 and not plain):
                own = " ".join(part) if length > 1 else part[0].removesuffix("'s")
                yield "trimmed" if division else "part", own.strip("'’,.")
    for piece in name.split("-"):
        if piece and piece != name and len(piece) > 3:
            yield "part", piece


def is_natural(words: list[str]) -> bool:
    """Tell whether a name is that of a water, a height or a street, so that no part of it tells where it lies."""
    return any(w.lower() in NATURAL for w in (words[0], words[-1]))


NATURAL = frozenset(
    {
        "river",
        "creek",
        "lake",
        "reservoir",
        "bay",
        "canal",
        "dam",
        "bridge",
        "hills",
        "cape",
        "lagoon",
        "mount",
        "mt.",
        "mountain",
        "mountains",
        "ridge",
        "street",
        "st.",
        "road",
        "avenue",
        "ave.",
        "parade",
        "boulevard",
        "blvd.",
        "drive",
        "lane",
        "highway",
        "square",
    }
)
