"""A browser on a desk: the app served over a store of made reports, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation.screenshots import ARGUMENTS, CHROMIUM, served
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dragoman import reconcile
from dragoman.api import read_report
from dragoman.domain.reading import Reading
from dragoman.inputs.plain import InputError
from dragoman.inputs.reports import Given, reports
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store

REQUIRED = os.environ.get("DRAGOMAN_REQUIRE_BROWSER") == "1"
"""Set in CI: there, a missing browser is a failure and no reason to skip."""
DESK = Path(__file__).parent / "desk.jsonl"


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
    with served(desk) as where:
        yield where


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
