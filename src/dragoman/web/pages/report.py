"""One report: the article with its evidence marked, what was found in it, and the records it speaks to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dragoman.exports.html import KINDS, kind_of, paragraphs_of
from dragoman.exports.view import view
from dragoman.store.looking import claims_in
from dragoman.store.queries import reading
from dragoman.web.templating import page


def show(request: Request) -> Response:
    """Return the page of a report, by its content id."""
    store = request.app.state.store
    found = reading(store, request.path_params["id"])
    claims = claims_in(store, found.report.id)
    shown = view(found)
    return page(
        request, "report.html",
        {
            "report": found.report,
            "view": shown,
            "paragraphs": paragraphs_of(found),
            "kinds": KINDS,
            "counts": {plural: sum(1 for f in found.findings() if kind_of(f) == kind) for kind, plural in KINDS},
            "records": {claim.event: record for claim, record in claims},
            "entities": found.entities,
        },
    )  # fmt: skip
