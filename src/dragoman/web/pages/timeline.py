"""The timeline: records by the day, week, month or year on which they begin, as a chart that narrows the span."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Iterator

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.store.faceting import Bin, Order, extent, histogram, listed
from dragoman.web.filters import Filters, read_filters
from dragoman.web.panel import panel
from dragoman.web.templating import page, words

PATH = "/timeline"
GRAINS = ("day", "week", "month", "year", "decade")
LETTERS = {"day": 10, "week": 10, "month": 7, "year": 4, "decade": 4}
BY = ("type", "status")
MOST_BINS = 140
"""How many bars are drawn at most: a grain with more is too fine for the span."""
COLOURS = 6
"""How many values have a colour of their own; the others share one."""
FAR, FEW = 15, 0.01
"""Over a span of so many years, an end with at most this share of the records is left out of the chart."""
SHOWN = 30
WIDTH, HEIGHT, FOOT = 1120, 260, 24
STEPS = (2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)
"""What the scale may end at, with noughts: even, so that its middle is a number too."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a bar: how many records have the value whose colour has this number."""

    colour: int
    y: float
    height: float


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A bar of the chart and what it leads to; `label` stands under it, where there is room."""

    name: str
    x: float
    width: float
    pieces: tuple[Piece, ...]
    count: int
    told: str
    url: str
    label: str
    counts: tuple[int, ...]


def show(request: Request) -> Response:
    """Return the page."""
    store = request.app.state.store
    filters = read_filters(request.query_params, {"by": BY, "grain": GRAINS})
    by = filters.given.get("by", "type")
    whole = extent(store, filters.wanted)
    first, last = _clipped(whole.first, whole.last, filters)
    spanned = filters.wanted.since or filters.wanted.until
    order = filters.order if "sort" in filters.given else Order.NEWEST if spanned else Order.REPORTS
    far = 0
    if first is not None and last is not None and _bins(first, last, "year") > FAR:
        first, last, far = _without_far(histogram(store, filters.wanted, 4, by), first, last, filters)
    context = {
        **panel(store, filters, PATH), "by": by, "undated": whole.undated, "columns": [], "key": [], "ticks": [],
        "width": WIDTH, "height": HEIGHT, "foot": FOOT, "grain": None, "grains": [], "first": first, "last": last,
        "records": listed(store, filters.wanted, order, SHOWN), "shown": SHOWN, "drawn": 0, "top": 0,
        "far": far, "order": order, "whole": filters.url(PATH, since=whole.first, until=whole.last, grain=None),
    }  # fmt: skip
    if first is not None and last is not None:
        fitting = [g for g in GRAINS if _bins(first, last, g) <= MOST_BINS] or ["decade"]
        grain = filters.given.get("grain", "")
        grain = grain if grain in fitting else next((g for g in fitting if _bins(first, last, g) <= 100), fitting[0])
        found = histogram(store, filters.wanted, LETTERS[grain], by)
        context.update(_chart(found, first, last, grain, filters))
        context.update(grain=grain, grains=fitting)
    return page(request, "timeline.html", context)


def _clipped(
    first: datetime.date | None, last: datetime.date | None, filters: Filters
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the span that is drawn: what is asked for, where that is said, else from the first record to the last."""
    since, until = filters.wanted.since, filters.wanted.until
    if first is None or last is None or (since and until and since > until):
        return None, None
    return since or min(first, until or first), until or max(last, since or last)


def _without_far(
    found: list[Bin], first: datetime.date, last: datetime.date, filters: Filters
) -> tuple[datetime.date, datetime.date, int]:
    """Return the span without the years at its ends that hold next to nothing, and how many records those hold.

    An end that is asked for stays.
    """
    years: Counter[int] = Counter()
    for each in found:
        years[int(each.begins)] += each.count
    few, left = FEW * years.total(), 0
    ordered = sorted(year for year in years if first.year <= year <= last.year)
    ends = (ordered, filters.wanted.since), (ordered[::-1], filters.wanted.until)
    kept: list[int] = []
    for row, asked in ends:
        out = 0
        while asked is None and out < len(row) and sum(years[y] for y in row[: out + 1]) <= few:
            out += 1
        left += sum(years[y] for y in row[:out])
        kept.append(row[out] if out else 0)
    first = datetime.date(kept[0], 1, 1) if kept[0] else first
    return first, datetime.date(kept[1], 12, 31) if kept[1] else last, left


def _start(day: datetime.date, grain: str) -> datetime.date:
    """Return the first day of the span of GRAIN that has DAY."""
    if grain == "week":
        return day - datetime.timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if grain == "month":
        return day.replace(day=1)
    if grain == "year":
        return day.replace(month=1, day=1)
    if grain == "decade":
        return datetime.date(max(1, day.year // 10 * 10), 1, 1)
    return day


def _end(start: datetime.date, grain: str) -> datetime.date:
    """Return the last day of the span of GRAIN that begins at START."""
    if grain == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    if grain in ("year", "decade"):
        last = start.year if grain == "year" else start.year // 10 * 10 + 9
        return datetime.date(min(9999, last), 12, 31)
    days = 6 if grain == "week" else 0
    return start + datetime.timedelta(days=min(days, datetime.date.max.toordinal() - start.toordinal()))


def _bins(first: datetime.date, last: datetime.date, grain: str) -> int:
    """Return how many spans of GRAIN there are from FIRST to LAST."""
    if grain in ("day", "week"):
        return (last - _start(first, grain)).days // (1 if grain == "day" else 7) + 1
    if grain == "month":
        return 12 * (last.year - first.year) + last.month - first.month + 1
    return last.year - first.year + 1 if grain == "year" else last.year // 10 - first.year // 10 + 1


def _spans(first: datetime.date, last: datetime.date, grain: str) -> Iterator[tuple[datetime.date, datetime.date]]:
    start = _start(first, grain)
    while start <= last:
        end = _end(start, grain)
        yield start, end
        if end == datetime.date.max:
            return
        start = end + datetime.timedelta(days=1)


def _chart(
    found: list[Bin], first: datetime.date, last: datetime.date, grain: str, filters: Filters
) -> dict[str, object]:
    """Return the bars from FIRST to LAST, their key, and the lines of the scale."""
    spans = list(_spans(first, last, grain))
    values: Counter[str] = Counter()
    counts: dict[datetime.date, Counter[str]] = {start: Counter() for start, _ in spans}
    for each in found:
        at = _start(datetime.date.fromisoformat(each.begins + "-01-01"[: 10 - len(each.begins)]), grain)
        if at in counts:
            counts[at][each.value or "none"] += each.count
            values[each.value or "none"] += each.count
    named = [value for value, _ in sorted(values.items(), key=lambda v: (-v[1], v[0]))]
    kept = named if len(named) <= COLOURS + 1 else named[:COLOURS]
    key = [words(v).lower() for v in kept] + (["other"] if len(named) > len(kept) else [])
    top = _round_up(max((c.total() for c in counts.values()), default=1))
    step = WIDTH / len(spans)
    every = max(1, -(-len(spans) // 14))
    columns = []
    for n, (start, end) in enumerate(spans):
        told = [counts[start][v] for v in kept]
        told += [counts[start].total() - sum(told)] if len(key) > len(kept) else []
        columns.append(
            Column(
                name=_named(start, grain), x=round(n * step, 2), width=round(step, 2), pieces=_pieces(told, top),
                count=sum(told), told=", ".join(f"{c} {k}" for k, c in zip(key, told, strict=True) if c),
                url=filters.url(PATH, since=start, until=end, grain=None),
                label=_label(start, grain) if n % every == 0 and n * step < WIDTH - 60 else "", counts=tuple(told),
            )
        )  # fmt: skip
    ticks = [(_y(top * part / 2, top), top * part // 2) for part in ((0, 1, 2) if top > 1 else (0, 2))]
    return {"columns": columns, "key": key, "ticks": ticks, "top": top, "drawn": values.total()}


def _pieces(counts: list[int], top: int) -> tuple[Piece, ...]:
    pieces, below = [], 0
    for colour, count in enumerate(counts):
        if count:
            y = _y(below + count, top)
            pieces.append(Piece(colour=colour, y=y, height=round(_y(below, top) - y, 2)))
            below += count
    return tuple(pieces)


def _y(count: float, top: int) -> float:
    return round((HEIGHT - 12) * (1 - count / top) + 12, 2)


def _round_up(number: int) -> int:
    """Return an even number, not much larger, that is easily read."""
    size: int = 10 ** max(0, len(str(number)) - 2)
    return next(s * size for s in STEPS if s * size >= number)


def _named(start: datetime.date, grain: str) -> str:
    if grain == "week":
        return f"week of {start}"
    if grain == "decade":
        return f"{start.year}s"
    return str(start.year) if grain == "year" else f"{start:%Y-%m}" if grain == "month" else str(start)


def _label(start: datetime.date, grain: str) -> str:
    return str(start) if grain in ("day", "week") else _named(start, grain)
