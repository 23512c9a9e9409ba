"""Which nation a word names, and how: by its name, its people's name, its capital, its seat of power."""

from __future__ import annotations

from functools import lru_cache

import msgspec


class Nation(msgspec.Struct, frozen=True):
    """A country and how it is named: `name`, `demonym`, `capital` or `metonym`."""

    country: str
    form: str


import csv, functools
from importlib.resources import files


@functools.cache
def _t():
    d = {}
    for r in csv.DictReader((files("dragoman.codebooks") / "ontology" / "countries.csv").read_text().splitlines()):
        iso = r["iso3"][:3] if r["iso3"].endswith("PRE") else r["iso3"]
        form = "partial" if r["iso3"].endswith("PRE") else "name"
        if iso in ("EUR", "UNO"):
            continue
        for x in r["other_names"].split("|"):
            if len(x) > 3:
                d.setdefault(x.lower(), Nation(iso, "name"))
        for x in r["demonyms"].split(","):
            if x.strip():
                d[x.strip().lower()] = Nation(iso, "demonym")
        for x in r["capital_names"].split("|"):
            if x:
                d[x.lower()] = Nation(iso, "capital")
        d[r["name"].lower()] = Nation(iso, form)
    for k, v in {
        "us": "USA",
        "u.s.": "USA",
        "usa": "USA",
        "america": "USA",
        "uk": "GBR",
        "u.k.": "GBR",
        "britain": "GBR",
        "washington": "USA",
        "bosnia": "BIH",
        "drc": "COD",
    }.items():
        d[k] = Nation(v, "capital" if k == "washington" else "name")
    for k in ("the kremlin", "kremlin"):
        d[k] = Nation("RUS", "metonym")
    for k in ("the white house", "white house"):
        d[k] = Nation("USA", "metonym")
    return d


@lru_cache(maxsize=20000)
def nation_of(words: str) -> Nation | None:
    if not words[0].isupper() or words == "Us":
        return None
    return _t().get(words.lower())
