"""The Python API as the contract shows it."""

from __future__ import annotations

import datetime
import hashlib

import pytest

import dragoman


def test_read_returns_a_reading(example_text: str) -> None:
    reading = dragoman.read(example_text, published=datetime.date(2024, 5, 14), title="Harbour talks")
    assert isinstance(reading, dragoman.Reading)
    plain = reading.to_dict()
    assert plain["schema"] == "dragoman.reading/1"
    assert plain["report"]["id"] == "sha256:" + hashlib.sha256(example_text.encode()).hexdigest()
    assert plain["report"]["text"] == example_text
    assert plain["report"]["published"] == "2024-05-14"
    assert plain["report"]["published_from"] == "given"
    assert plain["report"]["title"] == "Harbour talks"


def test_without_a_date_nothing_is_given(example_text: str) -> None:
    report = dragoman.read(example_text).report
    assert report.published is None
    assert report.published_from is None


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        dragoman.read("a \ud800 b")


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError):
        _ = dragoman.nothing
