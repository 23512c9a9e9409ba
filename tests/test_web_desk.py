"""The list pages of the web app: what they show and count, their links, and that text of reports stays text."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman.domain.codes import EventType, Status
from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Conflict, Judgement, Record, Spot, Stand
from dragoman.domain.report import Report
from dragoman.store import faceting
from dragoman.store.faceting import Order, actors, extent, facets, listed, located, newest, streamed
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import Wanted, count, records
from dragoman.web.app import make_app
from dragoman.web.pages import ingesting, timeline
from dragoman.web.settings import Settings
from test_store import SERVER, empty
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


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "desk.db"
    with open_store(str(path)) as opened:
        for reading in REPORTS:
            ingest(opened, reading, BY)
    return path


@pytest.fixture(params=["file", "server"] if SERVER else ["file"])
def store(filled: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    if request.param == "file":
        with open_store(str(shutil.copy(filled, tmp_path))) as opened:
            yield opened
        return
    with open_store(empty(SERVER)) as opened:
        for reading in REPORTS:
            ingest(opened, reading, BY)
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(make_app(store), base_url="http://localhost")


def client_of(store: Store, **settings: object) -> TestClient:
    return TestClient(make_app(store, Settings(**settings)), base_url="http://localhost")


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


# What the store counts


def test_facets_count_what_the_same_question_with_another_value_gives(store: Store) -> None:
    asked = [
        Wanted(),
        Wanted(type=EventType.ASSAULT),
        Wanted(status=Status.OCCURRED, country="KEN"),
        Wanted(conflict=True, text="miners"),
        Wanted(actor="Ana", conflict=False),
        Wanted(party="Ana", since=datetime.date(2024, 5, 19)),
    ]
    for wanted in asked:
        found = facets(store, wanted)
        assert found.total == count(store, wanted)
        for field, tallies in (("type", found.types), ("status", found.statuses), ("country", found.countries)):
            for tally in tallies:
                other = msgspec.structs.replace(wanted, **{field: tally.value})
                assert tally.count == count(store, other), (wanted, tally)
        assert found.contested == tuple(
            count(store, msgspec.structs.replace(wanted, conflict=choice)) for choice in (True, False)
        )


def test_actors_are_counted_by_record_and_have_names(store: Store) -> None:
    assert [(a.name, a.count) for a in actors(store)] == [("Ana", 3), ("Ben", 1)]
    assert [(a.name, a.count) for a in actors(store, Wanted(country="KEN", party="Ana"))] == [("Ben", 1)]
    assert [(a.name, a.count) for a in actors(store, Wanted(actor="ana", text="raid"))] == [("Ana", 1)]
    for actor in actors(store):
        assert count(store, Wanted(party=actor.name)) == actor.count


def test_whoever_is_only_a_word_is_no_actor(store: Store) -> None:
    ingest(store, told("strike in town #11 +we\nraid in town #12 +police", 11), BY)
    assert [a.name for a in actors(store)] == ["Ana", "Ben"]


def test_a_part_of_the_map_may_lie_over_the_date_line(store: Store) -> None:
    over = {r.place.country for r in records(store, Wanted(bbox=(170.0, -30.0, -160.0, 0.0)))}
    assert over == {"FJI", "WSM"}
    assert {r.place.country for r in records(store, Wanted(bbox=(30.0, -5.0, 40.0, 5.0)))} == {"KEN"}
    assert located(store, Wanted(), 2)[1] == 5
    assert len(located(store, Wanted(), 2)[0]) == 2


def test_lists_are_sorted_and_what_lacks_a_day_comes_last(store: Store) -> None:
    oldest = [r.interval and r.interval[0] for r in listed(store, order=Order.OLDEST)]
    assert oldest == ["2024-05-03", "2024-05-09", "2024-05-10", "2024-05-20", "2024-05-25", None]
    assert [r.interval and r.interval[0] for r in listed(store, order=Order.NEWEST)] == [*oldest[4::-1], None]
    assert listed(store, order=Order.REPORTS)[0].reports == 2
    assert listed(store)[0].interval is None  # reported last, on the 21st
    assert listed(store, limit=2, offset=1) == listed(store)[1:3]
    assert list(streamed(store)) == listed(store)
    assert extent(store).undated == 1


def test_what_came_last_is_new(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {r.id for r in newest(store, 10)}
    with store.writing() as connection:
        connection.execute(faceting.RECORD.update().values(added="2020-01-01T00:00:00+00:00"))
    ingest(store, told("harbour ablaze tonight #1", 1), BY)
    assert newest(store, 1)[0].id not in before


# The list


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
    assert 'href="/actors/Ana"' in page
    soon = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=40)
    with store.writing() as connection:
        connection.execute(
            faceting.RECORD.update().where(faceting.RECORD.c.status == "planned").values(until=soon.isoformat())
        )
    assert "1 still to come" in client.get("/").text


# Putting reports in


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


def test_files_are_read_and_lead_to_their_reports(store: Store) -> None:
    client = reading_client(store)
    lines = [{"text": "dockers strike at the port #7", "title": "Port <b>shut</b>", "id": "x1"}, {"text": ""}]
    jsonl = "\n".join(map(json.dumps, lines)).encode()
    page = put_in(client, [("../../etc/a.txt", b"vans blocked by raid #8"), ("b.jsonl", jsonl)], source="Wire")
    assert "2 new, 1 refused" in page
    assert "Port &lt;b&gt;shut&lt;/b&gt;" in page
    assert "b.jsonl, line 2" in page
    assert "`text` is empty" in page
    assert re.search(r'href="/reports/sha256[^"]+"><bdi>a\.txt', page)
    assert count(store, Wanted(text="dockers")) == 1
    with store.reading() as connection:
        held = connection.exec_driver_sql(
            "select given_id, source from report where source = 'Wire' and given_id = 'a'"
        ).one()
    assert tuple(held) == ("a", "Wire")
    assert "1 there already" in put_in(client, [("c.txt", b"vans blocked by raid #8")])


def test_htmx_gets_a_part_that_asks_again_until_all_is_done(store: Store) -> None:
    client = reading_client(store)
    answer = client.post("/ingest", files=[("files", ("a.txt", b"raid"))], headers={"hx-request": "true"})
    assert answer.headers["hx-push-url"].startswith("/ingest/")
    assert "<html" not in answer.text
    assert 'hx-trigger="every 1s"' in answer.text or "Done." in answer.text
    assert "hx-trigger" not in put_in(client, [("a.txt", b"raid")])


@pytest.mark.parametrize(
    ("files", "fields", "told"),
    [
        ([("a.pdf", b"x")], {}, "neither .txt nor .jsonl"),
        ([], {"source": "x"}, "Choose a file first"),
        ([("a.txt", b"x")], {"published": "soon"}, "is no day"),
    ],
)
def test_what_can_not_be_put_in_is_refused(store: Store, files: list, fields: dict, told: str) -> None:
    sent = [("files", f) for f in files]
    answer = client_of(store).post("/ingest", files=sent or None, data=fields)
    assert answer.status_code == 400
    assert told in answer.text


def test_too_much_at_once_is_refused_before_it_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "LARGEST", 1_000_000)
    answer = client_of(store).post("/ingest", files=[("files", ("a.txt", b"x" * 1_100_000))])
    assert answer.status_code == 413
    assert "at most 1 MB" in answer.text
    assert client_of(store).post("/ingest", content=iter([b"x"])).status_code == 411


def test_nothing_is_put_in_where_all_is_read_only(store: Store) -> None:
    client = client_of(store, read_only=True)
    for headers in ({}, {"hx-request": "true"}):
        answer = client.post("/ingest", files=[("files", ("a.txt", b"raid"))], headers=headers)
        assert answer.status_code == 403
        assert "can&#39;t be put in" in answer.text
    assert 'id="ingest"' not in client.get("/").text
    assert 'id="ingest"' in client_of(store).get("/").text


def test_texts_that_are_no_single_english_report_are_refused(store: Store) -> None:
    german = "Der Minister hat am Montag in der Hauptstadt mit den Vertretern der Gewerkschaften verhandelt. " * 4
    page = put_in(
        reading_client(store), [("a.txt", german.encode()), ("b.txt", b"word " * 210_000), ("c.txt", b"\xff")]
    )
    assert "another language (de)" in page
    assert "no single report" in page
    assert "is not UTF-8" in page


def test_a_reader_that_breaks_is_told_of(store: Store) -> None:
    def broken(report: Report) -> Reading:
        raise RuntimeError("<model> gone")

    page = put_in(reading_client(store, broken), [("a.txt", b"raid")])
    assert "reading stopped: RuntimeError: &lt;model&gt; gone" in page


def test_an_upload_that_is_not_known_is_not_found(client: TestClient) -> None:
    assert client.get("/ingest/nothing").status_code == 404


# What every page keeps to

HOSTILE = "<script>alert(1)</script>\u202egnp.exe\x07 <img src=x onerror=alert(1)> \" onmouseover=alert(1) '"


def test_text_of_reports_stays_text(store: Store) -> None:
    line = f"{HOSTILE} raid #9 @KEN +<script>alert(2)</script>\u202ex =planned"
    ingest(store, told(f"{line}\n{'w' * 1_000_000} strike #9 @PER", 9), BY)
    client = reading_client(store)
    for path in (
        *PAGES,
        "/records?text=raid",
        "/records?party=%3Cscript%3Ealert(2)%3C/script%3E%E2%80%AEx",
        "/records?country=PER",
    ):
        page = client.get(path).text
        assert "alert(1)" not in page or "&lt;script&gt;alert(1)" in page
        assert not re.search(r"<script(?! src=\"/static/)", page), path
        assert not re.search(r"<[^>]* on\w+=(?![^<>]*&)", page), path
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", page), path
        assert len(page) < 150_000, path
    assert "&lt;script&gt;alert(2)" in client.get("/records").text
    points = client.get("/map/points.json").json()["points"]
    assert max(len(p["title"]) for p in points) <= 140
    page = put_in(client, [("<script>x</script>.txt", b"raid at dawn"), ("\u202etxt.txt", b"raid at noon")])
    assert "script>x</script" not in page
    assert "\u202e" not in page
    hostile = "/records?text=%3Cscript%3E&actor=%22%3E%3Cscript%3Ealert(3)&type=%3Cb%3E"
    assert "<script>alert(3)" not in client.get(hostile).text
    assert "“&lt;b&gt;”" in client.get(hostile).text


def test_no_page_has_inline_script_or_style_or_names_another_host(client: TestClient) -> None:
    for path in (*PAGES, "/records?text=raid", "/timeline?by=status", "/nowhere"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        assert not re.search(r"<style|<[^>]* style=|<[^>]* on\w+=|<script(?! src=\"/)", answer.text), path
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", answer.text), path
