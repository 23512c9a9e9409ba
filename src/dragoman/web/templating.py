"""Templates, and how values are shown in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

import dragoman
from dragoman.exports.records import days_of, names_of, range_of
from dragoman.exports.text import printable
from dragoman.web.filters import country_name
from dragoman.web.settings import Settings
from dragoman.web.telling import telling


@cache
def environment() -> Environment:
    """Return the environment of all templates: everything is escaped, a missing name is an error."""
    made = Environment(
        loader=PackageLoader("dragoman.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(printable=printable, days=days_of, names=names_of, words=words)
    made.filters.update(linkable=linkable, actor_url=actor_url, number=number, range=range_of)
    made.filters.update(cut=cut, country=country_name, told=told, telling=telling)
    made.globals.update(version=dragoman.__version__)
    return made


def page(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Return TEMPLATE with CONTEXT, and with what every page needs."""
    settings: Settings = request.app.state.settings
    html = (
        environment()
        .get_template(template)
        .render({"request": request, "path": request.url.path, "settings": settings, **context})
    )
    return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)


def is_partial(request: Request) -> bool:
    """Tell whether htmx asks for a part of a page, not for a page of its own or one to go back to."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


def told(value: object) -> str:
    """Return a value on which claims disagree as words: a span of days with a dash, a code's words."""
    if isinstance(value, list | tuple):
        return " – ".join("…" if part is None else str(part) for part in dict.fromkeys(value))
    return "none" if value is None else words(value) if isinstance(value, str) else str(value)


def cut(text: str, most: int) -> str:
    """Return TEXT with at most MOST characters, so that no word of a report fills a page."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def words(code: object) -> str:
    """Return a code as words: `called_for` as "called for"."""
    return str(code).replace("_", " ").replace("-", " ")


def number(value: float | None) -> str:
    """Return a count with its thousands apart; a question mark where there is none."""
    return "?" if value is None else f"{value:,.10g}"


def linkable(url: str | None) -> str | None:
    """Return URL where a browser may be led there: http and https alone, since a report may name any."""
    if url is None or any(c.isspace() for c in url):
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def actor_url(name: str) -> str:
    """Return the page of the actor NAME."""
    return "/actors?" + urlencode({"name": name.encode("utf-8", "replace")})
