"""Days and beginnings of days ("2014", "2014-09", "2014-09-29") as lists of actors write them."""

from __future__ import annotations

import calendar
import datetime
import re

_FORM = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def first_day(date: str) -> datetime.date:
    """Return the first day of DATE. Raises ValueError where it is no day, month or year."""
    if not _FORM.fullmatch(date):
        raise ValueError(f"{date!r} is no day, month or year")
    return datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date)


def last_day(date: str) -> datetime.date:
    """Return the last day of DATE. Raises ValueError where it is no day, month or year."""
    first = first_day(date)
    if len(date) == 10:
        return first
    month = first.month if len(date) == 7 else 12
    return datetime.date(first.year, month, calendar.monthrange(first.year, month)[1])


def covers(since: str | None, until: str | None, on: datetime.date | None) -> bool:
    """Tell whether a day lies in a span whose ends are included; without a day, whether the span has no ends."""
    if on is None:
        return since is None and until is None
    return (since is None or first_day(since) <= on) and (until is None or on <= last_day(until))


def overlap(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    """Tell whether two spans of time share a day; an open end goes on."""
    return _begins_by_end(a, b) and _begins_by_end(b, a)


def _begins_by_end(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    return a[0] is None or b[1] is None or first_day(a[0]) <= last_day(b[1])
