"""The list pages: what they show and count, and their links."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from desk.shown import BY, PAGES, chips, choices, client_of, number, titles
from dragoman.store import faceting
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, records
from dragoman.web.pages import timeline
from told import told


def test_every_facet_leads_to_as_many_records_as_it_says(client: TestClient) -> None:
    for start in (
        "/records",
        "/records?type=ASSAULT",
        "/records?country=PER&conflict=yes",
        "/timeline?actor=Ana",
        "/map",
    ):
        page = client.get(start).text
        found = choices(page)
        assert found, start
        for key, (url, promised) in found.items():
            if "aria-current" not in re.search(rf'<a id="{re.escape(key)}"[^>]*>', page)[0]:
                assert number(client.get(url).text) == promised, (start, key)


def test_filters_are_in_the_url_and_can_be_taken_back(client: TestClient) -> None:
    page = client.get("/records?text=raid&country=ken&status=possible&sort=oldest").text
    assert number(page) == 1
    assert list(chips(page)) == ["words raid", "status possible", "country Kenya"]
    assert chips(page)["country Kenya"] == "/records?text=raid&status=possible&sort=oldest"
    assert number(client.get(chips(page)["country Kenya"]).text) == 1
    assert number(client.get("/records?since=2024-05-10&until=2024-05-20").text) == 2
    assert number(client.get("/records?conflict=yes").text) == 1
    assert number(client.get("/records?party=BEN").text) == 1


def test_what_can_not_be_read_in_a_url_is_told_and_left_out(client: TestClient) -> None:
    bad = "type=WAR&status=x&country=XXX&since=2024-13-01&until=soon&conflict=maybe&bbox=1,2,nan,4&sort=up&page=0"
    page = client.get(f"/records?{bad}")
    assert page.status_code == 200
    assert page.text.count("It is left out.") == 9
    assert number(page.text) == 6
    assert client.get(f"/records.csv?{bad}").status_code == 400
    assert "nothing lies between" in client.get("/records?since=2024-05-09&until=2024-05-01").text
    assert client.get("/timeline?since=2024-05-09&until=2024-05-01").status_code == 200
    assert client.get("/timeline?by=mood&grain=hour").text.count("It is left out.") == 2
    for wild in (
        "page=9999999999999999999",
        "page=²",
        "text=%00",
        "text=%ED%A0%80",
        "bbox=,,,",
        "since=",
        "actor=%22'",
    ):
        assert client.get(f"/records?{wild}").status_code == 200, wild


def test_long_lists_have_pages(client: TestClient, store: Store) -> None:
    lines = "\n".join(f"{'abcdefghij'[n // 10] * 3} {'klmnopqrst'[n % 10] * 3} #{n % 28 + 1}" for n in range(100))
    ingest(store, told(lines, 1), BY)
    first, second = client.get("/records?sort=oldest").text, client.get("/records?sort=oldest&page=2").text
    last = client.get("/records?sort=oldest&page=3").text
    assert [len(titles(p)) for p in (first, second, last)] == [50, 50, 6]
    assert len({*titles(first), *titles(second), *titles(last)}) == 106
    assert 'href="/records?sort=oldest&amp;page=2" aria-current="page"' in second
    assert 'rel="prev" href="/records?sort=oldest&amp;page=1"' in second
    assert "51–100 of 106" in second
    assert "page=" not in choices(second)["type-PROTEST"][0]
    beyond = client.get("/records?page=4").text
    assert "There is no page 4" in beyond
    assert 'href="/records"' in beyond


def test_the_words_that_were_looked_for_are_shown(client: TestClient, store: Store) -> None:
    ingest(store, told(f"{'long way '.title() * 60}<b> Strikers' <i> walk out #9 @KEN", 30), BY)
    page = client.get("/records?text=strikers walk").text
    assert "<mark>Strikers</mark>&#39; &lt;i&gt; <mark>walk</mark> out" in page
    assert "<mark>denied" not in page
    both = client.get("/records?text=miners&sort=reports").text
    assert "<mark>miners</mark> strike on coast road" in both
    assert "<mark>" not in client.get("/records").text


def test_an_empty_answer_says_what_to_do(client: TestClient, tmp_path: Path) -> None:
    assert "No record has all of this" in client.get("/records?text=volcano").text
    with open_store(str(tmp_path / "empty.db")) as empty:
        for path in PAGES[1:]:
            assert "The store is empty" in client_of(empty).get(path).text
        assert "Put the first reports in" in client_of(empty).get("/").text


def test_the_list_can_be_taken_away(client: TestClient, store: Store) -> None:
    lines = client.get("/records.jsonl?country=KEN&sort=oldest")
    assert lines.headers["content-disposition"] == 'attachment; filename="records.jsonl"'
    assert [json.loads(line)["id"] for line in lines.text.splitlines()] == [
        r.id for r in records(store, Wanted(country="KEN"))
    ]
    rows = list(csv.DictReader(io.StringIO(client.get("/records.csv").text)))
    assert {row["id"] for row in rows} == {r.id for r in records(store)}
    assert 'href="/records.csv?country=KEN"' in client.get("/records?country=KEN").text


# The timeline


def test_the_timeline_counts_and_narrows(client: TestClient) -> None:
    page = client.get("/timeline?grain=day").text
    bars = dict(re.findall(r'<a href="([^"]+)" class="column" aria-label="[^"]+: (\d+) record', page))
    assert sum(map(int, bars.values())) == 5
    assert "1 has no beginning" in page
    url = next(html.unescape(u) for u in bars if "since=2024-05-10" in u)
    assert url == "/timeline?since=2024-05-10&until=2024-05-10"
    assert number(client.get(url).text) == 1
    assert " possible</li>" in client.get("/timeline?by=status").text
    assert "2024-05" in client.get("/timeline?grain=month").text


def test_what_lies_far_from_the_rest_is_not_drawn_unless_asked_for() -> None:
    found = [faceting.Bin(begins="1899", value="AID", count=1), faceting.Bin(begins="2020", value="AID", count=500)]
    first, last, left = timeline._without_far(
        found, datetime.date(1899, 1, 1), datetime.date(2020, 6, 1), timeline.read_filters({})
    )
    assert (first, last, left) == (datetime.date(2020, 1, 1), datetime.date(2020, 6, 1), 1)
    asked = timeline.read_filters({"since": "1899-01-01"})
    assert timeline._without_far(found, datetime.date(1899, 1, 1), datetime.date(2020, 6, 1), asked)[2] == 0


@pytest.mark.parametrize("grain", timeline.GRAINS)
def test_spans_cover_all_days_to_the_ends_of_the_calendar(grain: str) -> None:
    for first, last in (
        (datetime.date(2019, 12, 30), datetime.date(2020, 3, 1)),
        (datetime.date.min, datetime.date(1, 2, 1)),
        (datetime.date(9999, 11, 1), datetime.date.max),
    ):
        spans = list(timeline._spans(first, last, grain))
        assert len(spans) == timeline._bins(first, last, grain)
        assert spans[0][0] <= first
        assert last <= spans[-1][1]
        for (_, end), (start, _) in pairwise(spans):
            assert (start - end).days == 1


def test_a_day_at_either_end_of_the_calendar_is_drawn(client: TestClient) -> None:
    for query in ("since=0001-01-01", "until=9999-12-31", "since=0001-01-01&until=9999-12-31&grain=day"):
        assert client.get(f"/timeline?{query}").status_code == 200


# The map


def test_the_map_gets_points_and_countries(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = client.get("/map/points.json?status=occurred").json()
    assert {p["title"] for p in told["points"]} >= {"Ben", "Ana"}
    assert [(c["code"], c["number"], c["count"]) for c in told["countries"]] == [("FJI", "242", 1), ("KEN", "404", 1)]
    assert not told["partial"]
    monkeypatch.setattr("dragoman.web.pages.map.MOST_POINTS", 2)
    few = client.get("/map/points.json").json()
    assert (len(few["points"]), few["total"], few["partial"]) == (2, 5, True)
    assert client.get("/map/points.json?bbox=170,-30,-160,0").json()["total"] == 2


def test_the_map_lists_what_is_on_view(client: TestClient) -> None:
    page = client.get("/map?bbox=30,-5,40,5").text
    assert "2 records on the map" in page
    assert len(titles(page)) == 2
    assert "on the map the part on view" in chips(page)
    assert number(client.get("/records?bbox=30,-5,40,5").text) == 2
    assert "Natural Earth" in page


# The start page


def test_the_start_page_tells_what_is_new_coming_and_contested(client: TestClient, store: Store) -> None:
    page = client.get("/").text
    assert '<a href="/records?conflict=yes">1 contested</a>' in page
    assert "1 plan whose day has passed" in page
    assert re.search(
        r"contested</h2>.*?Ana.*?status.*?(occurred|denied)</bdi> or <bdi>(occurred|denied)", page, re.S | re.I
    )
    assert "/records?type=CONSULT" in page
    assert 'href="/actors?name=Ana"' in page
    soon = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=40)
    with store.writing() as connection:
        connection.execute(
            faceting.RECORD.update().where(faceting.RECORD.c.status == "planned").values(until=soon.isoformat())
        )
    assert "1 still to come" in client.get("/").text
