"""Reads every annotated set, scores it with the shared scorers, and compares with the pinned results.

python -m evaluation.evaluate [--quick] [--pin] [--only SET ...]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from dragoman.domain.report import Report
from dragoman.reader import World
from evaluation.clusters.made_set import clusters, reports_of
from evaluation.clusters.scoring import records_of, summary
from evaluation.clusters.scoring import score as score_clusters
from evaluation.goldsets import ROOT, SHARED, actor_codings, article_reports, read_cached, task_reports, task_rows
from evaluation.own_gold import REPORTS, held_out_reports, write_gold

PINNED = ROOT / "evaluation" / "results.json"
SLACK = 0.5
"""Points that a pinned figure may fall by before the check fails."""

SCORES = SHARED / "score"
GOLD = SHARED / "gold"


class GoldSet(msgspec.Struct, frozen=True):
    """One set: its name, its task, its file or folder, and how many documents the quick run reads.

    The task `own` is that of own reports, which are made into articles; `clusters` that of made clusters, all in one
    store.
    """

    name: str
    task: str
    path: Path
    quick: int


SETS = (
    GoldSet("seed", "articles", SHARED / "articles", 1),
    GoldSet("articles-dev", "articles", SHARED / "articles" / "dev", 11),
    GoldSet("own-held-out", "own", REPORTS, 1),
    GoldSet("plover-sentences", "plover", GOLD / "plover-sentences" / "train.jsonl", 200),
    GoldSet("actors", "actors", GOLD / "actors" / "ngec.jsonl", 1000),
    GoldSet("quotations-dev", "quotations", GOLD / "quotations" / "dev.jsonl", 20),
    GoldSet("timebank", "times", GOLD / "times" / "timebank.jsonl", 40),
    GoldSet("aquaint", "times", GOLD / "times" / "aquaint.jsonl", 20),
    GoldSet("geowebnews", "places", GOLD / "places" / "geowebnews.jsonl", 30),
    GoldSet("lgl", "places", GOLD / "places" / "lgl.jsonl", 60),
    GoldSet("clusters", "clusters", ROOT / "evaluation" / "clusters" / "data", 60),
)

REFERENCE = {
    "seed events.type.f1": "target 85", "seed events.who.f1": "target 75", "seed events.full.f1": "target 65",
    "seed plans.f1": "target 100", "seed figures.full.f1": "target 100", "seed quotations.speaker.f1": "target 85",
    "articles-dev events.type.f1": "target 50", "articles-dev figures.number.f1": "target 70",
    "articles-dev quotations.content.f1": "target 65", "articles-dev entities.found.accuracy": "target 80",
    "plover-sentences root_macro_f1": "82.1 with ends given", "plover-sentences quad_macro_f1": "89.2 with ends given",
    "timebank value.f1": "HeidelTime 77.6", "timebank strict.f1": "HeidelTime 81.3",
    "timebank relaxed.f1": "HeidelTime 90.3",
    "clusters development.pairs.f1": "target 90", "clusters kept.pairs.f1": "target 90",
    "clusters development.ranges": "target 90", "clusters kept.ranges": "target 90",
    "geowebnews within_161_km_of_found": "Mordecai 3 94.1", "lgl within_161_km_of_found": "Mordecai 3 82.7",
}  # fmt: skip

NOT_PINNED = ("gold", "sentences", "none", "phrases", "articles", "of", "precision", "recall")

NOT_OWN = ("figures.", "quotations.")
"""What own reports have no gold of."""


def score(gold: GoldSet, quick: bool, world: World | None = None) -> dict[str, float]:
    """Return the figures of one set read by WORLD (the shipped one), flat: `events.type.f1` and the like, in percent.

    There are none for own reports where there are no own reports.
    """
    if gold.task == "clusters":
        made = clusters(gold.path)
        return summary(score_clusters(made, records_of(read_cached([r for c in made for r in reports_of(c)], world))))
    with tempfile.TemporaryDirectory() as folder:
        readings = Path(folder) / "readings.jsonl"
        if gold.task in ("articles", "own"):
            articles = gold.path if gold.task == "articles" else Path(folder)
            if gold.task == "own" and not write_gold(held_out_reports(), articles):
                return {}
            _write(readings, article_reports(articles), world)
            command = [str(SCORES / "score_articles.py"), "--gold", str(articles), "--readings", str(readings)]
            return {k: v for k, v in _flat(_run(command)) if not (gold.task == "own" and k.startswith(NOT_OWN))}
        rows = task_rows(gold.path)[: gold.quick if quick else None]
        part = Path(folder) / "gold.jsonl"
        part.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        if gold.task == "actors":
            lines = (json.dumps(coding) + "\n" for coding in actor_codings(rows))
            readings.write_text("".join(lines), encoding="utf-8")
        else:
            _write(readings, task_reports(part), world)
        command = [str(SCORES / "score_tasks.py"), gold.task, "--gold", str(part), "--readings", str(readings)]
        return dict(_flat(_run(command)))


def _write(path: Path, reports: list[Report], world: World | None) -> None:
    with path.open("wb") as out:
        for reading in read_cached(reports, world):
            out.write(reading.to_json() + b"\n")


def _run(command: list[str]) -> dict[str, Any]:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _flat(result: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for key, value in result.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        elif key not in NOT_PINNED:
            yield f"{prefix}{key}", float(value)


def load_pinned() -> dict[str, dict[str, dict[str, float]]]:
    """Return the pinned results: `full` and `quick`, each set's figures."""
    pinned: dict[str, dict[str, dict[str, float]]] = json.loads(PINNED.read_text(encoding="utf-8"))
    return pinned


def drops(name: str, now: dict[str, float], pinned: dict[str, float]) -> list[str]:
    """Return a line for every pinned figure that fell by more than SLACK points or is gone."""
    return [
        f"{name} {figure}: {now.get(figure)} now, {value} pinned"
        for figure, value in pinned.items()
        if now.get(figure, 0.0) < value - SLACK
    ]


def main() -> int:
    """Score the sets, print the table, and pin where asked; 1 where a pinned figure fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="the part of each set that `make test` reads")
    parser.add_argument("--pin", action="store_true", help="write evaluation/results.json, full and quick")
    parser.add_argument("--only", nargs="+", choices=[s.name for s in SETS], help="only these sets")
    options = parser.parse_args()
    if not SHARED.exists():
        print(f"no annotated data at {SHARED}; set DRAGOMAN_SHARED", file=sys.stderr)
        return 2
    pinned = load_pinned() if PINNED.exists() else {"full": {}, "quick": {}}
    fell: list[str] = []
    for mode in ("full", "quick") if options.pin else (("quick",) if options.quick else ("full",)):
        print(f"{mode + ': set':18} {'figure':26} {'now':>6} {'pinned':>7}  reference")
        for gold in SETS:
            if options.only and gold.name not in options.only:
                continue
            now = score(gold, mode == "quick")
            if not now:
                print(f"{gold.name:18} skipped: nothing in {gold.path}")
                continue
            before = pinned[mode].get(gold.name, {})
            for figure, value in now.items():
                known = f"{before[figure]:7.1f}" if figure in before else "      -"
                note = REFERENCE.get(f"{gold.name} {figure}", "")
                print(f"{gold.name:18} {figure:26} {value:6.1f} {known}  {note}".rstrip(), flush=True)
            fell += drops(gold.name, now, before)
            pinned[mode][gold.name] = now
    if options.pin:
        PINNED.write_text(json.dumps(pinned, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for line in fell:
        print(f"fell: {line}", file=sys.stderr)
    return 1 if fell and not options.pin else 0


if __name__ == "__main__":
    sys.exit(main())
