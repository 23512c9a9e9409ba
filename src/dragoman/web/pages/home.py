"""The start page: what is new, what comes next."""

from __future__ import annotations

import datetime

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store.queries import count, records, upcoming
from dragoman.web.templating import page

SHOWN = 12


def show(request: Request) -> Response:
    """Return the start page."""
    store = request.app.state.store
    today = datetime.datetime.now(datetime.UTC).date()
    return page(
        request, "home.html",
        {"total": count(store), "new": records(store, limit=SHOWN), "coming": upcoming(store, today, limit=SHOWN)},
    )  # fmt: skip
