"""Learns when two tellings are of one event, from the annotated own reports, where retellings are marked.

python -m training.retellings [--out src/dragoman/data/retellings.json]

The reports of the part `train` are read up to the point where retellings are joined. Each pair of events of one type
that could be one is an example: right where both stand on the words of one annotated event (its trigger or a
retelling), wrong where they stand on two. Pairs with what is annotated as no event are left out. A logistic regression
(L2) gives the weights of `stages/retellings/likeness.py`; those that hardly count are left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from evaluation.goldsets import ROOT, parse_cached

from dragoman import reader
from dragoman.api import make_report, shipped_world
from dragoman.domain.findings import Event, Place
from dragoman.domain.parse import Parse
from dragoman.reader import read_parse
from dragoman.stages.retellings.likeness import Telling, comparable, features
from training.own_reports import OwnReport, own_reports
from training.quotation_cues import Row, fit, scores

OUT = ROOT / "src" / "dragoman" / "data" / "retellings.json"
DECAY = 8.0


def rows_of(parts: Sequence[str]) -> Iterator[Row]:
    """Yield the examples of the own reports of PARTS."""
    reports = [r for part in parts for r in own_reports(part)]
    made = [make_report(r.text, published=r.published, given_id=r.slug) for r in reports]
    gathered: list[tuple[list[Event], dict[str, Place]]] = []

    def keeping(parse: Parse, events: Sequence[Event], places: Sequence[Place]) -> list[Event]:
        gathered.append((list(events), {p.id: p for p in places}))
        return list(events)

    with patch.object(reader, "merge_retellings", keeping):
        for own, (report, parse) in zip(reports, parse_cached(made), strict=True):
            read_parse(report, parse, shipped_world(), "training")
            yield from _pairs(own, parse, *gathered.pop())


def _pairs(own: OwnReport, parse: Parse, events: list[Event], spots: dict[str, Place]) -> Iterator[Row]:
    """Yield a row for each event and each annotated event that was told before it, in its latest telling."""
    told: dict[int, Telling] = {}
    order: list[int] = []
    for event in events:
        known = next(
            (n for n, e in enumerate(own.events) if any(event.trigger.overlaps(s) for s in (e.span, *e.retold))), None
        )
        if known is None:
            continue
        telling = Telling.of(parse, event, spots.get(event.place or ""))
        for place, number in enumerate(order):
            old = told[number]
            if comparable(old, telling):
                between = sum(told[n].event.type is event.type for n in order[place + 1 :])
                yield features(old, telling, between), number == known
        if known in told:
            told[known] = told[known].after(told[known].event, telling)
        else:
            told[known] = telling
            order.append(known)


def main() -> int:
    """Fit, say how well on the part `fit`, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = list(rows_of(["train"]))
    weights = fit(rows, DECAY)
    for name, part in (("train", rows), ("fit", list(rows_of(["fit"])))):
        print(json.dumps({"part": name} | scores(part, weights)))
    options.out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
