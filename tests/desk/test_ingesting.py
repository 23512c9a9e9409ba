"""Reports put in through the browser."""

from __future__ import annotations

import json
import re

import pytest
from starlette.testclient import TestClient

from desk.shown import client_of, put_in, reading_client
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.store.opening import Store
from dragoman.store.queries import Wanted, count
from dragoman.web.pages import ingesting


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
