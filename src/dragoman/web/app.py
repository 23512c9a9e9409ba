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

from dragoman.store.errors import CorrectionError, JudgementError, NoFieldError, UnknownIdError
from dragoman.store.opening import Store
from dragoman.web.api.answers import problem
from dragoman.web.api.routes import ROUTES as API
from dragoman.web.auth import login
from dragoman.web.auth.identity import Identity
from dragoman.web.pages import (
    actor,
    correcting,
    home,
    ingesting,
    judging,
    map,
    record,
    records,
    report,
    review,
    timeline,
)  # fmt: skip
from dragoman.web.security import HostCheck, SecurityHeaders
from dragoman.web.settings import Settings
from dragoman.web.templating import page

TITLES = {403: "Not allowed", 404: "Not found"}
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
    Route("/records/{id}", record.show, name="record"),
    Route("/records/{id}/why", correcting.why, name="why"),
    Route("/records/{id}/correct", correcting.put, methods=["POST"], name="correct"),
    Route("/corrections/undo", correcting.take_back, methods=["POST"]),
    Route("/reports/{id}", report.show, name="report"),
    Route("/actors", actor.show, name="actor"),
    Route("/review", review.show, name="review"),
    Route("/judge", judging.decide, methods=["POST"], name="judge"),
    Route("/undo", judging.take_back, methods=["POST"], name="undo"),
    Route("/login", login.form, name="login"),
    Route("/login", login.enter, methods=["POST"]),
    Route("/logout", login.leave, methods=["POST"], name="logout"),
    Mount("/api/v1", routes=API),
    Mount("/static", StaticFiles(directory=STATIC), name="static"),
]


def make_app(store: Store, settings: Settings | None = None) -> Starlette:
    """Return the app over an open STORE, which the caller closes."""
    settings = settings or Settings()
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(SecurityHeaders), Middleware(HostCheck, hosts=settings.hosts), Middleware(Identity)],
        exception_handlers={
            UnknownIdError: _not_found,
            NoFieldError: _not_found,
            JudgementError: _bad,
            CorrectionError: _bad,
            HTTPException: _refused,
        },
    )
    app.state.store = store
    app.state.settings = settings
    app.state.doorkeeper = login.Doorkeeper()
    app.state.ingesting = ingesting.Ingesting(store, settings)
    return app


def _not_found(request: Request, error: Exception) -> Response:
    return _told(request, 404, str(error))


def _bad(request: Request, error: Exception) -> Response:
    return _told(request, 400, str(error))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    plain = error.status_code == 404 and error.detail == "Not Found"
    return _told(request, error.status_code, "There is no such page." if plain else error.detail)


def _told(request: Request, status: int, told: str) -> Response:
    title = TITLES.get(status, "That did not work")
    if request.url.path.startswith("/api/"):
        return problem(status, title, told)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": told}, status_code=status)
    return page(request, "error.html", {"title": title, "told": told}, status=status)
