"""The GeoNames gazetteer behind the `Gazetteer` port: a read-only SQLite index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from dragoman.domain.name_keys import loose_key, name_key
from dragoman.domain.ports import GazetteerPlace

MOST = 60
"""Places of one name that are weighed, most populous first."""
CACHE_SIZE = 50_000


class SqliteGazetteer:
    """Looks names up in the index that `training/gazetteer.py` builds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base: sqlite3.Connection | None = None
        self._known: dict[str, list[GazetteerPlace]] = {}

    def lookup(self, name: str) -> list[GazetteerPlace]:
        """Return all places that bear NAME (case and diacritics aside), most populous first.

        Raises RuntimeError where the index is missing.
        """
        return self._cached(name_key(name))

    def like(self, name: str) -> list[GazetteerPlace]:
        """Return all places that bear another romanization of NAME, most populous first."""
        return self._cached(loose_key(name_key(name)))

    def _cached(self, key: str) -> list[GazetteerPlace]:
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= CACHE_SIZE:
                self._known.clear()
            found = self._known[key] = self._find(key)
        return found

    def _find(self, key: str) -> list[GazetteerPlace]:
        if len(key) < 3:
            return []
        rows = self._connection().execute(
            "select places.* from names join places on places.id = names.id where key = ? "
            "order by population desc, places.id limit ?",
            (key, MOST),
        )
        return [
            GazetteerPlace(
                geonames_id=row[0], name=row[1], feature=row[2], country=row[3], admin1=row[4], latitude=row[5],
                longitude=row[6], population=row[7], spellings=row[8],
            )
            for row in rows
        ]  # fmt: skip

    def _connection(self) -> sqlite3.Connection:
        if self._base is None:
            if not self._path.is_file() or self._path.stat().st_size == 0:
                raise RuntimeError(f"the gazetteer {self._path} is missing: reinstall dragoman to make it again")
            self._base = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._base.execute("pragma mmap_size=268435456")
        return self._base
