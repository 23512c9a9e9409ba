"""Parts of a count: "17 people, including five children", "ten of them", "34 of the 120"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.findings import Figure
from dragoman.domain.parse import Token
from dragoman.stages.figures.numbers import Number

RULE = "figures.part.whole"
NAMED = frozenset({"including", "comprising", ":", "–", "—", "--"})
THEM = frozenset({"them", "whom", "these", "those"})
HURT = frozenset({"dead", "wounded", "injured", "killed", "missing", "arrested", "detained", "victims"})
FILLERS = frozenset({"the", "its", "their", "those", "these", "all", "some", "his", "her", "our"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def whole_of(
    number: Number, told: Sequence[tuple[Number, Figure]], numbers: Sequence[Number]
) -> tuple[Figure, tuple[Token, ...]] | None:
    """Return the figure among those TOLD before that NUMBER is a part of, and the words that say so, or None.

    NUMBERS are all of the text: parts without a word that says so are those that add up to the whole.
    """
    here = [(n, f) for n, f in told if n.first.sent is number.first.sent and f.part_of is None and f.unit == "person"]
    if not here or number.percent or number.currency is not None:
        return None
    sentence = number.first.sent.tokens
    after = [t for t in sentence if t.i > number.last.i][:3]
    if len(after) > 1 and after[0].lower == "of" and after[1].lower in THEM:
        return _fitting(number, here[-1][1], tuple(after[:2]))
    if is_one_of(number) and len(after) == 3 and (after[2].tag == "NNS" or after[2].lower in HURT):
        return _fitting(number, here[-1][1], tuple(after))
    for other, figure in reversed(here):
        between = [t for t in sentence if other.last.i < t.i < number.first.i]
        cue = _cue(between)
        if cue is not None and not any(t.tag in FINITE for t in between if t.i > cue[-1].i):
            return _fitting(number, figure, cue)
        if _adds_up(number, other, numbers):
            return figure, (other.first,)
    return None


def part_people(number: Number) -> Token | None:
    """Return the people that a part counts: "one woman", "one of the males"."""
    following = [t for t in number.first.sent.tokens if t.i > number.last.i][:4]
    if is_one_of(number):
        following = following[2:]
    noun = next((t for t in following[:2] if t.pos != "ADJ"), None)
    return noun if noun is not None and noun.pos == "NOUN" and noun.lower not in HURT else None


def is_one_of(number: Number) -> bool:
    """Tell whether a number is the "one" of "one of the wounded"."""
    if number.first.lower != "one" or number.first is not number.last or number.first.dep == "nummod":
        return False
    after = [t.lower for t in number.first.sent.tokens if t.i > number.last.i][:2]
    return after in (["of", "the"], ["of", "those"])


def _adds_up(number: Number, whole: Number, numbers: Sequence[Number]) -> bool:
    """Tell whether NUMBER is of those right after WHOLE that add up to it ("five patients, four men and one woman")."""
    rest = [n for n in numbers if n.first.sent is whole.first.sent and n.first.i > whole.last.i]
    total, run, last = 0.0, 0, whole
    for other in rest:
        between = [t for t in whole.first.sent.tokens if last.last.i < t.i < other.first.i]
        if (
            other.value is None
            or other.percent
            or other.currency
            or any(t.pos in ("VERB", "AUX") for t in between[:-1])
        ):
            return False
        total, run, last = total + other.value, run + 1, other
        if total == whole.value and run > 1:
            return number.first.i <= other.first.i
    return False


def holds(whole: Number, part: Number) -> bool:
    """Tell whether PART is told as some of WHOLE right after it: "34 of the 120 passengers", "21 of 28 drones"."""
    between = [t.lower for t in whole.first.sent.tokens if part.last.i < t.i < whole.first.i]
    smaller = (part.value or part.low or 0) <= (whole.value or 0)
    return part.first.sent is whole.first.sent and smaller and between[:1] == ["of"] and set(between[1:]) <= FILLERS


def _cue(between: Sequence[Token]) -> tuple[Token, ...] | None:
    """Return the words between a whole and a number that make the number its part."""
    for n, token in enumerate(between):
        if token.lower in NAMED:
            return (token,)
        if token.lower in ("among", "of") and n + 1 < len(between) and between[n + 1].lower in THEM:
            return (token, between[n + 1])
    return None


def _fitting(number: Number, whole: Figure, cue: tuple[Token, ...]) -> tuple[Figure, tuple[Token, ...]] | None:
    """Return WHOLE where NUMBER is not larger."""
    part, bound = number.value or number.low or 0, whole.value or whole.high
    return None if bound is not None and part > bound else (whole, cue)
