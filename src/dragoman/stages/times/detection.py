"""Finds the words of time expressions: all patterns over sentences with a word of time, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

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
    for table in (w.present, w.past, w.future, w.holidays):
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
        "year-old",
        "years-old",
    }
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
    return ("-" in lower and any(part in triggers for part in lower.split("-"))) or lower in ("q1", "q2", "q3", "q4")


def _in_sentence(parse: Parse, sentence: Sentence, dated: set[int]) -> list[Match]:
    start, end = sentence.span
    options: list[tuple[int, int, int, re.Match[str], str]] = []
    for order, (rule, pattern) in enumerate(patterns()):
        for match in pattern.finditer(parse.text, start, end):
            options.append((match.start() - match.end(), order, match.start(), match, rule))
    options.sort(key=lambda o: o[:3])
    taken: list[Span] = []
    found: list[Match] = []
    for _, _, _, match, rule in options:
        span = _trimmed(parse.text, Span(match.start(), match.end()))
        if any(span.overlaps(t) for t in taken):
            continue
        first = parse.token_at(span.start)
        if first is None or not _holds(parse, rule, match, span, first, dated):
            continue
        taken.append(span)
        groups = {k: v.lower() for k, v in match.groupdict().items() if v}
        found.append(Match(rule, span, groups, first))
    found.sort(key=lambda m: m.span)
    return found


def _trimmed(text: str, span: Span) -> Span:
    """Return the span without the words that only introduce it."""
    surface = span.surface(text).lower()
    for word in ("on ", "in ", "for ", "of ", "took ", "last ", "lasted "):
        if surface.startswith(word) and word != "last ":
            return Span(span.start + len(word), span.end)
    return span


def _holds(parse: Parse, rule: str, match: re.Match[str], span: Span, first: Token, dated: set[int]) -> bool:
    """Tell whether words that may mean other things mean a time here."""
    groups = match.groupdict()
    surface = span.surface(parse.text)
    if rule == "times.date.year":
        return _is_year(parse, first, dated)
    month = groups.get("month")
    if rule == "times.date.month" and month and surface.lower().strip(".") in MODALS:
        return first.pos == "PROPN" and surface[0].isupper() and (first.i in dated or first.dep in ("pobj", "npadvmod"))
    if month and not match.group("month")[0].isupper():
        return False
    if groups.get("weekday") and not match.group("weekday")[0].isupper():
        return False
    if rule == "times.date.part-of-year" and "season" in groups and groups["season"] and not groups.get("year"):
        return first.i in dated or groups.get("shift") in ("last", "next", "this") or _in_season(first)
    if rule == "times.date.part-of-year" and groups.get("piece") == "half":
        return bool(groups.get("year") or groups.get("whose"))
    if rule == "times.duration.counted" and groups.get("unit") in ("second", "quarter", "min"):
        return (
            bool(groups.get("number"))
            and groups["number"].lower() not in ("a", "an", "one", "the")
            and groups["unit"] != "quarter"
        )
    if rule == "times.set.every" and groups.get("frequency"):
        return surface.islower() and parse.text[span.end : span.end + 1] != "-"
    if rule == "times.date.holiday":
        return surface[0].isupper() and not surface.isupper()
    if rule == "times.date.reference" and surface.lower() == "now":
        return first.tag == "RB"
    if rule == "times.date.relative-unit" and groups.get("unit") == "period":
        return groups.get("shift", "").lower() == "the latest"
    return True


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


DONE = frozenset(["try", "manage", "fail", "begin", "start", "continue", "refuse", "attempt", "help", "gather", "dare"])
"""Verbs whose infinitive tells what was done when they were, not what lies ahead ("tried to march on Saturday")."""


PUT_OFF = frozenset(["postpone", "delay", "adjourn", "defer", "extend", "remand", "prolong", "reschedule", "give"])
"""Verbs after which "until" tells the day to come that something was put off to."""


def tense(token: Token) -> str:
    """Return `past`, `present` or `future` for the clause that a token stands in, by its finite verb."""
    if token.dep == "pobj" and token.head.lower in ("until", "till") and token.head.head.lemma in PUT_OFF:
        return "future"
    for ancestor in token.ancestors():
        if ancestor.pos not in ("VERB", "AUX"):
            continue
        if ancestor.dep == "xcomp" and ancestor.tag == "VB" and ancestor.head.lemma in DONE:
            continue
        for child in ancestor.children:
            if child.dep in ("aux", "auxpass") and child.lower in (
                "will",
                "’ll",
                "'ll",
                "shall",
                "would",
                "could",
                "should",
                "may",
                "might",
                "must",
                "can",
            ):
                return "future"
        if ancestor.tag == "VB" and any(c.lower == "to" for c in ancestor.children):
            return "future"
        if ancestor.lower in ("going", "due", "scheduled", "expected", "set", "planned", "slated"):
            return "future"
        if ancestor.tag == "VBD" or any(c.tag == "VBD" for c in ancestor.children if c.dep in ("aux", "auxpass")):
            return "past"
        if any(c.lower in ("has", "have", "’ve", "'ve", "’s", "had") for c in ancestor.children if c.dep == "aux"):
            return "past"
        if ancestor.tag in ("VBZ", "VBP"):
            return "present"
        if ancestor.dep == "ROOT":
            return "past" if ancestor.tag == "VBN" else "present"
    return "past"


def sentences_of(matches: list[Match]) -> Iterator[tuple[int, list[Match]]]:
    """Yield the matches sentence by sentence."""
    current: list[Match] = []
    for match in matches:
        if current and match.first.sent is not current[0].first.sent:
            yield current[0].first.sent.i, current
            current = []
        current.append(match)
    if current:
        yield current[0].first.sent.i, current
