"""Compares records with what is known of the clusters."""

from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from dragoman import reconcile
from dragoman.domain.findings import Interval
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Record, RecordClaim, RecordFigure
from dragoman.domain.spans import Span
from dragoman.store.ingest import ingest_many
from dragoman.store.opening import open_store
from dragoman.store.queries import records as stored_records
from evaluation.clusters.made_set import HALVES, Cluster, Happening, Quantity, Unit, units_of

OWN = 7
"""Most days that a period of a happening's own count is long."""


class Miss(msgspec.Struct, frozen=True):
    """What a record has wrong."""

    cluster: str
    what: str
    wanted: str
    got: str


class Score(msgspec.Struct):
    """What was counted: pairs and the parts of records that are right, with every miss."""

    counts: Counter[str] = msgspec.field(default_factory=Counter)
    misses: list[Miss] = msgspec.field(default_factory=list)

    def note(self, what: str, cluster: str, name: str, wanted: object, got: object) -> None:
        """Count that of WHAT one more is wanted, and keep it where GOT is something else."""
        self.counts[what] += 1
        if wanted == got:
            self.counts[f"{what} right"] += 1
        else:
            self.misses.append(Miss(cluster, f"{what} {name}", str(wanted), str(got)))

    def share(self, what: str) -> float:
        """Return the share of WHAT that is right, in percent."""
        return round(100 * self.counts[f"{what} right"] / max(1, self.counts[what]), 1)

    def figures(self) -> dict[str, float]:
        """Return the figures in percent."""
        hit, predicted, gold = (self.counts[k] for k in ("pairs hit", "pairs predicted", "pairs gold"))
        pairs = {
            "pairs.precision": round(100 * hit / max(1, predicted), 1),
            "pairs.recall": round(100 * hit / max(1, gold), 1),
            "pairs.f1": round(200 * hit / max(1, predicted + gold), 1),
        }
        parts = [name for name in ("found", "ranges", "rules", "statuses", "sources") if self.counts[name]]
        return (pairs if gold else {}) | {name: self.share(name) for name in parts}


def records_of(readings: Iterable[Reading]) -> list[Record]:
    """Return the records that a store makes of READINGS together."""
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "clusters.db")) as store:
        for _ in ingest_many(store, readings, reconcile):
            pass
        return stored_records(store)


def score(clusters: Sequence[Cluster], records: Sequence[Record]) -> dict[str, Score]:
    """Return the score of RECORDS on each half of CLUSTERS."""
    scores = {half: Score() for half in HALVES}
    units = [u for c in clusters for u in units_of(c)]
    held = {_key(u): [r for r in records if _tells(r, u)] for u in units}
    half_of = {c.id: c.half for c in clusters}
    _score_pairs(scores, half_of, units, held, records)
    for cluster in clusters:
        for happening in cluster.happenings:
            own = [r for u in units if u.cluster is cluster and u.happening is happening for r in held[_key(u)]]
            _score_happening(scores[cluster.half], cluster, happening, own)
    for unit in units:
        found = bool(held[_key(unit)])
        scores[unit.cluster.half].note("found", unit.cluster.id, f"{unit.happening.name} in {unit.report}", True, found)
    return scores


def score_given(clusters: Sequence[Cluster], readings: Mapping[str, Reading]) -> dict[str, Score]:
    """Return the score where each happening's claims are put together rightly: what is then wrong, is the counting."""
    scores = {half: Score() for half in HALVES}
    for cluster in clusters:
        units = units_of(cluster)
        for happening in cluster.happenings:
            told = [u for u in units if u.happening is happening]
            claims = [c for u in told for c in reconcile.claims_of(readings[u.report]) if _of(c, u.spans)]
            own = [reconcile.record_of(claims)] if claims else []
            _score_happening(scores[cluster.half], cluster, happening, own)
    return scores


def _key(unit: Unit) -> tuple[str, str]:
    return unit.report, unit.happening.name


def _tells(record: Record, unit: Unit) -> bool:
    return any(c.report == unit.report and _of(c, unit.spans) for c in record.claims)


def _of(claim: Claim | RecordClaim, spans: Sequence[Span]) -> bool:
    own = (claim.trigger, *claim.mentions)
    return any(min(a.end, b.end) > max(a.start, b.start) for a in own for b in spans)


def _score_pairs(
    scores: Mapping[str, Score],
    half_of: Mapping[str, str],
    units: Sequence[Unit],
    held: Mapping[tuple[str, str], Sequence[Record]],
    records: Sequence[Record],
) -> None:
    """Count pairs of units of two reports; any two claims of two clusters in one record are a wrong pair as well."""
    met: set[tuple[str, str]] = set()
    for one, other in combinations(units, 2):
        if one.report == other.report:
            continue
        gold = one.happening is other.happening
        both = {r.id for r in held[_key(one)]} & {r.id for r in held[_key(other)]}
        halves = {one.cluster.half, other.cluster.half}
        name = f"{one.report} {one.happening.name} + {other.report} {other.happening.name}"
        if both:
            met.add(_pair(one.report, other.report))
        for half in halves:
            counts = scores[half].counts
            counts["pairs gold"] += gold
            counts["pairs predicted"] += bool(both)
            counts["pairs hit"] += gold and bool(both)
            if gold is not bool(both):
                wanted, got = (name, "") if gold else ("apart", name)
                scores[half].misses.append(Miss(one.cluster.id, "pair", wanted, got))
    for record in records:
        for a, b in combinations(sorted({c.report for c in record.claims}), 2):
            if a[:3] != b[:3] and _pair(a, b) not in met:
                met.add(_pair(a, b))
                for half in {half_of[a[:3]], half_of[b[:3]]}:
                    scores[half].counts["pairs predicted"] += 1
                    words = " | ".join(c.text[:60] for c in record.claims if c.report in (a, b))
                    scores[half].misses.append(Miss(a[:3], "pair", "apart", f"{a} + {b}: {words}"))


def _pair(a: str, b: str) -> tuple[str, str]:
    return min(a, b), max(a, b)


def _score_happening(score: Score, cluster: Cluster, happening: Happening, own: Sequence[Record]) -> None:
    """Count what is right of HAPPENING in the record that holds most of it, of figures in one that has them."""
    ranked = sorted({r.id: r for r in own}.values(), key=lambda r: (-sum(o.id == r.id for o in own), r.id))
    for wanted in happening.figures:
        name = f"{happening.name} {wanted.measure.value}"
        until = max(r.published for r in cluster.reports)
        found = next((f for r in ranked if (f := _matching(r, wanted, until))), [])
        got = [(f.best, f.low, f.high) for f in found]
        score.note("ranges", cluster.id, name, [(wanted.best, wanted.low, wanted.high)], got)
        rules = [f.why.rpartition(".")[2] for f in found]
        score.note("rules", cluster.id, name, [wanted.why], rules)
    score.note("statuses", cluster.id, happening.name, happening.status, ranked[0].status if ranked else None)
    sources = ranked[0].independent_sources if ranked else None
    score.note("sources", cluster.id, happening.name, happening.sources, sources)


def _matching(record: Record, wanted: Quantity, until: datetime.date) -> list[RecordFigure]:
    return [f for f in record.figures if f.measure is wanted.measure and _scope(f.period, until) == wanted.scope]


def _scope(period: Interval | None, until: datetime.date) -> str:
    """Return the scope of PERIOD; one without an end goes on UNTIL the last report."""
    if period is None or period[0] is None:
        return "happening"
    start = datetime.date.fromisoformat(str(period[0]))
    end = until if period[1] is None else datetime.date.fromisoformat(str(period[1]))
    return "happening" if (end - start).days <= OWN else "year"


def summary(scores: Mapping[str, Score]) -> dict[str, float]:
    """Return the figures of both halves, flat: `kept.pairs.f1` and the like."""
    return {f"{half}.{name}": value for half, s in scores.items() for name, value in s.figures().items()}


def by_report(readings: Iterable[Reading]) -> dict[str, Reading]:
    """Return READINGS by the id that their report was given."""
    return {reading.report.given_id or "": reading for reading in readings}
