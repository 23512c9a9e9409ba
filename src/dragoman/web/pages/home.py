"""The start page: what is new, what comes next, what is contested, who is busy; and where reports are put in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.store.accounts import Role
from dragoman.store.faceting import Tally, actors, coming, contested, facets, newest, unheard
from dragoman.store.queries import Wanted, upcoming
from dragoman.web.auth.changing import may
from dragoman.web.filters import country_name
from dragoman.web.pages.ingesting import LARGEST
from dragoman.web.templating import page, words

NEW, COMING, CONTESTED = 10, 6, 6
BARS = 10


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A count as a bar: `share` is its length in percent of the longest one's."""

    name: str
    url: str
    count: int
    share: float


def show(request: Request) -> Response:
    """Return the start page."""
    store = request.app.state.store
    today = datetime.datetime.now(datetime.UTC).date()
    counted = facets(store, Wanted(other=False))
    yesterday = today - datetime.timedelta(days=1)
    return page(
        request, "home.html",
        {
            "total": counted.total, "contests": counted.contested[0], "new": newest(store, NEW),
            "plans": coming(store, today), "coming": upcoming(store, today, limit=COMING),
            "passed": unheard(store, today), "yesterday": yesterday, "today": today,
            "contested": contested(store, CONTESTED) if counted.contested[0] else [],
            "types": _bars("type", counted.types), "countries": _bars("country", counted.countries),
            "busiest": actors(store, Wanted(other=False), limit=BARS), "largest": LARGEST // 1_000_000,
            "may_ingest": may(request, Role.ADMIN),
        },
    )  # fmt: skip


def _bars(field: str, tallies: Sequence[Tally]) -> list[Bar]:
    most = max((t.count for t in tallies), default=1)
    return [
        Bar(
            name=country_name(t.value) if field == "country" else words(t.value).lower(),
            url=f"/records?{field}={t.value}", count=t.count, share=round(100 * t.count / most, 1),
        )
        for t in tallies[:BARS]
    ]  # fmt: skip
