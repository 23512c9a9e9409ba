"""Dragoman: reads reports about politics and conflict into structured, evidence-linked event data.

`dragoman.read(text, published=date(2017, 2, 7))` returns a `Reading`; `dragoman.quotations`, `dragoman.times`,
`dragoman.places` and `dragoman.figures` return one kind of finding and run only what it needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dragoman.api import figures, places, quotations, read, times
    from dragoman.domain.reading import Reading
    from dragoman.domain.report import Report

__all__ = ["Reading", "Report", "__version__", "figures", "places", "quotations", "read", "times"]

_HOME = {
    **dict.fromkeys(("read", "quotations", "times", "places", "figures"), "dragoman.api"),
    "Reading": "dragoman.domain.reading",
    "Report": "dragoman.domain.report",
}


def __getattr__(name: str) -> object:
    """Import what is asked for on first use, so that `import dragoman` stays quick."""
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
