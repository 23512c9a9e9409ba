"""The filters that commands over records share."""

from __future__ import annotations

import argparse

from dragoman.cli.options import day
from dragoman.domain.codes import EventType, Status


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add which records are asked for."""
    parser.add_argument("--actor", metavar="NAME", help="who takes part: a name, words of one, or a country's code")
    parser.add_argument("--type", type=str.upper, choices=[t.value for t in EventType], help="PLOVER event type")
    parser.add_argument("--status", choices=[s.value for s in Status], help="what is said of it last")
    parser.add_argument("--country", type=str.upper, metavar="ISO3", help="where it happens, as AFG")
    parser.add_argument("--since", type=day, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--until", type=day, metavar="DAY", help="last day, YYYY-MM-DD")
    parser.add_argument("--text", metavar="WORDS", help="words of the sentences that tell it, all of them")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N records")
