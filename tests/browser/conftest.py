"""A browser on a desk: the app served over a store of made reports, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dragoman import reconcile
from dragoman.api import read_report
from dragoman.domain.reading import Reading
from dragoman.inputs.plain import InputError
from dragoman.inputs.reports import Given, reports
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store
from dragoman.web.app import make_app

CHROMIUM = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("DRAGOMAN_REQUIRE_BROWSER") == "1"
"""Set in CI: there, a missing browser is a failure and no reason to skip."""
DESK = Path(__file__).parent / "desk.jsonl"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if REQUIRED:
            pytest.fail("no Chromium here: install Debian's package chromium, or name one in DRAGOMAN_CHROMIUM")
        pytest.skip("no Chromium here (Debian's package chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def desk_readings() -> list[Reading]:
    arrived = [r for r in reports([str(DESK)], Given()) if not isinstance(r, InputError)]
    return [read_report(getattr(r, "report", r)) for r in arrived]


@pytest.fixture
def desk(tmp_path: Path, desk_readings: list[Reading]) -> Iterator[Store]:
    with open_store(str(tmp_path / "desk.db")) as store:
        for reading in desk_readings:
            ingest(store, reading, reconcile)
        yield store


@pytest.fixture
def address(desk: Store) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page on which every error of a script, and every request to another host, fails the test."""
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    opened.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    opened.on(
        "request",
        lambda asked: (
            wrong.append(f"other host: {asked.url}") if not asked.url.startswith((address, "data:", "blob:")) else None
        ),
    )
    yield opened
    opened.close()
    assert not wrong
