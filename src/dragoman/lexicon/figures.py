"""The words of figures: numbers, precision, currencies, measures, movements."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from dragoman.domain.codes import ChangeDirection, Measure, Precision
from dragoman.lexicon.source import load_entries


class Sense(msgspec.Struct, frozen=True):
    """What a word makes of a number beside it."""

    measure: Measure
    rule: str


class FigureWords(msgspec.Struct, frozen=True):
    """Tables by word or lemma."""

    numbers: dict[str, float]
    scales: dict[str, float]
    vague: dict[str, float]
    precision: dict[str, Precision]
    currency: dict[str, str]
    units: frozenset[str]
    people: frozenset[str]
    anybody: frozenset[str]
    loose: frozenset[str]
    groups: dict[str, Measure]
    tolls: frozenset[str]
    tells: frozenset[str]
    reaches: frozenset[str]
    verbs: dict[str, Sense]
    nouns: dict[str, Sense]
    adjectives: dict[str, Sense]
    movement: dict[str, ChangeDirection]


@cache
def figure_words() -> FigureWords:
    """Return the compiled words of the figures codebook."""
    fields: dict[str, dict[str, Any]] = {e.id: e.fields for e in load_entries("figures")}
    verbs: dict[str, Sense] = {}
    nouns: dict[str, Sense] = {}
    adjectives: dict[str, Sense] = {}
    for rule, entry in fields.items():
        if rule.startswith("figures.measure."):
            sense = Sense(Measure(entry["measure"]), rule)
            for table, name in ((verbs, "verbs"), (nouns, "nouns"), (adjectives, "adjectives")):
                for word in entry[name]:
                    table.setdefault(word, sense)
    exact = fields["figures.words.precision"]
    change = fields["figures.change.movement"]
    return FigureWords(
        numbers=fields["figures.words.numbers"]["values"],
        scales=fields["figures.words.scales"]["values"],
        vague=fields["figures.words.vague"]["values"],
        precision={w: Precision(p) for p in ("at_least", "at_most", "approximate") for w in exact[p]},
        currency=fields["figures.words.currency"]["values"],
        units=frozenset(fields["figures.words.units"]["words"]),
        people=frozenset(w.lower() for w in fields["figures.words.people"]["words"]),
        anybody=frozenset(fields["figures.words.people"]["anybody"]),
        loose=frozenset(fields["figures.words.people"]["loose"]),
        groups={w: Measure(m) for w, m in fields["figures.words.groups"]["values"].items()},
        tolls=frozenset(fields["figures.total.told"]["nouns"]),
        tells=frozenset(fields["figures.total.told"]["tells"]),
        reaches=frozenset(fields["figures.total.told"]["reaches"]),
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        movement={w: d for d in (ChangeDirection.RISE, ChangeDirection.FALL) for w in change[d.value]},
    )
