"""How a name or noun phrase is coded, without a text around it: `code_actor`."""

from __future__ import annotations

import datetime
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.ports import ActorIndex
from dragoman.engines.actor_index import SqliteActorIndex
from dragoman.engines.gazetteer import SqliteGazetteer
from dragoman.stages.entities.coding import Coding, code_words
from dragoman.stages.entities.coding_nations import nation_of

_WORD = re.compile(r"\w[\w.&]*(?:['’\-–](?!s\b)[\w.]+)*\.?|['’]s\b|['’]|[,;:()/&–—-]")
_BODIES = (("IGOUNODEV", "IGO"), ("IGOUNO", "UNO"), ("IGOEUR", "EUR"), ("IGOEEC", "EUR"))
_PRONOUNS = frozenset(("he", "she", "him", "her", "they", "them", "i", "we", "us", "you", "it"))
_NAME = re.compile(r"(?:[A-Z]\w+(?:[ -](?=[A-Z]))?)+")


@cache
def _shipped_actors() -> SqliteActorIndex:
    return SqliteActorIndex(Path(str(files("dragoman.data"))) / "actors.sqlite")


@cache
def _shipped_gazetteer() -> SqliteGazetteer:
    return SqliteGazetteer(Path(str(files("dragoman.data"))) / "gazetteer.sqlite")


def code_actor(phrase: str, published: datetime.date | None = None, actors: ActorIndex | None = None) -> Coding | None:
    """Return how PHRASE is coded as a PLOVER actor on the day PUBLISHED, or None where nothing is known of it.

    ACTORS is the list that names are looked up in (the shipped one).

    A country alone has no sector here: only a text in which it acts makes it its government. In place of the country
    of an organization of states stands PLOVER's code for it: `UNO`, `EUR` or `IGO`. A country that the words leave
    open is taken from a place among them that the gazetteer knows.
    """
    words = split_words(phrase)
    if not words:
        return None
    if len(words) == 1 and words[0].lower() in _PRONOUNS and words[0] != "US":
        return Coding(kind=EntityKind.PERSON, sector="UNK", rule="actors.noun.persons", certain=0.3, words=(0,))
    coding = code_words(words, None, actors or _shipped_actors(), published)
    if coding is None:
        return _place(phrase, words)
    if coding.rule == "actors.country.name":
        return msgspec.structs.replace(coding, sector=None)
    if coding.country is not None or coding.listed_at is not None:
        return coding
    if coding.kind is EntityKind.INTERNATIONAL_ORGANIZATION:
        return msgspec.structs.replace(coding, country=_body(coding))
    named = any(nation_of(word) for word in words)
    place = (
        _place(phrase, words)
        if not named and coding.rule.startswith(("actors.noun", "roles", "actors.listed"))
        else None
    )
    return msgspec.structs.replace(coding, country=place.country) if place else coding


def split_words(phrase: str) -> list[str]:
    """Return the words and marks of PHRASE: abbreviations keep their dots, a possessive ending stands alone."""
    words = _WORD.findall(phrase)
    return [w[:-1] if w.endswith(".") and w.count(".") == 1 and len(w) > 6 else w for w in words]


def _body(coding: Coding) -> str:
    codes = [same.id for same in coding.same_as]
    return next((body for code in codes for start, body in _BODIES if code.startswith(start)), "IGO")


def _place(phrase: str, words: list[str]) -> Coding | None:
    """Return the coding of the first name in PHRASE that is a place, as the people who live there."""
    for name in _NAME.findall(phrase):
        found = _shipped_gazetteer().lookup(name)
        if found and found[0].country:
            at = tuple(i for i, word in enumerate(words) if word in name)
            return Coding(kind=EntityKind.POPULATION, country=found[0].country, sector="CVL",
                          rule="actors.place.city", certain=0.3, words=at)  # fmt: skip
    return None
