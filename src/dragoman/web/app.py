"""The app: its routes, and what stands before them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.store.errors import UnknownIdError
from dragoman.store.opening import Store
from dragoman.web.pages import actor, home, judging, record, report, review
from dragoman.web.security import HostCheck, SecurityHeaders
from dragoman.web.settings import Settings
from dragoman.web.templating import page

TITLES = {403: "Not allowed", 404: "Not found"}
STATIC = Path(__file__).parent / "static"

ROUTES: list[BaseRoute] = [
    Route("/", home.show, name="home"),
    Route("/records/{id}", record.show, name="record"),
    Route("/reports/{id}", report.show, name="report"),
    Route("/actors", actor.show, name="actor"),
    Route("/review", review.show, name="review"),
    Route("/judge", judging.decide, methods=["POST"], name="judge"),
    Route("/undo", judging.take_back, methods=["POST"], name="undo"),
    Mount("/static", StaticFiles(directory=STATIC), name="static"),
]


def make_app(store: Store, settings: Settings | None = None) -> Starlette:
    """Return the app over an open STORE, which the caller closes."""
    settings = settings or Settings()
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(SecurityHeaders), Middleware(HostCheck, hosts=settings.hosts)],
        exception_handlers={UnknownIdError: _not_found, HTTPException: _refused},
    )
    app.state.store = store
    app.state.settings = settings
    return app


def _not_found(request: Request, error: Exception) -> Response:
    return page(request, "error.html", {"title": "Not found", "told": str(error)}, status=404)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = TITLES.get(error.status_code, "That did not work")
    told = "There is no such page." if error.status_code == 404 else error.detail
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": told}, status_code=error.status_code)
    return page(request, "error.html", {"title": title, "told": told}, status=error.status_code)
