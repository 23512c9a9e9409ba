"""A reconciler with places, types and conflicts for the web tests, and what a page shows as values."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Sequence

import msgspec
from starlette.testclient import TestClient

from dragoman.domain.codes import EventType
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Conflict, Judgement, Record, Spot, Stand
from dragoman.domain.report import Report
from dragoman.store.opening import Store
from dragoman.web.app import make_app
from dragoman.web.pages import ingesting
from dragoman.web.settings import Settings
from told import WordReconciler, told

SPOTS = {"KEN": (-1.3, 36.8), "PER": (-12.0, -77.0), "FJI": (-18.1, 178.4), "WSM": (-13.8, -171.8)}
TYPES = {"strike": EventType.PROTEST, "talks": EventType.CONSULT, "raid": EventType.ASSAULT}


class Desk(WordReconciler):
    """Puts records where their country lies, takes their type from a word, and has them contested by status."""

    def record_of(self, claims: Sequence[Claim], judgements: Sequence[Judgement]) -> Record:
        made = super().record_of(claims, judgements)
        stands = {claim.status: claim.id for claim in claims}
        conflict = Conflict(field="status", values=tuple(Stand(value=s, claims=(i,)) for s, i in stands.items()))
        code = made.place.country if made.place else None
        latitude, longitude = SPOTS.get(code or "", (None, None))
        return msgspec.structs.replace(
            made,
            type=next((t for word, t in TYPES.items() if word in claims[0].words), EventType.PROTEST),
            conflicts=(conflict,) if len(stands) > 1 else (),
            place=code and Spot(name="Somewhere", country=code, latitude=latitude, longitude=longitude),
        )


BY = Desk()
REPORTS = [
    told("miners strike on coast road #3 @PER +Ana", 3),
    told("miners strike on coast road =denied #3 @PER +Ana", 4),
    told("ministers open harbour talks #9 @KEN +Ben\nnight raid on market #10 @KEN =possible", 10),
    told("island raid quiet #20 @FJI +Ana\nreef talks soon =planned #25 @WSM +Ana", 20),
    told("nobody knows when this strike was", 21),
]
PAGES = ("/", "/records", "/timeline", "/map")


def client_of(store: Store, **settings: object) -> TestClient:
    return meant(TestClient(make_app(store, Settings(**settings)), base_url="http://localhost"))


def meant(client: TestClient) -> TestClient:
    """Return CLIENT, which sends the token of its pages from now on, as their scripts do."""
    client.headers["x-csrf-token"] = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/").text)[1]
    return client


def number(page: str) -> int:
    return int(re.search(r"<h1[^>]*>([\d,]+) record", page)[1].replace(",", ""))


def choices(page: str) -> dict[str, tuple[str, int]]:
    """Return the facets' values by their keys: where they lead, and how many records they promise."""
    found = re.findall(r'<a id="([^"]+)" class="choice[^"]*" href="([^"]+)".*?choice-count">([\d,]+)', page, re.S)
    return {key: (html.unescape(url), int(n.replace(",", ""))) for key, url, n in found}


def titles(page: str) -> list[str]:
    heads = re.findall(r'<a class="line-head"[^>]*>(.*?)</a>', page, re.S)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", h)).split()) for h in heads]


def chips(page: str) -> dict[str, str]:
    found = re.findall(r'<a class="chip" href="([^"]+)"><span class="quiet">([^<]+)</span> <bdi>([^<]+)', page)
    return {f"{name} {value}": html.unescape(url) for url, name, value in found}


def read(report: Report) -> Reading:
    return msgspec.structs.replace(told(report.text), report=report)


def reading_client(store: Store, read: object = read, **settings: object) -> TestClient:
    client = client_of(store, **settings)
    client.app.state.ingesting = ingesting.Ingesting(store, Settings(**settings), read, BY)
    return client


def put_in(client: TestClient, files: list[tuple[str, bytes]], **fields: str) -> str:
    """Put FILES in and return the page that shows what became of them."""
    sent = [("files", (name, data)) for name, data in files]
    answer = client.post("/ingest", files=sent, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    for _ in range(300):
        page = client.get(answer.headers["location"]).text
        if "Done." in page or 'role="alert"' in page:
            return page
        time.sleep(0.02)
    raise AssertionError("the upload is not done")
