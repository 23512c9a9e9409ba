"""Learns how much each sign counts when a place is chosen among those of its name (conditional logistic regression).

    python -m training.place_ranking GOLD.jsonl... [--half even|odd] [--to FILE]

Every gold toponym with coordinates that the stage finds is one example: the options within 161 km of the gold point
are right, the others wrong. The weights of the first round are learned on the odds by population, those of the second
on the odds of the first. Newton's method on the whole, with a small ridge: the same data give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from evaluation.goldsets import parse_cached, task_reports, task_rows

from dragoman.api import codebook_world
from dragoman.domain.globe import kilometres
from dragoman.stages.places.ranking import WEIGHTS, prior_odds, softmax
from dragoman.stages.places.resolution import name_list
from dragoman.stages.places.support import FEATURES, Name, features
from dragoman.stages.places.toponyms import find_toponyms

REACH_KM = 161.0
RIDGE = 0.0005
ROUNDS = 2
STEPS = 400
FLOORS = {"capital": 2.0, "same_as_division": 1.0, "holds": 3.0, "peers": 2.5}
"""Weights that the sets, which lean to the USA and have few of these, would set too low: world news speaks of capitals,
of a province's seat rather than of the province that is named for it, and "Tacoma, Washington" is clear."""
IGNORED = frozenset({"Non_Toponym", "Homonym", "Language", "Demonym"})

Labelled = tuple[list[Name], list[np.ndarray | None], list[float]]
"""The names of a report, for each the mask of the right options (None where unlabelled), and how often each is."""


def half(name: object) -> str:
    """Return the half that a report belongs to by the hash of its id."""
    return "odd" if int(hashlib.md5(str(name).encode()).hexdigest(), 16) % 2 else "even"


def labelled(path: Path, wanted: str | None) -> Iterator[Labelled]:
    """Yield the reports of the gold set at PATH, those of one half where WANTED names it."""
    gazetteer = codebook_world().gazetteer
    for row, (_, parse) in zip(task_rows(path), parse_cached(task_reports(path)), strict=True):
        if wanted is not None and half(row["id"]) != wanted:
            continue
        toponyms = find_toponyms(parse, gazetteer)
        keys, names = name_list(parse, toponyms, gazetteer)
        masks: list[np.ndarray | None] = [None] * len(names)
        counts = [0.0] * len(names)
        at = {n.key: i for i, n in enumerate(names)}
        for key, toponym in zip(keys, toponyms, strict=True):
            gold = _gold(row["places"], toponym.span.start, toponym.span.end)
            name = names[at[key]]
            if gold is None or len(name.options) < 2:
                continue
            mask = np.array([_near(o.place.latitude, o.place.longitude, gold) for o in name.options])
            if mask.any() and not mask.all():
                masks[at[key]] = mask
                counts[at[key]] += 1.0
        yield names, masks, [math.sqrt(c) for c in counts]


def _gold(places: list[dict[str, Any]], start: int, end: int) -> tuple[float, float] | None:
    for place in places:
        first, last = place["span"]
        if first < end and start < last and place.get("kind") not in IGNORED and place["latitude"] is not None:
            return place["latitude"], place["longitude"]
    return None


def _near(latitude: float | None, longitude: float | None, gold: tuple[float, float]) -> bool:
    if latitude is None or longitude is None:
        return False
    return kilometres(latitude, longitude, *gold) <= REACH_KM


def learn(examples: list[tuple[np.ndarray, np.ndarray, float]]) -> np.ndarray:
    """Return the weights under which the right options of EXAMPLES (features, mask, count) are likeliest."""
    weights = np.zeros(len(FEATURES))
    total = sum(e[2] for e in examples)
    for _ in range(STEPS):
        slope = -RIDGE * weights
        curve = RIDGE * np.eye(len(FEATURES))
        for rows, mask, count in examples:
            odds = softmax(rows @ weights)
            right = np.where(mask, odds, 0.0)
            right = right / max(right.sum(), 1e-12)
            slope += (count / total) * (rows.T @ (right - odds))
            centred = rows - odds @ rows
            curve += (count / total) * (centred.T @ (centred * odds[:, None]))
        step = np.linalg.solve(curve + 0.005 * np.eye(len(FEATURES)), slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-4:
            break
    return weights


def train(reports: list[Labelled]) -> list[np.ndarray]:
    """Return the weights of each round."""
    odds = [prior_odds(names) for names, _, _ in reports]
    rounds = []
    for _ in range(ROUNDS):
        rows = [features(names, o) for (names, _, _), o in zip(reports, odds, strict=True)]
        examples = [
            (r, mask, count)
            for (_, masks, counts), per_name in zip(reports, rows, strict=True)
            for r, mask, count in zip(per_name, masks, counts, strict=True)
            if mask is not None
        ]
        weights = learn(examples)
        weights = np.maximum(weights, [FLOORS.get(f, -np.inf) for f in FEATURES])
        right = sum(bool(m[int(np.argmax(r @ weights))]) for r, m, _ in examples)
        print(f"{len(examples)} names, {100 * right / len(examples):.1f} % right")
        rounds.append(weights)
        odds = [[softmax(r @ weights) for r in per_name] for per_name in rows]
    return rounds


def main() -> None:
    """Learn from the command line's sets and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    reports = [report for path in chosen.gold for report in labelled(path, chosen.half)]
    rounds = [{f: round(float(w), 4) for f, w in zip(FEATURES, weights, strict=True)} for weights in train(reports)]
    chosen.to.write_text(json.dumps({"rounds": rounds}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
