"""A user's own actors in front of the shipped list, behind the `ActorIndex` port."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from dragoman.domain.dates import covers
from dragoman.domain.name_keys import name_key
from dragoman.domain.ports import ActorIndex, ActorRecord, OwnActor

SHORT = 5
"""Up to how many letters a name in capitals must be met in capitals ("IS" is no "is")."""


class OwnActorIndex:
    """The rows of a user's file first; what they don't name is looked up in the shipped list."""

    def __init__(self, rows: Iterable[OwnActor], shipped: ActorIndex) -> None:
        self._shipped = shipped
        self._names: dict[str, list[tuple[str, ActorRecord]]] = {}
        self._offices: dict[tuple[str, str], list[ActorRecord]] = {}
        self._longest: dict[str, int] = {}
        for row in rows:
            for name in row.names:
                key = name_key(name)
                first = key.split(" ")[0]
                self._names.setdefault(key, []).append((name, row.record))
                self._longest[first] = max(self._longest.get(first, 1), _tokens(name))
            record = row.record
            if record.country and record.role:
                self._offices.setdefault((record.country, record.role), []).append(record)

    def by_name(self, name: str) -> list[ActorRecord]:
        """Return the records of the shipped list that bear NAME."""
        return self._shipped.by_name(name)

    def by_office(self, country: str, role: str, on: datetime.date | None) -> list[ActorRecord]:
        """Return whom the user's file has in the office ROLE of COUNTRY on a day, or else the shipped list."""
        own = [r for r in self._offices.get((country, role), []) if on is not None and covers(r.since, r.until, on)]
        return own or self._shipped.by_office(country, role, on)

    def own(self, words: Sequence[str], on: datetime.date | None) -> tuple[int, ActorRecord] | None:
        """Return the longest name of the user's file that WORDS begin with, as its number of words, and its record."""
        start = name_key(words[0]).split(" ")[0] if words else ""
        if words and start == "the" and len(words) > 1:
            start = name_key(words[1]).split(" ")[0]
        limit = self._longest.get(start)
        if limit is None:
            return None
        for end in range(min(limit + 1, len(words)), 0, -1):
            name = " ".join(words[:end])
            if not words[end - 1][:1].isalnum():
                continue
            for written, record in self._names.get(name_key(name), []):
                if _written_as(name, written) and covers(record.since, record.until, on):
                    return end, record
        return None


def _tokens(name: str) -> int:
    """Return the most words and marks that a parser may cut NAME into."""
    marks = sum(not (c.isalnum() or c.isspace()) for c in name)
    return len(name.split()) + 2 * marks


def _written_as(found: str, written: str) -> bool:
    """Tell whether a name stands in the text as a name: an acronym in capitals, a proper name with one."""
    bare = found.removeprefix("the ").removeprefix("The ")
    if written.isupper() and len(written) <= SHORT:
        return bare.replace(".", "") == written.replace(".", "")
    return bare[:1].isupper() or not written.removeprefix("the ")[:1].isupper()
