"""Stores and clients of the tests of list pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from desk.shown import BY, REPORTS, client_of
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "desk.db"
    with open_store(str(path)) as opened:
        for reading in REPORTS:
            ingest(opened, reading, BY)
    return path


@pytest.fixture
def store(filled: Path, where: str) -> Iterator[Store]:
    """Return a store of its own: a copy of the file, or a database of the server filled anew."""
    if "://" not in where:
        shutil.copy(filled, where)
    with open_store(where) as opened:
        for reading in REPORTS if "://" in where else []:
            ingest(opened, reading, BY)
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return client_of(store)
