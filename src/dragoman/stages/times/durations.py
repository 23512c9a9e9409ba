"""Values of durations and repeated times."""

from __future__ import annotations

import datetime
import re

import msgspec

from dragoman.domain.codes import TimeType
from dragoman.lexicon.times import time_words
from dragoman.stages.times.detection import Match

SPAN = {
    "TS": "PT{}S",
    "TM": "PT{}M",
    "TH": "PT{}H",
    "D": "P{}D",
    "W": "P{}W",
    "2W": "P{}W",
    "WE": "P{}WE",
    "M": "P{}M",
    "Q": "P{}Q",
    "Y": "P{}Y",
    "DE": "P{}0Y",
    "CE": "P{}00Y",
    "ML": "P{}000Y",
}


FRACTIONS = {
    ("half", "minute"): "PT30S",
    ("half", "hour"): "PT30M",
    ("quarter", "hour"): "PT15M",
    ("half", "day"): "PT12H",
    ("half", "year"): "P6M",
    ("half", "decade"): "P5Y",
    ("half", "century"): "P50Y",
    ("quarter", "century"): "P25Y",
}
MOST = 10**7
"""The largest number of units that is read."""
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$)|\d{3},)")
PARTS = {"TH": "M", "TM": "S"}
"""The smaller unit in which the half of an hour or minute is told."""


class Value(msgspec.Struct, frozen=True):
    """A TIMEX3 value; `anchored` tells what it was reckoned from: `published`, `text` (the last date) or nothing."""

    type: TimeType
    value: str
    mod: str | None = None
    anchored: str | None = None


class Anchors(msgspec.Struct):
    """The publication date, and the last day that the text has told of."""

    published: datetime.date | None
    last: datetime.date | None = None
    exact: bool = True
    """Whether `last` was told as a day, rather than being the first of a month or year."""
    last_year: int | None = None
    day: Value | None = None
    """The day that the sentence names beside a time of day without one."""
    period: str | None = None
    """The quarter or year that figures are given for, with which later ones are compared."""


def number_of(text: str) -> float | None:
    """Return the number that digits or words tell, or None."""
    words = time_words().numbers
    if text[0].isdigit():
        whole, _, part = THOUSANDS.sub("", text).replace(",", ".").partition(" ")
        value = float(whole) if whole.count(".") < 2 else None
        if part and "/" in part and value is not None:
            top, bottom = part.split("/")
            value = value + int(top) / int(bottom) if int(bottom) else None
        return value
    total = 0.0
    for word in re.split(r"[\s-]+", text):
        if word == "dozen":
            total = (total or 1.0) * 12
        elif word in ("hundred", "thousand"):
            total = (total or 1.0) * words[word]
        else:
            total += words.get(word, 0)
    return total or None


def duration(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a counted stretch of time."""
    groups = match.groups
    unit = time_words().units[groups["unit"]]
    mod = time_words().degrees.get(groups.get("degree", ""))
    if "vague" in groups:
        amount = "2" if "couple" in groups["vague"] else "X"
        return Value(TimeType.DURATION, vague_span(unit, amount), "APPROX" if amount == "2" else mod)
    if "fraction" in groups:
        return Value(TimeType.DURATION, FRACTIONS[groups["fraction"], groups["unit"]], mod)
    if "number" not in groups:
        plural = "s" in match.first.lower[len(groups["unit"]) :][:1]
        return Value(TimeType.DURATION, vague_span(unit, "X" if plural else "1"))
    number = number_of(groups["number"])
    if number is None or not 0 < number <= MOST:
        return None
    if "extra" in groups and number.is_integer():
        if unit == "Y":
            return Value(TimeType.DURATION, f"P{number:.0f}Y6M", mod)
        number += 0.5
    if unit == "Y" and number % 1 == 0.5 and " " in groups["number"].strip():
        return Value(TimeType.DURATION, f"P{int(number)}Y6M", mod)
    if unit in PARTS and not number.is_integer() and (number * 60).is_integer():
        whole, rest = divmod(int(number * 60), 60)
        amount = f"{whole}{unit[1]}" if whole else ""
        return Value(TimeType.DURATION, f"PT{amount}{rest}{PARTS[unit]}", mod)
    if unit == "2W":
        number *= 2
    amount = f"{number:.0f}" if number.is_integer() else f"{number:g}"
    if unit == "WE":
        return Value(TimeType.DURATION, f"P{amount}WE", mod)
    return Value(TimeType.DURATION, SPAN[unit].format(amount), mod)


def vague_span(unit: str, amount: str) -> str:
    """Return the value of an AMOUNT of units, X where it is not told."""
    if amount == "X" and unit in ("DE", "CE", "ML"):
        return {"DE": "PXDE", "CE": "PXCE", "ML": "PXML"}[unit]
    return SPAN[unit].format(amount)


def vague_duration(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of an uncounted stretch of time."""
    groups = match.groups
    bare = groups.get("bare")
    unit = time_words().units[{"centuries": "century"}.get(bare, bare.removesuffix("s")) if bare else groups["unit"]]
    vague = groups.get("vague", "")
    if vague == "recent" and unit == "Y":
        return Value(TimeType.DATE, "PAST_REF")
    return Value(
        TimeType.DURATION, vague_span(unit, "2" if "couple" in vague else "X"), "APPROX" if "couple" in vague else None
    )


def every(match: Match, anchors: Anchors) -> Value | None:
    """Return the value of a repeated time."""
    groups = match.groups
    if "frequency" in groups:
        return Value(TimeType.SET, time_words().frequency[groups["frequency"]])
    if "weekday" in groups:
        return Value(TimeType.SET, f"XXXX-WXX-{time_words().weekdays[groups['weekday'].strip('.')]}")
    if "month" in groups:
        return Value(TimeType.SET, f"XXXX-{time_words().months[groups['month'].strip('.')]:02d}")
    if "part" in groups:
        return Value(TimeType.SET, f"XXXX-XX-XXT{time_words().parts[groups['part']]}")
    number = groups.get("number", "1")
    amount = 2 if number == "other" else int(number_of(number) or 0)
    if not 0 < amount <= MOST:
        return None
    return Value(TimeType.SET, vague_span(time_words().units[groups["setunit"]], str(amount)))
