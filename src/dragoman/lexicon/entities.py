"""The words of the entities stage: pronouns, general nouns, and what tells a woman from a man."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.lexicon.source import load_entries


class EntityWords(msgspec.Struct, frozen=True):
    """Words by what the stage does with them.

    `pronouns` maps a word to its class (he, she, it, they, speaker, group, relative), `anaphors` a noun to kinds.
    `heads`
    are the roles of heads of state and government, `leaders` the general nouns for them, `institutions` what a country
    has one of. `abroad` are words of groups of no one country, `local` those of people of the place. `no_names` are
    written with a capital without naming anybody; `personal` verbs have a person as subject. `statements` are
    the verbs of official statements, `staff` those of a newspaper ("our correspondent"), `ours` nouns that name whoever
    says "our" before them ("our association"). `governments` are nouns for a country's government and `plain` the words
    that may stand before them, `fighters` those for rebels; `organs` are parts of a
    body that are bodies of their own; `pairs` tells what "both" of a noun are of. `forces` are nouns of who acts by the
    noun behind them ("army helicopters").
    """

    pronouns: dict[str, str]
    anaphors: dict[str, frozenset[EntityKind]]
    female: frozenset[str]
    male: frozenset[str]
    heads: tuple[str, ...]
    leaders: frozenset[str]
    institutions: frozenset[str]
    abroad: frozenset[str]
    local: frozenset[str]
    no_names: frozenset[str]
    personal: frozenset[str]
    statements: frozenset[str]
    staff: frozenset[str]
    ours: frozenset[str]
    governments: frozenset[str]
    plain: frozenset[str]
    fighters: frozenset[str]
    organs: frozenset[str]
    pairs: dict[str, str]
    forces: frozenset[str]


@cache
def entity_words() -> EntityWords:
    """Return the compiled words of the entities codebook."""
    entries = {entry.id.rsplit(".", 1)[1]: entry.fields for entry in load_entries("entities")}
    return EntityWords(
        {word: kind for kind, words in entries["pronouns"].items() for word in words},
        {noun: frozenset(map(EntityKind, kinds)) for noun, kinds in entries["anaphors"]["nouns"].items()},
        frozenset(entries["female"]["words"]),
        frozenset(entries["male"]["words"]),
        tuple(entries["offices"]["heads"]),
        frozenset(entries["offices"]["leaders"]),
        frozenset(entries["offices"]["institutions"]),
        frozenset(entries["setting"]["abroad"]),
        frozenset(entries["setting"]["local"]),
        frozenset(entries["unknown"]["not_names"]),
        frozenset(entries["unknown"]["personal"]),
        frozenset(entries["statements"]["acts"]),
        frozenset(entries["statements"]["staff"]),
        frozenset(entries["statements"]["bodies"]),
        frozenset(entries["definites"]["governments"]),
        frozenset(entries["definites"]["plain"]),
        frozenset(entries["definites"]["fighters"]),
        frozenset(entries["organs"]["words"]),
        {noun: sort for sort, nouns in entries["definites"]["pairs"].items() for noun in nouns},
        frozenset(entries["forces"]["nouns"]),
    )
