"""Figures: what is counted, how exactly, when and by whose account."""

from __future__ import annotations

import datetime

import pytest

import dragoman
from dragoman.domain.findings import Figure

DAY = datetime.date(2024, 5, 14)


def figures(text: str) -> list[Figure]:
    return list(dragoman.read(text, published=DAY).figures)


@pytest.mark.parametrize(
    ("text", "measure", "value", "precision"),
    [
        ("A bomb killed at least 14 people.", "killed", 14, "at_least"),
        ("The blast wounded 37 others.", "injured", 37, "exact"),
        ("More than 60 civilians were killed and injured in the raid.", "casualties", 60, "at_least"),
        ("Police arrested five suspects.", "detained", 5, "exact"),
        ("The fighting displaced some 9,000 people.", "displaced", 9000, "approximate"),
        ("Norway will send nearly $40 million.", "money", 40_000_000, "approximate"),
        ("Kenya has 3,600 soldiers there.", "troops", 3600, "exact"),
        ("There were no casualties.", "casualties", 0, "exact"),
    ],
)
def test_measures(text: str, measure: str, value: int, precision: str) -> None:
    found = figures(text)
    assert [(f.measure, f.value, f.precision) for f in found] == [(measure, value, precision)]


def test_a_range_has_no_single_value() -> None:
    (found,) = figures("Between 10 and 20 people were killed.")
    assert (found.value, found.low, found.high, found.precision) == (None, 10, 20, "between")


def test_dozens_are_at_least_two_dozen() -> None:
    (found,) = figures("Dozens of people were killed.")
    assert (found.value, found.low, found.precision) == (None, 24, "at_least")


def test_a_rise_keeps_its_baseline_apart() -> None:
    text = "The number of civilians killed in Kenya rose by three percent in 2016 compared to the previous year."
    (found,) = figures(text)
    assert found.change is not None
    assert (found.measure, found.value, found.who) == ("killed", None, "civilians")
    assert (found.change.direction, found.change.amount, found.change.unit) == ("rise", 3, "percent")
    assert found.change.baseline == ("2015-01-01", "2015-12-31")
    assert found.period == ("2016-01-01", "2016-12-31")


def test_causes_told_later_are_tied_to_the_count() -> None:
    text = "The agency counted 300 civilian deaths in Kenya. The deaths were caused by car bombs and mortar fire."
    (found,) = figures(text)
    assert [c.span.surface(text) for c in found.causes] == ["car bombs", "mortar fire"]


@pytest.mark.parametrize(
    "text",
    ["Resolution 2254 was adopted.", "The 30-year-old man left.", "They met on May 6, 2024.", "The second man left."],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert figures(text) == []


def test_the_speaker_is_the_source() -> None:
    text = "A bomb killed 14 people, the police said."
    reading = dragoman.read(text, published=DAY)
    source = reading.figures[0].source
    assert source is not None
    assert next(e.name for e in reading.entities if e.id == source.entity) == "the police"
