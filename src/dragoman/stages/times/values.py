"""Gives time expressions their TIMEX3 values, against the publication date or the last date that the text gave."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from dragoman.domain.codes import TimeType
from dragoman.lexicon.times import time_words
from dragoman.stages.times.accounts import compared, feast, part_of_year, the_quarter, the_weekend
from dragoman.stages.times.calendar import shift_days, shift_months, week_value
from dragoman.stages.times.days import (
    AHEAD,
    BACK,
    clock_time,
    day_month,
    day_part,
    deictic_day,
    edge_mod,
    full_date,
    month_of,
    weekday_value,
    year_for,
    year_of,
)
from dragoman.stages.times.detection import Match
from dragoman.stages.times.durations import SPAN, Anchors, Value, duration, every, number_of, vague_duration, vague_span
from dragoman.stages.times.tenses import tense


def value_of(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a time expression, or None where it is none after all."""
    return _READERS[match.rule](match, anchors)


def _month_only(match: Match, anchors: Anchors) -> Value | None:
    groups = match.groups
    month, shift = month_of(groups), groups.get("shift")
    if shift in ("each", "every"):
        return Value(TimeType.SET, f"XXXX-{month:02d}")
    if "year" in groups:
        return Value(TimeType.DATE, f"{year_of(groups['year']):04d}-{month:02d}", edge_mod(groups))
    base = anchors.published
    if base is None:
        year = anchors.last_year
        return Value(TimeType.DATE, f"{year:04d}-{month:02d}" if year else f"XXXX-{month:02d}", edge_mod(groups))
    year = base.year
    if shift and match.span and "year" in _tail(match):
        year += {"last": -1, "of last": -1, "next": 1}.get(shift, 0)
    elif shift in ("last", "late last", "past"):
        year -= month >= base.month
    elif shift in ("next", "coming"):
        year += month <= base.month
    elif shift in ("this", "earlier this"):
        year += 0
    else:
        year = year_for(match, anchors, month, 1 if month == base.month else 15) or 0
    if year < 1:
        return Value(TimeType.DATE, f"XXXX-{month:02d}", edge_mod(groups))
    mod = "END" if shift == "late last" else edge_mod(groups)
    return Value(TimeType.DATE, f"{year:04d}-{month:02d}", mod, "published")


def _tail(match: Match) -> str:
    return "year" if match.groups.get("shift") in ("of last", "of this") or _yearly(match) else ""


def _yearly(match: Match) -> bool:
    tokens = match.first.sent.tokens
    place = match.first.i - tokens[0].i
    return any(t.lower == "year" and t.end == match.span.end for t in tokens[place : place + 5])


def _year_value(match: Match, anchors: Anchors) -> Value | None:
    return Value(TimeType.DATE, f"{int(match.groups['year']):04d}")


def _decade(match: Match, anchors: Anchors) -> Value | None:
    groups = match.groups
    if "decade" in groups:
        return Value(TimeType.DATE, f"{int(groups['decade']) // 10}", edge_mod(groups))
    if "short" in groups:
        return Value(TimeType.DATE, f"19{groups['short'][0]}", edge_mod(groups))
    if "nineties" in groups:
        return Value(TimeType.DATE, f"{time_words().decades[groups['nineties']]}", edge_mod(groups))
    number = int(groups["ordinalnumber"]) if "ordinalnumber" in groups else time_words().ordinals[groups["ordinal"]]
    return Value(TimeType.DATE, f"{number - 1:02d}", edge_mod(groups)) if 1 <= number <= 99 else None


def unit_value(day: datetime.date, unit: str, steps: int) -> str | None:
    """Return the TIMEX3 value of the day, week, month ... that lies STEPS of UNIT (a code) from DAY's."""
    if unit in ("D", "TH", "TM", "TS"):
        moved = shift_days(day, steps) if unit == "D" else day
        return moved.isoformat() if moved else None
    if unit in ("W", "2W", "WE"):
        moved = shift_days(day, 7 * steps * (2 if unit == "2W" else 1))
        return None if moved is None else week_value(moved) + ("-WE" if unit == "WE" else "")
    if unit in ("M", "Q") and not 12 <= day.year * 12 + day.month - 1 + steps * (3 if unit == "Q" else 1) < 120000:
        return None
    if unit == "M":
        year, month = shift_months(day, steps)
        return f"{year:04d}-{month:02d}"
    if unit == "Q":
        year, month = shift_months(day, 3 * steps)
        return f"{year:04d}-Q{(month + 2) // 3}"
    year = day.year + steps * {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}[unit]
    if not 1 <= year <= 9999:
        return None
    return {"Y": f"{year:04d}", "DE": f"{year // 10:03d}", "CE": f"{year // 100:02d}", "ML": f"{year:04d}"}[unit]


def _steps(shift: str | None) -> int:
    return -1 if shift in BACK else 1 if shift in AHEAD else 0


def _relative(match: Match, anchors: Anchors) -> Value | None:
    groups = match.groups
    shift, unit = groups["shift"], "Q" if groups["unit"] == "period" else time_words().units[groups["unit"]]
    if anchors.published is None:
        return Value(TimeType.DATE, {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[_steps(shift)])
    steps = -1 if shift == "the latest" else _steps(shift)
    if unit == "Q" and shift == "the latest" and anchors.period:
        return Value(TimeType.DATE, anchors.period, None, "text")
    if shift in ("the past", "the last") and unit in ("W", "M"):
        return Value(TimeType.DURATION, f"P1{unit}", None, None)
    if shift == "the past" and unit in ("DE", "CE"):
        return Value(TimeType.DURATION, SPAN[unit].format(1))
    value = unit_value(anchors.published, unit, steps)
    return Value(TimeType.DATE, value, edge_mod(groups), "published") if value else None


def _narrative(match: Match, anchors: Anchors) -> Value | None:
    groups = match.groups
    name = groups["unit"].split()[-1]
    unit = "D" if name in ("night", "morning", "evening", "afternoon") else time_words().units[name]
    shift = groups.get("shift")
    base = anchors.last or (anchors.published if unit in ("Y", "M", "Q") or shift is None else None)
    if unit == "Q" and shift is None and anchors.period and anchors.period[4:6] == "-Q":
        return Value(TimeType.DATE, anchors.period, None, "text")
    if unit == "D" and base is anchors.last and not anchors.exact:
        base = None
    if base is None:
        return (
            None
            if unit == "D" and shift is None
            else Value(TimeType.DATE, "PAST_REF" if _steps(shift) <= 0 else "FUTURE_REF")
        )
    value = unit_value(base, unit, _steps(shift))
    part = groups.get("part") or (name if name in ("night", "morning", "evening", "afternoon") else None)
    if value and part:
        return Value(TimeType.TIME, f"{value}T{time_words().parts[part]}", None, "text")
    return Value(TimeType.DATE, value, None, "text") if value else None


def _ago(match: Match, anchors: Anchors) -> Value | None:
    groups = match.groups
    back = groups["way"] in ("ago", "earlier", "before", "previously")
    from_now = groups["way"] in ("ago", "from now", "hence")
    unit = time_words().units[groups["unit"]] if "unit" in groups else "Y"
    amount = number_of(groups["number"]) if "number" in groups else (1.0 if "unit" not in groups else None)
    base = anchors.published if from_now else anchors.last or anchors.published
    mod = time_words().degrees.get(groups.get("degree", ""))
    if amount is None and groups["way"] in ("earlier", "later", "before", "after"):
        return Value(TimeType.DURATION, vague_span(unit, "X"), mod)
    if amount is None or base is None:
        return Value(TimeType.DATE, "PAST_REF" if back else "FUTURE_REF")
    if amount > 100_000:
        return None
    if unit == "Y" and not amount.is_integer():
        unit, amount, coarse = "M", amount * 12, True
    else:
        coarse = False
    steps = int(-amount if back else amount)
    value = unit_value(base, unit, steps * (1 if unit not in ("TH", "TM", "TS") else 0))
    value = value[:4] if value and coarse else value
    return Value(TimeType.DATE, value, mod, "published" if from_now else "text") if value else None


def _edge_of(match: Match, anchors: Anchors) -> Value | None:
    groups = match.groups
    if "year" in groups:
        return Value(TimeType.DATE, f"{int(groups['year']):04d}", edge_mod(groups))
    if anchors.published is None:
        return None
    before = match.first.i - match.first.sent.tokens[0].i - 1
    since = before >= 0 and match.first.sent.tokens[before].lower == "since"
    steps = -1 if since and "shift" not in groups else _steps(groups.get("shift"))
    value = unit_value(anchors.published, time_words().units[groups["unit"]], steps)
    return Value(TimeType.DATE, value, edge_mod(groups), "published") if value else None


def _holiday(match: Match, anchors: Anchors) -> Value | None:
    if match.groups["holiday"] in time_words().feasts:
        return feast(match, anchors)
    written = str(time_words().holidays[match.groups["holiday"]])
    if "year" in match.groups:
        return Value(TimeType.DATE, f"{match.groups['year']}-{written}")
    month, number = map(int, written.split("-"))
    year = year_for(match, anchors, month, number)
    return Value(
        TimeType.DATE, f"{year:04d}-{written}" if year else f"XXXX-{written}", None, "published" if year else None
    )


def _week_of(match: Match, anchors: Anchors) -> Value | None:
    """Return the week that a day stands for ("the week of March 6")."""
    day = full_date(match, anchors) if "year" in match.groups else day_month(match, anchors)
    if day is None or day.value.startswith("X"):
        return None
    return Value(TimeType.DATE, week_value(datetime.date.fromisoformat(day.value)), None, day.anchored)


def _one_day(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of "one day" where it says vaguely that something is to come."""
    return Value(TimeType.DATE, "FUTURE_REF") if tense(match.first) == "future" else None


def _reference(match: Match, anchors: Anchors) -> Value | None:
    for group, value in (("present", "PRESENT_REF"), ("past", "PAST_REF"), ("future", "FUTURE_REF")):
        if group in match.groups:
            return Value(TimeType.DATE, value)
    return None


_READERS: dict[str, Callable[[Match, Anchors], Value | None]] = {
    "times.date.full": full_date,
    "times.date.day-month": day_month,
    "times.date.month": _month_only,
    "times.date.year": _year_value,
    "times.date.decade": _decade,
    "times.date.weekday": weekday_value,
    "times.date.deictic": deictic_day,
    "times.date.relative-unit": _relative,
    "times.date.narrative": _narrative,
    "times.date.ago": _ago,
    "times.date.part-of-year": part_of_year,
    "times.date.edge": _edge_of,
    "times.date.holiday": _holiday,
    "times.date.reference": _reference,
    "times.date.comparison": compared,
    "times.date.quarter": the_quarter,
    "times.date.week-of": _week_of,
    "times.date.weekend": the_weekend,
    "times.time.clock": clock_time,
    "times.time.part": day_part,
    "times.date.one-day": _one_day,
    "times.duration.counted": duration,
    "times.duration.vague": vague_duration,
    "times.set.every": every,
}
