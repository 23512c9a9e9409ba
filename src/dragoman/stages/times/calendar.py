"""Arithmetic of days, weeks, months, quarters and years, and the intervals of TIMEX3 values."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

from dragoman.domain.codes import Grain
from dragoman.domain.findings import Interval

ONE_DAY = datetime.timedelta(days=1)
THIRDS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def shift_months(day: datetime.date, months: int) -> tuple[int, int]:
    """Return the (year, month) that lies MONTHS after DAY's month. Years are kept within 1 to 9999."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return min(max(year, 1), 9999), month + 1


def shift_days(day: datetime.date, days: int) -> datetime.date | None:
    """Return the day DAYS later, or None where the calendar ends."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


def make_day(year: int, month: int, day: int) -> datetime.date | None:
    """Return the day, or None where there is none such."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def week_value(day: datetime.date) -> str:
    """Return DAY's ISO week as TIMEX3 writes it ("2017-W06")."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def feast_day(rule: str, year: int) -> datetime.date | None:
    """Return the day of a feast in YEAR, by RULE: "easter+N", or "month/weekday/which" (-1 the last).

    A rule that ends in "+N" means N days after that weekday. None where the calendar ends.
    """
    if not 1583 <= year <= 9998:
        return None
    base, _, later = rule.partition("+")
    if base == "easter":
        day: datetime.date | None = _easter(year)
    else:
        month, weekday, number = (int(part) for part in base.split("/"))
        days = [
            d for d in range(1, monthrange(year, month)[1] + 1) if datetime.date(year, month, d).isoweekday() == weekday
        ]
        day = make_day(year, month, days[number - 1 if number > 0 else number])
    return shift_days(day, int(later)) if day and later else day


def _easter(year: int) -> datetime.date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def interval_of(value: str, mod: str | None) -> tuple[Interval | None, Grain | None]:
    """Return the first and last day of a TIMEX3 date VALUE, narrowed by MOD, and its grain; None where undated."""
    value, _, clock = value.partition("T")
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(value)
        if match is not None:
            first, last, grain = reader(match) or (None, None, None)
            if first is None or last is None:
                return None, None
            if clock:
                grain = Grain.MINUTE if ":" in clock else Grain.HOUR
            return _narrowed(first, last, grain, mod), grain
    return None, None


def _narrowed(first: datetime.date, last: datetime.date, grain: Grain | None, mod: str | None) -> Interval:
    """Return the third of a month or year that MOD (START, MID, END) names, else all of it."""
    if mod in THIRDS and grain is Grain.MONTH:
        start, end = THIRDS[mod]
        return (first.replace(day=start).isoformat(), first.replace(day=min(end, last.day)).isoformat())
    if mod in THIRDS and grain is Grain.YEAR:
        months = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}[mod]
        end_day = monthrange(first.year, months[1])[1]
        return (first.replace(month=months[0]).isoformat(), first.replace(month=months[1], day=end_day).isoformat())
    return (first.isoformat(), last.isoformat())


_Reader = tuple[datetime.date, datetime.date, Grain]


def _day(match: re.Match[str]) -> _Reader | None:
    day = make_day(int(match[1]), int(match[2]), int(match[3]))
    return (day, day, Grain.DAY) if day else None


def _month(match: re.Match[str]) -> _Reader | None:
    year, month = int(match[1]), int(match[2])
    first = make_day(year, month, 1)
    return (first, first.replace(day=monthrange(year, month)[1]), Grain.MONTH) if first else None


def _year(match: re.Match[str]) -> _Reader | None:
    first = make_day(int(match[1]), 1, 1)
    return (first, first.replace(month=12, day=31), Grain.YEAR) if first else None


def _decade(match: re.Match[str]) -> _Reader | None:
    first, last = make_day(int(match[1] + "0"), 1, 1), make_day(int(match[1] + "9"), 12, 31)
    return (first, last, Grain.DECADE) if first and last else None


def _century(match: re.Match[str]) -> _Reader | None:
    first, last = make_day(int(match[1] + "00"), 1, 1), make_day(int(match[1] + "99"), 12, 31)
    return (first, last, Grain.RANGE) if first and last else None


def _week(match: re.Match[str]) -> _Reader | None:
    try:
        first = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        if match[3]:
            return first + 5 * ONE_DAY, first + 6 * ONE_DAY, Grain.DAY
        return first, first + 6 * ONE_DAY, Grain.WEEK
    except (ValueError, OverflowError):
        return None


def _quarter(match: re.Match[str]) -> _Reader | None:
    year, quarter = int(match[1]), int(match[2])
    first, last = make_day(year, quarter * 3 - 2, 1), make_day(year, quarter * 3, 1)
    return (first, last.replace(day=monthrange(year, quarter * 3)[1]), Grain.QUARTER) if first and last else None


def _half(match: re.Match[str]) -> _Reader | None:
    year, half = int(match[1]), int(match[2])
    first, last = make_day(year, half * 6 - 5, 1), make_day(year, half * 6, 30 if half == 1 else 31)
    return (first, last, Grain.RANGE) if first and last else None


def _season(match: re.Match[str]) -> _Reader | None:
    year, (start, end) = int(match[1]), SEASON_MONTHS[match[2]]
    after = year + (end < start)
    first = make_day(year, start, 1)
    last = make_day(after, end, monthrange(after, end)[1]) if 1 <= after <= 9999 else None
    return (first, last, Grain.QUARTER) if first and last else None


_FORMS = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _day),
    (re.compile(r"(\d{4})-(\d\d)"), _month),
    (re.compile(r"(\d{4})"), _year),
    (re.compile(r"(\d{3})X?"), _decade),
    (re.compile(r"(\d\d)(?:XX)?"), _century),
    (re.compile(r"(\d{4})-W(\d\d)(-WE)?"), _week),
    (re.compile(r"(\d{4})-Q([1-4])"), _quarter),
    (re.compile(r"(\d{4})-H([12])"), _half),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), _season),
)
