"""The words of time, compiled from the codebook into tables and the patterns made of them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from dragoman.lexicon.source import load_entries


class TimeWords(msgspec.Struct, frozen=True):
    """Each table maps a word in small letters to its value."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, str]
    parts: dict[str, str]
    deictic: dict[str, int]
    present: dict[str, int]
    past: dict[str, int]
    future: dict[str, int]
    frequency: dict[str, str]
    holidays: dict[str, Any]
    edges: dict[str, str]
    degrees: dict[str, str]
    decades: dict[str, int]


@cache
def time_words() -> TimeWords:
    """Return the compiled tables."""
    tables = {e.id.rsplit(".", 1)[1]: e.fields["values"] for e in load_entries("times") if "values" in e.fields}
    return TimeWords(**{name: {str(k): v for k, v in table.items()} for name, table in tables.items()})


def either(words: Any) -> str:
    """Return a pattern for any of WORDS, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return (rule id, pattern) of every form of time expression; the groups are named for what they hold."""
    w = time_words()
    month = rf"(?P<month>(?:{either(w.months)})\b(?:(?<=jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.|(?<=sept)\.)?)"
    weekday = rf"(?P<weekday>(?:{either(d for d in w.weekdays if len(d) > 5)}|(?:mon|tue|tues|wed|thu|thurs|fri|sat)\b\.?(?=,?\s+(?:\d|{either(w.months)}))))"
    year = r"(?P<year>(?:1[5-9]|20)\d\d)"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    unit = rf"(?P<unit>{either(u for u in w.units)})s?"
    number = rf"(?P<number>\d+(?:[.,]\d+)?(?:\s\d/\d)?|(?:{either(n for n in w.numbers if n not in ('a', 'an'))})(?:[ -](?:{either(n for n in w.numbers if n not in ('a', 'an'))}))*|an?(?=\s|-)(?:\s(?:hundred|dozen))?)"
    vague = r"(?P<vague>several|many|few|a few|a couple of|some|recent|countless|a number of|dozens of|hundreds of|thousands of|couple of)"
    part = rf"(?P<part>{either(w.parts)})"
    edge = r"(?P<edge>early|mid|middle|late|later|earlier)"
    degree = r"(?P<degree>more than|less than|at least|at most|up to|no more than|nearly|almost|about|around|approximately|over|roughly|some)"
    clock = r"(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)(?![a-z])"
    forms = [
        ("times.date.full", r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<monthnumber>[01]\d)-(?P<daynumber>[0-3]\d)(?!\d)"),
        ("times.date.full", r"(?P<monthnumber>[01]?\d)/(?P<daynumber>[0-3]?\d)/(?P<year>(?:1[5-9]|20)?\d\d)(?![\d/])"),
        ("times.date.full", rf"(?:{weekday},?\s+)?{month}\s+{day},?\s+{year}"),
        ("times.date.full", rf"(?:{weekday},?\s+)?(?:the\s+)?{day}\s+(?:of\s+)?{month},?\s+{year}"),
        ("times.date.day-month", rf"(?:{weekday},?\s+)?{month}\s+{day}(?!\d|[.,:]\d|%| percent)"),
        ("times.date.day-month", rf"(?:{weekday},?\s+)?(?:the\s+)?{day}\s+(?:of\s+)?{month}"),
        (
            "times.date.month",
            rf"(?:the\s+)?(?:(?P<edge>early|mid|late|middle of|end of|beginning of|start of)[\s-]+)?{month},?\s+(?:of\s+)?{year}",
        ),
        ("times.date.month", rf"(?P<shift>last|next|this|past|coming|earlier this|late last|each|every)\s+{month}"),
        ("times.date.month", rf"{month}\s+(?P<shift>last|next|this|of last|of this)\s+year"),
        (
            "times.date.month",
            rf"(?:the\s+)?(?:(?P<edge>early|mid|late|middle of|end of|beginning of|start of)(?:\s+in)?[\s-]+)?{month}",
        ),
        ("times.time.clock", rf"{clock}(?:\s(?:[A-Z]{{2,4}}|local time))?(?:,?\s+(?:on\s+)?{weekday})?"),
        ("times.time.clock", r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s(?:GMT|local time|UTC))?"),
        ("times.time.part", rf"(?:{edge}[\s-]+)?(?:on\s+)?{weekday}\s+{part}"),
        (
            "times.time.part",
            rf"(?:{edge}\s+)?(?P<shift>this|last|tomorrow|yesterday|that)\s+(?P<part>morning|afternoon|evening|night)",
        ),
        ("times.time.part", rf"(?P<part>tonight|noon|midnight|midday)(?:\s+(?:on\s+)?{weekday})?"),
        (
            "times.date.weekday",
            rf"(?:{edge}\s+(?:on\s+)?)?(?:(?P<shift>last|next|this|past|this past|this coming|the previous|the following)\s+)?{weekday}(?P<plural>s)?",
        ),
        (
            "times.date.deictic",
            rf"(?:{edge}\s+)?(?P<deictic>{either(w.deictic)}|the day before yesterday|the day after tomorrow)",
        ),
        (
            "times.date.edge",
            r"(?:the\s+)?(?P<edge>end|beginning|start|middle|close|turn)\s+of\s+(?P<shift>the|this|last|next)\s+(?P<unit>week|month|quarter|year|decade|century)",
        ),
        ("times.date.edge", rf"(?:the\s+)?(?P<edge>end|beginning|start|middle|close)\s+of\s+{year}"),
        ("times.date.edge", rf"(?:the\s+)?(?P<edge>early|mid|late|middle of|end of)[\s-]+{year}(?!s)"),
        (
            "times.date.part-of-year",
            rf"(?:the\s+)?(?:(?P<shift>last|this|next)\s+year's\s+)?(?P<ordinal>first|second|third|fourth|final)[\s-](?P<piece>quarter|half)(?:\s+(?:of|in)\s+(?:{year}|(?P<whose>last|this|next|the)\s+year))?",
        ),
        ("times.date.part-of-year", r"Q(?P<quarter>[1-4])(?:\s+(?P<year>(?:19|20)\d\d))?"),
        (
            "times.date.part-of-year",
            rf"(?:(?P<shift>last|this|next|the)\s+)(?P<season>{either(w.seasons)})(?:\s+(?:of\s+)?{year})?",
        ),
        ("times.date.part-of-year", rf"(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?{year}"),
        ("times.date.part-of-year", r"(?<=\bin )(?P<season>spring|summer|autumn|winter)\b"),
        (
            "times.date.narrative",
            r"(?:the|that)\s+(?P<shift>following|next|previous|preceding|same|very next)\s+(?P<unit>day|week|month|year|night|morning|evening|afternoon|quarter)(?:\s+(?P<part>morning|afternoon|evening|night))?",
        ),
        ("times.date.narrative", r"that\s+(?P<unit>day|week|month|year|night|same day|same year)"),
        (
            "times.date.ago",
            rf"(?:{degree}\s+)?(?:{number}|{vague})[\s-]+{unit}[\s-]+(?P<way>ago|earlier|later|from now|before|after|previously|hence)",
        ),
        ("times.date.ago", r"(?:the\s+)?year-(?P<way>ago|earlier)(?:\s+(?:quarter|period))?"),
        (
            "times.date.relative-unit",
            rf"(?:{edge}\s+(?:in\s+)?)?(?P<shift>last|next|this|this past|the past|the last|the current|the coming|the latest|this coming|the previous)\s+(?:fiscal\s+)?(?P<unit>week|month|year|quarter|weekend|decade|century|period)(?!\s*[’']s\s+(?:quarter|first|second|third|fourth))(?!-)",
        ),
        (
            "times.duration.counted",
            rf"(?:{degree}\s+)?(?:the\s+)?(?P<frame>last|past|next|first|coming|previous|final)\s+(?:{number}|{vague})[\s-]+{unit}",
        ),
        (
            "times.set.every",
            rf"(?:every|each)\s+(?:(?P<number>other|\d+|two|three|four|five|six|ten)\s+)?(?:(?P<setunit>{either(u for u in w.units)})s?|{weekday}|{month}|(?P<part>morning|afternoon|evening|night))",
        ),
        (
            "times.set.every",
            rf"(?:once|twice|three times|four times|several times|\d+ times)\s+(?:a|an|every|each|per)\s+(?P<setunit>{either(u for u in w.units)})",
        ),
        ("times.set.every", rf"(?P<frequency>{either(w.frequency)})"),
        (
            "times.duration.counted",
            rf"(?:{degree}\s+)?(?:the\s+)?{number}(?:[\s-]+(?:more|full|consecutive|straight|additional|long))?[\s-]+{unit}(?P<age>-old)?(?:\s+and\s+a\s+(?P<extra>half))?",
        ),
        (
            "times.duration.vague",
            rf"(?:{degree}\s+)?(?:the\s+)?{vague}[\s-]+(?P<unit>{either(u for u in w.units if u not in ('second', 'quarter', 'night'))})s",
        ),
        (
            "times.duration.vague",
            r"(?:for\s+|in\s+|of\s+|took\s+|last\s+|lasted\s+)?(?P<bare>minutes|hours|days|weeks|months|years|decades|centuries)(?=\s+(?:of|before|after|later)|[.,;])",
        ),
        ("times.date.decade", r"(?:the\s+)?(?:(?P<edge>early|mid|late)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)s"),
        (
            "times.date.decade",
            r"(?:the\s+)(?:(?P<edge>early|mid|late)[\s-]+)?(?P<nineties>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
        ),
        (
            "times.date.decade",
            rf"(?:the\s+)?(?:(?P<edge>early|mid|late)[\s-]+)?(?:(?P<ordinalnumber>\d+)(?:st|nd|rd|th)|(?P<ordinal>{either(w.ordinals)}))[\s-]century",
        ),
        ("times.date.holiday", rf"(?P<holiday>{either(w.holidays)})(?:,?\s+{year})?"),
        ("times.date.year", rf"(?P<fiscal>fiscal(?:\s+year)?\s+)?{year}"),
        ("times.date.reference", rf"(?P<present>{either(k for k, v in w.present.items() if v)})"),
        ("times.date.reference", rf"(?P<past>{either(w.past)})"),
        ("times.date.reference", rf"(?P<future>{either(w.future)})"),
    ]
    return tuple((rule, re.compile(rf"(?<![\w$€£]){form}(?![\w])", re.IGNORECASE)) for rule, form in forms)
