"""The list of records: filtered, sorted, page by page, and as a file to take away."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from dragoman.exports.records import written
from dragoman.store.faceting import Order, listed, streamed
from dragoman.web.filters import read_filters
from dragoman.web.panel import panel
from dragoman.web.templating import page

PATH = "/records"
PER_PAGE = 50
ORDERS = {
    Order.REPORTED: "latest report", Order.NEWEST: "newest date", Order.OLDEST: "oldest date",
    Order.REPORTS: "most reports",
}  # fmt: skip


def show(request: Request) -> Response:
    """Return a page of the list."""
    store = request.app.state.store
    filters = read_filters(request.query_params)
    shown = panel(store, filters, PATH)
    pages = max(1, -(-shown["total"] // PER_PAGE))
    first = (filters.page - 1) * PER_PAGE
    found = listed(store, filters.wanted, filters.order, PER_PAGE, first) if first < shown["total"] else []
    return page(
        request, "records.html",
        {
            **shown, "records": found, "first": first + 1, "pages": pages, "orders": ORDERS,
            "around": _around(filters.page, pages),
        },
    )  # fmt: skip


def download(request: Request) -> Response:
    """Return all records that the URL asks for, as CSV or JSON lines by its ending, sent as they are read.

    A filter that can't be read is refused, since a file doesn't show that it has more than was asked for.
    """
    form = request.url.path.rsplit(".", 1)[-1]
    filters = read_filters(request.query_params)
    if filters.problems:
        return PlainTextResponse("\n".join(filters.problems) + "\n", status_code=400)
    found = streamed(request.app.state.store, filters.wanted, filters.order)
    media = "text/csv; charset=utf-8" if form == "csv" else "application/x-ndjson; charset=utf-8"
    headers = {"content-disposition": f'attachment; filename="records.{form}"'}
    return StreamingResponse(written(found, form), media_type=media, headers=headers)


def _around(current: int, pages: int) -> list[int | None]:
    """Return the numbers of pages to link to: the first, the last and those near CURRENT; None is a gap."""
    near = sorted({1, pages, *range(max(1, current - 2), min(pages, current + 2) + 1)})
    found: list[int | None] = []
    for number in near:
        if found and number - (found[-1] or 0) > 1:
            found.append(None)
        found.append(number)
    return found
