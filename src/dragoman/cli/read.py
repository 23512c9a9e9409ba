"""`dragoman read`: reports in, readings out."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol

import msgspec

from dragoman.cli.errors import UsageError
from dragoman.cli.options import ACTORS_HELP, add_report_arguments, given, require_files
from dragoman.cli.output import colours_wanted, opened, print_error, progress
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.inputs.plain import InputError
from dragoman.inputs.reports import Arrived, is_jsonl, reports
from dragoman.reader import World

EXAMPLES = """\
examples:
  dragoman read report.txt                                   a page for the terminal
  dragoman read report.txt --format json --published 2017-02-07
  dragoman read - --format html -o report.html < report.txt  one self-contained page
  dragoman read --format jsonl reports.jsonl > readings.jsonl
  dragoman read report.txt --actors my-actors.csv --published 2017-02-07

A JSONL input has a report a line: {"id", "text", "published", "title", "source", "url"}; only "text" is required.
Exit status: 0 all read, 1 some report could not be read (the others are), 2 wrong usage.
"""


class Page(Protocol):
    """Makes a page for the terminal."""

    def __call__(self, reading: Reading, *, width: int, colours: bool) -> str:
        """Return READING as a page of lines of at most WIDTH columns."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = f"{EXAMPLES}\n{ACTORS_HELP}"
    add_file_arguments(parser, ["text", "json", "jsonl", "html"])


def add_file_arguments(parser: argparse.ArgumentParser, formats: Sequence[str], *, actors: bool = True) -> None:
    """Add the files, how they are read, and the FORMATS in which what is found goes out."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="text or .jsonl file; - is standard input")
    parser.add_argument("--format", choices=formats, default="text", help="(text)")
    parser.add_argument(
        "--input", choices=["text", "jsonl"], help="what the files hold (by ending; - with jsonl: jsonl)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    add_report_arguments(parser, actors=actors)


def run(options: argparse.Namespace) -> int:
    """Read the files and write the readings; return the exit status."""

    def read_whole(report: Report, world: World) -> Reading:
        from dragoman.api import read_report

        return read_report(report, world)

    def page(reading: Reading, *, width: int, colours: bool) -> str:
        from dragoman.exports.text import render_text

        return render_text(reading, width=width, colours=colours)

    return read_files(options, read_whole, page, classifier=True)


def read_files(
    options: argparse.Namespace, reader: Callable[[Report, World], Reading], page: Page, *, classifier: bool
) -> int:
    """Read the files that OPTIONS name with READER and write what it makes; return the exit status.

    PAGE makes the text that a person gets; the CLASSIFIER of events is left out where no event is asked for.
    """
    require_files(options.files)
    jsonl = None if options.input is None else options.input == "jsonl"
    about = given(options, jsonl)
    if jsonl is None and options.format == "jsonl" and options.files == ["-"]:
        about = msgspec.structs.replace(about, jsonl=True)
    several = len(options.files) > 1 or any(is_jsonl(name, about) for name in options.files)
    if several and options.format in ("json", "html"):
        raise UsageError(f"--format {options.format} takes one report; use --format jsonl for many")
    from dragoman.api import world_with

    try:
        world = world_with(options.actors, classifier=classifier)
    except InputError as error:
        print_error(options.command, error)
        return 1
    found = accepted(reports(options.files, about), options.force)
    with opened(options.output) as out:
        return _write(_readings(found, several, world, reader), options, out, page)


def _write(results: Iterable[Reading | InputError], options: argparse.Namespace, out: BinaryIO, page: Page) -> int:
    status, first = 0, True
    for result in results:
        if isinstance(result, InputError):
            status = 1
            print_error(options.command, result)
            if options.format == "jsonl":
                out.write(_error_line(result))
        elif options.format == "jsonl":
            out.write(result.to_json() + b"\n")
        elif options.format == "json":
            out.write(json.dumps(result.to_dict(), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")
        elif options.format == "html":
            from dragoman.exports.html import render_page

            out.write(render_page(result).encode("utf-8", "replace"))
        else:
            width = min(100, shutil.get_terminal_size((100, 24)).columns)
            told = page(result, width=width, colours=colours_wanted(options.output))
            out.write((told if first else "\n" + told).encode("utf-8", "replace"))
        first = False
    return status


def _error_line(error: InputError) -> bytes:
    from dragoman.exports.schema import ReadingError

    return msgspec.json.encode(ReadingError(id=error.given_id, line=error.line, error=str(error))) + b"\n"


def accepted(found: Iterable[Arrived | InputError], force: bool) -> Iterator[Report | InputError]:
    """Yield the reports of FOUND with their languages; what is too long or not English is refused, but for FORCE."""
    from dragoman.screening import screened

    for arrived in found:
        if isinstance(arrived, InputError):
            yield arrived
            continue
        report, wrong = screened(arrived.report)
        yield report if wrong is None or force else arrived.refused(f"{wrong.told}{wrong.joint} --force reads on")


def _readings(
    found: Iterable[Report | InputError], several: bool, world: World, reader: Callable[[Report, World], Reading]
) -> Iterator[Reading | InputError]:
    for report in progress(found, "reading") if several else found:
        yield report if isinstance(report, InputError) else reader(report, world)
