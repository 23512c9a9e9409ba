"""The map: records where they lie, countries by how many records name them, and a list of what is on view."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.domain.records import Record
from dragoman.exports.records import days_of
from dragoman.exports.text import printable
from dragoman.store.faceting import facets, located
from dragoman.store.queries import count
from dragoman.web.filters import country_name, read_filters
from dragoman.web.panel import panel
from dragoman.web.templating import cut, page, words

PATH = "/map"
MOST_POINTS = 4000
"""How many records are drawn at most, the latest reported ones."""
SHOWN = 40
WORLD = (-180.0, -90.0, 180.0, 90.0)


def show(request: Request) -> Response:
    """Return the page; the map itself is drawn in the browser from `points`, the list works without."""
    store = request.app.state.store
    filters = read_filters(request.query_params)
    on_map = msgspec.structs.replace(filters.wanted, bbox=filters.wanted.bbox or WORLD)
    found, placed = located(store, on_map, SHOWN)
    return page(
        request, "map.html",
        {
            **panel(store, msgspec.structs.replace(filters, wanted=on_map), PATH), "records": found, "placed": placed,
            "total": count(store, filters.wanted),
            "points": filters.url("/map/points.json", sort=None),
        },
    )  # fmt: skip


def points(request: Request) -> Response:
    """Return the records that the URL asks for as points, and how many each country has.

    The part on view counts only where the points would be too many: else all are sent once.
    """
    store = request.app.state.store
    filters = read_filters(request.query_params)
    everywhere = msgspec.structs.replace(filters.wanted, bbox=None)
    found, total = located(store, everywhere, MOST_POINTS)
    cut_off = total > MOST_POINTS
    if cut_off and filters.wanted.bbox is not None:
        found, total = located(store, filters.wanted, MOST_POINTS)
    return JSONResponse(
        {
            "total": total, "partial": cut_off, "points": [_point(record) for record in found],
            "countries": [
                {"code": t.value, "number": _numbers().get(t.value), "name": country_name(t.value), "count": t.count}
                for t in facets(store, everywhere).countries
            ],
        }
    )  # fmt: skip


def _point(record: Record) -> dict[str, Any]:
    spot = record.place
    return {
        "id": record.id, "title": _title(record), "latitude": spot.latitude if spot else None,
        "longitude": spot.longitude if spot else None, "type": words(record.type or "event").lower(),
        "status": record.status.value, "days": days_of(record).replace("/", " – "), "reports": record.reports,
        "place": cut(printable(cut(spot.name or "", 400)), 80) if spot else "",
    }  # fmt: skip


def _title(record: Record) -> str:
    """Return who does it to whom, else the sentence that tells it last."""
    sides = [", ".join(cut(p.name, 60) for p in side[:3]) for side in (record.actors, record.recipients)]
    told = f"{sides[0]} → {sides[1]}".strip() if sides[1] else sides[0]
    if not told and record.claims:
        told = record.claims[-1].text[:1000]
    return cut(printable(told), 140).encode("utf-8", "replace").decode()


@cache
def _numbers() -> dict[str, str]:
    """Return the numeric ISO 3166 codes, by which the drawn countries are named, by alphabetic ones."""
    table = (files("dragoman.codebooks") / "ontology" / "countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {row["iso3"]: row["iso_numeric"].zfill(3) for row in rows if row["iso_numeric"]}
