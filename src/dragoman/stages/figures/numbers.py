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
SCALES = {12.0: 12, 100.0: 100, 1000.0: 1000, 1_000_000.0: 1_000_000}
SHARES = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "thirds": 2 / 3, "quarters": 3 / 4}
ALONE = frozenset({"hundred", "dozen", "thousand", "million", "billion"})
"""Scales that count without a number before them: "a hundred", "several thousand"."""
FEW = frozenset({"several", "few", "many"})
JOINTS = frozenset("^٫٬⁄")
"""Signs that tie digits together into a number that is not read: powers, and the points of other scripts."""
STRONG = frozenset({"strong", "member", "man", "person"})


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
        if tokens[place].i in taken or not _starts(tokens[place]) or _is_piece(parse.text, tokens, place):
            place += 1
            continue
        end, value, low = _read(tokens, place)
        if end == place:
            place += 1
            continue
        number, end = _number(parse, tokens, place, end, value, low)
        if number is not None:
            found.append(number)
        place = max(end, place + 1)
    return found


def _is_piece(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the token is only part of a number in a form that is not read ("10^400", "١٫٥ million")."""
    token = tokens[place]
    if text[token.start - 1 : token.start] in JOINTS or text[token.end : token.end + 1] in JOINTS:
        return True
    before = tokens[place - 1] if place else None
    return token.lower in ALONE and before is not None and before.text[-1].isdigit() and before.sent is token.sent


def _starts(token: Token) -> bool:
    lower = token.lower
    words = figure_words()
    return (
        lower[0].isdigit()
        or lower in words.numbers
        or lower in words.vague
        or lower in ALONE
        or lower in SHARES
        or lower == "tens"
    )


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
    if first.lower in SHARES:
        return _share(tokens, place)
    if first.lower in words.vague:
        end = place + 1
        low = words.vague[first.lower]
        if _of_scale(tokens, end):
            return end + 2, None, low * words.vague[tokens[end + 1].lower] / 2
        return end, None, low
    if first.lower == "tens":
        return (
            (place + 3, None, 10 * words.vague[tokens[place + 2].lower])
            if _of_scale(tokens, place + 1)
            else (place, None, None)
        )
    if first.lower == "no" and place + 1 < len(tokens) and tokens[place + 1].lower == "one":
        return place + 2, 0.0, None
    total, current, end = 0.0, 0.0, place
    if first.lower in ALONE:
        current, end = words.scales[first.lower], place + 1
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


def _share(tokens: Sequence[Token], place: int) -> tuple[int, float | None, float | None]:
    """Return where a share of a told number ends and what it comes to: "half of the 300"."""
    start = place + 2 + (place + 2 < len(tokens) and tokens[place + 2].lower in ("the", "its", "their", "those"))
    if start >= len(tokens) or tokens[place + 1].lower != "of" or tokens[start].sent is not tokens[place].sent:
        return place, None, None
    end, whole, _ = (
        _read(tokens, start) if _starts(tokens[start]) and tokens[start].lower not in SHARES else (start, None, None)
    )
    if end == start or whole is None or whole < 2 or tokens[start].lower == "one":
        return place, None, None
    return place + 1, float(round(whole * SHARES[tokens[place].lower])), None


def _of_scale(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether "of thousands" or the like stands at PLACE."""
    return (
        place + 1 < len(tokens)
        and tokens[place].lower == "of"
        and tokens[place + 1].lower in PLURAL_SCALES & set(figure_words().vague)
    )


def _number(
    parse: Parse, tokens: Sequence[Token], place: int, end: int, value: float | None, low: float | None
) -> tuple[Number | None, int]:
    last = tokens[end - 1]
    high: float | None = None
    precision, rule = Precision.EXACT, "figures.number.read"
    if value in SCALES and place > 0 and tokens[place - 1].lower in FEW and low is None:
        low, value, place = 2 * SCALES[value], None, place - 1
    if low is not None:
        precision, rule = Precision.AT_LEAST, "figures.number.vague"
    elif end + 1 < len(tokens) and tokens[end].lower in TO and _starts(tokens[end + 1]):
        other_end, other, _ = _read(tokens, end + 1)
        ranged = (not _moves(tokens, place) and tokens[end].text in ("-", "–", "—", "to")) or (
            place > 0 and tokens[place - 1].lower == "between"
        )
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
    if precision is Precision.EXACT and tokens[place].lower in SHARES:
        precision, rule = Precision.APPROXIMATE, "figures.number.share"
    inside = {t.i for t in tokens[start:end]}
    top = next((t for t in reversed(tokens[start:end]) if t.head.i not in inside or t.head is t), last)
    span = Span(tokens[start].start, tokens[end - 1].end)
    return Number(span, tokens[start], tokens[end - 1], top, value, low, high, precision, currency, percent, rule), end


def _moves(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether "A to B" at PLACE are two counts (a vote, a rise by A or from A to B), no range."""
    before = [t for t in tokens[max(0, place - 12) : place] if t.sent is tokens[place].sent]
    if before and before[-1].lower == "by":
        return True
    lemmas = {t.lemma for t in before}
    return "vote" in lemmas or (
        bool(before) and before[-1].lower == "from" and bool(lemmas & set(figure_words().movement))
    )


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
    if before == "in" and place > 1 and tokens[place - 2].lower == "one":
        return True
    if (before != "number" or tokens[place - 1].pos != "VERB") and before in (
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
            return tokens[end + 1].lower not in STRONG and not is_tally(tokens, place, end)
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
        following = " ".join(t.lower for t in tokens[place + 1 : place + 3])
        return not (
            (first.lower == "one" and following in ("of them", "of whom", "of the", "of those"))
            or (first.lower == "no" and tokens[end - 1].lower == "one")
        )
    if place > 1 and tokens[place - 1].text in ("-", "–") and is_tally(tokens, place - 2, place - 1):
        return False
    return place > 0 and tokens[place - 1].text in ("-", "/", ":") and tokens[place - 1].end == first.start


def is_tally(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Tell whether "13-0" at PLACE to END is the tally of a vote."""
    return (
        end + 1 < len(tokens)
        and tokens[end + 1].text.isdecimal()
        and tokens[place].text.isdecimal()
        and any(t.lemma == "vote" for t in tokens[max(0, place - 6) : place])
    )


def _precision(tokens: Sequence[Token], start: int, end: int) -> Precision:
    words = figure_words().precision
    if start > 0 and tokens[start - 1].lower in ("a", "an"):
        start -= 1
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
