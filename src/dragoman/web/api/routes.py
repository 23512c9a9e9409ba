"""What the API answers."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman import reconcile
from dragoman.domain.records import Claim, Correction, Judgement, Record, Verdict
from dragoman.reconcile.grouping import LEAST
from dragoman.store import queries
from dragoman.store.accounts import Role
from dragoman.store.correcting import Noted, correct, correction_log, undo_correction
from dragoman.store.explaining import explanation
from dragoman.store.judging import judge, undo
from dragoman.store.looking import records_with_actor
from dragoman.store.moments import now
from dragoman.store.reviewing import Question, questions
from dragoman.web.api.answers import answer, bad_request
from dragoman.web.api.asking import asked, body_as, converted, next_of, page_of
from dragoman.web.api.describing import document
from dragoman.web.auth.changing import require, require_own_page
from dragoman.web.people import who


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """A page of records: how many there are in all, and where the next page is (null at the end)."""

    items: list[Record]
    total: int
    next: str | None


class Upcoming(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what comes next, and where the next page is (null at the end)."""

    items: list[Record]
    next: str | None


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of a record."""

    items: list[Claim]


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """What a person should judge first."""

    items: list[Question]


class Judgements(msgspec.Struct, frozen=True, kw_only=True):
    """Every judgement in the order it was made, those taken back too."""

    items: list[queries.Judged]
    total: int
    next: str | None


class Verdicts(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement to be noted: two ids of claims or records, what is said of them, and why."""

    left: str
    right: str
    verdict: Verdict
    why: str | None = None


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement that was taken back; null where none stood."""

    taken_back: Judgement | None


class NewCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """A correction to be noted: the id of a record or claim, the field, the value as JSON, and why."""

    id: str
    field: str
    value: Any
    why: str


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """Every correction in the order it was made, those taken back too."""

    items: list[Noted]
    total: int
    next: str | None


class CorrectionTakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """The correction that was taken back; null where it did not stand."""

    taken_back: Correction | None


def list_records(request: Request) -> Response:
    """GET /records."""
    wanted, page = asked(request)
    store = request.app.state.store
    total = queries.count(store, wanted)
    items = queries.records(store, wanted, page.limit, page.offset)
    return answer(request, Records(items=items, total=total, next=next_of(request, page, total)))


def one_record(request: Request) -> Response:
    """GET /records/{id}."""
    return answer(request, queries.record(request.app.state.store, request.path_params["id"]))


def claims_of_record(request: Request) -> Response:
    """GET /records/{id}/claims."""
    store = request.app.state.store
    found = queries.record(store, request.path_params["id"])
    return answer(request, Claims(items=queries.claims(store, found.id)))


def one_report(request: Request) -> Response:
    """GET /reports/{id}: the reading."""
    return answer(request, queries.reading(request.app.state.store, request.path_params["id"]))


def list_upcoming(request: Request) -> Response:
    """GET /upcoming."""
    page = page_of(request)
    given = request.query_params.get("since")
    since = converted(given, datetime.date) if given else None
    found = queries.upcoming(request.app.state.store, since, page.offset + page.limit + 1)
    items = found[page.offset : page.offset + page.limit]
    return answer(request, Upcoming(items=items, next=next_of(request, page, len(found))))


def list_actor_records(request: Request) -> Response:
    """GET /actors/{name}/records."""
    page = page_of(request)
    total, items = records_with_actor(request.app.state.store, request.path_params["name"], page.limit, page.offset)
    return answer(request, Records(items=items, total=total, next=next_of(request, page, total)))


def list_questions(request: Request) -> Response:
    """GET /review."""
    page = page_of(request)
    found = questions(request.app.state.store, page.limit, LEAST, page.offset)
    return answer(request, Questions(items=found))


def list_judgements(request: Request) -> Response:
    """GET /judgements."""
    page = page_of(request)
    log = queries.judgement_log(request.app.state.store)
    items = log[page.offset : page.offset + page.limit]
    return answer(request, Judgements(items=items, total=len(log), next=next_of(request, page, len(log))))


async def add_judgement(request: Request) -> Response:
    """POST /judgements."""
    require(request, Role.REVIEWER)
    given = await body_as(request, Verdicts)
    if len(given.why or "") > 10_000:
        raise bad_request("`why` has at most 10000 characters")
    made = await run_in_threadpool(
        judge,
        request.app.state.store,
        given.left,
        given.right,
        given.verdict,
        who(request),
        now(),
        given.why,
        reconcile,
    )
    return answer(request, made, 201)


async def take_back(request: Request) -> Response:
    """DELETE /judgements/last."""
    require(request, Role.REVIEWER)
    require_own_page(request)
    last = await run_in_threadpool(undo, request.app.state.store, who(request), reconcile)
    return answer(request, TakenBack(taken_back=last))


def explain_record(request: Request) -> Response:
    """GET /records/{id}/explanation."""
    field = request.query_params.get("field") or None
    return answer(request, explanation(request.app.state.store, request.path_params["id"], field))


def list_corrections(request: Request) -> Response:
    """GET /corrections."""
    page = page_of(request)
    log = correction_log(request.app.state.store, request.query_params.get("record") or None)
    items = log[page.offset : page.offset + page.limit]
    return answer(request, Corrections(items=items, total=len(log), next=next_of(request, page, len(log))))


async def add_correction(request: Request) -> Response:
    """POST /corrections."""
    require(request, Role.REVIEWER)
    given = await body_as(request, NewCorrection)
    made = await run_in_threadpool(
        correct, request.app.state.store, given.id, given.field, given.value, who(request), given.why, now(), reconcile
    )
    return answer(request, made, 201)


async def take_correction_back(request: Request) -> Response:
    """DELETE /corrections/{number}."""
    require(request, Role.REVIEWER)
    require_own_page(request)
    number: int = request.path_params["number"]
    last = await run_in_threadpool(undo_correction, request.app.state.store, who(request), reconcile, number)
    return answer(request, CorrectionTakenBack(taken_back=last))


def openapi(request: Request) -> Response:
    """GET /openapi.json."""
    return answer(request, document())


ROUTES = [
    Route("/records", list_records),
    Route("/records/{id}", one_record),
    Route("/records/{id}/claims", claims_of_record),
    Route("/reports/{id}", one_report),
    Route("/upcoming", list_upcoming),
    Route("/actors/{name}/records", list_actor_records),
    Route("/review", list_questions),
    Route("/judgements", list_judgements),
    Route("/judgements", add_judgement, methods=["POST"]),
    Route("/judgements/last", take_back, methods=["DELETE"]),
    Route("/records/{id}/explanation", explain_record),
    Route("/corrections", list_corrections),
    Route("/corrections", add_correction, methods=["POST"]),
    Route("/corrections/{number:int}", take_correction_back, methods=["DELETE"]),
    Route("/openapi.json", openapi),
]
