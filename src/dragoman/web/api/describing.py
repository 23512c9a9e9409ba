"""The OpenAPI 3.1 document, made from the types that the API answers with."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

import dragoman
from dragoman.domain.codes import EventType, Status
from dragoman.domain.reading import Reading
from dragoman.domain.records import Correction, Judgement, Record
from dragoman.reconcile.explaining import Explanation
from dragoman.web.api.answers import JSON, PROBLEM, Problem
from dragoman.web.api.asking import MOST

REF = "#/components/schemas/{name}"
PREFIX = "/api/v1"
UNCHANGED = {"$ref": "#/components/responses/Unchanged"}


@cache
def document() -> dict[str, Any]:
    """Return the document."""
    from dragoman.web.api import routes

    answers: dict[str, type] = {
        "Record": Record, "Reading": Reading, "Judgement": Judgement, "Problem": Problem, "Records": routes.Records,
        "Claims": routes.Claims, "Questions": routes.Questions, "Judgements": routes.Judgements,
        "Verdicts": routes.Verdicts, "Upcoming": routes.Upcoming,
        "Explanation": Explanation, "Correction": Correction, "Corrections": routes.Corrections,
        "NewCorrection": routes.NewCorrection, "CorrectionTakenBack": routes.CorrectionTakenBack,
        "TakenBack": routes.TakenBack,
    }  # fmt: skip
    _, schemas = msgspec.json.schema_components(list(answers.values()), ref_template=REF)
    schemas = msgspec.json.decode(msgspec.json.encode(schemas))  # plain JSON: defaults come as tuples
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dragoman",
            "version": dragoman.__version__,
            "description": (
                "Records of what many reports say of one happening, their claims, and what people decided. Lists come "
                "page by page: `next` leads on. Every answer has an ETag; ask with If-None-Match to hear only of what "
                "changed. Where the app is served with accounts, the cookie of a login is asked for."
            ),
        },
        "servers": [{"url": PREFIX}],
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "responses": {
                "Problem": {"description": "What went wrong (RFC 9457)", "content": {PROBLEM: _schema("Problem")}},
                "Unchanged": {"description": "The client has it already"},
            },
        },
    }


def _paths() -> dict[str, Any]:
    page = [
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}, "items on a page"),
        _query("offset", {"type": "integer", "minimum": 0, "default": 0}, "number of the first item"),
    ]
    day = {"type": "string", "format": "date"}
    filters = [
        _query("actor", {"type": "string"}, "a name, words of one, or the code of a country"),
        _query("type", {"type": "string", "enum": [t.value for t in EventType]}, "PLOVER type"),
        _query("status", {"type": "string", "enum": [s.value for s in Status]}, "whether it happened"),
        _query("country", {"type": "string"}, "ISO 3166-1 alpha-3 code of where it happened"),
        _query("since", day, "first day of the span"),
        _query("until", day, "last day of the span"),
        _query("text", {"type": "string"}, "words, of which a record has all"),
        _query("party", {"type": "string"}, "the whole name of one who takes part"),
        _query("conflict", {"type": "boolean"}, "whether claims contradict each other"),
        _query("other", {"type": "boolean"}, "whether happenings of no PLOVER type and without a toll count (true)"),
        _query("bbox", {"type": "string"}, "west,south,east,north in degrees"),
    ]
    one = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    name = [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}]
    return {
        "/records": {"get": _get("listRecords", "Records asked for, earliest first", "Records", filters + page)},
        "/records/{id}": {"get": _get("getRecord", "One record, by its id or that of a claim", "Record", one)},
        "/records/{id}/claims": {"get": _get("listClaims", "The claims of a record", "Claims", one)},
        "/reports/{id}": {"get": _get("getReport", "The reading of a report, by content id", "Reading", one)},
        "/upcoming": {
            "get": _get(
                "listUpcoming", "What is planned and not yet held or called off, soonest first", "Upcoming",
                [_query("since", day, "first day that matters"), *page],
            )
        },
        "/actors/{name}/records": {
            "get": _get("listActorRecords", "Records of an actor of this name, latest first", "Records", name + page)
        },
        "/review": {"get": _get("listQuestions", "What a person should judge first", "Questions", page)},
        "/judgements": {
            "get": _get("listJudgements", "Every judgement, in order", "Judgements", page),
            "post": {
                "operationId": "judge",
                "summary": "Note a judgement (needs the role reviewer)",
                "requestBody": {"required": True, "content": {JSON: _schema("Verdicts")}},
                "responses": {"201": _answer("The judgement", "Judgement"), **_problems()},
            },
        },
        "/judgements/last": {
            "delete": {
                "operationId": "takeBack",
                "summary": "Take back the last judgement that stands (needs the role reviewer)",
                "responses": {"200": _answer("What was taken back", "TakenBack"), **_problems()},
            }
        },
        "/records/{id}/explanation": {
            "get": _get(
                "explainRecord", "Why a record has its values: claims for and against, rules, decisions", "Explanation",
                [*one, _query("field", {"type": "string"}, "explain this field alone")],
            )
        },
        "/corrections": {
            "get": _get(
                "listCorrections", "Every correction, in order", "Corrections",
                [_query("record", {"type": "string"}, "of this record or claim alone"), *page],
            ),
            "post": {
                "operationId": "correct",
                "summary": "Put a value in a field in place of the machine's (needs the role reviewer)",
                "requestBody": {"required": True, "content": {JSON: _schema("NewCorrection")}},
                "responses": {"201": _answer("The correction", "Correction"), **_problems()},
            },
        },
        "/corrections/{number}": {
            "delete": {
                "operationId": "takeCorrectionBack",
                "summary": "Take back the correction with this number of the log (needs the role reviewer)",
                "parameters": [{"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {"200": _answer("What was taken back", "CorrectionTakenBack"), **_problems()},
            }
        },
        "/openapi.json": {
            "get": {
                "operationId": "getDocument",
                "summary": "This document",
                "responses": {"200": {"description": "OpenAPI 3.1", "content": {JSON: {"schema": {"type": "object"}}}}},
            }
        },
    }  # fmt: skip


def _get(operation: str, summary: str, answers: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": _answer(summary, answers),
            "304": {"$ref": "#/components/responses/Unchanged"},
            **_problems(),
        },
    }


def _problems() -> dict[str, Any]:
    return {"default": {"$ref": "#/components/responses/Problem"}}


def _answer(told: str, name: str) -> dict[str, Any]:
    return {"description": told, "content": {JSON: _schema(name)}}


def _schema(name: str) -> dict[str, Any]:
    return {"schema": {"$ref": REF.format(name=name)}}


def _query(name: str, schema: dict[str, Any], told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": told}
