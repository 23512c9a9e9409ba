"""Tells what a rule id means, so that every `found_by` can be explained."""

from __future__ import annotations

from functools import cache

from dragoman.lexicon.source import Entry, load_entries, topics


@cache
def all_entries() -> dict[str, Entry]:
    """Return every codebook entry of every topic by id."""
    return {entry.id: entry for topic in topics() for entry in load_entries(topic)}


def describe(rule: str) -> Entry | None:
    """Return the entry that describes RULE, or None where no codebook knows it."""
    return all_entries().get(rule)
