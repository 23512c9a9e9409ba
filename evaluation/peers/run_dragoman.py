"""Dragoman: one part of the reading alone (argv[3]: `times`, `quotations`, `places`), or all of it (`read`)."""

from __future__ import annotations

import datetime
import sys
from typing import Any

import msgspec

import dragoman
from evaluation.peers.clock import run


def main() -> None:
    """Write the part's findings, as the contract has them; of the full reading only how long it took."""
    part = sys.argv[3]

    def find(row: dict[str, Any]) -> Any:
        published = datetime.date.fromisoformat(row["published"]) if row["published"] else None
        if part == "times":
            return dragoman.times(row["text"], published=published)
        if part == "quotations":
            return dragoman.quotations(row["text"], published=published)
        if part == "places":
            return dragoman.places(row["text"])
        dragoman.read(row["text"], published=published, given_id=row["id"]).to_json()
        return []

    run(find, {"dragoman": dragoman.__version__}, msgspec.to_builtins)


if __name__ == "__main__":
    main()
