"""Time expressions: found by words and tokens, valued against the publication date and the text."""

from __future__ import annotations

import datetime

from dragoman.domain.findings import Time
from dragoman.domain.parse import Parse


def find_times(parse: Parse, published: datetime.date | None) -> list[Time]:
    """Return the time expressions of the text, in order, ids `t1` ..."""
    return []
