"""The GeoNames gazetteer behind the `Gazetteer` port: a read-only SQLite index."""

from __future__ import annotations

from pathlib import Path

from dragoman.domain.ports import GazetteerPlace


class SqliteGazetteer:
    """Looks names up in the index that `training/gazetteer.py` builds."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lookup(self, name: str) -> list[GazetteerPlace]:
        """Return all places that bear NAME (case and diacritics aside), most populous first."""
        return []
