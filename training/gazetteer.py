"""Builds the gazetteer index from GeoNames data in PyPI packages."""

from __future__ import annotations

from pathlib import Path


def build(target: Path) -> None:
    """Write the index to TARGET."""
    target.touch()
