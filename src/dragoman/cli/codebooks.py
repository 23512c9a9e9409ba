"""`dragoman codebooks`: list them, check them, show an entry."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml

from dragoman.cli.errors import UsageError
from dragoman.lexicon.rules import all_entries
from dragoman.lexicon.source import CodebookError, Entry, load_entries, parse_entries, topics

EXAMPLES = """\
examples:
  dragoman codebooks                         every topic with its number of entries
  dragoman codebooks list quotations         the entries of a topic
  dragoman codebooks show times.weekday      one entry with its examples
  dragoman codebooks check                   load all and run their examples
  dragoman codebooks check my-codebook.yaml  check the form of a file of your own
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("action", nargs="?", choices=["list", "check", "show"], default="list")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a topic, an entry's id, or a file to check")


def run(options: argparse.Namespace) -> int:
    """Do what is asked; return the exit status."""
    if options.action == "list":
        return _list(options.names)
    if options.action == "show":
        return _show(options.names)
    return _check(options.names)


def _list(names: list[str]) -> int:
    if not names:
        for topic in topics():
            entries = load_entries(topic)
            examples = sum(len(e.finds) + len(e.ignores) for e in entries)
            print(f"{topic:14} {len(entries):5} entries {examples:6} examples")
        return 0
    for topic in names:
        _known_topic(topic)
        for entry in load_entries(topic):
            print(f"{entry.id:48} {entry.about}")
    return 0


def _known_topic(topic: str) -> None:
    if topic not in topics():
        raise UsageError(f"no topic {topic!r}; there are {', '.join(topics())}")


def _show(names: list[str]) -> int:
    if not names:
        raise UsageError("name an entry's id; `dragoman codebooks list TOPIC` has them")
    known = all_entries()
    for name in names:
        if name not in known:
            near = [i for i in known if name in i][:5]
            raise UsageError(f"no entry {name!r}" + (f"; near: {', '.join(near)}" if near else ""))
        print(told(known[name]))
    return 0


def told(entry: Entry) -> str:
    """Return ENTRY as a person reads it."""
    lines = [f"{entry.id}   ({entry.file}:{entry.line})"]
    if entry.about:
        lines.append(f"  {entry.about}")
    if entry.fields:
        body = yaml.safe_dump(entry.fields, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)
        lines += [f"  {line}" for line in body.rstrip().splitlines()]
    lines += [f"  finds    {e['text']}" for e in entry.finds]
    lines += [f"  ignores  {e['text']}" for e in entry.ignores]
    return "\n".join(lines)


def _check(names: list[str]) -> int:
    if names and names[0] not in topics():
        return _check_files(names)
    from dragoman.checking import run_examples

    failed = 0
    for topic in names or topics():
        _known_topic(topic)
        entries = load_entries(topic)
        failures = list(run_examples(entries))
        failed += len(failures)
        for failure in failures:
            print(failure)
        print(f"{topic}: {len(entries)} entries, {len(failures)} examples fail")
    return 1 if failed else 0


def _check_files(names: list[str]) -> int:
    status = 0
    for name in names:
        try:
            entries = parse_entries(Path(name).read_text(encoding="utf-8"), "own", name)
            print(f"{name}: {len(entries)} entries, well formed")
        except CodebookError as error:
            status = 1
            print(error, file=sys.stderr)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{name}: can't be read: {error}") from error
    return status
