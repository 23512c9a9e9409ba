"""`dragoman actor`: how a name or noun phrase is coded."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from dragoman.cli.errors import UsageError
from dragoman.cli.options import ACTORS_HELP, add_actors_argument, day
from dragoman.cli.output import print_error
from dragoman.inputs.jsonl import open_lines, rows
from dragoman.inputs.plain import InputError

EXAMPLES = """\
examples:
  dragoman actor "the Russian foreign minister" --published 2017-02-07
  dragoman actor "heavily armed police" "US-led forces"
  dragoman actor "Front for Zarn" --actors my-actors.csv --published 2017-02-07
  dragoman actor --format jsonl phrases.jsonl      lines {"id", "text", "published"}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = f"{EXAMPLES}\n{ACTORS_HELP}"
    parser.add_argument(
        "phrases", nargs="+", metavar="PHRASE", help="a name or noun phrase; a file with --format jsonl"
    )
    parser.add_argument("--published", type=day, metavar="DAY", help="the day on which offices are looked up")
    add_actors_argument(parser)
    parser.add_argument("--format", choices=["text", "jsonl"], default="text", help="(text)")


def run(options: argparse.Namespace) -> int:
    """Code the phrases and print them; return the exit status."""
    from dragoman.actors import code_actor
    from dragoman.api import world_with

    try:
        actors = world_with(options.actors).actors
    except InputError as error:
        print_error("actor", error)
        return 1
    if options.format == "text":
        for phrase in options.phrases:
            if not phrase.strip():
                raise UsageError("a phrase is empty")
            print(_told(phrase, _plain(code_actor(phrase, options.published, actors))))
        return 0
    status = 0
    for row in _phrases(options.phrases):
        if isinstance(row, InputError):
            status = 1
            print_error("actor", row)
            print(json.dumps({"schema": "dragoman.error/1", "id": row.given_id, "line": row.line, "error": str(row)}))
            continue
        coding = _plain(code_actor(row.text, row.published or options.published, actors))
        print(json.dumps({"given_id": row.given_id, "text": row.text, **coding}, ensure_ascii=False))
    return status


def _phrases(files: list[str]) -> Iterator[Any]:
    for name in files:
        try:
            yield from rows(open_lines(name, sys.stdin.buffer), name)
        except InputError as error:
            yield error


def _plain(coding: Any) -> dict[str, Any]:
    import msgspec

    fields = ("kind", "country", "sector", "role", "name", "same_as", "rule", "certain", "considered")
    if coding is None:
        return {**dict.fromkeys(fields), "same_as": [], "considered": []}
    plain = msgspec.to_builtins(coding)
    return {field: plain[field] for field in fields} | ({"listed_at": plain["listed_at"]} if coding.listed_at else {})


def _told(phrase: str, coding: dict[str, Any]) -> str:
    if coding["rule"] is None:
        return f"{phrase}\n  not known: no codebook entry, name or office fits"
    lines = [phrase]
    for field in ("name", "kind", "country", "sector", "role"):
        if coding[field]:
            lines.append(f"  {field:8} {coding[field]}")
    for same in coding["same_as"]:
        lines.append(f"  {'same as':8} {same['scheme']}:{same['id']}")
    lines.append(f"  {'by':8} {coding['rule']} ({coding['certain']:.2f})")
    if coding.get("listed_at"):
        lines.append(f"  {'listed':8} {coding['listed_at']}")
    lines += [f"  {'not':8} {other}" for other in coding["considered"]]
    return "\n".join(lines)
