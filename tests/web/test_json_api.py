"""The JSON API: the objects of the command line, pages, ETags, problems, and a document that tells the truth."""

from __future__ import annotations

import json

import jsonschema
import msgspec
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from dragoman.cli.main import main
from dragoman.domain.records import Record
from dragoman.store.opening import Store
from dragoman.store.queries import Wanted, judgement_log, records
from dragoman.web.api.describing import document
from dragoman.web.api.routes import ROUTES

API = "/api/v1"


def test_records_are_those_of_the_command_line(
    client: TestClient, store: Store, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["records", "--format", "jsonl", "--store", store.where]) == 0
    lines = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    told = client.get(f"{API}/records?limit=200").json()
    assert told["items"] == lines
    assert told["total"] == len(lines)
    assert told["next"] is None


def test_pages_lead_through_all(client: TestClient, store: Store) -> None:
    url, seen = f"{API}/records?limit=2", []
    while url:
        told = client.get(url).json()
        seen += [r["id"] for r in told["items"]]
        url = told["next"]
    assert seen == [r.id for r in records(store)]


def test_filters_are_kept_by_the_next_page(client: TestClient) -> None:
    told = client.get(f"{API}/records?limit=1&status=occurred").json()
    assert told["next"] is None or "status=occurred" in told["next"]
    assert all(r["status"] == "occurred" for r in told["items"])


def test_what_the_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{API}/records")
    again = client.get(f"{API}/records", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    weak = client.get(f"{API}/records", headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
    assert weak.status_code == 304


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/records?type=NOISE", 400, "NOISE"), ("/records?since=soon", 400, "since"),
        ("/records?limit=0", 400, "limit"),
        ("/records?nonsense=1", 400, "allowed"), ("/records?offset=x", 400, "offset"), ("/records/none", 404, "none"),
        ("/reports/none", 404, "none"), ("/nowhere", 404, "no such page"),
    ],
)  # fmt: skip
def test_problems_say_what_is_wrong(client: TestClient, url: str, status: int, words: str) -> None:
    answer = client.get(API + url)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_judging_and_taking_back(client: TestClient, store: Store) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    given = {"left": record.claims[0].id, "right": record.claims[1].id, "verdict": "different"}
    assert client.post(f"{API}/judgements", json=given).status_code == 201
    assert client.get(f"{API}/judgements").json()["total"] == 1
    assert max(r.reports for r in records(store, Wanted(other=False))) == 1
    assert client.delete(f"{API}/judgements/last").json()["taken_back"]["verdict"] == "different"
    assert client.delete(f"{API}/judgements/last").json()["taken_back"] is None


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{", "application/json", 400), (b"{}", "application/json", 400), (b"left=a", "text/plain", 415),
        (b'{"left": "a", "right": "a", "verdict": "same"}', "application/json", 404),
        (b'"' + b"x" * 5_000_001 + b'"', "application/json", 413),
    ],
)  # fmt: skip
def test_bodies_that_are_refused(client: TestClient, store: Store, body: bytes, media: str, status: int) -> None:
    answer = client.post(f"{API}/judgements", content=body, headers={"content-type": media})
    assert answer.status_code == status
    assert not judgement_log(store)


def test_the_document_is_sound_and_names_every_route() -> None:
    told = document()
    validate(told)
    for route in ROUTES:
        for method in (route.methods or set()) - {"HEAD"}:
            assert method.lower() in told["paths"][route.path.replace(":int", "")], (route.path, method)
    named = {p["name"] for p in told["paths"]["/records"]["get"]["parameters"]}
    assert named == {*Wanted.__struct_fields__, "limit", "offset"}


def test_answers_are_what_the_document_says(client: TestClient, store: Store) -> None:
    told = document()
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    urls = {
        "/records": "Records", f"/records/{record.id}": "Record", f"/records/{record.id}/claims": "Claims",
        f"/reports/{_report(client, record)}": "Reading", "/upcoming": "Upcoming", "/review": "Questions",
        f"/records/{record.id}/explanation": "Explanation",
        f"/records/{record.id}/explanation?field=status": "Explanation",
        "/corrections": "Corrections",
        "/judgements": "Judgements", "/actors/Kenya/records": "Records",
    }  # fmt: skip
    for url, name in urls.items():
        schema = {"$ref": f"#/components/schemas/{name}", "components": told["components"]}
        jsonschema.validate(client.get(API + url).json(), schema)


def _report(client: TestClient, record: Record) -> str:
    report: str = client.get(f"{API}/records/{record.id}/claims").json()["items"][0]["report"]
    return report


def test_records_come_back_as_they_are(client: TestClient, store: Store) -> None:
    told = client.get(f"{API}/records?limit=200").content
    assert msgspec.json.decode(told, type=dict)["items"]


def test_correcting_and_taking_back(client: TestClient, store: Store) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    given = {"id": record.id, "field": "status", "value": "denied", "why": "the ministry says so"}
    assert client.post(f"{API}/corrections", json={**given, "why": " "}).status_code == 400
    assert client.post(f"{API}/corrections", json={**given, "value": "perhaps"}).status_code == 400
    assert client.post(f"{API}/corrections", json=given).status_code == 201
    told = client.get(f"{API}/records/{record.id}").json()
    assert (told["status"], told["corrections"][0]["machine"]) == ("denied", "occurred")
    number = client.get(f"{API}/corrections?record={record.id}").json()["items"][0]["number"]
    assert client.delete(f"{API}/corrections/{number}").json()["taken_back"]["field"] == "status"
    assert client.get(f"{API}/records/{record.id}").json()["status"] == "occurred"
