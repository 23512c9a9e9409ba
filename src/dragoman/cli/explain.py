"""`dragoman explain`: why each field of a finding, or of a record of the store, has its value."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from typing import Any

import msgspec

from dragoman.cli.errors import UsageError
from dragoman.cli.options import ACTORS_HELP, add_report_arguments, given
from dragoman.cli.output import print_error
from dragoman.cli.storing import add_store_argument, store_of
from dragoman.domain.findings import Finding, Reason
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.exports.text import printable
from dragoman.inputs.plain import InputError, decode, read_bytes
from dragoman.inputs.reports import reports
from dragoman.lexicon.rules import describe

EXAMPLES = """\
examples:
  dragoman explain report.txt e1 --published 2017-02-07
  dragoman explain reading.json           a reading that `dragoman read --format json` wrote
  dragoman explain report.txt             every finding
  dragoman explain r-3f2a9c01d4b75e68-120-126 status
  dragoman explain 3f2a9c01d4b75e68-120-126 --format json

Of a record (or the record of a claim) it tells, for each field or the one named: the claims for and against, their
words, the rule that chose, what people judged and corrected, and why the claims are held to be one happening.
"""
OF_STORE = re.compile(r"r-.*|[0-9a-f]{16}-\d+-\d+")
"""What ids of records and claims look like."""

SILENT = {"id", "evidence", "why", "found_by", "confidence"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = f"{EXAMPLES}\n{ACTORS_HELP}"
    parser.add_argument(
        "file", metavar="FILE|ID", help="a report, a reading in JSON (- is standard input), or a record"
    )
    parser.add_argument("ids", nargs="*", metavar="WHAT", help="findings, such as e1 q2 f1, or a record's field (all)")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="(text)")
    add_store_argument(parser)
    add_report_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print the explanation; return the exit status."""
    if OF_STORE.fullmatch(options.file) and not os.path.exists(options.file):
        return _of_record(options)
    try:
        reading = _reading(options)
    except InputError as error:
        print_error("explain", error)
        return 1
    found = {f.id: f for f in reading.findings()}
    for name in options.ids:
        if name not in found:
            raise UsageError(f"no finding {name!r}; there are {', '.join(found) or 'none'}")
    for name in options.ids or list(found):
        if options.format == "json":
            sys.stdout.buffer.write(msgspec.json.encode(found[name]) + b"\n")
            continue
        print(explained(reading, found[name]))
        print()
    return 0


def _of_record(options: argparse.Namespace) -> int:
    from dragoman.exports.explanations import explanation_page
    from dragoman.store.explaining import explanation

    if len(options.ids) > 1:
        raise UsageError("name one field of the record, or none")
    with store_of(options) as store:
        found = explanation(store, options.file, options.ids[0] if options.ids else None)
    if options.format == "json":
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        sys.stdout.buffer.write(explanation_page(found).encode("utf-8", "replace"))
    return 0


def _reading(options: argparse.Namespace) -> Reading:
    data = read_bytes(options.file)
    if data.lstrip()[:1] == b"{" and b'"dragoman.reading/1"' in data[:2000]:
        try:
            return msgspec.json.decode(data, type=Reading)
        except msgspec.ValidationError as error:
            raise InputError(options.file, f"not a reading of this version: {error}") from error
        except msgspec.DecodeError as error:
            raise InputError(options.file, f"not JSON: {error}") from error
    from dragoman.api import read_report, world_with

    world = world_with(options.actors)
    if options.file == "-":
        return read_report(_from_text(decode(data, "-", options.encoding), options), world)
    found = next(iter(reports([options.file], given(options))), InputError(options.file, "holds no report"))
    if isinstance(found, InputError):
        raise found
    return read_report(found.report, world)


def _from_text(text: str, options: argparse.Namespace) -> Report:
    from dragoman.api import make_report

    return make_report(text, published=options.published, title=options.title, source=options.source, language=None)


def explained(reading: Reading, finding: Finding) -> str:
    """Return why FINDING and each of its fields is what it is, as a person reads it."""
    text = reading.report.text
    kind = type(finding).__name__.lower()
    words = " … ".join(_quoted(text, s.start, s.end) for s in finding.evidence)
    lines = [f"{finding.id}  {kind}  {words}", f"  confidence {finding.confidence:.2f}"]
    lines += _rule("found by", finding.found_by)
    reasons: dict[str, list[Reason]] = {}
    for reason in finding.why:
        reasons.setdefault(reason.field, []).append(reason)
    values = msgspec.to_builtins(finding)
    for field, value in values.items():
        if field in SILENT or (field not in reasons and value in (None, [], False)):
            continue
        lines.append(f"  {field}: {printable(_value(reading, value))}")
        for reason in reasons.get(field, []):
            lines += _reason(text, reason)
    return "\n".join(lines)


def _reason(text: str, reason: Reason) -> list[str]:
    lines = _rule("    by", reason.rule)
    if reason.spans:
        lines.append("      words: " + ", ".join(_quoted(text, s.start, s.end) for s in reason.spans))
    if isinstance(reason.listed_at, str):
        lines.append(f"      listed at: {printable(reason.listed_at)}")
    lines += [f"      considered: {printable(other)}" for other in reason.considered]
    return lines


def _rule(word: str, rule: str) -> list[str]:
    entry = describe(rule)
    return [f"  {word} {rule}" + (f" - {entry.about}" if entry and entry.about else "")]


def _quoted(text: str, start: int, end: int) -> str:
    surface = text[start:end] if end - start <= 120 else f"{text[start : start + 60]} … {text[end - 50 : end]}"
    return f"“{printable(surface)}” [{start}, {end}]"


def _value(reading: Reading, value: Any) -> str:
    names = {e.id: e.name for e in reading.entities}
    if isinstance(value, str) and value in names:
        return f"{value} ({names[value]})"
    if isinstance(value, list) and value and all(isinstance(v, str) and v in names for v in value):
        return ", ".join(f"{v} ({names[v]})" for v in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
