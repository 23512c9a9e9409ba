"""The actor list behind the `ActorIndex` port: a read-only SQLite index."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from dragoman.domain.name_keys import name_key, sound_key
from dragoman.domain.ports import ActorRecord

_COLUMNS = ("name", "kind", "country", "sector", "role", "since", "until", "seen_on", "scheme", "code")
FIELDS = ", ".join(f"records.{column}" for column in _COLUMNS)
LIKENESS = 0.8
"""How alike two romanizations of a name must be (difflib ratio) to be the same name."""
CACHE_SIZE = 50_000
FRESH_DAYS = 400
"""For how long an office-holder seen on a day is taken to have held the office before and after it, in days."""


class SqliteActorIndex:
    """Looks names and offices up in the index that `training/actor_index.py` builds.

    The file is opened at the first look-up; a missing or foreign file raises RuntimeError that says how to make it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base: sqlite3.Connection | None = None
        self._names: dict[str, list[ActorRecord]] = {}
        self._offices: dict[tuple[str, str], list[ActorRecord]] = {}

    def by_name(self, name: str) -> list[ActorRecord]:
        """Return the records that bear NAME as name or alias (case and diacritics aside).

        An acronym that is also a word ("IS", "AA") must be written as one. One word may be a leader's family name;
        several words may be another romanization ("Sergei Lavrov" for "Sergey Lavrov") of a person's name.
        """
        found = self._names.get(name)
        if found is None:
            if len(self._names) > CACHE_SIZE:
                self._names.clear()
            found = self._names[name] = self._find(name)
        return found

    def by_office(self, country: str, role: str, on: datetime.date | None) -> list[ActorRecord]:
        """Return who held the office ROLE in COUNTRY on a day, surest first: dated terms, then terms seen about then.

        Without a day, nobody: who holds an office is unknown where the date is.
        """
        if on is None:
            return []
        key = (country, role)
        held = self._offices.get(key)
        if held is None:
            held = self._offices[key] = self._rows(
                f"select {FIELDS} from offices join records on id = record "
                "where offices.country = ? and offices.role = ? order by id",
                key,
            )
        day = on.isoformat()
        dated = [r for r in held if r.since and r.until and r.since <= day <= _last(r.until)]
        seen = [r for r in held if r not in dated and _about(r, on)]
        return dated + seen

    def own(self, words: Sequence[str], on: datetime.date | None) -> tuple[int, ActorRecord] | None:
        """Return None: the shipped list is nobody's own."""
        return None

    def _find(self, name: str) -> list[ActorRecord]:
        key = name_key(name)
        if len(key) < 2:
            return []
        found = self._filed(key, "name", name)
        if " " not in key:
            return found + [r for r in self._filed(key, "surname", name) if r not in found]
        if found:
            return found
        sound = sound_key(key)
        if not sound:
            return []
        return [r for r in self._filed(sound, "sound", name) if _alike(key, name_key(r.name))]

    def _filed(self, key: str, form: str, name: str) -> list[ActorRecord]:
        rows = self._connection().execute(
            f"select exact, {FIELDS} from names join records on id = record where key = ? and form = ? order by id",
            (key, form),
        )
        return [_record(row[1:]) for row in rows if row[0] is None or _written_as(name, row[0])]

    def _rows(self, query: str, values: tuple[str, ...]) -> list[ActorRecord]:
        return [_record(row) for row in self._connection().execute(query, values)]

    def _connection(self) -> sqlite3.Connection:
        if self._base is None:
            if not self._path.is_file() or self._path.stat().st_size == 0:
                raise RuntimeError(f"the actor index {self._path} is missing: reinstall dragoman to make it again")
            self._base = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        return self._base


def _record(row: tuple[Any, ...]) -> ActorRecord:
    name, kind, country, sector, role, since, until, seen_on, scheme, code = row
    return ActorRecord(
        name=name, kind=kind, country=country, sector=sector, role=role, since=since, until=until, seen_on=seen_on,
        scheme=scheme, id=code,
    )  # fmt: skip


def _written_as(name: str, exact: str) -> bool:
    """Tell whether NAME is written as an ambiguous short name must be: "Nato" will do for NATO, "is" not for IS."""
    bare = name.replace(".", "").removeprefix("the ").removeprefix("The ")
    return bare == exact or (len(exact) >= 4 and bare == exact.capitalize() and exact.isupper())


def _alike(key: str, other: str) -> bool:
    return SequenceMatcher(None, key, other, autojunk=False).ratio() >= LIKENESS


def _last(date: str) -> str:
    """Return the last day of a year, month or day as a string that sorts after all its days."""
    return date if len(date) == 10 else date + "-99"


def _about(record: ActorRecord, on: datetime.date) -> bool:
    """Tell whether a term with an unknown end or beginning may well hold on a day, by the day it was seen.

    In Dragoman's own list a term without an end goes on.
    """
    day = on.isoformat()
    if (record.since and day < record.since) or (record.until and day > _last(record.until)):
        return False
    if record.since and not record.until and record.scheme == "dragoman":
        return True
    if record.seen_on is None:
        return False
    seen = _day(record.seen_on)
    return bool(record.since and on <= seen) or abs((on - seen).days) <= FRESH_DAYS


def _day(date: str) -> datetime.date:
    """Return the day, or the middle of the month or year, that DATE ("2014", "2014-09", "2014-09-29") is."""
    full = date + {4: "-07-01", 7: "-15"}.get(len(date), "")
    return datetime.date.fromisoformat(full)
