"""Stores and clients of the web tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from shown import BY, REPORTS
from starlette.testclient import TestClient

from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store
from dragoman.web.app import make_app
from test_store import SERVER, empty


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
