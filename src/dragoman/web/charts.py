"""Counts of one quantity over time, as points for a drawing."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec

from dragoman.domain.records import CountTold, RecordFigure, middle_of

Scale = Callable[[float], float]
WIDTH, HEIGHT, EDGE, FOOT, HEAD = 520, 150, 34, 22, 12


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A count: where its dot lies, the ends of its range, in pixels; and what to say of it."""

    x: float
    y: float
    low: float
    high: float
    told: str
    best: bool


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing of WIDTH by HEIGHT pixels: points, the line of the best count, and the words at the axes."""

    width: int
    height: int
    points: tuple[Point, ...]
    best: float | None
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]


def chart_of(figure: RecordFigure) -> Chart | None:
    """Return how FIGURE is drawn; None where fewer than two counts have a number."""
    told = [c for c in figure.claims if _middle(c) is not None]
    if len(told) < 2:
        return None
    dated = sorted({c.published for c in told if c.published is not None})
    values = [v for c in told for v in (c.low, c.high, _middle(c)) if v is not None]
    top = max(1.0, *map(float, values)) * 1.1
    first = dated[0] if dated else datetime.date.min
    span = max(1, (dated[-1] - first).days) if dated else 1

    def across(day: datetime.date | None, number: int) -> float:
        room = WIDTH - 2 * EDGE - 10
        if len(dated) < 2:
            return EDGE + 10 + room * (number + 0.5) / len(told)
        return EDGE + 10 + room * (((day or first) - first).days / span)

    def up(value: float) -> float:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - HEAD) * float(value) / top, 1)

    points = tuple(_point(c, round(across(c.published, n), 1), up, figure.best) for n, c in enumerate(told))
    days = [(round(across(d, 0), 1), d.isoformat()) for d in (dated if len(dated) < 2 else (dated[0], dated[-1]))]
    if len(dated) < 2:
        days = [(WIDTH / 2, dated[0].isoformat())] if dated else []
    marks = sorted({0.0, float(max(values)), *([float(figure.best)] if figure.best is not None else [])})
    return Chart(
        width=WIDTH, height=HEIGHT, points=points, best=up(figure.best) if figure.best is not None else None,
        ticks=tuple((up(v), f"{v:,.0f}") for v in _apart(marks, up)), days=tuple(days),
    )  # fmt: skip


def _point(count: CountTold, x: float, up: Scale, best: float | None) -> Point:
    middle = _middle(count) or 0.0
    low, high = count.low if count.low is not None else middle, count.high if count.high is not None else middle
    told = f"{middle:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
    day = count.published.isoformat() if count.published else "no date"
    by = f", by {count.source}" if count.source else ""
    return Point(
        x=x, y=up(middle), low=up(low), high=up(high), told=f"{told}, {count.report}, {day}{by}", best=middle == best
    )


def _apart(marks: list[float], up: Scale) -> list[float]:
    """Return those of MARKS, largest first kept, whose words don't touch."""
    kept: list[float] = []
    for mark in reversed(marks):
        if all(abs(up(mark) - up(other)) >= 14 for other in kept):
            kept.append(mark)
    return kept


def _middle(count: CountTold) -> float | None:
    middle = middle_of(count.value, count.low, count.high)
    return None if middle is None else float(middle)
