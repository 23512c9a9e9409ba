"""Answers of the API: JSON with an ETag, and problems as RFC 9457 has them."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"
PROBLEM = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong (RFC 9457); `detail` says what to do."""

    title: str
    status: int
    detail: str | None = None


def answer(request: Request, found: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return FOUND as JSON; nothing but the ETag where the client has it already."""
    body = msgspec.json.encode(found)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    own = {"etag": tag, "cache-control": "no-cache", "vary": "cookie", **(headers or {})}
    if request.method in ("GET", "HEAD") and _holds(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=own)
    return Response(body, status_code=status, media_type=JSON, headers=own)


def problem(status: int, title: str, detail: str | None = None) -> Response:
    """Return what went wrong."""
    body = msgspec.json.encode(Problem(title=title, status=status, detail=detail))
    return Response(body, status_code=status, media_type=PROBLEM)


def bad_request(detail: str) -> HTTPException:
    """Return the exception for a question that can't be understood."""
    return HTTPException(400, detail)


def _holds(given: str | None, tag: str) -> bool:
    if given is None:
        return False
    return given.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in given.split(",")]
