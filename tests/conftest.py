"""What several tests need: the example report, and the checks that every reading must pass."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import create_engine, make_url, text

from dragoman.domain.reading import Reading
from dragoman.exports.schema import reading_schema
from dragoman.lexicon.rules import describe
from dragoman.store.opening import Store, open_store

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "harbour-talks.txt"
EXAMPLE_DAY = datetime.date(2024, 5, 14)
SERVER = os.environ.get("DRAGOMAN_TEST_DATABASE")
"""The URL of a PostgreSQL database, where the store's tests are to run against one too (`make test-postgres`)."""


@pytest.fixture(scope="session")
def example_text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture(params=["file", "server"] if SERVER else ["file"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where an empty store can be made: a file, and a database of the server."""
    return _empty_database() if request.param == "server" else str(tmp_path / "a.db")


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


def _empty_database() -> str:
    """Make a database for this test process, anew, and return its URL."""
    assert SERVER is not None
    name = f"dragoman_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name} template template0 encoding 'UTF8'"))
    engine.dispose()
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


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
