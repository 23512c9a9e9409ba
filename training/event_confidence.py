"""Fits the scale of an event's confidence on own reports that the classifier was not trained on.

python -m training.event_confidence

Reads the reports of the part `fit`, pairs the events with the annotation as the shared scorer does (type, and trigger
in the same sentence), and fits a logistic regression (Newton's method, a small ridge) from what the module
`stages/events/confidence.py` knows of an event to whether it is right. Writes the weights into that module.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from evaluation.goldsets import ROOT, article_reports, read_cached
from evaluation.own_gold import write_gold
from evaluation.scorers import shared_script

from dragoman.domain.findings import Event
from dragoman.domain.reading import Reading
from dragoman.stages.events import confidence
from training.own_reports import own_reports

MODULE = ROOT / "src" / "dragoman" / "stages" / "events" / "confidence.py"
RIDGE = 0.3


def gathered() -> tuple[list[tuple[float, ...]], list[float]]:
    """Return the features of every event found in the reports of the part `fit`, and whether each is right."""
    known: dict[tuple[int, int], tuple[float, ...]] = {}
    plain = confidence.features

    def keeping(candidate: Any, answer: Any) -> tuple[float, ...]:
        values = plain(candidate, answer)
        known[candidate.trigger] = values
        return values

    confidence.features = keeping
    least, confidence.THRESHOLD = confidence.THRESHOLD, 0.05
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            write_gold(own_reports("fit"), Path(folder))
            reports = article_reports(Path(folder))
            for report, reading in zip(reports, read_cached(reports), strict=True):
                gold = json.loads((Path(folder) / f"{report.given_id}.gold.json").read_text(encoding="utf-8"))
                paired = _paired(gold, reading)
                for number, event in enumerate(reading.events):
                    if event.trigger in known:
                        rows.append(known[event.trigger])
                        right.append(float(number in paired))
                known.clear()
    finally:
        confidence.features, confidence.THRESHOLD = plain, least
    return rows, right


def _paired(gold: dict[str, Any], reading: Reading) -> set[int]:
    """Return the numbers of the events that the shared scorer pairs with the annotation by type and sentence."""
    scorer = shared_script("score_articles")
    article = scorer.Article(reading.report.text, gold, reading.to_dict())

    def sentences(spans: list[Any]) -> set[int]:
        return {article.sentence(list(span)) for span in spans}

    def same(event: Event, wanted: dict[str, Any]) -> int | None:
        if event.type.value != wanted["type"]:
            return None
        spans = [wanted["trigger"], *wanted["mentions"]]
        own = [event.trigger, *event.mentions]
        touch = any(scorer.overlap(list(a), b) for a in own for b in spans)
        if not touch and article.sentence(list(own[0])) not in sentences(spans):
            return None
        return 1 + touch

    return {i for i, _ in scorer.pair(list(reading.events), gold["events"], same)}


def fit(rows: list[tuple[float, ...]], right: list[float]) -> list[float]:
    """Return the weights of the logistic regression."""
    x, y = np.array(rows), np.array(right)
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        share = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - share) - RIDGE * weights
        curve = (x * (share * (1 - share))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(curve, gradient)
    return [round(float(w), 3) for w in weights]


def main() -> int:
    """Fit, say how well, and write the weights."""
    rows, right = gathered()
    weights = fit(rows, right)
    share = 1 / (1 + np.exp(-np.array(rows) @ np.array(weights)))
    y = np.array(right)
    bins = [(float(share[k].mean()), float(y[k].mean()), int(k.sum())) for k in _tenths(share) if k.any()]
    error = sum(n * abs(a - b) for a, b, n in bins) / len(y)
    print(json.dumps({"events": len(y), "right": round(float(y.mean()), 3), "calibration_error": round(error, 4)}))
    for said, was, n in bins:
        print(f"{said:.2f} said, {was:.2f} right, {n} events")
    text = MODULE.read_text(encoding="utf-8")
    written = "WEIGHTS: tuple[float, ...] = (" + ", ".join(map(str, weights)) + ")"
    MODULE.write_text(re.sub(r"WEIGHTS: tuple\[float, \.\.\.\] = \(.*?\)", written, text, flags=re.S), encoding="utf-8")
    return 0


def _tenths(share: Any) -> list[Any]:
    return [(share >= i / 10) & (share < (i + 1) / 10) for i in range(10)]


if __name__ == "__main__":
    raise SystemExit(main())
