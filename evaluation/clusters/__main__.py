"""Ingests the clusters into one store and scores the records: python -m evaluation.clusters [--misses]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from evaluation.clusters.made_set import HALVES, clusters, reports_of
from evaluation.clusters.scoring import Score, by_report, records_of, score, score_given
from evaluation.goldsets import read_cached


def main() -> int:
    """Print the figures of each half, and where asked what is wrong in the development half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="say what is wrong in the development half")
    options = parser.parse_args()
    made = clusters()
    readings = list(read_cached([r for c in made for r in reports_of(c)]))
    told = {
        "as grouped": score(made, records_of(readings)),
        "given the groups": score_given(made, by_report(readings)),
    }
    for name, scores in told.items():
        _print(name, scores)
        if options.misses:
            for miss in scores[HALVES[0]].misses:
                print(f"  {miss.cluster} {miss.what}: {miss.wanted}, got {miss.got}")
    return 0


def _print(name: str, scores: Mapping[str, Score]) -> None:
    for half, its in scores.items():
        figures = "  ".join(f"{k} {v}" for k, v in its.figures().items())
        print(f"{name:17} {half:12} {figures}")


if __name__ == "__main__":
    sys.exit(main())
