"""Times told by their distance from another event: "five days after gunmen stormed the bank"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

import msgspec

from dragoman.domain.codes import Grain
from dragoman.domain.findings import Interval, Time
from dragoman.domain.grammar import top_of
from dragoman.domain.parse import Parse, Token

LENGTH = re.compile(r"P(\d{1,5})([DW])")
SIGNS = {"after": -1, "before": 1}
HOURS = frozenset({"hour", "hours", "minute", "minutes", "moments"})


class Offset(msgspec.Struct, frozen=True):
    """What stands under "N days after" in a sentence: its tokens, the distance in days, the time if any."""

    scope: frozenset[int]
    days: int
    time: Time | None


def offsets_of(parse: Parse, times: Iterable[Time], published: datetime.date | None) -> dict[int, list[Offset]]:
    """Return the offsets of the text, by sentence. Where PUBLISHED is unknown there are none."""
    found: dict[int, list[Offset]] = {}
    if published is None:
        return found
    known = {t.id: t for t in times}
    for time in known.values():
        tokens = parse.tokens_in(time.span)
        last = tokens[-1] if tokens else None
        length = LENGTH.fullmatch(time.value)
        if last is not None and length is not None and last.i + 1 < len(parse.tokens):
            word = parse.tokens[last.i + 1]
            if word.lower in SIGNS and (scope := _scope(word)):
                far = int(length[1]) * (7 if length[2] == "W" else 1)
                found.setdefault(word.sent.i, []).append(Offset(scope, SIGNS[word.lower] * far, time))
        if last is None or last.lower not in SIGNS or time.interval is None or time.interval[0] is None:
            continue
        scope = _scope(last)
        if scope:
            days = _distance(time, known, published)
            if days is not None:
                found.setdefault(last.sent.i, []).append(Offset(scope, SIGNS[last.lower] * days, time))
    for sentence in parse.sentences:
        for n, token in enumerate(sentence.tokens):
            if token.lower in SIGNS and n and sentence.tokens[n - 1].lower in HOURS and (scope := _scope(token)):
                found.setdefault(sentence.i, []).append(Offset(scope, 0, None))
    return found


def _scope(word: Token) -> frozenset[int]:
    """Return the tokens of what stands under "after": its clause, or its noun and all below it."""
    if word.dep == "mark":
        return frozenset(t.i for t in word.head.subtree() if t.i > word.i)
    return frozenset(t.i for c in word.children_by("pobj", "pcomp") for t in c.subtree() if t.i > word.i)


def _distance(time: Time, known: dict[str, Time], published: datetime.date) -> int | None:
    """Return the days between a time and what it was reckoned from."""
    assert time.interval is not None
    assert time.interval[0] is not None
    base = published
    anchor = known.get(time.anchor or "")
    if anchor is not None and anchor.interval is not None and anchor.interval[0] is not None:
        base = datetime.date.fromisoformat(anchor.interval[0])
    if time.grain is Grain.WEEK:
        base -= datetime.timedelta(days=base.weekday())
    elif time.grain is not Grain.DAY:
        return None
    return abs((datetime.date.fromisoformat(time.interval[0]) - base).days)


def shifted(base: Interval, days: int) -> Interval | None:
    """Return the first day of BASE moved by DAYS, as an interval."""
    if base[0] is None:
        return None
    day = datetime.date.fromisoformat(base[0])
    if not 1 <= day.toordinal() + days <= datetime.date.max.toordinal():
        return None
    moved = (day + datetime.timedelta(days=days)).isoformat()
    return moved, moved


def clear_of(offsets: Iterable[Offset], parse: Parse, time: Time) -> bool:
    """Tell whether a time is none that only tells a distance, and stands under none."""
    token = top_of(parse, time.span)
    return not any(time is o.time or (token is not None and token.i in o.scope) for o in offsets)
