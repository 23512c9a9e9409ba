"""Learns how likely a cue attributes in its frame, from the PolNeAR corpus (training part).

Usage: python -m training.quotation_cues --gold TRAIN.jsonl [--limit N] [--out src/dragoman/data/quotation_cues.json]

Every candidate that the quotations stage gathers is right or wrong by the annotation: right where its content shares
80 % of its letters, both ways, with an annotated one. A logistic regression over the features of
`stages/quotations/weighing.py` (L2, full-batch Adam, a fixed number of steps) gives the weights; those
that hardly count are left out. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.domain.parse import Parse
from dragoman.engines.spacy_parser import SpacyParser
from dragoman.stages.quotations.candidates import candidates
from dragoman.stages.quotations.marks import QuotedIndex, find_quoted
from dragoman.stages.quotations.weighing import features

BATCH = 24
RARE = 3
STEPS = 400

Row = tuple[list[str], bool]
"""The names of what speaks for or against an example, and whether it is right."""


def main() -> int:
    """Train on the file that the command line names and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--out", type=Path, default=Path("src/dragoman/data/quotation_cues.json"))
    options = parser.parse_args()
    with options.gold.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: options.limit]
    engine = SpacyParser()
    examples: list[tuple[list[str], bool]] = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row, parse in zip(batch, engine.parse_many([r["text"] for r in batch]), strict=True):
            examples += examples_of(parse, row)
    weights = fit(examples)
    options.out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(examples)} candidates, {sum(y for _, y in examples)} right, {len(weights)} weights", file=sys.stderr)
    return 0


def examples_of(parse: Parse, row: dict[str, Any]) -> list[tuple[list[str], bool]]:
    """Return (features, whether right) of all candidates of one annotated text, those inside of others left out."""
    text = row["text"]
    wanted = [(_letters(text, q["content"]), q) for q in row["quotations"]]
    held = sorted((s, e) for q in row["quotations"] for s, e in q["content"])
    found = []
    for choice in candidates(parse, QuotedIndex(find_quoted(parse))):
        if any(s <= choice[0].cue.start < e for s, e in held):
            continue
        for attribution in choice:
            got = _letters(text, attribution.content)
            right = any(_same(got, gold) for gold, _ in wanted)
            found.append((features(attribution), right))
    return found


def _letters(text: str, spans: Any) -> set[int]:
    return {i for s, e in spans for i in range(s, e) if text[i].isalnum()}


def _same(got: set[int], gold: set[int]) -> bool:
    both = len(got & gold)
    return bool(both) and both >= 0.8 * len(got) and both >= 0.8 * len(gold)


def scores(rows: Sequence[Row], weights: dict[str, float]) -> dict[str, float]:
    """Return how many of ROWS there are and are right, and how well WEIGHTS tell them (percent)."""
    said = [sum(weights.get(n, 0.0) for n in names) > 0 for names, _ in rows]
    right = [is_one for _, is_one in rows]
    hits = sum(a and b for a, b in zip(said, right, strict=True))
    return {
        "pairs": len(rows),
        "one": sum(right),
        "precision": round(100 * hits / max(1, sum(said)), 1),
        "recall": round(100 * hits / max(1, sum(right)), 1),
    }


def fit(examples: list[tuple[list[str], bool]], decay: float = 0.6) -> dict[str, float]:
    """Return the weights of a logistic regression with L2 penalty DECAY (weight of the prior in examples)."""
    counts = Counter(name for names, _ in examples for name in names)
    names = sorted(n for n, c in counts.items() if c >= RARE)
    number = {n: i for i, n in enumerate(names)}
    rows, columns = [], []
    for row, (held, _) in enumerate(examples):
        for name in held:
            if name in number:
                rows.append(row)
                columns.append(number[name])
    r, c = np.array(rows), np.array(columns)
    y = np.array([right for _, right in examples], dtype=float)
    w, m, v = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        z = np.bincount(r, weights=w[c], minlength=len(y))
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        gradient = np.bincount(c, weights=(p - y)[r], minlength=len(names)) + decay * w
        m = 0.9 * m + 0.1 * gradient
        v = 0.999 * v + 0.001 * gradient**2
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {n: round(float(w[i]), 2) for n, i in number.items() if abs(w[i]) >= 0.05}


if __name__ == "__main__":
    sys.exit(main())
