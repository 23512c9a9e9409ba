"""When something is done, as the store keeps it."""

from __future__ import annotations

import datetime


def now() -> str:
    """Return the time: UTC, ISO 8601, seconds."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
