"""Reads numbers: digits, words, scales, ranges, signs of precision, money and percent."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import Precision
from dragoman.domain.findings import Time
from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.figures import figure_words

DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|mn|bn|b|tn)?$", re.IGNORECASE)
PLURAL_SCALES = {"hundreds", "thousands", "millions", "billions", "dozens", "scores", "tens"}
TO = frozenset({"to", "and", "-", "–", "—", "or"})
LARGEST = 1e15


class Number(msgspec.Struct, frozen=True):
    """A number in the text. `first`, `last` are its outer tokens; `top` is the one that hangs from the rest."""

    span: Span
    first: Token
    last: Token
    top: Token
    value: float | None
    low: float | None
    high: float | None
    precision: Precision
    currency: str | None = None
    percent: bool = False
    rule: str = "figures.number.read"


def find_numbers(parse: Parse, times: Sequence[Time]) -> list[Number]:
    """Return the numbers of the text that may count something, in order; those of times, names and ages left out."""
    taken = {t.i for time in times for t in parse.tokens_in(time.span)}
    found: list[Number] = []
    place, tokens = 0, parse.tokens
    while place < len(tokens):
        if tokens[place].i in taken or not _starts(tokens[place]):
            place += 1
            continue
        end, value, low = _read(tokens, place)
        if end == place:
            place += 1
            continue
        number, end = _number(parse, tokens, place, end, value, low)
        if number is not None:
            found.append(number)
        place = end
    return found


def _starts(token: Token) -> bool:
    lower = token.lower
    words = figure_words()
    return lower[0].isdigit() or lower in words.numbers or lower in words.vague or lower in ("hundred", "dozen", "half")


def _plain(token: Token) -> float | None:
    match = DIGITS.match(token.text)
    if match is None:
        return figure_words().numbers.get(token.lower)
    value = float(match[1].replace(",", "") + (match[2] or ""))
    return value * figure_words().scales[match[3].lower()] if match[3] else value


def _read(tokens: Sequence[Token], place: int) -> tuple[int, float | None, float | None]:
    """Return where the number that starts at PLACE ends, its value, and its low bound where it is vague."""
    words = figure_words()
    first = tokens[place]
    if first.lower in words.vague:
        end = place + 1
        low = words.vague[first.lower]
        if (
            first.lower in PLURAL_SCALES
            and end + 1 < len(tokens)
            and tokens[end].lower == "of"
            and tokens[end + 1].lower in words.vague
        ):
            return end + 2, None, words.vague[tokens[end + 1].lower]
        return end, None, low
    total, current, end = 0.0, 0.0, place
    if first.lower in ("hundred", "dozen"):
        return place + 1, words.scales[first.lower], None
    while end < len(tokens):
        token = tokens[end]
        plain = _plain(token)
        if plain is not None and (end == place or not token.text[0].isdigit()):
            current += plain
        elif (
            token.lower in words.scales
            and end > place
            and not (len(token.lower) <= 2 and not tokens[end - 1].text[-1].isdigit())
        ):
            scale = words.scales[token.lower]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif (
            token.text == "-" and end > place and end + 1 < len(tokens) and tokens[end + 1].lower in words.numbers
        ) or (
            token.lower == "and"
            and end > place
            and tokens[end - 1].lower in ("hundred", "thousand")
            and end + 1 < len(tokens)
            and tokens[end + 1].lower in words.numbers
        ):
            pass
        else:
            break
        end += 1
    if end == place:
        return place, None, None
    return end, total + current, None


def _number(
    parse: Parse, tokens: Sequence[Token], place: int, end: int, value: float | None, low: float | None
) -> tuple[Number | None, int]:
    last = tokens[end - 1]
    high: float | None = None
    precision, rule = Precision.EXACT, "figures.number.read"
    if low is not None:
        precision, rule = Precision.AT_LEAST, "figures.number.vague"
    elif end + 1 < len(tokens) and tokens[end].lower in TO and _starts(tokens[end + 1]):
        other_end, other, _ = _read(tokens, end + 1)
        ranged = tokens[end].text in ("-", "–", "—", "to") or (place > 0 and tokens[place - 1].lower == "between")
        if (
            ranged
            and other is not None
            and value is not None
            and value < other
            and _same_scale(tokens, place, end, other_end)
        ):
            if value < 1000 <= other and tokens[other_end - 1].lower in figure_words().scales:
                value *= figure_words().scales[tokens[other_end - 1].lower]
            low, high, value = value, other, None
            precision, rule = Precision.BETWEEN, "figures.number.range"
            end, last = other_end, tokens[other_end - 1]
    currency, start, end = _currency(tokens, place, end)
    percent = end < len(tokens) and (
        tokens[end].lower in ("percent", "%", "pct")
        or (tokens[end].lower == "per" and end + 1 < len(tokens) and tokens[end + 1].lower == "cent")
    )
    if percent:
        end += 2 if tokens[end].lower == "per" else 1
    if (
        _is_no_count(parse, tokens, place, end, currency is not None or percent)
        or max(value or 0, high or 0, low or 0) > LARGEST
    ):
        return None, end
    if precision is Precision.EXACT:
        precision = _precision(tokens, start, end)
    inside = {t.i for t in tokens[start:end]}
    top = next((t for t in reversed(tokens[start:end]) if t.head.i not in inside or t.head is t), last)
    span = Span(tokens[start].start, tokens[end - 1].end)
    return Number(span, tokens[start], tokens[end - 1], top, value, low, high, precision, currency, percent, rule), end


def _same_scale(tokens: Sequence[Token], place: int, end: int, other_end: int) -> bool:
    return tokens[place].sent is tokens[other_end - 1].sent


def _currency(tokens: Sequence[Token], place: int, end: int) -> tuple[str | None, int, int]:
    """Return the currency before or after the number, and the span that takes its sign or word in."""
    words = figure_words().currency
    if place > 0 and tokens[place - 1].lower in words and not tokens[place - 1].lower.isalpha():
        return words[tokens[place - 1].lower], place - 1, end
    if place > 0 and tokens[place - 1].lower in ("rs", "usd", "eur", "gbp", "us$"):
        return words[tokens[place - 1].lower], place - 1, end
    following = end
    if following < len(tokens) and tokens[following].lower in ("us", "u.s.", "american", "british"):
        following += 1
    if following < len(tokens) and tokens[following].lower in words and tokens[following].pos in ("NOUN", "PROPN"):
        if (
            tokens[following].lower in ("real", "won", "pound", "pounds", "rand")
            and tokens[following].lower != "pounds"
        ):
            return None, place, end
        return words[tokens[following].lower], place, following + 1
    return None, place, end


def _is_no_count(parse: Parse, tokens: Sequence[Token], place: int, end: int, sure: bool) -> bool:
    """Tell whether a number is a name's, an age, a rank, a time of day, a measure or a reference."""
    first = tokens[place]
    before = tokens[place - 1].lower if place else ""
    after = tokens[end] if end < len(tokens) else None
    if sure:
        return False
    if before in (
        "no.",
        "number",
        "#",
        "resolution",
        "article",
        "section",
        "chapter",
        "page",
        "act",
        "level",
        "type",
        "flight",
        "highway",
        "route",
        "group",
        "version",
        "aged",
        "age",
        "under-",
    ):
        return True
    if after is not None:
        if after.lower in ("-", "–") and end + 1 < len(tokens) and tokens[end + 1].lower not in figure_words().scales:
            return True
        if (
            after.lower.startswith(("years-old", "-year", "year-old"))
            or after.text in (":", "/")
            or after.lower in ("st", "nd", "rd", "th", "p.m.", "a.m.", "gmt")
        ):
            return True
    if first.pos == "PROPN" and first.ent not in ("CARDINAL", "QUANTITY", "MONEY", ""):
        return True
    if (
        first.ent in ("ORDINAL", "LAW", "PRODUCT", "FAC", "WORK_OF_ART", "EVENT")
        and first.lower not in figure_words().vague
    ):
        return first.dep != "nummod" or first.ent not in ("EVENT", "PRODUCT")
    if first.dep in ("punct", "compound") and first.head.pos == "PROPN":
        return True
    if first.lower in ("one", "no") and first.dep not in ("nummod", "det"):
        return True
    return place > 0 and tokens[place - 1].text in ("-", "/", ":") and tokens[place - 1].end == first.start


def _precision(tokens: Sequence[Token], start: int, end: int) -> Precision:
    words = figure_words().precision
    for length in (3, 2, 1):
        if start - length >= 0:
            phrase = " ".join(t.lower for t in tokens[start - length : start])
            if phrase in words:
                return words[phrase]
    after = " ".join(t.lower for t in tokens[end : end + 2])
    if after == "or more":
        return Precision.AT_LEAST
    if after in ("or so", "or thereabouts"):
        return Precision.APPROXIMATE
    return Precision.AT_MOST if after in ("or less", "or fewer") else Precision.EXACT
