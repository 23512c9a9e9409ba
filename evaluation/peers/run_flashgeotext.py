"""The countries and cities of flashgeotext, by its own lists."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flashgeotext.geotext import GeoText, GeoTextConfiguration

from evaluation.peers.clock import run


def main() -> None:
    """Write what `extract` tells of each text."""
    tool = GeoText(GeoTextConfiguration(case_sensitive=True))

    def find(row: dict[str, Any]) -> Any:
        return tool.extract(row["text"], span_info=True)

    run(find, {"flashgeotext": version("flashgeotext")})


if __name__ == "__main__":
    main()
