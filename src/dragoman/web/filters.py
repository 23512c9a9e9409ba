"""The filters of the list pages: what a URL asks for, and the URLs that ask for a little more or less."""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from dragoman.domain.codes import EventType, Status
from dragoman.lexicon.countries import countries
from dragoman.store.faceting import Order
from dragoman.store.queries import Wanted

FIELDS = ("text", "actor", "party", "type", "status", "country", "since", "until", "conflict", "bbox", "other")
"""The parameters that narrow down, in the order in which they are shown."""
ALL = (*FIELDS, "by", "grain", "sort", "page")
"""All parameters, in the order in which a URL has them: the same question has one URL."""
LONGEST = 200
"""How many characters of a value are looked at."""
CHOICES = {"yes": True, "no": False}

Code = TypeVar("Code", bound=StrEnum)


class Chip(msgspec.Struct, frozen=True):
    """A filter in words, and the URL without it."""

    name: str
    value: str
    without: str


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a URL asks for. `given` has the parameters that could be read, `problems` what is wrong with the others."""

    wanted: Wanted
    order: Order
    page: int
    given: Mapping[str, str]
    problems: tuple[str, ...]

    def url(self, path: str, **changes: object) -> str:
        """Return PATH with these filters and CHANGES to them; None takes one out. Another filter leads to page 1."""
        kept = {name: value for name, value in self.given.items() if name != "page"}
        kept.update({name: str(value) for name, value in changes.items() if value is not None})
        left = {name: kept[name] for name in ALL if name in kept and (name not in changes or changes[name] is not None)}
        return f"{path}?{urlencode(left)}" if left else path

    def chips(self, path: str) -> list[Chip]:
        """Return the filters that are set."""
        return [
            Chip(NAMES[name], _shown(name, self.given[name]), self.url(path, **{name: None}))
            for name in FIELDS
            if name in self.given
        ]

    def cleared(self, path: str) -> str:
        """Return PATH without any filter, but sorted as here."""
        return self.url(path, **dict.fromkeys(FIELDS))


NAMES = {
    "text": "words", "actor": "actor", "party": "actor", "type": "type", "status": "status", "country": "country",
    "since": "from", "until": "to", "conflict": "contested", "bbox": "on the map", "other": "with",
}  # fmt: skip


def read_filters(query: QueryParams, extra: Mapping[str, Collection[str]] | None = None) -> Filters:
    """Return what QUERY asks for; a value that can't be read is told of and not asked about.

    EXTRA are further parameters that the page takes, and their values.
    """
    reader = _Reader(query)
    wanted = Wanted(
        actor=reader.text("actor"), type=reader.code("type", EventType, str.upper),
        status=reader.code("status", Status, str.lower), country=reader.country(), since=reader.day("since"),
        until=reader.day("until"), text=reader.text("text"), party=reader.text("party"),
        conflict=reader.choice("conflict"), bbox=reader.bbox(), other=reader.choice("other") is True,
    )  # fmt: skip
    if wanted.since and wanted.until and wanted.since > wanted.until:
        reader.problems.append("“From” is after “to”, so nothing lies between them.")
    order = reader.code("sort", Order, str.lower) or Order.REPORTED
    page = reader.number("page")
    for name, values in (extra or {}).items():
        if (value := reader.text(name)) is not None and value not in values:
            reader.refuse(name, f"{name} is one of {', '.join(values)}")
    return Filters(wanted=wanted, order=order, page=page, given=reader.given, problems=tuple(reader.problems))


class _Reader:
    """Reads one parameter after another and keeps those that are good."""

    def __init__(self, query: QueryParams) -> None:
        self.query = query
        self.given: dict[str, str] = {}
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        value = " ".join(self.query.get(name, "").replace("\x00", " ").split())[:LONGEST]
        value = value.encode("utf-8", "replace").decode()
        if value:
            self.given[name] = value
        return value or None

    def refuse(self, name: str, why: str) -> None:
        self.problems.append(f"“{self.given.pop(name)}”: {why}. It is left out.")

    def code(self, name: str, kind: type[Code], case: object) -> Code | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            found = kind(str.upper(value) if case is str.upper else str.lower(value))
        except ValueError:
            self.refuse(name, f"{name} is one of {', '.join(kind)}")
            return None
        self.given[name] = found.value
        return found

    def country(self) -> str | None:
        value = self.text("country")
        if value is None:
            return None
        self.given["country"] = value.upper()
        if value.upper() not in countries():
            self.refuse("country", "a country is three letters of ISO 3166, as AFG")
            return None
        return value.upper()

    def day(self, name: str) -> datetime.date | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.refuse(name, "a day reads like 2017-02-07")
            return None

    def choice(self, name: str) -> bool | None:
        value = self.text(name)
        if value is not None and value not in CHOICES:
            self.refuse(name, f"{NAMES[name]} is yes or no")
        return CHOICES.get(value or "")

    def bbox(self) -> tuple[float, float, float, float] | None:
        value = self.text("bbox")
        if value is None:
            return None
        try:
            west, south, east, north = (float(part) for part in value.split(","))
        except ValueError:
            west = south = east = north = math.nan
        if -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90:
            return west, south, east, north
        self.refuse("bbox", "a part of the map is west,south,east,north in degrees")
        return None

    def number(self, name: str) -> int:
        value = self.text(name)
        if value is None:
            return 1
        if value.isascii() and value.isdigit() and 0 < int(value) <= 1_000_000:
            return int(value)
        self.refuse(name, "a page is a number from 1")
        return 1


def country_name(code: str) -> str:
    """Return the name of the country with the code CODE (ISO 3166-1 alpha-3), or CODE."""
    found = countries().get(code)
    return found.name if found else code


def _shown(name: str, value: str) -> str:
    if name == "country":
        return country_name(value)
    if name == "other":
        return "happenings of other kinds"
    if name == "bbox":
        return "the part on view"
    return value.lower().replace("_", " ") if name in ("type", "status") else value
