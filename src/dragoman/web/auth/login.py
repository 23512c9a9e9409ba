"""Logging in and out."""

from __future__ import annotations

import datetime
import secrets
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.store.accounts import Role, Session, account, end_session, open_session
from dragoman.store.moments import now
from dragoman.web.auth.changing import LARGEST_FIELD, meant_form, require_own_page
from dragoman.web.auth.guessing import Guesses, Limit
from dragoman.web.auth.identity import COOKIE, hash_token
from dragoman.web.auth.passwords import matches
from dragoman.web.people import way_back
from dragoman.web.templating import page

HOURS = 12
BY_NAME = Limit(tries=5, seconds=600)
BY_ADDRESS = Limit(tries=20, seconds=600)


class Doorkeeper:
    """Counts wrong logins of one app."""

    def __init__(self) -> None:
        self.names = Guesses(BY_NAME, time.monotonic)
        self.addresses = Guesses(BY_ADDRESS, time.monotonic)

    def wait(self, name: str, address: str) -> int:
        """Return for how many seconds a login must wait."""
        return max(self.names.wait(name), self.addresses.wait(address))

    def note(self, name: str, address: str) -> None:
        """Note a wrong login."""
        self.names.note(name)
        self.addresses.note(address)


def form(request: Request) -> Response:
    """Return the page on which one logs in."""
    if request.state.account is not None or not request.app.state.settings.auth:
        return RedirectResponse("/", status_code=303)
    return _page(request, request.query_params.get("back", "/"))


async def enter(request: Request) -> Response:
    """Log in, and lead back to what was asked for."""
    require_own_page(request)
    given = await request.form(max_files=0, max_part_size=LARGEST_FIELD)
    name, password, back = (str(given.get(k) or "") for k in ("name", "password", "back"))
    address = request.client.host if request.client else "unknown"
    keeper: Doorkeeper = request.app.state.doorkeeper
    if wait := keeper.wait(name[:80], address):
        told = f"Too many wrong logins. Try again in {-(-wait // 60)} minutes."
        return _page(request, back, told, 429, {"retry-after": str(wait)})
    store = request.app.state.store
    found = await run_in_threadpool(account, store, name)
    if not await run_in_threadpool(matches, found.hash if found is not None else None, password) or found is None:
        keeper.note(name[:80], address)
        return _page(request, back, "That name and password do not belong together.", 401)
    keeper.names.forget(name[:80])
    token = secrets.token_urlsafe(32)
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=HOURS)
    held = Session(
        token=hash_token(token), account=found.name, csrf=secrets.token_urlsafe(32),
        expires=ends.isoformat(timespec="seconds"),
    )  # fmt: skip
    await run_in_threadpool(open_session, store, held, now())
    answer = RedirectResponse(way_back(back, "/"), status_code=303)
    answer.set_cookie(
        COOKIE, token, max_age=HOURS * 3600, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return answer


async def leave(request: Request) -> Response:
    """Log out."""
    await meant_form(request, Role.READER)
    held = request.cookies.get(COOKIE)
    if held is not None:
        await run_in_threadpool(end_session, request.app.state.store, hash_token(held))
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


def _page(
    request: Request, back: str, told: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    answer = page(request, "login.html", {"back": way_back(back, "/"), "told": told}, status=status)
    answer.headers.update(headers or {})
    return answer
