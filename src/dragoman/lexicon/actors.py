"""Words that name actors: common nouns, titles of office, and words that change what they stand beside."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.lexicon.source import CodebookError, Entry, load_entries

LONGEST = 7
"""The most words that one codebook phrase has."""


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """A common noun for actors: `individual` where it names one person, `plural` where it is written so.

    `sector` is None where the noun says nothing itself and takes that of the organization beside it
    (`of_organization`), or of what follows "of" (`passes`: "a group of tourists").
    """

    rule: str
    sector: str | None
    kind: EntityKind
    individual: bool = False
    plural: bool = False
    of_organization: bool = False
    passes: bool = False
    certain: float = 0.8


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """A title of office or rank with its normal name (`role`)."""

    rule: str
    role: str
    sector: str | None
    plural: bool = False
    of_organization: bool = False
    office: bool = False


class Modifier(msgspec.Struct, frozen=True, kw_only=True):
    """A word that changes the sector of what it stands before; `only` lists the sectors that it changes."""

    rule: str
    sector: str | None
    kind: EntityKind | None = None
    only: frozenset[str] = frozenset()


class ActorWords(msgspec.Struct, frozen=True, kw_only=True):
    """All words of the codebooks by their small-letter form, words joined by one blank."""

    nouns: dict[str, Noun]
    titles: dict[str, Title]
    modifiers: dict[str, Modifier]
    longest: dict[str, int]


@cache
def actor_words() -> ActorWords:
    """Return the compiled codebooks `actors` and `roles`.

    Raises CodebookError where an entry has an unknown kind or lacks its words.
    """
    nouns: dict[str, Noun] = {}
    titles: dict[str, Title] = {}
    modifiers: dict[str, Modifier] = {}
    many: list[tuple[str, Noun]] = []
    for entry in load_entries("actors"):
        if "nouns" in entry.fields or "groups" in entry.fields:
            found = list(_nouns(entry))
            nouns.update((word, noun) for word, noun in found if not noun.plural)
            many.extend((word, noun) for word, noun in found if noun.plural)
        elif "before" in entry.fields:
            modifiers.update(_modifiers(entry))
    for entry in load_entries("roles"):
        titles.update(_titles(entry))
    for word, noun in many:
        nouns.setdefault(word, noun)
    for word, noun in _listed_nouns(nouns):
        nouns.setdefault(word, noun)
    longest: dict[str, int] = {}
    for phrase in (*nouns, *titles, *modifiers):
        for words in (phrase.split(" "), phrase.replace("-", " - ").split(" ")):
            longest[words[0]] = max(longest.get(words[0], 1), len(words))
    return ActorWords(nouns=nouns, titles=titles, modifiers=modifiers, longest=longest)


@cache
def grammar(name: str) -> frozenset[str]:
    """Return one of the word lists of `actors/grammar.yaml`, such as `prepositions`."""
    found = next(
        e.fields[name] for e in load_entries("actors") if name in e.fields and e.id.startswith("actors.words.")
    )
    return frozenset(found)


@cache
def regional_peoples() -> dict[str, str]:
    """Return the country by the name of a people or region within it ("Chechen"), plurals too."""
    listed = next(e for e in load_entries("actors") if e.id == "actors.country.regional-people").fields["peoples"]
    found = {people: country for country, peoples in listed.items() for people in peoples}
    return found | {f"{people}s": country for people, country in found.items()}


@cache
def partial_states() -> dict[str, str]:
    """Return the states that few others recognize, by small-letter name, with the country they broke away from."""
    states: dict[str, str] = next(e for e in load_entries("actors") if e.id == "actors.country.partial").fields[
        "states"
    ]
    return states


@cache
def sector_codes() -> tuple[str, ...]:
    """Return PLOVER's and CAMEO's codes of actor sectors."""
    table = files("dragoman.codebooks") / "ontology" / "plover-sectors.csv"
    return tuple(row["sector"] for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def sector_kind(sector: str | None) -> EntityKind:
    """Return the kind of a body of which only the sector is known."""
    return EntityKind(_SECTOR_KINDS.get(sector or "", "organization"))


_SECTOR_KINDS = {
    "GOV": "government", "JUD": "government", "LEG": "government", "COP": "government", "MIL": "government",
    "SPY": "government", "REB": "armed_group", "SEP": "armed_group", "PRM": "armed_group", "UAF": "armed_group",
    "IMG": "armed_group", "IGO": "international_organization", "CVL": "population", "REF": "population",
    "SOC": "population", "AGR": "population",
}  # fmt: skip


def _kind(entry: Entry, name: str) -> EntityKind:
    try:
        return EntityKind(name)
    except ValueError:
        allowed = ", ".join(EntityKind)
        raise CodebookError(entry.file, entry.line, f"unknown kind {name!r}; allowed: {allowed}") from None


def _nouns(entry: Entry) -> Iterator[tuple[str, Noun]]:
    fields = entry.fields
    noun = Noun(
        rule=entry.id,
        sector=fields.get("sector"),
        kind=_kind(entry, fields.get("kind", "other")),
        of_organization=bool(fields.get("of_organization", False)),
        passes=bool(fields.get("passes", False)),
        certain=float(fields.get("certain", 0.8)),
    )
    plural = msgspec.structs.replace(noun, plural=True)
    for word in fields.get("groups", []):
        yield word, noun
        for form in plurals(word):
            yield form, plural
    single = msgspec.structs.replace(noun, individual=True, kind=EntityKind.PERSON)
    for word in fields.get("nouns", []):
        yield word, single
        for form in plurals(word):
            yield form, plural


def _titles(entry: Entry) -> Iterator[tuple[str, Title]]:
    fields = entry.fields
    if not isinstance(fields.get("titles"), list) or "role" not in fields:
        raise CodebookError(entry.file, entry.line, f"{entry.id} needs `role` (its normal name) and a list of `titles`")
    title = Title(
        rule=entry.id,
        role=fields["role"],
        sector=fields.get("sector"),
        of_organization=bool(fields.get("of_organization", False)),
        office=bool(fields.get("office", False)),
    )
    plural = msgspec.structs.replace(title, plural=True)
    for word in fields["titles"]:
        yield word, title
        for form in title_plurals(word):
            yield form, plural


def _modifiers(entry: Entry) -> Iterator[tuple[str, Modifier]]:
    fields = entry.fields
    kind = fields.get("kind")
    modifier = Modifier(
        rule=entry.id,
        sector=fields.get("sector"),
        kind=_kind(entry, kind) if kind else None,
        only=frozenset(fields.get("only", [])),
    )
    for word in fields["before"]:
        yield word, modifier


_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "wife": "wives", "thief": "thieves",
    "personnel": "", "police": "", "staff": "", "forces": "", "military": "", "media": "", "chief": "chiefs",
}  # fmt: skip


def plurals(phrase: str) -> list[str]:
    """Return the plural of an English noun phrase that ends in its noun; none where it has none.

    "chief of staff" has it in its first noun: see `title_plurals`.
    """
    *before, last = phrase.split(" ")
    return [" ".join([*before, form]) for form in [_plural(last)] if form and form != last]


def title_plurals(title: str) -> list[str]:
    """Return the plurals of a title: "ministers of defence", "attorneys general"."""
    words = title.split(" ")
    for place, word in enumerate(words):
        if (
            place
            and word in ("of", "for", "to", "general", "in", "at", "elect")
            and words[0] not in ("lieutenant", "major")
        ):
            first = _plural(words[place - 1])
            return [" ".join([*words[: place - 1], first, *words[place:]])] if first else []
    return plurals(title)


def _plural(word: str) -> str:
    for ending, plural in _IRREGULAR.items():
        if word == ending or (ending in ("man", "woman") and word.endswith(ending) and word not in ("german", "roman")):
            return word[: len(word) - len(ending)] + plural if plural else ""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return "" if word.endswith("s") and not word.endswith("ss") else word + "es"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


_KINDS = {
    "GOV": "government", "MIL": "other", "COP": "other", "JUD": "government", "SPY": "organization",
    "LEG": "government",
    "PTY": "organization", "OPP": "other", "REB": "armed_group", "UAF": "armed_group", "PRM": "armed_group",
    "SEP": "armed_group", "CRM": "armed_group", "CVL": "population", "BUS": "organization", "LAB": "organization",
    "MED": "organization", "EDU": "organization", "HLH": "organization", "REL": "organization", "REF": "population",
    "AGR": "population", "NGO": "organization", "IGO": "international_organization", "SOC": "population",
}  # fmt: skip
_PLURAL_KINDS = {
    "BUS": "other", "EDU": "population", "REL": "population", "HLH": "population", "LAB": "population", "GOV": "other",
    "JUD": "other", "SPY": "other", "LEG": "other", "PTY": "other", "JRN": "other", "NGO": "other", "MED": "other",
}  # fmt: skip
_LISTED_SECTORS = {"MED": "HLH", "JRN": "JRN", "INS": "REB"}
_AGENT_ENDINGS = ("er", "or", "ist", "man", "ian", "ant", "ent", "ess", "eer", "ic", "ee", "al", "ot", "te")


def _listed_nouns(known: dict[str, Noun]) -> Iterator[tuple[str, Noun]]:
    """Yield the nouns of agents.csv with their plurals; a compound of a known noun takes that noun's form."""
    table = files("dragoman.codebooks") / "ontology" / "agents.csv"
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        word, code = row["noun"].lower().strip(), row["code"]
        if code in ("NON", "JNK") or not word or word.endswith((" to", " in", " at", " for", " of")):
            continue
        word = word + "er" if word.endswith(" minist") else word
        sector = _LISTED_SECTORS.get(code[:3], code[:3])
        core = word.split(" of ")[0].split(" ")[-1]
        last = known.get(core)
        individual = last.individual if last else core.endswith(_AGENT_ENDINGS) and core not in grammar("not_persons")
        is_plural = last.plural if last else False
        rule = f"actors.listed.{sector.lower()}"
        plural_kind = EntityKind(_PLURAL_KINDS.get(sector, _KINDS.get(sector, "other")))
        group_kind = EntityKind(_KINDS.get(sector, "other"))
        kind = EntityKind.PERSON if individual else (plural_kind if is_plural else group_kind)
        noun = Noun(rule=rule, sector=sector, kind=kind, individual=individual, plural=is_plural, certain=0.7)
        yield word, noun
        many = msgspec.structs.replace(
            noun, individual=False, plural=True, kind=plural_kind if individual else group_kind
        )
        for form in [row["plural"].lower()] if row["plural"] else plurals(word):
            yield form, many
        if word.endswith(" minister"):
            yield word[:-3] + "ry", msgspec.structs.replace(noun, individual=False, kind=EntityKind.GOVERNMENT)
