"""Learns when two claims of different reports are of one happening, from the coreference corpus ECB+.

python -m training.records [--out src/dragoman/data/records.json]

The reports are read, and each claim stands for the annotated event that its trigger (or a mention) overlaps. Pairs of
different reports that share a blocking key and may be compared are examples: right where their chains are one. So are
pairs of the development half of the made clusters (`evaluation/clusters`). A
logistic regression (L2) gives the weights of `reconcile/evidence.py`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from evaluation.clusters.made_set import HALVES, clusters, reports_of, units_of
from evaluation.goldsets import ROOT, SHARED, read_cached, task_reports, task_rows

from dragoman.domain.records import Claim, Keys
from dragoman.domain.spans import Span
from dragoman.reconcile.blocking import keys_of
from dragoman.reconcile.claims import claims_of
from dragoman.reconcile.comparison import comparable
from dragoman.reconcile.evidence import features
from training.quotation_cues import Row, fit, scores

OUT = ROOT / "src" / "dragoman" / "data" / "records.json"
GOLD = SHARED / "gold" / "coreference" / "train.jsonl"
DECAY = 30.0
MADE = 10
"""How many times each pair of the made clusters counts: they are few."""


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the examples of the annotated reports in PATH."""
    gold = {r["id"]: r["events"] for r in task_rows(path)}
    known: list[tuple[Claim, str, Keys]] = []
    for reading in read_cached(task_reports(path)):
        for claim in claims_of(reading):
            spans = (claim.trigger, *claim.mentions)
            chain = next(
                (
                    e["chain"]
                    for e in gold[reading.report.given_id or ""]
                    if any(Span(*e["span"]).overlaps(s) for s in spans)
                ),
                None,
            )
            if chain is not None:
                known.append((claim, chain, keys_of(claim)))
    for (left, one, mine), (right, other, theirs) in combinations(known, 2):
        if comparable(left, right) and mine.meet(theirs):
            yield features(left, right), one == other


def made_rows() -> Iterator[Row]:
    """Yield the examples of the made clusters' development half: their reports have days, which ECB+ lacks."""
    made = [c for c in clusters() if c.half == HALVES[0]]
    units = [unit for cluster in made for unit in units_of(cluster)]
    known: list[tuple[Claim, set[tuple[str, str]], Keys]] = []
    for reading in read_cached([r for c in made for r in reports_of(c)]):
        own = [u for u in units if u.report == reading.report.given_id]
        for claim in claims_of(reading):
            spans = (claim.trigger, *claim.mentions)
            told = {(u.cluster.id, u.happening.name) for u in own if any(a.overlaps(b) for a in u.spans for b in spans)}
            if told:
                known.append((claim, told, keys_of(claim)))
    for (left, one, mine), (right, other, theirs) in combinations(known, 2):
        if comparable(left, right) and mine.meet(theirs):
            yield features(left, right), bool(one & other)


def main() -> int:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = list(rows_of(options.gold)) + list(made_rows()) * MADE
    weights = fit(rows, DECAY)
    print(json.dumps(scores(rows, weights)))
    options.out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
