"""The panel of filters beside a list: every value with the number of records that choosing it would leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from dragoman.domain.name_keys import name_key
from dragoman.store.faceting import Facets, Tally, actors, facets
from dragoman.store.opening import Store
from dragoman.web.filters import Filters, country_name

FIRST = 8
"""How many values of a facet are shown at once; the others are folded away."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A value that can be chosen, or is; `url` chooses it or takes it back. `key` names it among all of the page."""

    key: str
    name: str
    count: int
    url: str
    chosen: bool


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A field with its values: `choices` are shown at once, `others` folded away."""

    name: str
    choices: tuple[Choice, ...]
    others: tuple[Choice, ...]


def panel(store: Store, filters: Filters, path: str) -> dict[str, Any]:
    """Return what the templates of a list page show of FILTERS: counts, chips and links to PATH."""
    counted = facets(store, filters.wanted)
    return {
        "filters": filters,
        "total": counted.total,
        "facets": _facets(store, filters, counted, path),
        "chips": filters.chips(path),
        "cleared": filters.cleared(path),
        "action": path,
    }


def _facets(store: Store, filters: Filters, counted: Facets, path: str) -> list[Facet]:
    def link(field: str, value: str, name: str, count: int, chosen: bool) -> Choice:
        url = filters.url(path, **{field: None if chosen else value})
        return Choice(key=f"{field}-{value}".replace(" ", "-"), name=name, count=count, url=url, chosen=chosen)

    def coded(field: str, tallies: Iterable[Tally]) -> list[Choice]:
        return [
            link(field, t.value, name(field, t.value), t.count, filters.given.get(field) == t.value) for t in tallies
        ]

    def name(field: str, value: str) -> str:
        return country_name(value) if field == "country" else value.replace("_", " ").lower()

    party = name_key(filters.wanted.party or "")
    who = [
        link("party", a.name[:200], a.name, a.count, name_key(a.name) == party)
        for a in actors(store, filters.wanted, 2 * FIRST)
    ]
    contests = [
        link("conflict", word, label, count, filters.given.get("conflict") == word)
        for word, label, count in zip(("yes", "no"), ("contested", "not contested"), counted.contested, strict=True)
        if count
    ]
    listed = (
        ("Type", coded("type", counted.types), 16), ("Status", coded("status", counted.statuses), 9),
        ("Country", coded("country", counted.countries), FIRST), ("Actor", who, FIRST), ("Conflict", contests, 2),
    )  # fmt: skip
    return [facet for title, choices, shown in listed if (facet := _facet(title, choices, shown)) is not None]


def _facet(title: str, choices: list[Choice], shown: int) -> Facet | None:
    """Return a facet with what is chosen on top."""
    if not choices:
        return None
    ordered = sorted(choices, key=lambda c: not c.chosen)
    return Facet(name=title, choices=tuple(ordered[:shown]), others=tuple(ordered[shown:]))
