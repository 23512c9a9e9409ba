"""What a question to the API may name, read and checked by the types that answer it."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from dragoman.store.queries import Wanted
from dragoman.web.api.answers import JSON, bad_request
from dragoman.web.auth.changing import require_own_page

T = TypeVar("T")
MOST = 200
LARGEST_BODY = 5_000_000
"""Bytes of a request's body."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a list: `limit` items from number `offset` on."""

    limit: int = 50
    offset: int = 0


PAGE_FIELDS = frozenset(Page.__struct_fields__)


def asked(request: Request, others: frozenset[str] = frozenset()) -> tuple[Wanted, Page]:
    """Return which records are asked for, and which page of them. Raises HTTPException 400."""
    given = dict(request.query_params)
    wanted = {k: v for k, v in given.items() if k in Wanted.__struct_fields__ and v != ""}
    unknown = sorted(set(given) - set(Wanted.__struct_fields__) - PAGE_FIELDS - others)
    if unknown:
        allowed = sorted({*Wanted.__struct_fields__, *PAGE_FIELDS, *others})
        raise bad_request(f"unknown parameter {unknown[0]!r}; allowed: {', '.join(allowed)}")
    plain = {**wanted, **({"bbox": wanted["bbox"].split(",")} if "bbox" in wanted else {})}
    return converted(plain, Wanted), page_of(request)


def page_of(request: Request) -> Page:
    """Return which page is asked for. Raises HTTPException 400."""
    page = converted({k: v for k, v in request.query_params.items() if k in PAGE_FIELDS}, Page)
    if not 1 <= page.limit <= MOST:
        raise bad_request(f"`limit` is 1 to {MOST}")
    if not 0 <= page.offset <= 10_000_000:
        raise bad_request("`offset` is 0 to 10000000")
    return page


def converted(given: Any, kind: type[T]) -> T:
    """Return GIVEN as KIND. Raises HTTPException 400 that says what is wrong."""
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise bad_request(str(error)) from error


async def body_as(request: Request, kind: type[T]) -> T:
    """Return the JSON body of a change as KIND. Raises HTTPException 400, 403, 413 or 415.

    A page of another site can't send this media type without asking, and is not let.
    """
    require_own_page(request)
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
        raise HTTPException(415, f"send the body as {JSON}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, f"a body has at most {LARGEST_BODY:,} bytes")
    try:
        return msgspec.json.decode(bytes(body), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise bad_request(str(error)) from error


def next_of(request: Request, page: Page, total: int) -> str | None:
    """Return the address of the page after PAGE, if there is one."""
    after = page.offset + page.limit
    if after >= total:
        return None
    return f"{request.url.path}?{urlencode({**request.query_params, 'limit': page.limit, 'offset': after})}"
