"""Own reports become gold that the articles scorer reads."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from evaluation import evaluate, own_gold
from evaluation.goldsets import SHARED, article_reports

from dragoman.domain.spans import Span

needs_scorers = pytest.mark.skipif(
    not (SHARED / "score").exists(), reason="the shared scorers (../shared) are not here; set DRAGOMAN_SHARED"
)

TEXT = "The army of Ruritania shelled Graustark in May. It had shelled the town before.\n"


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def event(**fields: Any) -> SimpleNamespace:
    plain = {"type": "ASSAULT", "mode": "heavy-weapons", "status": "occurred", "country": "GRA", "source": None}
    rest = {"date": "2024-05", "background": False, "retold": [], "span": span("shelled")}
    return SimpleNamespace(**{"actors": ["army"], "recipients": ["gra", "unnamed"], **plain, **rest, **fields})


def report(slug: str = "border") -> SimpleNamespace:
    kinds = {"army": ("armed_group", "MIL"), "gra": ("government", "GOV"), "unnamed": ("population", "CVL")}
    return SimpleNamespace(
        slug=slug,
        published=datetime.date(2024, 6, 1),
        text=TEXT,
        entities={
            name: SimpleNamespace(id=name, kind=kind, country="GRA", sector=sector)
            for name, (kind, sector) in kinds.items()
        },
        mentions=[(span("It"), "army"), (span("The army of Ruritania"), "army"), (span("Graustark"), "gra")],
        events=[event(retold=[span("had shelled")], source="unnamed"), event(date=None, background=True)],
    )


@needs_scorers
def test_a_report_becomes_gold_by_offsets() -> None:
    gold = own_gold.as_gold(report())
    assert gold["published"] == "2024-06-01"
    assert [(e["id"], e["name"], e["mentions"]) for e in gold["entities"]] == [
        ("army", "The army of Ruritania", [[0, 8], [0, 21]]),
        ("gra", "Graustark", [[30, 39]]),
    ]
    first, second = gold["events"]
    assert TEXT[slice(*first["trigger"])] == "shelled"
    assert [TEXT[slice(*s)] for s in first["mentions"]] == ["had shelled"]
    assert (first["actors"], first["recipients"], first["source"]) == (["army"], ["gra"], None)
    assert first["interval"] == ["2024-05-01", "2024-05-31"]
    assert (second["interval"], second["background"], second["optional"]) == (None, True, False)
    assert (gold["figures"], gold["quotations"]) == ([], [])


@needs_scorers
def test_what_is_written_is_read_back_as_articles(tmp_path: Path) -> None:
    assert own_gold.write_gold([report("b"), report("a")], tmp_path) == 2
    assert [(r.given_id, r.text, str(r.published)) for r in article_reports(tmp_path)] == [
        ("a", TEXT, "2024-06-01"), ("b", TEXT, "2024-06-01"),
    ]  # fmt: skip
    keys = set(json.loads((tmp_path / "a.gold.json").read_text(encoding="utf-8"))["events"][0])
    seed = SHARED / "articles" / "seed.gold.json"
    assert keys == set(json.loads(seed.read_text(encoding="utf-8"))["events"][0])


@needs_scorers
def test_own_reports_are_scored_but_for_what_they_have_no_gold_of(monkeypatch: pytest.MonkeyPatch) -> None:
    gold = next(s for s in evaluate.SETS if s.name == "own-held-out")
    monkeypatch.setattr(evaluate, "held_out_reports", lambda: [report()])
    figures = evaluate.score(gold, quick=True)
    assert figures["events.type.f1"] > 0
    assert not [name for name in figures if name.startswith(("figures.", "quotations."))]


def test_without_own_reports_there_are_no_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(own_gold, "REPORTS", tmp_path)
    assert own_gold.held_out_reports() == []
    assert evaluate.score(next(s for s in evaluate.SETS if s.name == "own-held-out"), quick=True) == {}
