"""How fast the store is with many reports: ingest, one report more, what people ask, memory, size.

python -m evaluation.store_bench [--reports 100000] [--store FILE] [--out docs/scale-store.md]

The readings are made (`evaluation/records_corpus.py`), so reading the texts is not in the figures. With other work
on the machine, seconds of this process (CPU) tell more than the clock's: both are given.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman import reconcile
from dragoman.domain.codes import EventType, Status
from dragoman.domain.reading import Reading
from dragoman.store.ingest import ingest, ingest_many
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, claims, count, record, records, upcoming
from evaluation.records_corpus import corpus

SINGLE = 200
"""Reports that are added one by one to see what one costs."""
ROUNDS = 15
PAGE = 50
Seconds = tuple[float, float]


def now() -> Seconds:
    """Return the clock and this process's own seconds."""
    return time.perf_counter(), time.process_time()


def since(start: Seconds) -> Seconds:
    """Return how long it is since START."""
    clock, own = now()
    return clock - start[0], own - start[1]


def share(values: Iterable[float], part: float) -> float:
    """Return the value below which PART of VALUES lie, in thousandths."""
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def fill(store: Store, readings: Iterator[Reading], sizes: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Ingest READINGS up to each of SIZES, the last ones singly; yield a row of figures at each."""
    held = 0
    for size in sizes:
        many = list(islice(readings, size - held - SINGLE))
        start = now()
        done = sum(1 for _ in ingest_many(store, many, reconcile))
        clock, own = since(start)
        held += done
        single = []
        for reading in islice(readings, SINGLE):
            start = now()
            ingest(store, reading, reconcile)
            single.append(since(start))
            held += 1
        yield {
            "reports": held, "per second": done / clock, "per CPU second": done / own,
            "one, p50 ms": share((s[0] for s in single), 0.5), "one, p95 ms": share((s[0] for s in single), 0.95),
            "one, p95 CPU ms": share((s[1] for s in single), 0.95), "load": os.getloadavg()[0],
            "memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }  # fmt: skip


def asked(store: Store) -> dict[str, Callable[[], object]]:
    """Return what people ask, by name: the first page of records and how many there are, or one thing looked at."""
    day = datetime.date
    some = records(store, Wanted(type=EventType.ASSAULT), limit=200)
    largest = max(some, key=lambda r: r.reports)
    name = next(p.name for p in largest.actors)
    wanted = {
        "all": Wanted(),
        "actor, a name": Wanted(actor=name),
        "actor, a common word": Wanted(actor="brigade"),
        "actor, a country": Wanted(actor="FRA"),
        "type": Wanted(type=EventType.PROTEST),
        "status": Wanted(status=Status.PLANNED),
        "country": Wanted(country=largest.place.country if largest.place else "FRA"),
        "since and until": Wanted(since=day(2021, 3, 1), until=day(2021, 3, 31)),
        "since, late": Wanted(since=day(2023, 6, 1)),
        "text, rare": Wanted(text="observatory extradition"),
        "text, common": Wanted(text="police"),
        "actor and type": Wanted(actor="police", type=EventType.COERCE),
        "country and text": Wanted(country="FRA", text="market"),
        "type, status, country": Wanted(type=EventType.CONSULT, status=Status.OCCURRED, country="DEU"),
        "nothing fits": Wanted(actor="nobody at all", country="FRA"),
    }  # fmt: skip

    def page(one: Wanted) -> Callable[[], object]:
        return lambda: (records(store, one, limit=PAGE), count(store, one))

    return {
        **{f"records: {what}": page(one) for what, one in wanted.items()},
        "records: page 100": lambda: records(store, limit=PAGE, offset=99 * PAGE),
        "show": lambda: (record(store, largest.id), claims(store, largest.id)),
        "upcoming": lambda: upcoming(store, day(2021, 3, 1), limit=PAGE),
    }


def latencies(store: Store) -> list[dict[str, Any]]:
    """Return how long each question takes."""
    rows = []
    for what, question in asked(store).items():
        taken = []
        for _ in range(ROUNDS):
            start = now()
            question()
            taken.append(since(start))
        rows.append(
            {
                "asked": what, "p50 ms": share((t[0] for t in taken), 0.5),
                "p95 ms": share((t[0] for t in taken), 0.95),
                "p95 CPU ms": share((t[1] for t in taken), 0.95),
            }
        )  # fmt: skip
    return rows


def pairs(reports: int) -> dict[str, float]:
    """Return how right the records of the first REPORTS made reports are, over pairs of claims of different reports."""
    truth: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/pairs.db") as store:
        told = list(corpus(reports))
        for each in told:
            for claim in reconcile.claims_of(each.reading):
                truth.update((claim.id, number) for span, number in each.truth if span == claim.trigger)
        for _ in ingest_many(store, (each.reading for each in told), reconcile):
            pass
        found = {claim.id: r.id for r in records(store) for claim in r.claims}
    both, made, true = (
        _pairs((found[i], truth[i]) for i in truth),
        _pairs(found[i] for i in truth),
        _pairs(truth.values()),
    )
    precision, recall = both / max(1, made), both / max(1, true)
    return {
        "precision": 100 * precision, "recall": 100 * recall,
        "F1": 200 * precision * recall / max(1e-9, precision + recall),
    }  # fmt: skip


def _pairs(groups: Iterable[Any]) -> int:
    counts: dict[Any, int] = {}
    for group in groups:
        counts[group] = counts.get(group, 0) + 1
    return sum(n * (n - 1) // 2 for n in counts.values())


def table(rows: list[dict[str, Any]]) -> str:
    """Return ROWS as a Markdown table."""
    lines = [f"| {' | '.join(rows[0])} |", f"|{' --- |' * len(rows[0])}"]
    for row in rows:
        cells = (
            v if isinstance(v, str) else f"{v:,.0f}" if v >= 100 or v == int(v) else f"{v:.1f}" for v in row.values()
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print; `--out` writes a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="where the store is made, or lies with --asked (a temporary file)")
    parser.add_argument("--asked", action="store_true", help="ask only, of a store that was made before")
    parser.add_argument("--pairs", type=int, metavar="N", help="only how right the records of N reports are")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.pairs:
        print(json.dumps(pairs(options.pairs)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = options.store or Path(folder) / "bench.db"
        parts = [
            f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
            f"; load at the start {os.getloadavg()[0]:.1f}."
        ]
        if not options.asked:
            path.unlink(missing_ok=True)
            sizes = [n for n in (1_000, 10_000, 20_000, 50_000, 100_000, 200_000) if n <= options.reports]
            rows = []
            with open_store(str(path)) as store:
                for row in fill(store, (told.reading for told in corpus(options.reports)), sizes):
                    print(json.dumps(row), file=sys.stderr, flush=True)
                    rows.append(row)
            parts += ["## Ingest", table(rows), f"The file: {path.stat().st_size / 1e6:,.0f} MB."]
        with open_store(str(path)) as store:
            held = f"{count(store):,} records."
            rows = latencies(store)
        over = statistics.fmean(row["p95 ms"] for row in rows)
        parts += ["## What is asked", f"{held} Mean p95 {over:.0f} ms.", table(rows)]
    page = "\n\n".join(parts) + "\n"
    print(page)
    if options.out:
        options.out.write_text("# The store with many reports\n\n" + page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
