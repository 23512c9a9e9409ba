"""A desk: a store of a few reports, one of them hostile, and a client of the app over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import reconcile
from dragoman.api import read_report
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report, content_id
from dragoman.store.accounts import Account, Role, add_account
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store
from dragoman.web.app import make_app
from dragoman.web.auth.passwords import hash_password
from dragoman.web.settings import Settings

HOSTILE = (
    "<script>alert(1)</script> killed 12 people in Nairobi on Monday, police said.\n\n"
    '\u202egnp.exe\u202c and "><img src=x onerror=alert(2)> met {{7*7}} in Kampala. ' + "x" * 20_000 + "\x00\x07 end."
)
REPORTS = [
    ("wire-1", "2024-05-14", "A bomb in the market of Mogadishu killed nine traders on Monday, police said."),
    ("wire-2", "2024-05-15", "A bomb in the central market of Mogadishu on Monday killed 11 traders, a doctor said."),
    ("desk-1", "2024-05-14", "Kenya and Somalia will meet in Nairobi on June 3 for talks on the border."),
    ("<b>bold</b>", "2024-05-16", HOSTILE),
]
OUTLETS = ("Example Wire", "Harbour Herald", '"><script>alert(3)</script>')
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    return [read_report(_report(name, day, text, number)) for number, (name, day, text) in enumerate(REPORTS)]


def _report(name: str, day: str, text: str, number: int) -> Report:
    return msgspec.convert(
        {
            "id": content_id(text), "given_id": name, "text": text, "published": day,
            "source": OUTLETS[min(number, 2)],
            "url": "javascript:alert(4)" if number else "https://news.example/1",
        },
        Report, strict=False,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, readings: list[Reading]) -> Iterator[Store]:
    with open_store(str(tmp_path / "desk.db")) as opened:
        for reading in readings:
            ingest(opened, reading, reconcile)
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(make_app(store), base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def guarded(store: Store) -> TestClient:
    """A client of the app with accounts: rita reads, vera reviews, ada is an admin."""
    hashed = hash_password(PASSWORD)
    for name, role in (("rita", Role.READER), ("vera", Role.REVIEWER), ("ada", Role.ADMIN)):
        add_account(store, Account(name=name, role=role, hash=hashed, created="2024-05-14T00:00:00+00:00"))
    app = make_app(store, Settings(auth=True, hosts=("testserver",)))
    return TestClient(app, follow_redirects=False)


def token_of(client: TestClient, url: str = "/review") -> str:
    """Return the token that the forms of a page send."""
    html = client.get(url).text
    mark = '<meta name="csrf-token" content="'
    start = html.index(mark) + len(mark)
    return html[start : html.index('"', start)]
