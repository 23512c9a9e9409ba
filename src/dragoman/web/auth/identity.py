"""Finds out who asks, before any page sees the request, and turns away who may not look."""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.store.accounts import Role, session
from dragoman.store.moments import now

COOKIE = "dragoman_session"
STATIC = "/static/"
"""What is shown to whoever asks, logged in or not."""


class Identity:
    """Puts `account`, `role` and `csrf` into the request's state.

    Without accounts, whoever reaches the app is the person at this machine: an admin without a name, whose token is
    one of this process.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.token = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, or lead to the login."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        refused = await self._refused(request)
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await refused(scope, receive, send)

    async def _refused(self, request: Request) -> Response | None:
        state = request.state
        state.account, state.role, state.csrf = None, Role.ADMIN, self.token
        if not request.app.state.settings.auth:
            return None
        state.role, state.csrf = None, None
        path = request.url.path
        if path.startswith(STATIC):
            return None
        held = request.cookies.get(COOKIE)
        if held is not None:
            found = await run_in_threadpool(session, request.app.state.store, hash_token(held), now())
            if found is not None:
                state.account, state.csrf, state.role = found[0].account, found[0].csrf, found[1]
                return None
        if path == "/login":
            return None
        if path.startswith("/api/"):
            return JSONResponse({"title": "Log in first", "status": 401}, status_code=401)
        if request.method not in ("GET", "HEAD"):
            return JSONResponse({"error": "Log in first."}, status_code=401)
        asked = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?back={quote(asked, safe='')}", status_code=303)


def hash_token(token: str) -> str:
    """Return what the store keeps of a session's token, so that who reads the store can't take a session over."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
