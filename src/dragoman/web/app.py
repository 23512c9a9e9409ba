"""The app: its routes, and what stands before them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.store.errors import UnknownIdError
from dragoman.store.opening import Store
from dragoman.web.pages import home, ingesting, map, records, timeline
from dragoman.web.security import HostCheck, SecurityHeaders
from dragoman.web.settings import Settings
from dragoman.web.templating import page

STATIC = Path(__file__).parent / "static"

ROUTES: list[BaseRoute] = [
    Route("/", home.show, name="home"),
    Route("/ingest", ingesting.put_in, methods=["POST"]),
    Route("/ingest/{job}", ingesting.show),
    Route("/records", records.show, name="records"),
    Route("/records.csv", records.download),
    Route("/records.jsonl", records.download),
    Route("/timeline", timeline.show, name="timeline"),
    Route("/map", map.show, name="map"),
    Route("/map/points.json", map.points),
    Mount("/static", StaticFiles(directory=STATIC), name="static"),
]


def make_app(store: Store, settings: Settings | None = None) -> Starlette:
    """Return the app over an open STORE, which the caller closes."""
    settings = settings or Settings()
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(SecurityHeaders), Middleware(HostCheck, hosts=settings.hosts)],
        exception_handlers={UnknownIdError: _not_found, 404: _not_found},
    )
    app.state.store = store
    app.state.settings = settings
    app.state.ingesting = ingesting.Ingesting(store, settings)
    return app


def _not_found(request: Request, error: Exception) -> Response:
    told = str(error) if isinstance(error, UnknownIdError) else "There is no such page."
    return page(request, "error.html", {"title": "Not found", "told": told}, status=404)
