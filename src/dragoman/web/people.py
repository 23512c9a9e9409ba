"""Who looks, and what they may do."""

from __future__ import annotations

import getpass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dragoman.web.settings import Settings


def who(request: Request) -> str:
    """Return in whose name a change is made: the account, or who runs the app on this machine."""
    account = getattr(request.state, "account", None)
    return account if account is not None else getpass.getuser()


def may_change(request: Request) -> bool:
    """Tell whether changes are allowed here to whoever asks."""
    settings: Settings = request.app.state.settings
    return not settings.read_only and getattr(request.state, "role", "reviewer") != "reader"


def require_change(request: Request) -> None:
    """Raise HTTPException 403 where changes are not allowed."""
    if not may_change(request):
        raise HTTPException(403, "Nothing can be changed here: the app is read-only for you.")


def way_back(request: Request, given: str | None, otherwise: str) -> str:
    """Return where a form asked to be led back to, if that lies in this app."""
    inside = given is not None and given.startswith("/") and not given.startswith(("//", "/\\"))
    return given if inside and given is not None and "\n" not in given and "\r" not in given else otherwise
