"""One actor: with whom, how and when."""

from __future__ import annotations

from collections import Counter
from math import cos, pi, sin

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Party, Record
from dragoman.store.errors import UnknownIdError
from dragoman.store.looking import records_with_actor
from dragoman.web.templating import page

LOOKED_AT = 500
"""How many records, the latest ones, the counts on the page are of."""
LISTED = 50
AROUND = 12
WIDTH, HEIGHT, REACH = 560, 380, 138


class Knot(msgspec.Struct, frozen=True, kw_only=True):
    """Another actor in the network: how many records they share, where it is drawn (pixels), how thick its line."""

    name: str
    shared: int
    x: float
    y: float
    thick: float
    anchor: str


def show(request: Request) -> Response:
    """Return the page of the actor whose name is asked for (`?name=`)."""
    store = request.app.state.store
    name = request.query_params.get("name", "").strip()
    total, found = records_with_actor(store, name, LOOKED_AT) if name_key(name) else (0, [])
    if not total:
        raise UnknownIdError("actor", name)
    own = name_key(name)
    others = Counter(
        p.name for r in found for p in {name_key(q.name): q for q in _parties(r)}.values() if name_key(p.name) != own
    )
    months = Counter(day[:7] for r in found if (day := _day(r)) is not None)
    return page(
        request, "actor.html",
        {
            "name": name,
            "about": next((p for r in found for p in _parties(r) if name_key(p.name) == own), None),
            "total": total,
            "looked_at": len(found),
            "records": found[:LISTED],
            "types": Counter((r.type or "none") for r in found).most_common(),
            "months": _bars(months),
            "knots": _knots(others),
            "size": (WIDTH, HEIGHT),
        },
    )  # fmt: skip


def _parties(record: Record) -> tuple[Party, ...]:
    return (*record.actors, *record.recipients, *record.participants)


def _day(record: Record) -> str | None:
    if record.interval is not None and record.interval[0] is not None:
        return str(record.interval[0])
    return next((str(told.published) for told in record.history if told.published is not None), None)


def _bars(months: Counter[str]) -> list[tuple[str, int, float]]:
    """Return the last 24 months with a record: month, count, share of the largest (0-1)."""
    top = max(months.values(), default=1)
    return [(month, number, number / top) for month, number in sorted(months.items())[-24:]]


def _knots(others: Counter[str]) -> list[Knot]:
    chosen = sorted(others.items(), key=lambda item: (-item[1], item[0]))[:AROUND]
    top = max((n for _, n in chosen), default=1)
    knots = []
    for place, (name, shared) in enumerate(chosen):
        angle = 2 * pi * place / len(chosen) - pi / 2
        x, y = WIDTH / 2 + REACH * 1.15 * cos(angle), HEIGHT / 2 + REACH * sin(angle)
        anchor = "middle" if abs(cos(angle)) < 0.35 else "start" if cos(angle) > 0 else "end"
        knots.append(
            Knot(
                name=name,
                shared=shared,
                x=round(x, 1),
                y=round(y, 1),
                thick=round(1 + 5 * shared / top, 1),
                anchor=anchor,
            )
        )
    return knots
