"""Values of days and of the times of day in them."""

from __future__ import annotations

import datetime

from dragoman.domain.codes import TimeType
from dragoman.lexicon.times import time_words
from dragoman.stages.times.calendar import make_day, shift_days
from dragoman.stages.times.detection import Match
from dragoman.stages.times.durations import Anchors, Value
from dragoman.stages.times.tenses import is_sure, is_until, tense

BACK = frozenset(
    {
        "last",
        "past",
        "this past",
        "previous",
        "the previous",
        "the past",
        "the last",
        "late last",
        "preceding",
        "before",
    }
)
AHEAD = frozenset({"next", "coming", "this coming", "the coming", "the following", "following", "very next", "after"})


NEAR = (1, 2)
"""How many days back a weekday's name still means the one that has been, where the grammar tells of what is to come."""
SOON = 1.1
"""How many months ahead a day or month may lie in a clause that tells of the past ("stock of record Nov. 10")."""


def edge_mod(groups: dict[str, str]) -> str | None:
    """Return the TIMEX3 modifier of the words for the beginning, middle or end before a time ("early March")."""
    return time_words().edges.get(groups.get("edge", "").strip())


def year_of(text: str) -> int:
    """Return the year that two or four digits tell."""
    number = int(text)
    if number < 100:
        return number + (2000 if number < 50 else 1900)
    return number


def month_of(groups: dict[str, str]) -> int:
    """Return the number of the month named."""
    return time_words().months[groups["month"].strip(".")]


def full_date(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a day with its month and year; None where the calendar has no such day."""
    groups = match.groups
    year = year_of(groups["year"])
    month = int(groups["monthnumber"]) if "monthnumber" in groups else month_of(groups)
    number = int(groups["daynumber"] if "daynumber" in groups else groups["day"])
    day = make_day(year, month, number) or ("iso" not in groups and make_day(year, number, month)) or None
    return Value(TimeType.DATE, day.isoformat()) if day else None


def day_month(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a day with its month, its year reckoned."""
    groups = match.groups
    month, number = month_of(groups), int(groups["day"])
    if not 1 <= number <= 31:
        return None
    year = year_for(match, anchors, month, number)
    if year is None:
        return Value(TimeType.DATE, f"XXXX-{month:02d}-{number:02d}")
    day = make_day(year, month, number)
    return Value(TimeType.DATE, day.isoformat(), None, "published") if day else None


def year_for(match: Match, anchors: Anchors, month: int, number: int = 15) -> int | None:
    """Return the year of a day or month without one: the nearest to the publication date that fits the tense."""
    base = anchors.published
    if base is None:
        return anchors.last_year
    year, when = base.year, tense(match.first)
    if when == "future":
        return (
            year + 1
            if ((month, number) < (base.month, base.day) and month + 6 <= base.month + 1) or month < base.month - 4
            else year
        )
    if (month, number) > (base.month, base.day):
        ahead = (month - base.month) + (number - base.day) / 31
        if when == "past" and ahead > SOON:
            return year - 1
        return year - 1 if ahead > 6 else year
    return year


def weekday_day(name: str, shift: str | None, match: Match, base: datetime.date) -> datetime.date | None:
    """Return the day that a weekday means, by the tense of its clause."""
    wanted = time_words().weekdays[name.strip(".")]
    back = (base.isoweekday() - wanted) % 7
    when = tense(match.first)
    if shift in BACK:
        return shift_days(base, -(back or 7))
    if shift in AHEAD:
        return shift_days(base, (-back) % 7 or 7)
    if shift == "this" or (when == "future" and (back not in NEAR or is_until(match.first) or is_sure(match.first))):
        return shift_days(base, (-back) % 7)
    return shift_days(base, -back)


def weekday_value(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a weekday's name."""
    groups = match.groups
    number = time_words().weekdays[groups["weekday"].strip(".")]
    if "plural" in groups:
        return Value(TimeType.SET, f"XXXX-WXX-{number}")
    if anchors.published is None:
        return Value(TimeType.DATE, f"XXXX-WXX-{number}")
    shift, base = groups.get("shift"), anchors.published
    if shift in ("the previous", "the following") and anchors.last and anchors.exact:
        base = anchors.last
    day = weekday_day(groups["weekday"], shift, match, base)
    return Value(TimeType.DATE, day.isoformat(), edge_mod(groups), "published") if day else None


def deictic_day(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of today, yesterday or tomorrow."""
    word = match.groups.get("deictic", "")
    offsets = {**time_words().deictic, "the day before yesterday": -2, "the day after tomorrow": 2}
    if anchors.published is None:
        return Value(
            TimeType.DATE, {0: "PRESENT_REF"}.get(offsets[word], "PAST_REF" if offsets[word] < 0 else "FUTURE_REF")
        )
    day = shift_days(anchors.published, offsets[word])
    return Value(TimeType.DATE, day.isoformat(), edge_mod(match.groups), "published") if day else None


def clock_time(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a time of day by the clock."""
    groups = match.groups
    minute, half = groups.get("minute"), groups.get("half", "")
    hour = int(groups["hour"]) if groups["hour"].isdigit() else time_words().numbers[groups["hour"]]
    if hour > 24 or (half and not 1 <= hour <= 12 and minute is None):
        return None
    if half[:1] in ("p", "e") or half == "afternoon":
        hour += 12 if hour < 12 else 0
    elif half.startswith("a") and hour == 12:
        hour = 0
    day, anchored = _day_of(match, anchors)
    return Value(TimeType.TIME, f"{day}T{hour:02d}:{minute or '00'}", None, anchored)


def _day_of(match: Match, anchors: Anchors) -> tuple[str, str | None]:
    """Return the day that a time of day falls on, as a TIMEX3 value, and what it was reckoned from."""
    groups = match.groups
    if "day" in groups:
        value = day_month(match, anchors)
        return (value.value, value.anchored) if value else ("XXXX-XX-XX", None)
    name = groups.get("weekday")
    if anchors.day is not None and name is None and "deictic" not in groups:
        return anchors.day.value, anchors.day.anchored
    if anchors.published is None:
        return (f"XXXX-WXX-{time_words().weekdays[name.strip('.')]}" if name else "XXXX-XX-XX"), None
    day = weekday_day(name, None, match, anchors.published) if name else anchors.published
    if "deictic" in groups:
        day = shift_days(anchors.published, time_words().deictic[groups["deictic"]])
    return (day or anchors.published).isoformat(), "published"


def day_part(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a part of a day."""
    groups = match.groups
    word = groups["part"]
    code = "NI" if word == "tonight" else time_words().parts[word]
    if "plural" in groups:
        return Value(TimeType.SET, f"XXXX-WXX-{time_words().weekdays[groups['weekday'].strip('.')]}T{code}")
    if (
        "weekday" in groups
        or anchors.published is None
        or (anchors.day and "shift" not in groups and word != "tonight")
    ):
        day, anchored = _day_of(match, anchors)
    else:
        steps = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(groups.get("shift", ""), 0)
        moved = shift_days(anchors.published, steps)
        if moved is None:
            return None
        day, anchored = moved.isoformat(), "published"
    return Value(TimeType.TIME, f"{day}T{code}", edge_mod(groups), anchored)
