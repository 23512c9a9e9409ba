"""Text of reports stays text, and no page runs or asks for anything of its own."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from desk.shown import BY, PAGES, put_in, reading_client
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store
from told import told

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
