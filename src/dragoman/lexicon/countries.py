"""Countries and how they are named: by name, people, capital, or seat of power."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from dragoman.lexicon.source import load_entries

FORMAL = re.compile(
    r"(?:\w+ )*(?:Republic|Kingdom|Federation|State|Union|Commonwealth|Principality|Sultanate|Emirates|Democratic)\b.*"
)
NATION = re.compile(r".*(?:Islands?|Republic.*|SAR China|Miquelon|Territor(?:y|ies)|Mariana|Futuna|Maarten)$")
CASED = 4
"""Names up to this many letters must stand as written, so that "us" is no country."""


class Country(msgspec.Struct, frozen=True):
    """A state or territory: ISO 3166-1 alpha-3 code and its names."""

    iso3: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """Return the countries and territories by ISO 3166-1 alpha-3 code (Kosovo is XKX)."""
    own = _own("countries.names")
    never = {*own["not_names"], *own["not_capitals"]}
    found: dict[str, Country] = {}
    table = (files("dragoman.codebooks") / "ontology" / "countries.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        iso = row["iso3"]
        if row["kind"] in ("igo", "de_facto") and iso != "XKX":
            continue
        formal = [n for n in row["other_names"].split("|") if FORMAL.fullmatch(n) and n not in never]
        peoples = [d.strip() for d in row["demonyms"].split(",") if d.strip()]
        demonyms = [d for d in peoples if not _is_name(d, row["name"], own)]
        capitals = [c for c in row["capital_names"].split("|") if c and c not in never and iso != "GLP"]
        found[iso] = Country(
            iso,
            row["name"],
            tuple(dict.fromkeys([row["name"], *own["names"].get(iso, []), *formal])),
            tuple(dict.fromkeys([*own["demonyms"].get(iso, []), *demonyms])),
            tuple(dict.fromkeys([*own["capitals"].get(iso, []), *capitals])),
        )
    return found


def _own(name: str) -> dict[str, Any]:
    return next(e.fields for e in load_entries("countries") if e.id == name)


def _is_name(word: str, country: str, own: dict[str, Any]) -> bool:
    """Tell whether WORD, which the table lists as a people's name, is the name of a land."""
    named = {n for names in own["names"].values() for n in names}
    return word == country or word in named or bool(NATION.fullmatch(word)) or word[:1].islower()


def country_by_name(name: str) -> str | None:
    """Return the ISO code of the country called NAME, or None. Short names such as US must stand in capitals."""
    return _find(name, _names())


def country_by_demonym(word: str) -> str | None:
    """Return the ISO code of the country whose people or adjective WORD is ("Afghan", "South Koreans"), or None."""
    return _find(word, _demonyms())


def country_by_capital(word: str) -> str | None:
    """Return the ISO code of the country whose capital WORD names, or None."""
    return _find(word, _capitals())


def metonym(word: str) -> str | None:
    """Return the ISO code of the country whose seat of power WORD names ("the Kremlin"), or None."""
    return _find(word, _seats())


def folded(name: str) -> str:
    """Return NAME in small letters, without diacritics, and with one kind of apostrophe and hyphen."""
    plain = name.replace("’", "'").replace("ʿ", "'").replace("–", "-").casefold()
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def _find(name: str, table: dict[str, tuple[str, str]]) -> str | None:
    if not name or not (name[0].isupper() or name.startswith("the ")):
        return None
    key = folded(name)
    found = table.get(key) or (table.get(key[4:]) if key.startswith("the ") else None)
    if found is None:
        return None
    written, iso = found
    short = len(written.replace(".", "")) <= CASED
    return None if short and written not in (name, name.removeprefix("the ").removeprefix("The ")) else iso


def _table(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name, iso in pairs:
        found.setdefault(folded(name), (name, iso))
    return found


def _plain(name: str) -> str:
    return re.sub(r"'S$", "'s", name)


@cache
def _names() -> dict[str, tuple[str, str]]:
    states = countries().values()
    return _table([(n, c.iso3) for c in states for n in c.names[:1]] + [(n, c.iso3) for c in states for n in c.names])


@cache
def _demonyms() -> dict[str, tuple[str, str]]:
    own = _own("countries.names")["demonyms"]
    first = [(d, iso) for iso, ds in own.items() for d in ds]
    rest = [(d, c.iso3) for c in countries().values() for d in c.demonyms if folded(d) not in _names()]
    plural = [(f"{d}s", iso) for d, iso in first + rest if d.endswith(("n", "i", "t", "k", "r"))]
    return _table(first + rest + plural)


@cache
def _capitals() -> dict[str, tuple[str, str]]:
    return _table([(_plain(n), c.iso3) for c in countries().values() for n in c.capitals])


@cache
def _seats() -> dict[str, tuple[str, str]]:
    return _table([(n, iso) for iso, names in _own("countries.metonyms")["seats"].items() for n in names])
