"""Finds the words of time expressions: all patterns over sentences with a word of time, longest match first."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import msgspec

from dragoman.domain.parse import Parse, Sentence, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.times import patterns, time_words

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
DIGITS = re.compile(r"\d{1,4}[-/:]\d{1,2}|(?:1[5-9]|20)\d0s|\d+[ap]m?|\d+(?:st|nd|rd|th)|Q[1-4]", re.IGNORECASE)
BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "of",
        "by",
        "from",
        "until",
        "till",
        "during",
        "before",
        "after",
        "to",
        "through",
        "and",
        "for",
        "late",
        "early",
        "mid",
        "between",
        "around",
        "about",
        "or",
    ]
)
MODALS = ("may", "march", "mar", "second", "sun", "sat", "fall", "spring", "jan", "dec")


SECOND_DAY = re.compile(
    r"\s?(?:and|or|to|through|-|–|&)\s?(?P<day>[0-3]?\d)(?:,?\s+(?P<year>(?:19|20)\d\d))?(?![\w%:]|[.,]\d)"
)
NAMED = ("NOUN", "PROPN", "ADJ", "NUM")


AGE_AFTER = re.compile(r"[\s-](?:old|of\s+age)\b", re.IGNORECASE)
NAMING = re.compile(r"\s+(?:for|of|on|against|to)\b")
"""What follows the name of a march."""
COUNTED_AS = re.compile(r"the (?!(?:last|past|next|first|coming|previous|final|latest) ).*[^s]")
"""A length of time that describes what follows it ("the two day rally")."""
QUARTERLY = re.compile(r"the (?:fiscal )?\w+-quarter")
"""A quarter that describes what follows it ("the third-quarter loss")."""
REPEATED = re.compile(r"\s+(?:a|per)\s+(?:day|night|week|month|year)\b")
RATED = frozenset(["million", "billion", "thousand", "hundred", "dollars", "euros", "cents", "hours", "times"])


class Match(msgspec.Struct, frozen=True):
    """A time expression before it has a value."""

    rule: str
    span: Span
    groups: dict[str, str]
    first: Token


@cache
def _triggers() -> frozenset[str]:
    w = time_words()
    words: set[str] = {*w.months, *w.weekdays, *w.parts, *w.deictic, *w.frequency, *w.seasons}
    for table in (w.present, w.past, w.future, w.holidays, w.feasts):
        words.update(key.split()[-1] for key in table)
    units = set(w.units)
    words |= (
        units
        | {u + "s" for u in units}
        | {d + "s" for d in w.weekdays}
        | {"tonight", "century", "centuries", "nineties"}
    )
    words |= {
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "period",
        "nineteen",
        "eighteen",
        "twenty",
    }
    words |= {u + "long" for u in units}
    return frozenset(words - {"a", "second", "seconds"})


def detect(parse: Parse) -> list[Match]:
    """Return the time expressions of the text in order, none overlapping."""
    triggers = _triggers()
    dated = {t.i for name in parse.names if name.label in ("DATE", "TIME") for t in name.tokens}
    found: list[Match] = []
    for sentence in parse.sentences:
        if any(_triggered(t, triggers, dated) for t in sentence.tokens):
            found += _in_sentence(parse, sentence, dated)
    return found


def _triggered(token: Token, triggers: frozenset[str], dated: set[int]) -> bool:
    lower = token.lower
    if lower in triggers or lower.rstrip(".") in triggers:
        return True
    if lower[0].isdigit():
        return token.i in dated or YEAR.fullmatch(lower) is not None or DIGITS.match(lower) is not None
    return ("-" in lower and any(part in triggers or DIGITS.match(part) for part in lower.split("-")[:3])) or lower in (
        "q1",
        "q2",
        "q3",
        "q4",
    )


def _in_sentence(parse: Parse, sentence: Sentence, dated: set[int]) -> list[Match]:
    start, end = sentence.span
    text = western(parse.text)
    options: list[tuple[int, int, int, re.Match[str], str]] = []
    for order, (rule, pattern) in enumerate(patterns()):
        for match in pattern.finditer(text, start, end):
            options.append((match.start() - match.end(), order, match.start(), match, rule))
    options.sort(key=lambda o: o[:3])
    taken: list[Span] = []
    found: list[Match] = []
    for _, _, _, match, rule in options:
        span = _trimmed(parse, Span(match.start(), match.end()), rule)
        if any(span.overlaps(t) for t in taken):
            continue
        first = parse.token_at(span.start)
        if first is None or not _holds(parse, rule, match, span, first, dated):
            continue
        taken.append(span)
        if rule == "times.duration.counted" and surface_is(parse, span, "one day") and first.head.dep == "npadvmod":
            rule = "times.date.one-day"
        found.append(Match(rule, span, _groups(match), first))
    found += _second_days(parse, found)
    found.sort(key=lambda m: m.span)
    return found


@lru_cache(maxsize=4)
def western(text: str) -> str:
    """Return the text with the digits of other scripts as western ones, letter for letter."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def surface_is(parse: Parse, span: Span, words: str) -> bool:
    """Tell whether the span is just these words."""
    return span.surface(parse.text).lower() == words


def _groups(match: re.Match[str]) -> dict[str, str]:
    """Return the named groups in small letters, years and days that are written out as figures."""
    groups = {k: " ".join(v.lower().split()) for k, v in match.groupdict().items() if v}
    if "yearafter" in groups:
        groups["year"] = groups.pop("yearafter")
    if "year" in groups and not groups["year"].isdigit():
        groups["year"] = str(_spelled(groups["year"]))
    if "day" in groups and not groups["day"].isdigit():
        groups["day"] = str(time_words().ordinals[groups["day"]])
    return groups


def _spelled(text: str) -> int:
    """Return the year that is written out ("nineteen ninety-one")."""
    first, *rest = re.split(r"[\s-]+", text)
    numbers = time_words().numbers
    if rest[:1] == ["thousand"]:
        return numbers[first] * 1000 + sum(numbers[word] for word in rest[1:] if word != "and")
    return numbers[first] * 100 + sum(numbers[word] for word in rest if word != "hundred")


def _second_days(parse: Parse, found: list[Match]) -> list[Match]:
    """Return the days that share the month of the one before them ("April 24 and 25")."""
    days: list[Match] = []
    for match in found:
        if match.rule != "times.date.day-month" or not parse.text[match.span.end - 1].isdigit():
            continue
        after = SECOND_DAY.match(parse.text, match.span.end)
        if after is None or int(after["day"]) > 31 or any(m.span.start < after.end() <= m.span.end for m in found):
            continue
        first = parse.token_at(after.start("day"))
        follows = parse.tokens[first.i + 1] if first is not None and first.i + 1 < len(parse.tokens) else None
        if first is None or (follows is not None and after["year"] is None and follows.pos in NAMED):
            continue
        groups = {"month": match.groups["month"], "day": after["day"]}
        rule = "times.date.day-month"
        if after["year"]:
            rule, groups["year"] = "times.date.full", after["year"]
        days.append(Match(rule, Span(after.start("day"), after.end()), groups, first))
    return days


def _trimmed(parse: Parse, span: Span, rule: str) -> Span:
    """Return the span without the words that only introduce it."""
    surface = span.surface(parse.text).lower()
    if rule == "times.duration.counted":
        first = parse.token_at(span.start)
        if surface.startswith("over ") and first is not None and first.dep == "prep" and first.head.lemma != "last":
            return Span(span.start + 5, span.end)
        if COUNTED_AS.fullmatch(surface):
            return Span(span.start + 4, span.end)
    if rule == "times.date.part-of-year" and QUARTERLY.fullmatch(surface):
        return Span(span.start + 4, span.end)
    for word in ("on ", "in ", "for ", "of ", "took ", "last ", "lasted "):
        if surface.startswith(word) and word != "last ":
            return Span(span.start + len(word), span.end)
    return span


def _holds(parse: Parse, rule: str, match: re.Match[str], span: Span, first: Token, dated: set[int]) -> bool:
    """Tell whether words that may mean other things mean a time here."""
    groups = match.groupdict()
    surface = span.surface(parse.text)
    if rule == "times.date.year":
        return bool(groups.get("called")) or _is_year(parse, first, dated)
    month = groups.get("month")
    if rule == "times.date.month" and month and surface.lower().strip(".") in MODALS:
        named = any(c.dep in ("det", "amod") for c in first.children) and _follows(parse, span, NAMING)
        said = first.i in dated or first.dep in ("pobj", "npadvmod")
        return first.pos == "PROPN" and surface[0].isupper() and said and not named
    if month and not match.group("month")[0].isupper():
        return False
    if rule == "times.duration.counted" and (groups.get("age") or _is_age(parse, span)):
        return False
    if rule == "times.duration.counted" and _is_rate(parse, groups, first):
        return False
    if rule == "times.duration.counted" and groups["unit"][:1].isupper() and surface[0].isdigit():
        return surface.isupper()
    if groups.get("weekday") and not match.group("weekday")[0].isupper():
        return False
    if rule == "times.date.part-of-year" and "season" in groups and groups["season"] and not groups.get("year"):
        return first.i in dated or groups.get("shift") in ("last", "next", "this") or _in_season(first)
    if rule == "times.date.part-of-year" and groups.get("piece") == "half":
        return bool(groups.get("year") or groups.get("whose")) or not re.match(r"\s+of\b", parse.text[span.end :][:4])
    if rule == "times.duration.counted" and groups.get("unit") in ("second", "quarter", "min"):
        if groups["unit"] == "quarter" and groups.get("frame"):
            return True
        return (
            bool(groups.get("number"))
            and groups["number"].lower() not in ("a", "an", "one", "the")
            and groups["unit"] != "quarter"
        )
    if (
        rule == "times.duration.counted"
        and _follows(parse, span, REPEATED)
        and groups["unit"] in ("hour", "day", "night")
    ):
        return False
    if rule == "times.date.relative-unit" and surface.istitle():
        return False
    if rule == "times.date.deictic" and surface.lower().strip() in ("today", "tomorrow", "yesterday"):
        return not _is_era(first)
    if rule == "times.time.part" and surface.lower() == "noon":
        return first.i == 0 or parse.tokens[first.i - 1].lower != "high"
    if rule == "times.set.every" and groups.get("frequency"):
        return surface.islower() and parse.text[span.end : span.end + 1] != "-" and not _is_rate_word(parse, first)
    if rule == "times.date.holiday":
        return match.group("holiday")[0].isupper() and not surface.isupper()
    if rule == "times.date.reference" and surface.lower() == "now":
        return first.tag == "RB"
    if rule == "times.date.reference" and surface.lower() == "current":
        return surface.islower() and first.dep == "amod"
    if rule == "times.duration.vague" and groups.get("bare"):
        before = parse.text[max(0, span.start - 10) : span.start]
        return surface.islower() and not before.endswith("matter of ") and not before[-2:-1].isdigit()
    if rule == "times.date.relative-unit" and groups.get("unit") == "period":
        return groups.get("shift", "").lower() == "the latest"
    return True


def _follows(parse: Parse, span: Span, words: re.Pattern[str]) -> bool:
    """Tell whether the words come right after the span."""
    return words.match(parse.text, span.end) is not None


def _is_era(token: Token) -> bool:
    """Tell whether a day's name stands for an age ("today's youth", "the leaders of tomorrow")."""
    if token.dep == "pobj" and token.head.lower == "of":
        return token.head.head.lemma in time_words().lasting
    return token.dep == "poss" and token.head.lemma in time_words().lasting


def _is_age(parse: Parse, span: Span) -> bool:
    """Tell whether the counted years are how old somebody is ("52 years old")."""
    return AGE_AFTER.match(parse.text, span.end) is not None


def _is_rate(parse: Parse, groups: dict[str, str], first: Token) -> bool:
    """Tell whether "a year" only says by what a number is reckoned ("$500 million a year")."""
    if (groups.get("number") or "").lower() not in ("a", "an") or groups.get("frame") or groups.get("degree"):
        return False
    before = parse.tokens[first.i - 1] if first.i > 0 else None
    return before is not None and (before.pos == "NUM" or before.text in ("%", "percent") or before.lower in RATED)


def _is_rate_word(parse: Parse, first: Token) -> bool:
    """Tell whether the word of frequency is a measure of money or growth ("annual sales", "by 20% annually")."""
    if first.lower in ("annual", "quarterly", "yearly") and first.pos in ("ADJ", "NOUN"):
        return True
    near = parse.tokens[max(0, first.i - 3) : first.i]
    return first.lower in ("annually", "yearly", "quarterly") and any(t.pos == "NUM" or t.text == "%" for t in near)


def _in_season(first: Token) -> bool:
    """Tell whether a season's word says when ("in spring", "later in the spring")."""
    season = first.head if first.dep == "det" else first
    if season.pos not in ("NOUN", "PROPN") or season.dep != "pobj" or season.head.lower != "in":
        return False
    return season is first or season.head.head.lower in ("later", "early", "earlier", "late")


def _is_year(parse: Parse, token: Token, dated: set[int]) -> bool:
    if token.i > 0 and parse.tokens[token.i - 1].text in ("$", "€", "£", "#", "No.", "no."):
        return False
    before = parse.tokens[token.i - 1].lower if token.i > 0 else ""
    if token.dep == "nummod" and token.head.tag in ("NNS", "NNPS") and token.i not in dated:
        return False
    if before in BEFORE_YEAR and token.dep in ("pobj", "conj", "pcomp", "npadvmod", "nummod"):
        return True
    return token.i in dated
