"""Runs the examples of codebook entries: each `finds` must make its entry fire, each `ignores` must not.

They are read without the classifier, so that an example tells of its entry alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dragoman.api import codebook_world, make_report, read_reports
from dragoman.domain.findings import Finding
from dragoman.domain.reading import Reading
from dragoman.domain.spans import Span
from dragoman.inputs.jsonl import parse_day
from dragoman.lexicon.source import Entry

OF_THE_EXAMPLE = ("text", "published", "span")
BATCH = 64


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An example that did not turn out as its entry says."""

    entry: Entry
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.entry.file}:{self.entry.line}: {self.entry.id}: {self.problem}: {self.text!r}"


def run_examples(entries: Iterable[Entry]) -> Iterator[Failure]:
    """Yield every example of ENTRIES that fails, in order."""
    cases = [(e, x, True) for e in entries for x in e.finds] + [(e, x, False) for e in entries for x in e.ignores]
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        texts = [make_report(x["text"], published=_published(x)) for _, x, _ in batch]
        for (entry, example, wanted), reading in zip(batch, read_reports(texts, codebook_world()), strict=True):
            problem = _problem(reading, entry.id, example, wanted)
            if problem:
                yield Failure(entry=entry, text=example["text"], problem=problem)


def _published(example: dict[str, Any]) -> Any:
    return parse_day(str(example["published"])) if example.get("published") else None


def _problem(reading: Reading, rule: str, example: dict[str, Any], wanted: bool) -> str | None:
    fired = [f for f in reading.findings() if f.found_by == rule or any(r.rule == rule for r in f.why)]
    if not wanted:
        return "should not find, but does" if fired else None
    if not fired:
        return "finds nothing"
    misses = [_differs(f, example, reading.report.text) for f in fired]
    return None if any(m is None for m in misses) else f"finds, but {misses[0]}"


def _differs(finding: Finding, example: dict[str, Any], text: str) -> str | None:
    if "span" in example:
        spans = _spans(finding)
        if not any(s.surface(text) == example["span"] for s in spans):
            return f"span is {[s.surface(text) for s in spans]}, not {example['span']!r}"
    plain = msgspec.to_builtins(finding)
    for field, value in example.items():
        if field in OF_THE_EXAMPLE:
            continue
        if field not in plain:
            return f"a finding of this kind has no field {field!r}"
        found = plain[field]
        if found != value and str(found) != str(value):
            return f"{field} is {found!r}, not {value!r}"
    return None


def _spans(finding: Finding) -> list[Span]:
    for field in ("span", "trigger"):
        span = getattr(finding, field, None)
        if span is not None:
            return [span]
    content = getattr(finding, "content", None)
    if content is not None:
        return list(content)
    return [m.span for m in getattr(finding, "mentions", ())]
