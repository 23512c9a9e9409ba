"""Turns what the user names (files, standard input, JSONL) into reports, or into the reasons why not."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec

from dragoman.domain.codes import PublishedFrom
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report, content_id
from dragoman.inputs.jsonl import Row, numbered_lines, open_lines, row_or_error, rows
from dragoman.inputs.plain import InputError, decode, read_bytes
from dragoman.inputs.readings import is_output, reading_or_error

JSONL_ENDINGS = (".jsonl", ".ndjson")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of the reports: stands where a report itself says nothing."""

    published: datetime.date | None = None
    title: str | None = None
    source: str | None = None
    encoding: str = "utf-8"
    jsonl: bool | None = None


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A report and where it came from: the file's name, and the line from 1 where the file has many reports."""

    report: Report
    name: str
    line: int | None = None

    def refused(self, problem: str) -> InputError:
        """Return the error that tells why this report is not read after all."""
        return InputError(self.name, problem, self.line, self.report.given_id)


def reports(names: Iterable[str], given: Given) -> Iterator[Arrived | InputError]:
    """Yield the report of each file in NAMES (`-` is standard input), or of each line where a file is JSONL.

    Whatever can't be read is yielded as an InputError in its place, and the rest goes on.
    """
    for name in names:
        try:
            if is_jsonl(name, given):
                yield from _from_lines(name, given)
            else:
                yield Arrived(report=_from_file(name, given), name=name)
        except InputError as error:
            yield error


def reports_and_readings(names: Iterable[str], given: Given) -> Iterator[Arrived | Reading | InputError]:
    """Yield what `reports` does, and a line of JSONL that is a reading made elsewhere as that reading."""
    for name in names:
        if not is_jsonl(name, given):
            yield from reports([name], given)
            continue
        try:
            with open_lines(name, sys.stdin.buffer) as lines:
                for line in numbered_lines(lines, name):
                    if isinstance(line, InputError):
                        yield line
                    elif is_output(line[1]):
                        yield reading_or_error(line[1], name, line[0])
                    else:
                        yield _arrived(row_or_error(line[1], name, line[0]), name, given)
        except InputError as error:
            yield error


def _from_lines(name: str, given: Given) -> Iterator[Arrived | InputError]:
    with open_lines(name, sys.stdin.buffer) as lines:
        for row in rows(lines, name):
            yield _arrived(row, name, given)


def _arrived(row: Row | InputError, name: str, given: Given) -> Arrived | InputError:
    return row if isinstance(row, InputError) else Arrived(report=_from_row(row, given), name=name, line=row.line)


def is_jsonl(name: str, given: Given) -> bool:
    """Tell whether NAME holds JSON lines: by what the user says, else by its ending."""
    return given.jsonl if given.jsonl is not None else name.lower().endswith(JSONL_ENDINGS)


def _from_file(name: str, given: Given) -> Report:
    given_id = None if name == "-" else PurePath(name).stem
    try:
        text = decode(read_bytes(name), name, given.encoding)
    except InputError as error:
        raise InputError(error.name, error.problem, error.line, given_id) from error
    return _report(text, given_id, given.published, given.title, given.source, None)


def _from_row(row: Row, given: Given) -> Report:
    return _report(
        row.text,
        row.given_id,
        row.published or given.published,
        row.title if row.title is not None else given.title,
        row.source if row.source is not None else given.source,
        row.url,
    )


def _report(
    text: str, given_id: str | None, published: datetime.date | None, title: str | None, source: str | None,
    url: str | None,
) -> Report:  # fmt: skip
    return Report(
        id=content_id(text),
        given_id=given_id,
        title=title,
        source=source,
        url=url,
        published=published,
        published_from=PublishedFrom.GIVEN if published else None,
        text=text,
    )
