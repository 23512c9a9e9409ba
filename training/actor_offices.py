"""Persons and their dated offices, from leaders.csv and Dragoman's own list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FIRST_YEAR = "1985"
PORTFOLIOS = (
    ("foreign minister", r"foreign (?:affairs|relations)|external (?:affairs|relations)|secretary of state$"),
    ("defense minister", r"defen[sc]e|armed forces|war$"),
    ("interior minister", r"interior|internal affairs|home (?:affairs|department)|homeland security"),
    ("finance minister", r"financ|treasury|budget"),
    ("justice minister", r"justice"),
    ("health minister", r"health"),
    ("education minister", r"education"),
    ("agriculture minister", r"agricultur|farming"),
    ("energy minister", r"energy|oil|petroleum|electricity|mines|mining"),
    ("economy minister", r"econom|planning|development"),
    ("trade minister", r"trade|commerce|industry"),
    ("transport minister", r"transport|communications|infrastructure"),
    ("environment minister", r"environment|climate"),
    ("labor minister", r"labou?r|employment|social"),
    ("information minister", r"information|media|telecom"),
    ("culture minister", r"culture|heritage|religious"),
)
_PORTFOLIOS = tuple((name, re.compile(pattern)) for name, pattern in PORTFOLIOS)
_OFFICES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("permanent representative to the united nations", r"^permanent representative to the u"),
        ("ambassador to the united states", r"^ambassador to the (?:us|united states)"),
        ("deputy prime minister", r"(?:deputy|vice)[ -](?:prime minister|premier)"),
        ("vice president", r"vice[ -]president|^deputy president"),
        ("central bank governor", r"(?:governor|president|chair\w*|director|manager)\b.*\bbank\b"),
        ("attorney general", r"^attorney general"),
        ("prosecutor general", r"^(?:prosecutor general|general prosecutor)"),
        ("chief justice", r"^chief justice"),
        ("speaker of parliament", r"^speaker"),
        ("secretary general", r"^secretary-general of the united nations"),
        ("governor general", r"^governors?[ -]general"),
        (
            "prime minister",
            r"^(?:prime ministers?|premier|chairmen of the council of ministers|president of the gov)\b",
        ),
        ("chancellor", r"^(?:federal )?chancellor(?: of (?:germany|austria))?$"),
        ("president", r"^(?:interim |acting |transitional )?president(?: of (?:the )?[a-z -]+)?$"),
        ("king", r"^king"),
        ("emir", r"^(?:emir|amir)"),
        ("sultan", r"^sultan"),
        ("emperor", r"^emperor"),
        ("supreme leader", r"^supreme leader"),
    )
)
_NOT_HOLDER = re.compile(
    r"^(?:minister|adviser|chief|state secretary|secretary|minister of state|under)\b.*prime minister"
    r"|deput|vice|assistant|delegate|minister of state\b|without portfolio"
)
RULERS = {
    "president", "prime minister", "chancellor", "king", "emir", "sultan", "emperor", "supreme leader",
    "secretary general",
}  # fmt: skip
# CIA World Leaders rows were filed under ISO 3166 codes though the source's codes are FIPS 10-4, so that two
# countries share one code; these pages (country, day of the page) are the ones that were filed rightly.
RIGHT_PAGES = frozenset({
    ("ATG", "2026-05-07"), ("BFA", "2026-03-26"), ("BGR", "2025-03-27"), ("BIH", "2023-12-05"), ("BRN", "2025-05-23"),
    ("CAF", "2025-08-29"), ("CIV", "2024-06-05"), ("DOM", "2026-03-05"), ("ESP", "2025-01-17"), ("GBR", "2026-02-06"),
    ("GNQ", "2025-07-07"), ("ISL", "2026-01-16"), ("KOR", "2025-10-28"), ("LTU", "2025-12-15"), ("MHL", "2025-01-03"),
    ("NLD", "2026-05-08"), ("SLB", "2026-05-20"), ("SRB", "2025-04-17"), ("STP", "2026-02-09"), ("SWE", "2025-09-12"),
    ("SWZ", "2024-06-24"), ("TUN", "2025-07-28"), ("ZAF", "2025-11-20"),
})  # fmt: skip


class Term(NamedTuple):
    """A person in an office: `office` is its normal name, `role` the source's; dates as the source has them."""

    name: str
    family: str
    aliases: list[str]
    country: str | None
    sector: str
    role: str | None
    office: str | None
    since: str | None
    until: str | None
    seen_on: str | None
    prominent: bool
    scheme: str
    code: str | None


def normal_office(role: str) -> str | None:
    """Return the normal name of an office as the sources write it, None where it has none.

    "Minister for Foreign Affairs" is "foreign minister".
    """
    low = role.lower().replace("&", "and")
    low = re.sub(r'["“”]|\(.*?\)|\b(?:acting|interim)\b', "", low).strip(" ,")
    for name, pattern in _OFFICES:
        if pattern.search(low):
            return name if name != "prime minister" or "deputy" not in low else "deputy prime minister"
    if "one of these" in role or _NOT_HOLDER.search(low):
        return None
    if re.search(r"\bminister\b|\bsecretary of\b|secretary for", low):
        for name, pattern in _PORTFOLIOS:
            if pattern.search(low):
                return name
    return None


def _sector(role: str, kind: str) -> str:
    low = role.lower()
    if kind == "judiciary" and "attorney" not in low and "minister" not in low:
        return "JUD"
    if kind == "speaker":
        return "LEG"
    if kind == "igo_officer":
        return "JUD" if "judge" in low or "court" in low else "IGO"
    if kind == "military" and "president" not in low and "prime" not in low:
        return "MIL"
    if re.search(r"intelligence|security service", low):
        return "SPY"
    return "GOV"


def _right_country(row: dict[str, str], by_fips: dict[str, str], iso2: dict[str, str]) -> str:
    country = row["iso3"]
    if row["source"] != "cia-world-leaders" or (country, row["seen_on"]) in RIGHT_PAGES:
        return country
    return by_fips.get(iso2.get(country, ""), country)


def family_name(name: str, marked: str, country: str) -> str:
    """Return the family name: the marked one, else the last word (the first in East Asian order)."""
    if marked:
        return marked
    words = [w for w in name.split() if w.strip(".").lower() not in ("jr", "sr", "ii", "iii", "iv")]
    if not words:
        return name
    if country in ("CHN", "PRK", "KOR", "VNM", "TWN") and len(words) > 1:
        return words[0]
    return (
        " ".join(words[-2:]) if len(words) > 2 and words[-2].lower() in ("al", "el", "bin", "van", "de") else words[-1]
    )


def terms(rows: list[dict[str, str]], countries: Iterable[dict[str, str]]) -> Iterator[Term]:
    """Yield the terms of leaders.csv since FIRST_YEAR, the misfiled countries put right."""
    by_fips: dict[str, str] = {}
    iso2: dict[str, str] = {}
    for country in countries:
        if country["iso2"] and country["iso3"] not in iso2:
            iso2[country["iso3"]] = country["iso2"]
        if country["fips"]:
            by_fips.setdefault(country["fips"], country["iso3"])
    titles = _ruler_titles(rows)
    for row in rows:
        if row["to"] and row["to"] < FIRST_YEAR:
            continue
        country_code = _right_country(row, by_fips, iso2)
        family = family_name(row["name"], row["family_name"], country_code)
        office = normal_office(row["role"])
        if row["kind"] == "effective_leader":
            office = _ruler_title(row, family, titles)
        role = "leader" if row["kind"] == "effective_leader" else _short(row["role"])
        yield Term(
            name=_proper(row["name"]), family=family, aliases=[a for a in row["aliases"].split("|") if a],
            country=("UNO" if office == "secretary general" else country_code) or None,
            sector=_sector(row["role"], row["kind"]), role=office or role, office=office,
            since=row["from"] or None, until=row["to"] or None, seen_on=row["seen_on"] or None,
            prominent=office in RULERS or row["kind"] in ("effective_leader", "foreign_minister"),
            scheme="wikidata" if row["code"].startswith("Q") else "leaders", code=row["code"] or None,
        )  # fmt: skip


def _ruler_titles(rows: list[dict[str, str]]) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return the terms of rulers by country: family name, from, to, office."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in rows:
        office = normal_office(row["role"])
        if office in RULERS and row["source"] != "cia-world-leaders" and row["from"]:
            family = family_name(row["name"], row["family_name"], row["iso3"]).lower()
            found.setdefault(row["iso3"], []).append((family, row["from"], row["to"] or "9", office))
    return found


def _ruler_title(row: dict[str, str], family: str, titles: dict[str, list[tuple[str, str, str, str]]]) -> str | None:
    """Return the office that the ruler of ROW held in that time, else the one that the country's rulers mostly have."""
    terms_ = titles.get(row["iso3"], [])
    since, until = row["from"], row["to"] or "9"
    held = {t[3] for t in terms_ if t[0] == family.lower() and t[1] <= until and since <= t[2]}
    if len(held) == 1:
        return held.pop()
    if held:
        return None
    offices = [t[3] for t in terms_ if t[1] >= FIRST_YEAR]
    most = max(sorted(set(offices)), key=offices.count, default=None)
    return most if most and offices.count(most) * 3 > len(offices) * 2 else None


def _proper(name: str) -> str:
    return " ".join(
        w.capitalize() if w.isupper() and len(w) > 2 and w.isalpha() else w for w in name.replace("_", " ").split()
    )


def _short(role: str) -> str | None:
    return role.split(" & ")[0].split(" (")[0][:60] or None


def name_forms(name: str, family: str) -> Iterator[str]:
    """Yield NAME as the sources write it, and first with family name where there are names between."""
    yield name
    words = name.split()
    if len(words) > 2:
        if family and words[0].lower() not in family.lower():
            yield f"{words[0]} {family}"
        yield f"{words[0]} {words[-1]}"


def listed_terms(rows: Iterable[dict[str, str]]) -> Iterator[Term]:
    """Yield the terms of Dragoman's own list (codebooks/actors/people.csv)."""
    for row in rows:
        family = row["family"] or family_name(row["name"], "", row["country"])
        yield Term(
            name=row["name"], family=family, aliases=[a for a in row["aliases"].split("|") if a],
            country=row["country"] or None, sector=row["sector"], role=row["role"] or None,
            office=row["role"] or None, since=row["from"] or None, until=row["to"] or None,
            seen_on=row["seen_on"] or None,
            prominent=True, scheme="dragoman", code=None,
        )  # fmt: skip
