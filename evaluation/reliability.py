"""Whether confidence can be believed: of the events at 0.8, are 80 % right? A table and a plot of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import msgspec

from dragoman.reader import World
from evaluation.goldsets import article_reports, read_cached
from evaluation.scorers import Matching, article, matching

BINS = 10


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one tenth of confidence: how many, how sure on average, how many of them right."""

    low: float
    high: float
    events: int
    right: int
    confidence: float

    @property
    def share(self) -> float:
        """Return the share of events that are right."""
        return self.right / self.events


def judged(found: Matching) -> list[tuple[float, bool]]:
    """Return the confidence of each event, and whether gold has it; those that only optional gold has are left out."""
    right = {i for i, j in found.pairs if not found.gold[j]["optional"]}
    optional = {i for i, j in found.pairs if found.gold[j]["optional"]}
    return [(p["confidence"], i in right) for i, p in enumerate(found.predicted) if i not in optional]


def judged_articles(folder: Path, world: World | None = None) -> list[tuple[float, bool]]:
    """Return the same for all articles of FOLDER, read by WORLD (the shipped one); right as in `events.type`."""
    told = []
    for reading in read_cached(article_reports(folder), world):
        gold = json.loads((folder / f"{reading.report.given_id}.gold.json").read_text(encoding="utf-8"))
        seen = article(reading.report.text, gold, json.loads(reading.to_json()))
        told += judged(matching(seen, "events"))
    return told


def binned(events: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Return the tenths of confidence that hold events, the lowest first; 1.0 belongs to the last."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in events:
        place = min(int(confidence * BINS + 1e-9), BINS - 1)
        groups.setdefault(place, []).append((confidence, right))
    return [
        Bin(
            low=place / BINS, high=(place + 1) / BINS, events=len(group), right=sum(r for _, r in group),
            confidence=sum(c for c, _ in group) / len(group),
        )
        for place, group in sorted(groups.items())
    ]  # fmt: skip


def calibration_error(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error: how far confidence is from the share that is right, by events."""
    kept = list(bins)
    total = sum(b.events for b in kept)
    return sum(b.events * abs(b.share - b.confidence) for b in kept) / total if total else 0.0


LEFT, TOP, SIDE = 62, 34, 300
STYLE = """
text{font:13px system-ui,sans-serif;fill:#3a3a38}.title{font-size:15px;font-weight:600}.small{font-size:11px}
.frame{fill:#fbfaf7;stroke:#8a877f}.ideal{stroke:#8a877f;stroke-dasharray:5 4}
.page{fill:#fff}.bar{fill:#1f5fa8}.mean{stroke:#b3261e;stroke-width:3}
@media (prefers-color-scheme:dark){text{fill:#d9d6cf}.page{fill:#16181b}.frame{fill:#1e2125}
.bar{fill:#6fa3e0}.mean{stroke:#ff8a80}}
"""


def plot(bins: Iterable[Bin], title: str) -> str:
    """Return the reliability diagram as SVG: a bar for each tenth of confidence, as high as the share that is right.

    The stroke across a bar is the mean confidence of its events; on the dashed line the two are the same.
    """
    kept = list(bins)
    width, height = LEFT + SIDE + 24, TOP + SIDE + 62
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{title}">',
        f"<style>{STYLE}</style>",
        '<rect class="page" width="100%" height="100%"/>',
        f'<text class="title" x="{LEFT}" y="20">{title}</text>',
        f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>',
    ]
    for tick in range(0, 11, 2):
        across, up = LEFT + SIDE * tick / 10, TOP + SIDE * (1 - tick / 10)
        parts.append(f'<text x="{across:.0f}" y="{TOP + SIDE + 18}" text-anchor="middle">{tick / 10:.1f}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{up + 4:.0f}" text-anchor="end">{10 * tick} %</text>')
    for each in kept:
        x, across, up = LEFT + SIDE * each.low + 2, SIDE / BINS - 4, SIDE * each.share
        y, mean = TOP + SIDE - up, TOP + SIDE * (1 - each.confidence)
        parts.append(f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{across:.1f}" height="{up:.1f}"/>')
        parts.append(f'<path class="mean" d="M{x:.1f} {mean:.1f}h{across:.1f}"/>')
        parts.append(
            f'<text class="small" x="{x + across / 2:.1f}" y="{min(y, mean) - 5:.1f}" '
            f'text-anchor="middle">{each.events}</text>'
        )
    parts += [
        f'<path class="ideal" d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}"/>',
        f'<text x="{LEFT + SIDE / 2:.0f}" y="{TOP + SIDE + 38}" text-anchor="middle">confidence</text>',
        f'<text class="small" x="12" y="{TOP + SIDE + 55}">bar: share that is right; stroke: mean confidence; '
        "number: events</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
