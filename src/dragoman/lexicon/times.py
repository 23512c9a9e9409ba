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
    feasts: dict[str, str]
    edges: dict[str, str]
    degrees: dict[str, str]
    decades: dict[str, int]
    lasting: dict[str, int]


@cache
def time_words() -> TimeWords:
    """Return the compiled tables."""
    tables = {e.id.rsplit(".", 1)[1]: e.fields["values"] for e in load_entries("times") if "values" in e.fields}
    return TimeWords(**{name: {str(k): v for k, v in table.items()} for name, table in tables.items()})


def either(words: Any) -> str:
    """Return a pattern for any of WORDS, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def spelled_years() -> str:
    """Return a pattern for years written out as they are spoken ("nineteen ninety-one", "twenty fourteen")."""
    numbers = time_words().numbers
    ones = either(n for n, v in numbers.items() if 1 <= v <= 9 and len(n) > 2)
    teens = either(n for n, v in numbers.items() if 10 <= v <= 19)
    tens = either(n for n, v in numbers.items() if 20 <= v <= 90)
    return rf"(?:eighteen|nineteen|twenty)[\s-](?:hundred(?![\s-]\w)|{teens}|(?:{tens})(?:[\s-](?:{ones}))?)(?!-)(?=\W)"


def spelled_millennium() -> str:
    """Return a pattern for years since 2000 that are written out after "the year" ("the year two thousand six")."""
    rest = either(n for n, v in time_words().numbers.items() if 1 <= v <= 20 and len(n) > 2)
    return rf"two\sthousand(?:\s(?:and\s)?(?:{rest}))?(?!-)(?=\W)"


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return (rule id, pattern) of every form of time expression; the groups are named for what they hold."""
    w = time_words()
    month = rf"(?P<month>(?:{either(w.months)})\b(?:(?<=jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.|(?<=sept)\.)?)"
    weekday = rf"(?P<weekday>(?:{either(d for d in w.weekdays if len(d) > 5)}|(?:mon|tue|tues|wed|thu|thurs|fri|sat)\b\.?(?=,?\s+(?:\d|{either(w.months)}))))"
    spelled = spelled_years()
    other_era = r"(?!\s?(?:BCE?|B\.C|BP|AH|A\.H|SH|BE)\b)"
    year = rf"(?P<year>(?:1[5-9]|20)\d\d|{spelled}){other_era}"
    any_year = rf"(?P<year>1\d\d\d|20\d\d|{spelled}){other_era}"
    no_year = r"(?!,?\s+(?:of\s+)?\d{3,}(?:\s*(?:[.;:)?!,](?!\d)|$|A\.?D\b|B\.?C|A\.?H\b|[CB]\.?E\b)))"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    dayword = rf"(?P<day>{either(o for o, n in w.ordinals.items() if n <= 31)})"
    unit = rf"(?P<unit>{either(u for u in w.units)})s?"
    number = rf"(?P<number>(?<!\d[.,/])(?:\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+(?:[.,]\d+)?)(?:\s\d/\d)?|(?:{either(n for n in w.numbers if n not in ('a', 'an'))})(?:[ -](?:{either(n for n in w.numbers if n not in ('a', 'an'))}))*|an?(?=\s|-)(?:\s(?:hundred|dozen))?)"
    upto = rf"(?:\s(?:to|or)\s(?:\d+|{either(n for n, v in w.numbers.items() if v < 100 and n not in ('a', 'an'))})(?=[\s-]))?"
    vague = r"(?P<vague>several|many|few|a few|a couple of|some|recent|countless|a number of|dozens of|hundreds of|thousands of|couple of)"
    counted = "more|full|consecutive|straight|additional|long|trading|business|working|school|whole|solid|successive"
    part = rf"(?P<part>{either(w.parts)})"
    edge = r"(?P<edge>early|mid|middle|late|later|earlier)"
    degree = r"(?P<degree>more than|less than|at least|at most|up to|no more than|nearly|almost|about|around|approximately|over|roughly|some)"
    near = r"(?P<edge>early|mid|middle|late)"
    hours = r"(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)(?![a-z])"
    zone = r"(?:\s(?:GMT|UTC|[ECMP][SD]T|ET|PT|CES?T|BST|IST|MSK|(?:local|Moscow|Eastern|Pacific|Central)(?:\s(?:standard|daylight))?\stime))?"
    whichday = rf"(?:,?\s+(?:on\s+)?(?:{weekday}(?:,\s+{month}\s+{day})?|(?P<deictic>today|yesterday|tomorrow)))?"
    onday = rf",?\s+(?:on\s+)?{month}\s+{day}(?!\d)"
    edge_of = r"(?:(?:the\s+(?=mid|end|beg|start|close))?(?P<edge>early|mid|late|(?:middle|end|beginning|start)\s+of)(?:\s+in)?[\s-]+)?"
    no_day = r"(?!\.?\s+\d{1,2}(?!\d))"
    forms = [
        (
            "times.date.full",
            r"(?P<year>(?:1[5-9]|20)\d\d)(?P<iso>-)(?P<monthnumber>[01]\d)-(?P<daynumber>[0-3]\d)(?!\d)",
        ),
        ("times.date.full", r"(?P<monthnumber>[01]?\d)/(?P<daynumber>[0-3]?\d)/(?P<year>(?:1[5-9]|20)?\d\d)(?![\d/])"),
        ("times.date.full", rf"(?:{weekday},?\s+)?{month}\s+{day},?\s+{any_year}"),
        ("times.date.full", rf"(?:{weekday},?\s+)?(?:the\s+)?{day}\s+(?:of\s+)?{month},?\s+{any_year}"),
        ("times.date.day-month", rf"(?:{weekday},?\s+)?{month}\s+{day}(?!\d|[.,:]\d|%| percent){no_year}"),
        ("times.date.day-month", rf"(?:{weekday},?\s+)?(?:the\s+)?{day}\s+(?:of\s+)?{month}{no_year}"),
        (
            "times.date.day-month",
            rf"(?:(?P<shift>this coming|next|last|this)\s+)?(?:{weekday},?\s+)?{month}\s+{dayword}",
        ),
        ("times.date.day-month", rf"(?:the\s+)?{dayword}\s+of\s+{month}"),
        ("times.date.day-month", rf"{day}(?=\s?(?:and|or|to|-|–|&)\s?[0-3]?\d\s+{month}(?:,?\s+{year})?)"),
        ("times.date.month", rf"{edge_of}{month},?\s+(?:of\s+)?{any_year}"),
        (
            "times.date.month",
            rf"(?P<shift>last|next|this|past|coming|earlier this|late last|each|every)\s+{month}{no_day}",
        ),
        ("times.date.month", rf"{month}\s+(?P<shift>last|next|this|of last|of this)\s+year"),
        ("times.date.month", rf"{edge_of}{month}{no_day}{no_year}"),
        ("times.time.clock", rf"{hours}{zone}{whichday}"),
        ("times.time.clock", rf"{hours}{zone}{onday}"),
        ("times.time.clock", rf"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d){zone}{whichday}"),
        (
            "times.time.clock",
            rf"(?P<hour>\d\d?|{either(n for n in w.numbers if n not in ('a', 'an'))})(?:\so[’']clock)?\sin\sthe\s(?P<half>morning|afternoon|evening)",
        ),
        ("times.time.part", r"mid[\s-](?P<part>morning|afternoon)(?:\s+(?P<shift>yesterday|today|tomorrow))?"),
        ("times.time.part", rf"(?:{edge}[\s-]+)?(?:on\s+)?{weekday}\s+{part}(?P<plural>s)?"),
        (
            "times.time.part",
            rf"(?:{edge}\s+)?(?P<shift>this|last|tomorrow|yesterday|that)\s+(?P<part>morning|afternoon|evening|night)",
        ),
        ("times.time.part", rf"(?P<part>tonight|noon|midnight|midday)(?:\s+(?:on\s+)?{weekday})?"),
        (
            "times.date.weekday",
            rf"(?:{near}\s+(?:on\s+)?)?(?:(?P<shift>last|next|this|past|this past|this coming|the previous|the following)\s+)?{weekday}(?P<plural>s)?",
        ),
        (
            "times.date.deictic",
            rf"(?:{edge}\s+)?(?P<deictic>{either(w.deictic)}|the day before yesterday|the day after tomorrow)",
        ),
        (
            "times.date.edge",
            r"(?:the\s+)?(?P<edge>end|beginning|start|middle|close|turn)\s+of\s+(?P<shift>the|this|last|next)\s+(?P<unit>week|month|quarter|year|decade|century)",
        ),
        ("times.date.edge", r"(?P<unit>year|month|quarter)(?:[’']s)?[\s-](?P<edge>end)"),
        ("times.date.edge", rf"(?:the\s+)?(?P<edge>end|beginning|start|middle|close)\s+of\s+{year}"),
        ("times.date.edge", rf"(?:the\s+)?(?P<edge>early|mid|late|middle of|end of)[\s-]+{year}(?!s)"),
        (
            "times.date.part-of-year",
            rf"(?:(?:the\s+)?(?:(?P<shift>last|this|next)\s+year[’']s\s+|(?:comparable\s+)?(?P<before>year[- ](?:ago|earlier))\s+|{year}\s+|(?:latest|current)\s+)?|its\s+(?=fiscal))(?:fiscal[\s-]+)?(?P<ordinal>first|second|third|fourth|final|1st|2nd|3rd|4th|last(?=[\s-](?:half|quarter)\s(?:of|in)\s)|latter(?=\shalf))[\s-](?P<piece>quarter|half)(?:\s+(?:(?:of|in)\s+)?(?:fiscal\s+)?(?P<yearafter>(?:19|20)\d\d|{spelled})|\s+(?:of|in)\s+(?P<whose>last|this|next|the)\s+year)?",
        ),
        ("times.date.comparison", r"(?:the\s+(?:comparable\s+)?)?year[- ](?:ago|earlier)\s+(?P<period>quarter|period)"),
        ("times.date.comparison", r"the\s+quarter\s+a\s+year\s+(?:ago|earlier)"),
        ("times.date.comparison", rf"the\s+{year}\s+(?P<period>quarter|period)"),
        (
            "times.date.comparison",
            r"(?:the\s+)?(?:same|corresponding|comparable|like)\s+(?P<period>quarter|period)\s+(?:(?:of\s+|in\s+)?(?:last|the\s+previous|the\s+prior)\s+year|a\s+year\s+(?:ago|earlier|before))",
        ),
        ("times.date.comparison", r"(?:a\s+year\s+|year-)(?:ago|earlier|before(?=[.,;]))"),
        ("times.date.quarter", r"the\s+(?:latest\s+|fiscal\s+)?(?P<period>quarter)(?!\s+(?:of|a\s+year)\b|-)"),
        ("times.date.quarter", r"the\s+(?:fiscal\s+)?(?P<period>year)(?=\s+end(?:ed|ing)\b)"),
        (
            "times.date.quarter",
            r"(?<=\b(?:of|or) )the\s+(?P<period>year)(?!\s+(?:of|that|when|end|to|in|before|after|for|which)|-|[’'])",
        ),
        (
            "times.date.quarter",
            r"(?<=\bfor )the\s+(?P<period>year)(?!\s+(?:of|that|when|end|to|in|before|after|for|which)|-|[’'])",
        ),
        (
            "times.date.quarter",
            r"the\s+(?:full|fiscal)\s+(?P<period>year)(?!\s+(?:\d|that|of|before|after|end)|-|[’'])",
        ),
        ("times.date.weekend", r"the\s+weekend(?!\s+(?:of|before|after)\b|-)"),
        ("times.date.part-of-year", r"Q(?P<quarter>[1-4])(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?"),
        (
            "times.date.part-of-year",
            rf"(?:(?P<shift>last|this|next|the|this past|this coming)\s+)(?:(?P<edge>early|mid|late)[\s-]+)?(?P<season>{either(w.seasons)})(?:\s+(?:of\s+)?{year}|{no_year})",
        ),
        (
            "times.date.part-of-year",
            rf"(?:(?P<edge>early|mid|late)[\s-]+)?(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?{year}",
        ),
        ("times.date.part-of-year", rf"(?<=\bin )(?P<season>spring|summer|autumn|winter)\b{no_year}"),
        (
            "times.date.narrative",
            r"(?:the|that)\s+(?P<shift>following|next|previous|preceding|same|very next)\s+(?P<unit>day|week|month|year|night|morning|evening|afternoon|quarter)(?:\s+(?P<part>morning|afternoon|evening|night))?",
        ),
        ("times.date.narrative", r"the\s+(?P<unit>day|night|week|month|year)\s+(?P<shift>before|after)(?=\s*[.,;:)])"),
        (
            "times.date.narrative",
            r"(?:(?<=later in )|(?<=earlier in )|(?<=late in )|(?<=early in ))the\s+(?P<unit>day|week|month|year)(?!\s+(?:of|before|after))",
        ),
        ("times.date.week-of", rf"the\s+week\s+of\s+{month}\s+{day}(?:,?\s+{year}|(?!\d){no_year})"),
        ("times.date.week-of", rf"the\s+week\s+of\s+{day}\s+{month}(?:,?\s+{year}|{no_year})"),
        ("times.date.narrative", r"that\s+(?P<unit>day|week|month|year|night|same day|same year|quarter)"),
        (
            "times.date.ago",
            rf"(?:{degree}\s+)?(?:{number}{upto}|{vague})[\s-]+{unit}(?:\sor\s(?:two|so))?\s+(?P<way>ago|earlier|later|from now|previously|hence|(?:before|after)(?=\s*[.,;:)]))",
        ),
        (
            "times.date.relative-unit",
            rf"(?:{edge}\s+(?:in\s+)?)?(?P<shift>last|next|this|this past|the past|the last|the current|the coming|the latest|this coming|the previous)\s+(?:fiscal\s+)?(?P<unit>week|month|year|quarter|weekend|decade|century|period)(?!\s*[’']s\s+(?:quarter|first|second|third|fourth))(?!-)",
        ),
        (
            "times.duration.counted",
            rf"(?:the\s+)?(?P<frame>last|past|next|first|coming|previous|final|latest)\s+(?:{number}{upto}|{vague})[\s-]+{unit}",
        ),
        (
            "times.set.every",
            rf"(?:every|each)\s+(?:(?P<number>other|\d+|two|three|four|five|six|ten)\s+)?(?:(?P<setunit>{either(u for u in w.units)})s?|{weekday}|{month}|(?P<part>morning|afternoon|evening|night))",
        ),
        (
            "times.set.every",
            rf"(?:once|twice|three times|four times|several times|[1-9]\d* times)\s+(?:a|an|every|each|per)\s+(?P<setunit>{either(u for u in w.units)})",
        ),
        ("times.set.every", rf"(?P<frequency>{either(w.frequency)})"),
        (
            "times.duration.counted",
            rf"(?:{degree}\s+)?(?:the\s+(?!an?\b|\S*-))?{number}{upto}(?:[\s-]+(?:{counted}))?[\s-]+{unit}(?P<age>[\s-]old\b)?(?:\s+and\s+a\s+(?P<extra>half))?(?:\sor\s(?:two|so))?",
        ),
        (
            "times.duration.counted",
            r"(?:(?P<degree>more than|less than|nearly|almost|about|over|at least)\s+)?(?P<fraction>half)[\s-](?:an?[\s-])?(?P<unit>hour|day|year|decade|century|minute)",
        ),
        ("times.duration.counted", r"(?:an?\s+)?(?P<fraction>quarter)[\s-](?:of\s+an?\s+)?(?P<unit>century|hour)"),
        (
            "times.duration.counted",
            rf"(?:(?P<number>{either(n for n in w.numbers if n not in ('a', 'an'))}|\d+)-)?{unit}-?long(?!-)",
        ),
        ("times.duration.vague", r"(?:several|multi|multiple)-(?P<unit>day|week|month|year|decade)(?!-)"),
        ("times.duration.vague", r"(?:the\s+past\s+)?several\s+(?P<unit>quarter)s"),
        (
            "times.duration.vague",
            rf"(?:{degree}\s+)?(?:the\s+)?{vague}[\s-]+(?P<unit>{either(u for u in w.units if u not in ('second', 'quarter', 'night'))})s(?:\s(?:or|and)\s(?:days|weeks|months|years|decades))?",
        ),
        (
            "times.duration.vague",
            r"(?:for\s+|in\s+|of\s+|took\s+|last\s+|lasted\s+)?(?P<bare>minutes|hours|days|weeks|months|years|decades|centuries)(?:\s(?:or|and)(?:\seven)?\s(?:hours|days|weeks|months|years|decades))?(?=\s+(?:of|before|after|later|to come|on end|that followed|since)\b|[.,;])",
        ),
        (
            "times.duration.vague",
            r"for\s+(?P<bare>minutes|hours|days|weeks|months|years|decades|centuries)(?:\s(?:or|and)(?:\seven)?\s(?:hours|days|weeks|months|years|decades))?(?!\s+ago)",
        ),
        ("times.date.decade", r"(?:the\s+)?(?:(?P<edge>early|mid|late)[\s-]+)?[’'](?P<short>[2-9]0)s"),
        ("times.date.decade", r"(?:the\s+)?(?:(?P<edge>early|mid|late)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)s"),
        (
            "times.date.decade",
            r"(?:the\s+)(?:(?P<edge>early|mid|late)[\s-]+)?(?:nineteen[\s-])?(?P<nineties>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
        ),
        (
            "times.date.decade",
            rf"(?:the\s+)?(?:(?P<edge>early|mid|late)[\s-]+)?(?:(?P<ordinalnumber>\d+)(?:st|nd|rd|th)|(?P<ordinal>{either(w.ordinals)}))[\s-]century",
        ),
        (
            "times.date.holiday",
            rf"(?:(?P<shift>last|next|this)\s+)?(?P<holiday>{either([*w.holidays, *w.feasts])})(?:,?\s+{year}|{no_year}(?!,?\s+\d{{4}}))",
        ),
        ("times.date.reference", r"(?P<future>(?:coming|future)\s+(?:days|weeks|months|quarters|years|decades))"),
        (
            "times.date.year",
            rf"(?P<fiscal>(?:fiscal(?:\s+year)?|financial\s+year|FY)\s+)?(?<!/\d/)(?<!/\d\d/){year}(?!-\d\d?-)",
        ),
        (
            "times.date.year",
            rf"(?:the\s+)?(?P<called>year\s+)(?P<year>(?:1[5-9]|20)\d\d|{spelled}|{spelled_millennium()})",
        ),
        ("times.date.reference", rf"(?P<present>{either(k for k, v in w.present.items() if v)})"),
        ("times.date.reference", rf"(?P<past>{either(w.past)})"),
        ("times.date.reference", rf"(?P<future>{either(w.future)})"),
    ]
    return tuple((rule, re.compile(rf"(?<![\w$€£]){form}(?![\w])", re.IGNORECASE)) for rule, form in forms)
