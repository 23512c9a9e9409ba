"""Reports as JSON lines: `{"id", "text", "published", "title", "source", "url"}`, only `text` required."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dragoman.inputs.plain import MAX_BYTES, InputError

FIELDS = ("id", "text", "published", "title", "source", "url")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One input line that could be read, with its line number from 1."""

    line: int
    given_id: str | None
    text: str
    published: datetime.date | None
    title: str | None
    source: str | None
    url: str | None


def open_lines(name: str, stdin: BinaryIO) -> BinaryIO:
    """Return the file NAME, or STDIN for `-`, open for reading. Raises InputError where it can't be opened."""
    if name == "-":
        return stdin
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(name, f"can't be opened: {error.strerror or error}") from error


def rows(lines: BinaryIO, name: str) -> Iterator[Row | InputError]:
    """Yield each line of LINES as a Row, or as the InputError that tells why it is none; blank lines are none."""
    for line in numbered_lines(lines, name):
        yield line if isinstance(line, InputError) else row_or_error(line[1], name, line[0])


def numbered_lines(lines: BinaryIO, name: str) -> Iterator[tuple[int, bytes] | InputError]:
    """Yield each line of LINES that is not blank, with its number from 1, or the InputError of one that is too long."""
    number = 0
    while data := lines.readline(MAX_BYTES + 1):
        number += 1
        if len(data) > MAX_BYTES:
            while data and not data.endswith(b"\n"):
                data = lines.readline(MAX_BYTES + 1)
            yield InputError(name, f"line is longer than {MAX_BYTES // 1_000_000} MB", number)
        elif data.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, data


def row_or_error(data: bytes, name: str, number: int) -> Row | InputError:
    """Return the report of one line, or the InputError that tells why it is none."""
    try:
        return parse_row(data, name, number)
    except InputError as error:
        return error


def parse_row(data: bytes, name: str, number: int) -> Row:
    """Return the report of one line. Raises InputError with file and line where it is none."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise InputError(name, f"not UTF-8: byte {error.start} of the line is 0x{byte:02x}", number) from error
    except json.JSONDecodeError as error:
        raise InputError(name, f"not JSON: {error.msg} at column {error.colno}", number) from error
    except RecursionError as error:
        raise InputError(name, "not a report: nested too deeply", number) from error
    except ValueError as error:
        raise InputError(name, f"not JSON that can be read: {error}", number) from error
    if not isinstance(value, dict):
        raise InputError(name, "a line must be an object with at least `text`", number)
    given_id = value.get("id")
    if isinstance(given_id, int) and not isinstance(given_id, bool):
        given_id = str(given_id)
    row_id = given_id if isinstance(given_id, str) else None
    if given_id is not None and row_id is None:
        raise InputError(name, "`id` must be text", number)

    def text_or_none(field: str) -> str | None:
        found = value.get(field)
        if found is not None and not isinstance(found, str):
            raise InputError(name, f"`{field}` must be text or null", number, row_id)
        return found

    text = text_or_none("text")
    if text is None:
        raise InputError(name, "no `text`", number, row_id)
    if not text.strip():
        raise InputError(name, "`text` is empty", number, row_id)
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise InputError(name, "`text` holds half of a surrogate pair", number, row_id)
    if "\x00" in text:
        raise InputError(name, "`text` is binary (it holds a zero character)", number, row_id)
    return Row(
        line=number,
        given_id=row_id,
        text=text.removeprefix("\ufeff"),
        published=_day(value.get("published"), name, number, row_id),
        title=text_or_none("title"),
        source=text_or_none("source"),
        url=text_or_none("url"),
    )


def _day(value: Any, name: str, number: int, given_id: str | None) -> datetime.date | None:
    if value is None or value == "":
        return None
    try:
        return parse_day(value)
    except (TypeError, ValueError) as error:
        raise InputError(name, f"`published` must read like 2017-02-07, not {value!r}", number, given_id) from error


def parse_day(value: str) -> datetime.date:
    """Return the day of an ISO 8601 date or date-time. Raises ValueError (or TypeError) for anything else."""
    return datetime.datetime.fromisoformat(value).date()
