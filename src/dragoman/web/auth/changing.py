"""What every change must show: that it is allowed, and that it was meant."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from dragoman.store.accounts import Role
from dragoman.web.settings import Settings

RANKS = {Role.READER: 0, Role.REVIEWER: 1, Role.ADMIN: 2}
LARGEST_FIELD = 100_000
"""Bytes of a field that is no file."""
MOST_FIELDS = 20


def may(request: Request, role: Role) -> bool:
    """Tell whether who asks may do what ROLE may; where the app is read-only, nobody may more than look."""
    settings: Settings = request.app.state.settings
    own: Role | None = request.state.role
    if own is None or (settings.read_only and role is not Role.READER):
        return False
    return RANKS[own] >= RANKS[role]


async def meant_form(request: Request, role: Role = Role.REVIEWER, max_files: int = 0) -> FormData:
    """Return the form of a change that ROLE may make and that came from a page of this app.

    It may have MAX_FILES files. Raises HTTPException 403, or 400 where the form can't be read.
    """
    require(request, role)
    require_own_page(request)
    form = await request.form(max_files=max_files, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
    given = request.headers.get("x-csrf-token") or form.get("csrf")
    if not isinstance(given, str) or not is_own_token(request, given):
        raise HTTPException(403, "This form is no longer valid: load the page again and repeat what you did.")
    return form


def is_own_token(request: Request, given: str) -> bool:
    """Tell whether GIVEN is the token of the forms of whoever asks."""
    own: str | None = request.state.csrf
    return own is not None and hmac.compare_digest(own.encode(), given.encode("utf-8", "replace"))


def require(request: Request, role: Role) -> None:
    """Raise HTTPException 403 where who asks may not do what ROLE may."""
    if not may(request, role):
        settings: Settings = request.app.state.settings
        why = "Dragoman is served read-only here." if settings.read_only else f"This takes the role {role.value}."
        raise HTTPException(403, f"Nothing was changed. {why}")


def require_own_page(request: Request) -> None:
    """Raise HTTPException 403 where a browser says that another site's page sent the request."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "Nothing was changed: the request came from a page of another site.")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "Nothing was changed: the request came from a page of another site.")
