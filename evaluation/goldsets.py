"""The annotated sets under `../shared`, as reports ready to be read, with their parses cached on disk."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dragoman
from dragoman.actors import code_actor
from dragoman.api import make_report, shipped_parser, shipped_world
from dragoman.domain.parse import Parse
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.engines.spacy_parser import join, parser_digest
from dragoman.reader import World, read_parse

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DRAGOMAN_SHARED", ROOT.parent / "shared"))
CACHE = ROOT / ".cache" / "parses"


def article_reports(folder: Path) -> list[Report]:
    """Return the reports of an article folder (NAME.txt beside NAME.gold.json)."""
    found = []
    for gold_path in sorted(folder.glob("*.gold.json")):
        name = gold_path.name.removesuffix(".gold.json")
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        text = (folder / f"{name}.txt").read_bytes().decode("utf-8-sig")
        found.append(_report(text, gold.get("published"), name))
    return found


def task_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSONL gold set."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def task_reports(path: Path) -> list[Report]:
    """Return the reports of a JSONL gold set."""
    return [_report(row["text"], row.get("published"), row["id"]) for row in task_rows(path)]


def query_day(value: str | None) -> datetime.date | None:
    """Return the day that an actor phrase asks about, as its gold writes it ("'2022-05-01'", "'12 April 2022'")."""
    text = (value or "").strip("'\" ")
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def actor_codings(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield how the phrase of each of ROWS is coded, as `score_tasks.py actors` takes it, with the rule."""
    for row in rows:
        coding = code_actor(row["text"], query_day(row["options"].get("query_date")))
        country, sector, rule = (coding.country, coding.sector, coding.rule) if coding else (None, None, None)
        yield {"given_id": row["id"], "country": country, "sector": sector, "rule": rule}


def _report(text: str, published: str | None, name: str) -> Report:
    day = datetime.date.fromisoformat(published) if published else None
    return make_report(text, published=day, given_id=name)


def read_cached(reports: list[Report], world: World | None = None) -> Iterator[Reading]:
    """Yield the readings of REPORTS by WORLD (the shipped one)."""
    world = world or shipped_world()
    for report, parse in parse_cached(reports):
        yield read_parse(report, parse, world, dragoman.__version__)


def parse_cached(reports: list[Report]) -> Iterator[tuple[Report, Parse]]:
    """Yield REPORTS with their parses, spaCy's work taken from `.cache/parses` where it was done before."""
    parser = shipped_parser()
    key = hashlib.sha256((parser_digest() + "".join(r.id for r in reports)).encode()).hexdigest()[:16]
    path = CACHE / f"{key}.pickle"
    if path.exists():
        from spacy.tokens import DocBin

        data = pickle.loads(path.read_bytes())
        docs = list(DocBin().from_bytes(data["docs"]).get_docs(parser.nlp.vocab))
        offsets: list[list[int]] = data["offsets"]
    else:
        docs, offsets = _parse_and_keep(reports, path)
    position = 0
    for report, starts in zip(reports, offsets, strict=True):
        part = [(start, docs[position + n]) for n, start in enumerate(starts)]
        position += len(starts)
        yield report, join(report.text, part)


def _parse_and_keep(reports: list[Report], path: Path) -> tuple[list[Any], list[list[int]]]:
    from spacy.tokens import DocBin

    parts = shipped_parser().parse_docs([r.text for r in reports])
    docs = [doc for part in parts for _, doc in part]
    offsets = [[offset for offset, _ in part] for part in parts]
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"docs": DocBin(store_user_data=True, docs=docs).to_bytes(), "offsets": offsets}
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(pickle.dumps(kept))
    partial.replace(path)
    return docs, offsets
