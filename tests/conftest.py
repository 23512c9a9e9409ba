"""What several tests need: the example report, and the checks that every reading must pass."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dragoman.domain.reading import Reading
from dragoman.exports.schema import reading_schema
from dragoman.lexicon.rules import describe

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "harbour-talks.txt"
EXAMPLE_DAY = datetime.date(2024, 5, 14)


@pytest.fixture(scope="session")
def example_text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


@cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(reading_schema())


def contract_faults(reading: Reading) -> list[str]:
    """Return what in READING breaks the contract, nothing where it keeps it."""
    text = reading.report.text
    plain = reading.to_dict()
    import json

    faults = [error.message for error in _validator().iter_errors(json.loads(reading.to_json()))]
    ids = [f.id for f in reading.findings()]
    if len(ids) != len(set(ids)):
        faults.append("an id is used twice")
    known = set(ids)
    for finding in reading.findings():
        if not finding.evidence:
            faults.append(f"{finding.id} has no evidence")
        rules = [finding.found_by, *(r.rule for r in finding.why)]
        faults += [f"{finding.id}: nobody can explain {rule!r}" for rule in rules if describe(rule) is None]
    kinds = ("entities", "times", "places", "quotations", "events", "figures", "happenings")
    for finding in [f for kind in kinds for f in plain[kind]]:
        faults += [f"{finding['id']}: span {s} is not in the text" for s in _spans(finding) if not _inside(s, text)]
        faults += [f"{finding['id']}: refers to {i}" for i in _references(finding) if i not in known]
    return faults


SPANS = ("span", "speaker_span", "cue_span", "trigger", "who_span")


def _inside(span: list[int], text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _spans(finding: dict[str, Any]) -> list[list[int]]:
    found = list(finding["evidence"]) + [s for reason in finding["why"] for s in reason["spans"]]
    found += [finding[name] for name in SPANS if finding.get(name)]
    found += finding.get("content", [])
    found += [m["span"] if isinstance(m, dict) else m for m in finding.get("mentions", [])]
    return found + [cause["span"] for cause in finding.get("causes", [])]


def _references(finding: dict[str, Any]) -> list[str]:
    found = [*finding.get("actors", []), *finding.get("recipients", []), *finding.get("perpetrators", [])]
    found += [p["entity"] if isinstance(p, dict) else p for p in finding.get("participants", [])]
    names = ("speaker", "addressee", "within", "time", "place", "entity", "event")
    found += [finding[name] for name in names if finding.get(name)]
    found += list(finding.get("figures", []))
    source = finding.get("source")
    if isinstance(source, dict):
        found += [i for i in (source["quotation"], source["entity"]) if i]
    anchor = finding.get("anchor")
    return found + ([anchor] if anchor and anchor != "published" else [])
