"""Which fields of a record people may correct, and what may stand in them."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import Any, NamedTuple, TypeVar

import msgspec

from dragoman.domain.codes import EntityKind, EventType, Grain, Measure, Status
from dragoman.domain.dates import first_day, last_day
from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Party, Record, RecordFigure, Spot
from dragoman.lexicon import plover
from dragoman.lexicon.countries import countries

ENDS = ("best", "low", "high")
"""The numbers of a quantity."""
BODIES = frozenset({"IGO", "UNO", "EUR"})
"""What stands in place of a country for organizations of states."""
LARGEST = 10**15
LONGEST = 200
"""How many characters a name may have, and how many parties a side."""
SHOWN = 80
PERIOD = re.compile(r"(?:^|(?<=.))@([\d-]*)/([\d-]*)$")
SECTOR = re.compile(r"[A-Z]{3}")
E = TypeVar("E", bound=StrEnum)


class InvalidCorrectionError(ValueError):
    """A correction that can't be: the message says what is allowed."""


class Quantity(NamedTuple):
    """A number of one quantity, as the path of a correction names it."""

    measure: Measure
    who: str | None
    period: Interval | None
    end: str


def checked(record: Record, field: str, value: Any) -> tuple[str, Any]:
    """Return FIELD in full, and VALUE as it is kept: plain, as JSON has it.

    Raises InvalidCorrectionError where the record has no such field or where the value can't stand in it.
    """
    field = clean(field)
    if field.startswith("figures."):
        return _figure(record, field, value)
    check = _CHECKS.get(field)
    if check is None:
        allowed = ", ".join(correctable_fields(record))
        raise InvalidCorrectionError(f"{_shown(field)} can't be corrected; what can: {allowed}")
    return field, check(record, value)


def correctable_fields(record: Record) -> list[str]:
    """Return the fields of RECORD that people may correct, the numbers of its quantities last."""
    return [*_CHECKS, *(path_of(record.figures, f, e) for f in record.figures for e in ENDS)]


def clean(text: str) -> str:
    """Return TEXT without what can't be stored everywhere: halves of surrogate pairs and the character 0."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def _shown(value: Any) -> str:
    """Return VALUE as a message names it."""
    told = clean(value if isinstance(value, str) else repr(value))
    return repr(told if len(told) <= SHOWN else told[: SHOWN - 1] + "…")


def quantity_of(field: str) -> Quantity | None:
    """Return the number of a quantity that FIELD names, `figures.MEASURE[.WHO][@SINCE/UNTIL].END`; None for others."""
    parts = field.split(".", 2)
    if len(parts) < 3 or parts[0] != "figures" or parts[1] not in set(Measure):
        return None
    whose, _, end = parts[2].rpartition(".")
    if end not in ENDS:
        return None
    period: Interval | None = None
    if found := PERIOD.search(whose):
        whose, period = whose[: found.start()], (found[1] or None, found[2] or None)
    return Quantity(Measure(parts[1]), whose.rstrip(".") or None, period, end)


def path_of(figures: Sequence[RecordFigure], figure: RecordFigure, end: str) -> str:
    """Return how END of FIGURE, one of FIGURES, is named; its period only where another is of the same people."""
    who = "" if figure.who is None else f".{clean(figure.who)}"
    twins = [f for f in figures if f.measure is figure.measure and name_key(f.who or "") == name_key(figure.who or "")]
    if len(twins) > 1 and figure.period is not None:
        who = f"{who or '.'}@{figure.period[0] or ''}/{figure.period[1] or ''}"
    return f"figures.{figure.measure.value}{who}.{end}"


def place_of(figures: Sequence[RecordFigure], wanted: Quantity) -> int | None:
    """Return which of FIGURES is meant: of the measure, those of the people, of these those of the period.

    Where no people or no period fits the only one, or the first, is taken; None where the measure is not counted.
    """
    fits = [n for n, f in enumerate(figures) if f.measure is wanted.measure]
    named = [n for n in fits if name_key(figures[n].who or "") == name_key(wanted.who or "")]
    dated = [n for n in named if figures[n].period == wanted.period]
    if wanted.who is not None and not named and len(fits) > 1:
        return None
    return next(iter(dated or named or fits), None)


def _figure(record: Record, field: str, value: Any) -> tuple[str, Any]:
    wanted = quantity_of(field) if len(field) <= 2 * LONGEST else None
    paths = [path_of(record.figures, f, e) for f in record.figures for e in ENDS]
    if wanted is None:
        raise InvalidCorrectionError(
            f"{_shown(field)} names no number of a quantity; write it like figures.killed.best, with who is counted "
            f"like figures.killed.traders.best (best, low or high); here: {', '.join(paths) or 'none'}"
        )
    number = _number(value)
    same = [f for f in record.figures if f.measure is wanted.measure]
    if not same:
        return field, number
    key = name_key(wanted.who or "")
    named = [f for f in same if name_key(f.who or "") == key]
    if wanted.who is None and len(same) == 1:
        named = same
    if wanted.period is not None:
        named = [f for f in named if f.period == wanted.period]
    if not named or (wanted.period is None and len(named) > 1):
        allowed = ", ".join(p for p in paths if p.startswith(f"figures.{wanted.measure.value}."))
        raise InvalidCorrectionError(f"{_shown(field)} is not one quantity of this record; what it has: {allowed}")
    _check_ends(record, named[0], wanted.end, number)
    return path_of(record.figures, named[0], wanted.end), number


def _check_ends(record: Record, figure: RecordFigure, end: str, number: float | None) -> None:
    """Refuse a number that contradicts what people put at another end; what the machine put there gives way."""
    by_people = {c.field: c.value for c in record.corrections}
    for other in ENDS:
        value = by_people.get(path_of(record.figures, figure, other))
        if other == end or value is None or number is None:
            continue
        order = {"low": 0, "best": 1, "high": 2}
        if (number < value) != (order[end] < order[other]) and number != value:
            above = "above" if number > value else "below"
            raise InvalidCorrectionError(
                f"{end} {number} would lie {above} {other} {value}, which was corrected; change that"
            )


def _number(value: Any) -> float | int | None:
    if isinstance(value, str):
        word = value.strip().replace(",", "")
        if word.lower() in ("", "null", "none"):
            return None
        try:
            value = float(word)
        except ValueError as error:
            raise InvalidCorrectionError(f"{_shown(value)} is no number") from error
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidCorrectionError(f"{_shown(value)} is no number")
    if isinstance(value, int):
        value = value if abs(value) <= LARGEST else float("inf")
    if not isfinite(value) or not 0 <= value <= LARGEST:
        raise InvalidCorrectionError(f"a count lies between 0 and {LARGEST:,}")
    return int(value) if float(value).is_integer() else float(value)


def _one_of(kinds: type[E], what: str, value: Any, *, empty: bool) -> str | None:
    if empty and _is_empty(value):
        return None
    for kind in kinds:
        if isinstance(value, str) and value.strip().lower() == kind.value.lower():
            return kind.value
    allowed = ", ".join([*(k.value for k in kinds), *(["null"] if empty else [])])
    raise InvalidCorrectionError(f"{_shown(value)} is no {what}; allowed: {allowed}")


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in ("", "null", "none"))


def _type(_: Record, value: Any) -> str | None:
    return _one_of(EventType, "type", value, empty=True)


def _status(_: Record, value: Any) -> str | None:
    return _one_of(Status, "status", value, empty=False)


def _grain(_: Record, value: Any) -> str | None:
    return _one_of(Grain, "grain", value, empty=True)


def _mode(record: Record, value: Any) -> str | None:
    if _is_empty(value):
        return None
    if record.type is None:
        raise InvalidCorrectionError("a mode belongs to a type, and this record has none; correct the type first")
    allowed = plover.modes()[record.type.value]
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in allowed:
        known = ", ".join([*sorted(allowed), "null"])
        raise InvalidCorrectionError(f"{_shown(value)} is no mode of {record.type.value}; allowed: {known}")
    return word


def _interval(_: Record, value: Any) -> list[str | None] | None:
    if _is_empty(value):
        return None
    how = "write it like 2024-05-14, 2024-05, 2024-05-13/2024-05-15, or /2024-05-15 where its beginning is open"
    ends = value.strip().split("/") if isinstance(value, str) else value
    if not isinstance(ends, (list, tuple)) or len(ends) not in (1, 2) or not all(_is_end(e) for e in ends):
        raise InvalidCorrectionError(f"{_shown(value)} is no interval; {how}")
    try:
        since = first_day(ends[0].strip()) if not _is_empty(ends[0]) else None
        until = last_day(ends[-1].strip()) if not _is_empty(ends[-1]) else None
    except ValueError as error:
        raise InvalidCorrectionError(f"{_shown(value)} is no interval; {how}") from error
    if since is None and until is None:
        return None
    if since is not None and until is not None and since > until:
        raise InvalidCorrectionError(f"the interval ends on {until}, before it begins on {since}")
    return [since.isoformat() if since else None, until.isoformat() if until else None]


def _is_end(value: Any) -> bool:
    return value is None or isinstance(value, str)


def grain_of(interval: Interval | None) -> Grain | None:
    """Return the unit in which INTERVAL is known: a day, a whole month or year, or else a range."""
    if interval is None:
        return None
    if interval[0] is None or interval[1] is None:
        return Grain.RANGE
    since, until = (datetime.date.fromisoformat(d) for d in (interval[0], interval[1]))
    if since == until:
        return Grain.DAY
    if since.day == 1 and (since.year, since.month) == (until.year, until.month):
        return Grain.MONTH if until.day == calendar.monthrange(until.year, until.month)[1] else Grain.RANGE
    whole_year = since.year == until.year and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)
    return Grain.YEAR if whole_year else Grain.RANGE


def _place(_: Record, value: Any) -> dict[str, Any] | None:
    if _is_empty(value):
        return None
    spot: Spot = _struct(Spot, value, "place")
    _check_country(spot.country, frozenset())
    if (spot.latitude is None) != (spot.longitude is None):
        raise InvalidCorrectionError("a place has both latitude and longitude, or neither")
    for what, degrees, most in (("latitude", spot.latitude, 90), ("longitude", spot.longitude, 180)):
        if degrees is not None and not -most <= degrees <= most:
            raise InvalidCorrectionError(f"a {what} lies between -{most} and {most} degrees")
    if spot.name is None and spot.country is None and spot.latitude is None:
        raise InvalidCorrectionError("a place has a name, a country or coordinates; null says that none is known")
    plain: dict[str, Any] = msgspec.to_builtins(spot)
    return plain


def _parties(_: Record, value: Any) -> list[dict[str, Any]]:
    if _is_empty(value):
        return []
    if not isinstance(value, (list, tuple)) or len(value) > LONGEST:
        raise InvalidCorrectionError(
            f"who takes part is a list of at most {LONGEST} parties, each with a name and a kind"
        )
    found = []
    for each in value:
        party: Party = _struct(Party, each, "party")
        if party.name is None or not party.name.strip():
            raise InvalidCorrectionError("a party has a name")
        _one_of(EntityKind, "kind of party", party.kind, empty=False)
        _check_country(party.country, BODIES)
        if party.sector is not None and not SECTOR.fullmatch(party.sector):
            raise InvalidCorrectionError(f"{party.sector!r} is no sector; it has three capital letters, such as GOV")
        found.append(msgspec.to_builtins(party))
    return found


def _struct(kind: Any, value: Any, what: str) -> Any:
    """Return VALUE, a mapping, as KIND, its texts trimmed and empty ones left out."""
    known = kind.__struct_fields__
    if not isinstance(value, Mapping) or not set(value) <= set(known):
        raise InvalidCorrectionError(f"a {what} is a mapping with {', '.join(known)}")
    plain = {k: clean(v).strip()[:LONGEST] if isinstance(v, str) else v for k, v in value.items()}
    try:
        return msgspec.convert({k: v for k, v in plain.items() if v not in ("", None)}, type=kind)
    except (msgspec.ValidationError, OverflowError) as error:
        raise InvalidCorrectionError(f"a {what} can't be so: {clean(str(error))}") from error


def _check_country(code: str | None, others: frozenset[str]) -> None:
    if code is not None and code not in countries() and code not in others:
        raise InvalidCorrectionError(f"{code!r} is no country; write its ISO code of three letters, such as AFG")


_CHECKS: dict[str, Callable[[Record, Any], Any]] = {
    "type": _type, "mode": _mode, "status": _status, "interval": _interval, "grain": _grain, "place": _place,
    "actors": _parties, "recipients": _parties, "participants": _parties,
}  # fmt: skip
