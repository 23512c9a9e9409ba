"""Readings that were made elsewhere, as `dragoman read --format jsonl` writes them: one a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from dragoman.domain.dates import first_day
from dragoman.domain.reading import Reading
from dragoman.domain.report import content_id
from dragoman.domain.spans import Span
from dragoman.inputs.plain import InputError

_READING = msgspec.json.Decoder(Reading)


class _Head(msgspec.Struct):
    schema: str | None = None
    id: str | None = None
    error: str | None = None


def is_output(data: bytes) -> bool:
    """Tell whether a line is what `dragoman read` writes: a reading, or the reason why there is none."""
    if b"dragoman." not in data:
        return False
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return head.schema is not None and head.schema.startswith(("dragoman.reading/", "dragoman.error/"))


def reading_or_error(data: bytes, name: str, number: int) -> Reading | InputError:
    """Return the reading of one line that `is_output`, or the InputError that tells what is wrong with it."""
    head = msgspec.json.decode(data, type=_Head)
    if head.schema is not None and head.schema.startswith("dragoman.error/"):
        return InputError(name, f"this report could not be read: {head.error}", number, head.id)
    try:
        reading = _READING.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return InputError(name, f"not a reading of this version's form: {error}", number)
    fault = fault_of(reading)
    return reading if fault is None else InputError(name, f"not a reading: {fault}", number, reading.report.given_id)


def fault_of(reading: Reading) -> str | None:
    """Return what contradicts itself in READING, None where nothing does."""
    text = reading.report.text
    try:
        if content_id(text) != reading.report.id:
            return "its id is not that of its text"
    except ValueError:
        return "its text holds half of a surrogate pair"
    for finding in reading.findings():
        for value in _values(finding):
            if isinstance(value, Span) and not 0 <= value.start < value.end <= len(text):
                return f"{finding.id} has words outside the text"
        for field in ("interval", "period"):
            if not _is_interval(getattr(finding, field, None)):
                return f"{finding.id} has an {field} that is none"
    return None


def _values(value: object) -> Iterator[object]:
    """Yield VALUE and all that is in it."""
    yield value
    if isinstance(value, Span):
        return
    if isinstance(value, msgspec.Struct):
        value = msgspec.structs.astuple(value)
    if isinstance(value, tuple):
        for part in value:
            yield from _values(part)


def _is_interval(value: Any) -> bool:
    try:
        return value is None or all(end is None or (len(end) == 10 and first_day(end)) for end in value)
    except ValueError:
        return False
