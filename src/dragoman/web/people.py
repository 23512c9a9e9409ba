"""Who looks, and where they came from."""

from __future__ import annotations

import getpass

from starlette.requests import Request


def who(request: Request) -> str:
    """Return in whose name a change is made: the account, or who runs the app on this machine."""
    account: str | None = request.state.account
    return account if account is not None else getpass.getuser()


def way_back(given: str, otherwise: str) -> str:
    """Return where a form asked to be led back to, if that lies in this app, else OTHERWISE."""
    inside = given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if inside else otherwise
