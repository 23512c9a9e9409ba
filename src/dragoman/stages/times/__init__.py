"""Time expressions: found by words, valued against the publication date and the text."""

from __future__ import annotations

import datetime
import re

from dragoman.domain.codes import TimeType
from dragoman.domain.findings import Reason, Time
from dragoman.domain.parse import Parse
from dragoman.stages.times.accounts import period_after
from dragoman.stages.times.calendar import interval_of
from dragoman.stages.times.detection import Match, detect
from dragoman.stages.times.durations import Anchors, Value
from dragoman.stages.times.values import value_of

__all__ = ["find_times"]

SURE = {"times.date.full": 0.97, "times.date.day-month": 0.92, "times.date.weekday": 0.92, "times.date.year": 0.93}
USUAL = 0.82
BEYOND = re.compile(r"0000|\d{5}")
"""Years that the calendar lacks."""
DAYS = frozenset(["times.date.full", "times.date.day-month", "times.date.weekday", "times.date.deictic"])
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_times(parse: Parse, published: datetime.date | None) -> list[Time]:
    """Return the time expressions of the text, in order, ids `t1` ...

    Values are TIMEX3 (TimeML 1.2.1). Relative times are reckoned from PUBLISHED; without it they stay relative.
    """
    matches = detect(parse)
    anchors = Anchors(published)
    found: list[Time] = []
    anchor_id: str | None = None
    for number, match in enumerate(matches):
        anchors.day = _day_beside(matches, number, anchors)
        value = _between(matches, number, value_of(match, anchors))
        if value is None or BEYOND.match(value.value):
            continue
        time = _time(f"t{len(found) + 1}", match, value, anchor_id)
        found.append(time)
        anchors.period = period_after(match, value, anchors)
        if match.rule == "times.date.comparison":
            continue
        if time.type in (TimeType.DATE, TimeType.TIME) and time.interval and time.interval[0]:
            anchors.last = datetime.date.fromisoformat(time.interval[0])
            anchors.exact = time.interval[0] == time.interval[1]
            anchors.last_year = anchors.last.year
            anchor_id = time.id
    return found


def _day_beside(matches: list[Match], number: int, anchors: Anchors) -> Value | None:
    """Return the day that the sentence names nearest to a time of day ("at 6 a.m. (0300 GMT) on Friday"), or None."""
    match = matches[number]
    if match.rule not in ("times.time.clock", "times.time.part") or match.first.sent is None:
        return None
    beside = [m for m in matches[max(0, number - 1) : number + 2] if m.first.sent is match.first.sent]
    days = [(value_of(m, anchors), m) for m in beside if m.rule in DAYS]
    near = [(_gap(match, m), value) for value, m in days if value is not None and DAY.fullmatch(value.value)]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _gap(one: Match, other: Match) -> int:
    return max(one.span.start, other.span.start) - min(one.span.end, other.span.end)


def _between(matches: list[Match], number: int, value: Value | None) -> Value | None:
    """Return the value, its year taken from the date that ends the range ("January 1 and December 31, 2016")."""
    match = matches[number]
    if value is None or match.rule not in ("times.date.day-month", "times.date.month") or "year" in match.groups:
        return value
    after = matches[number + 1] if number + 1 < len(matches) else None
    if after is None or "year" not in after.groups or after.first.sent is not match.first.sent:
        return value
    gap = [t.lower for t in match.first.sent.tokens if match.span.end <= t.start < after.span.start]
    if len(gap) == 1 and gap[0] in ("and", "to", "through", "until", "-", "–"):
        return Value(value.type, after.groups["year"] + value.value[4:], value.mod)
    return value


def _time(name: str, match: Match, value: Value, anchor_id: str | None) -> Time:
    dated = value.type in (TimeType.DATE, TimeType.TIME)
    interval, grain = interval_of(value.value, value.mod) if dated else (None, None)
    anchor = "published" if value.anchored == "published" else anchor_id if value.anchored == "text" else None
    reasons = [Reason(field="value", rule=match.rule, spans=(match.span,))]
    return Time(
        id=name,
        confidence=SURE.get(match.rule, USUAL),
        found_by=match.rule,
        evidence=(match.span,),
        why=tuple(reasons),
        span=match.span,
        type=value.type,
        value=value.value,
        mod=value.mod,
        interval=interval,
        grain=grain,
        anchor=anchor,
    )
