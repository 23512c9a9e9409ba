"""Options that several commands share."""

from __future__ import annotations

import argparse
import datetime

from dragoman.cli.errors import UsageError
from dragoman.inputs.reports import Given


def day(value: str) -> datetime.date:
    """Return the day that VALUE (YYYY-MM-DD, or an ISO date-time) names."""
    try:
        return datetime.datetime.fromisoformat(value).date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no day; write it like 2017-02-07") from error


ACTORS_HELP = """\
An actor file (--actors) goes before the shipped lists. CSV with a header line, or a YAML list of mappings:
  name,aliases,kind,country,sector,role,since,until,member_of,id
  Front for Zarn,FFZ|the Front,armed_group,KEN,REB,,2015,2019-06-30,,ffz-rebels
  Front for Zarn,FFZ|the Front,organization,KEN,PTY,,2019-07-01,,,ffz-party
"""


def add_actors_argument(parser: argparse.ArgumentParser) -> None:
    """Add the user's own actor file."""
    parser.add_argument("--actors", metavar="FILE", help="your own actors (.csv, .yaml), before the shipped lists")


def add_report_arguments(parser: argparse.ArgumentParser, *, actors: bool = True) -> None:
    """Add what is said of a report: its day, title, source and encoding; and, where they matter, the user's ACTORS."""
    parser.add_argument("--published", type=day, metavar="DAY", help="day of publication, YYYY-MM-DD")
    parser.add_argument("--title", help="the report's title")
    parser.add_argument("--source", help="who published it")
    parser.add_argument("--encoding", default="utf-8", help="encoding of text files (utf-8)")
    if actors:
        add_actors_argument(parser)
    else:
        parser.set_defaults(actors=None)
    parser.add_argument("--force", action="store_true", help="read on where a text is not English or too long")


def given(options: argparse.Namespace, jsonl: bool | None = None) -> Given:
    """Return what OPTIONS say of the reports."""
    return Given(
        published=options.published,
        title=options.title,
        source=options.source,
        encoding=options.encoding,
        jsonl=jsonl,
    )


def require_files(files: list[str]) -> None:
    """Raise UsageError where standard input is named twice."""
    if files.count("-") > 1:
        raise UsageError("standard input (-) can be read only once")
