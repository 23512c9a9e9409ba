"""Pages of records, reports, actors and the review queue: what they show, and that text stays text."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from dragoman.domain.records import Verdict
from dragoman.domain.report import content_id
from dragoman.store.opening import Store
from dragoman.store.queries import Wanted, judgement_log, records
from dragoman.web.app import make_app
from dragoman.web.settings import Settings
from web.conftest import HOSTILE, token_of


def attack(store: Store) -> str:
    return max(records(store), key=lambda r: r.reports).id


def test_record_page_shows_both_tolls_and_the_words(client: TestClient, store: Store) -> None:
    html = client.get(f"/records/{attack(store)}").text
    assert "told by 2 reports" in html
    assert "9-11" in html
    assert '<mark class="m-count">nine</mark>' in html
    assert "Example Wire" in html


def test_a_claim_leads_to_its_record(client: TestClient, store: Store) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    assert client.get(f"/records/{record.claims[1].id}").status_code == 200


def test_report_page_marks_the_article(client: TestClient, store: Store) -> None:
    html = client.get(
        f"/reports/{content_id('Kenya and Somalia will meet in Nairobi on June 3 for talks on the border.')}"
    ).text
    assert re.search(r'class="e [^"]*k-event[^"]*" data-f="[^"]*e1', html)
    assert 'href="/records/r-' in html


def test_actor_page_tells_with_whom(client: TestClient) -> None:
    html = client.get("/actors", params={"name": "Kenya"}).text
    assert "Somalia" in html
    assert client.get("/actors", params={"name": "Nobody"}).status_code == 404


@pytest.mark.parametrize("url", ["/records/none", "/reports/none", "/nowhere", "/actors"])
def test_what_is_not_there_is_said_so(client: TestClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert "Not found" in answer.text


def test_judging_and_taking_back(client: TestClient, store: Store) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    left, right = record.claims[0].id, record.claims[1].id
    form = {"left": left, "right": right, "verdict": "different", "why": "two markets", "back": f"/records/{record.id}"}
    answer = client.post("/judge", data={**form, "csrf": token_of(client)})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/records/{record.id}")
    assert all(r.reports == 1 for r in records(store, Wanted(other=False)))
    assert judgement_log(store)[0].judgement.verdict is Verdict.DIFFERENT
    assert "two markets" in client.get(f"/records/{left}").text
    told = client.post("/undo", data={"csrf": token_of(client)}, headers={"accept": "application/json"}).json()
    assert told["taken_back"]["verdict"] == "different"
    assert max(r.reports for r in records(store, Wanted(other=False))) == 2


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nx: y"])
def test_nobody_is_led_out_of_the_app(client: TestClient, store: Store, back: str) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    form = {"left": record.claims[0].id, "right": record.claims[1].id, "verdict": "same", "back": back}
    assert client.post("/judge", data={**form, "csrf": token_of(client)}).headers["location"] == "/review"


def test_review_asks_what_is_contested(client: TestClient) -> None:
    html = client.get("/review").text
    assert 'class="question"' in html
    assert "contested" in html


def test_hostile_text_is_text_on_every_page(client: TestClient, store: Store) -> None:
    urls = ["/", "/review", f"/reports/{content_id(HOSTILE)}"]
    urls += [f"/records/{r.id}{page}" for r in records(store) for page in ("", "/why")]
    names = {p.name for r in records(store) for p in (*r.actors, *r.recipients, *r.participants)}
    for url in [*urls, *(str(client.build_request("GET", "/actors", params={"name": n}).url) for n in names)]:
        answer = client.get(url)
        html = answer.text
        assert answer.status_code == 200, url
        for bad in ("<script>alert", "<img", "<b>bold", 'href="javascript:', "\u202e", "\x00", "\x07", ">49<"):
            assert bad not in re.sub(r"<form.*?</form>", "", html, flags=re.S), (url, bad)
        assert not re.search(r"""\s(on\w+|style)\s*=\s*["']""", html), url


def test_the_policy_lets_nothing_inline_run(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for url in ("/", "/review"):
        html = client.get(url).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|https?://(?!news\.example)", html)


def test_another_host_name_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200
    assert client.get("/", headers={"host": "[::1]:8765"}).status_code == 200


def test_read_only_changes_nothing(store: Store) -> None:
    client = TestClient(make_app(store, Settings(read_only=True)), base_url="http://localhost", follow_redirects=False)
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    form = {"left": record.claims[0].id, "right": record.claims[1].id, "verdict": "different"}
    assert client.post("/judge", data={**form, "csrf": token_of(client)}).status_code == 403
    assert not judgement_log(store)
    assert 'action="/judge"' not in client.get("/review").text


def test_correcting_a_field_and_taking_it_back(client: TestClient, store: Store) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    url, token = f"/records/{record.id}", token_of(client)
    form = {"field": "figures.killed.best", "value": "10", "why": "the <b>mayor's</b> list", "csrf": token}
    assert client.post(f"{url}/correct", data={**form, "value": "many"}).status_code == 400
    assert client.post(f"{url}/correct", data=form).status_code == 303
    html = client.get(url).text
    assert "the &lt;b&gt;mayor&#39;s&lt;/b&gt; list" in html
    assert "in place of" in html
    assert client.post("/corrections/undo", data={"number": "1", "csrf": token}).status_code == 303
    assert "taken back by" in client.get(url).text
    assert client.post("/corrections/undo", data={"number": "1", "csrf": token}).status_code == 404


def test_why_a_value_stands(client: TestClient, store: Store) -> None:
    record = next(r for r in records(store) if r.reports == 2 and r.kind is None)
    html = client.get(f"/records/{record.id}/why").text
    assert "figures.best." in html
    assert "Why these claims" in html
    assert "Why these claims" not in client.get(f"/records/{record.id}/why?field=killed").text
    assert client.get(f"/records/{record.id}/why?field=colour").status_code == 404
