"""What people decide: same, different, unsure; and taking it back."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dragoman import reconcile
from dragoman.domain.records import Verdict
from dragoman.store.judging import judge, undo
from dragoman.store.moments import now
from dragoman.web.auth.changing import meant_form
from dragoman.web.people import way_back, who


async def decide(request: Request) -> Response:
    """Note a judgement on two claims or records; lead back to where it was asked for, or tell a script."""
    form = await meant_form(request)
    left, right, said, why = (str(form.get(name) or "") for name in ("left", "right", "verdict", "why"))
    try:
        verdict = Verdict(said)
    except ValueError as error:
        raise HTTPException(400, f"A verdict is one of {', '.join(Verdict)}, not {said!r}.") from error
    await run_in_threadpool(
        judge, request.app.state.store, left, right, verdict, who(request), now(), why or None, reconcile
    )
    return _done(request, {"judged": verdict.value}, str(form.get("back") or ""))


async def take_back(request: Request) -> Response:
    """Take back the last judgement that stands; lead back, or tell a script."""
    form = await meant_form(request)
    last = await run_in_threadpool(undo, request.app.state.store, who(request), reconcile)
    told = None if last is None else {"left": last.left, "right": last.right, "verdict": last.verdict.value}
    return _done(request, {"taken_back": told}, str(form.get("back") or ""))


def _done(request: Request, told: dict[str, object], back: str) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(told)
    return RedirectResponse(way_back(back, "/review"), status_code=303)
