"""Putting a value in a record in place of the machine's, taking it back; and why a record is as it is."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman import reconcile
from dragoman.api import correction_value
from dragoman.exports.explanations import value_told
from dragoman.store.correcting import correct, undo_correction
from dragoman.store.explaining import explanation
from dragoman.store.moments import now
from dragoman.store.queries import record
from dragoman.web.auth.changing import meant_form
from dragoman.web.people import who
from dragoman.web.templating import page


async def put(request: Request) -> Response:
    """Note a correction of the record that is named, and lead back to it."""
    form = await meant_form(request)
    wanted = request.path_params["id"]
    field, value, why = (str(form.get(name) or "") for name in ("field", "value", "why"))
    await run_in_threadpool(_put, request, wanted, field, value, why)
    return RedirectResponse(f"/records/{wanted}#decisions", status_code=303)


def _put(request: Request, wanted: str, field: str, value: str, why: str) -> None:
    store = request.app.state.store
    plain = correction_value(field, value, record(store, wanted))
    correct(store, wanted, field, plain, who(request), why, now(), reconcile)


async def take_back(request: Request) -> Response:
    """Take back the correction with a number, and lead back to the record."""
    form = await meant_form(request)
    number = str(form.get("number") or "")
    if not number.isdecimal() or len(number) > 12:
        raise HTTPException(400, "Name the number of a correction.")
    last = await run_in_threadpool(undo_correction, request.app.state.store, who(request), reconcile, int(number))
    if last is None:
        raise HTTPException(404, "That correction does not stand any more.")
    return RedirectResponse(f"/records/{last.claim}#decisions", status_code=303)


def why(request: Request) -> Response:
    """Return the page that tells why a record has its values, or one of them (`?field=`)."""
    store = request.app.state.store
    field = request.query_params.get("field") or None
    found = explanation(store, request.path_params["id"], field)
    return page(
        request, "why.html",
        {"explained": found, "record": record(store, found.record), "field": field, "told": value_told},
    )  # fmt: skip
