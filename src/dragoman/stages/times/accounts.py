"""Parts of years: quarters and what accounts compare them with, seasons, weekends and movable feasts."""

from __future__ import annotations

import datetime
import re

from dragoman.domain.codes import TimeType
from dragoman.domain.parse import Token
from dragoman.lexicon.times import time_words
from dragoman.stages.times.calendar import feast_day, shift_days, shift_months, week_value
from dragoman.stages.times.detection import Match
from dragoman.stages.times.durations import Anchors, Value
from dragoman.stages.times.tenses import tense

QUARTER = re.compile(r"\d{4}-Q[1-4]")
QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
    "latter": 2,
}


def period_after(match: Match, value: Value, anchors: Anchors) -> str | None:
    """Return the quarter or year with which a comparison that comes after the match compares."""
    groups = match.groups
    if match.rule == "times.date.part-of-year" and "before" not in groups and QUARTER.fullmatch(value.value):
        return value.value if _is_over(value.value, anchors) else anchors.period
    if match.rule == "times.date.quarter":
        return value.value if QUARTER.fullmatch(value.value) else _year_of(anchors)
    if match.rule == "times.duration.counted" and groups.get("frame") in ("first", "latest"):
        return _year_of(anchors) if groups["unit"] == "month" else anchors.period
    return anchors.period


def _is_over(quarter: str, anchors: Anchors) -> bool:
    """Tell whether a quarter ended before the report, so that accounts may be given for it."""
    base = anchors.published
    return base is None or (int(quarter[:4]), int(quarter[6]) * 3) < (base.year, base.month)


def _year_of(anchors: Anchors) -> str | None:
    return f"{anchors.published.year:04d}" if anchors.published else None


def part_of_year(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a season, quarter or half of a year, reckoned from the publication date."""
    groups = match.groups
    base = anchors.published
    year: int | None = int(groups["year"]) if "year" in groups else None
    whose = groups.get("whose") or groups.get("shift")
    anchored = None if year or base is None else "published"
    if "season" in groups:
        code = time_words().seasons[groups["season"]]
        if year is None and base is not None:
            start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
            year = base.year - (whose == "last" and base.month < start + 3) + (whose == "next" and base.month >= start)
            year -= whose == "this past" and base.month < start
            if whose is None or whose == "this coming":
                year += base.month >= start + 3 and tense(match.first) == "future"
        return Value(
            TimeType.DATE,
            f"{year:04d}-{code}" if year else f"XXXX-{code}",
            time_words().edges.get(groups.get("edge", "")),
            anchored,
        )
    if year is None and base is not None:
        year = base.year + {"last": -1, "next": 1}.get(whose or "", 0) - ("before" in groups)
    number = int(groups["quarter"]) if "quarter" in groups else QUARTERS[groups["ordinal"]]
    if groups.get("piece") == "half":
        if "year" not in groups and whose is None and anchors.period is None:
            return None
        number = min(number, 2)
        return Value(TimeType.DATE, f"{year:04d}-H{number}" if year else f"XXXX-H{number}", None, anchored)
    if year and base is not None and anchored and whose is None and number * 3 - 2 > base.month:
        year -= tense(match.first) != "future"
    return Value(TimeType.DATE, f"{year:04d}-Q{number}" if year else f"XXXX-Q{number}", None, anchored)


def feast(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a feast that falls on another day each year (Easter, Thanksgiving)."""
    rule = time_words().feasts[match.groups["holiday"]]
    base, shift = anchors.published, match.groups.get("shift")
    if "year" in match.groups:
        day = feast_day(rule, int(match.groups["year"]))
        return Value(TimeType.DATE, day.isoformat()) if day else None
    if base is None:
        return None
    day = feast_day(rule, base.year)
    if day is None:
        return None
    when = "past" if shift == "last" else "future" if shift == "next" else tense(match.first)
    if when != "future" and day > base and (day - base).days > (0 if shift == "last" else 30):
        day = feast_day(rule, base.year - 1)
    elif when == "future" and day < base:
        day = feast_day(rule, base.year + 1)
    return Value(TimeType.DATE, day.isoformat(), None, "published") if day else None


def compared(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of the period a year before the one that figures are given for ("a year earlier")."""
    groups = match.groups
    period = anchors.period
    if "year" in groups:
        return Value(TimeType.DATE, groups["year"] + (period or "")[4:], None, "text" if period else None)
    if period is not None and int(period[:4]) > 1:
        return Value(TimeType.DATE, f"{int(period[:4]) - 1:04d}{period[4:]}", None, "text")
    base = anchors.published
    ago = any(t.lower.endswith("ago") for t in match.first.sent.tokens if t.end == match.span.end)
    if not ago and "period" not in groups:
        base = anchors.last or base
    if base is None or base.year <= 1:
        return Value(TimeType.DATE, "PAST_REF")
    return Value(TimeType.DATE, f"{base.year - 1:04d}", None, "published" if base is anchors.published else "text")


def the_quarter(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of the quarter or year that accounts close ("the quarter ended Sept. 30")."""
    if match.groups.get("period") == "year":
        return _the_year(match, anchors)
    closes = _closing(match)
    base = anchors.published
    if closes and base is not None:
        year, month = base.year - (closes > base.month), closes - 1 or 12
        year -= closes == 1
        return Value(TimeType.DATE, f"{year:04d}-Q{(month + 2) // 3}", None, "published")
    if anchors.period and anchors.period[4:6] == "-Q":
        return Value(TimeType.DATE, anchors.period, None, "text")
    if base is not None and (closes or "latest" in [t.lower for t in _tokens(match)]):
        year, month = shift_months(base, -3)
        return Value(TimeType.DATE, f"{year:04d}-Q{(month + 2) // 3}", None, "published")
    return None


def _the_year(match: Match, anchors: Anchors) -> Value | None:
    """Return how long "the year ended July 2" lasts, or which year "for the year" means: that of publication."""
    after = next((t for t in match.first.sent.tokens if t.start >= match.span.end), None)
    if after is not None and after.lower in ("ended", "ending"):
        return Value(TimeType.DURATION, "P1Y")
    year = _year_of(anchors)
    return Value(TimeType.DATE, year, None, "published") if year else None


def _tokens(match: Match) -> list[Token]:
    return [t for t in match.first.sent.tokens if match.span.start <= t.start < match.span.end]


def _closing(match: Match) -> int | None:
    """Return the month whose end closes the quarter ("ended Sept. 30")."""
    after = [t for t in match.first.sent.tokens if t.start >= match.span.end][:3]
    if len(after) < 2 or after[0].lower not in ("ended", "ending", "to", "through"):
        return None
    month = time_words().months.get(after[1].lower.strip("."))
    early = len(after) > 2 and after[2].text.isdigit() and int(after[2].text) < 15
    return (month - 2) % 12 + 1 if month and early else month


def the_weekend(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of "the weekend": the one at hand, else that before the publication day."""
    base: datetime.date | None = anchors.published
    if base is None:
        return Value(TimeType.DATE, "XXXX-WXX-WE")
    steps = 0 if base.isoweekday() >= 6 or tense(match.first) == "future" else -7
    day = shift_days(base, steps)
    return Value(TimeType.DATE, week_value(day) + "-WE", None, "published") if day else None
