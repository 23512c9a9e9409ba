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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The death toll rose to 112 from 98 on Thursday.", [("killed", 112), ("killed", 98)]),
        ("The clash brings to 47 the number of people killed since January.", [("killed", 47)]),
        ("The army said five rebels died. The rebels put the figure at 40.", [("killed", 5), ("killed", 40)]),
        ("The number of displaced people fell by 12,000 to 88,000.", [("displaced", None), ("displaced", 88_000)]),
        ("The toll has risen to at least 45, up from 30.", [("killed", 45), ("killed", 30)]),
        ("A raid killed at least 32 and injured 110.", [("killed", 32), ("injured", 110)]),
        ("Five protesters were shot dead.", [("killed", 5)]),
        ("Medics received the bodies of 19 people.", [("killed", 19)]),
        ("The group claimed the killing of seven soldiers.", [("killed", 7)]),
        ("Three policemen and two civilians were among the dead.", [("killed", 3), ("killed", 2)]),
        ("The flood made 1,000 people homeless.", [("displaced", 1000)]),
        ("Some 20,000 people were driven from their homes.", [("displaced", 20_000)]),
        ("Police seized 12 rifles and burned 200 houses.", [("weapons", 12), ("households", 200)]),
        ("The parliament voted 154 to 87 to approve the bill.", [("votes", 154), ("votes", 87)]),
        ("A 300-member delegation arrived.", [("participants", 300)]),
        ("A crowd of 10,000 filled the square.", [("protesters", 10_000)]),
        ("Nobody was hurt.", [("injured", 0)]),
        ("About 2,000 protesters gathered outside.", [("protesters", 2000)]),
    ],
)
def test_what_news_counts(text: str, wanted: list[tuple[str, int | None]]) -> None:
    assert [(f.measure, f.value) for f in figures(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("At least 17 people, including five children, were killed.", [None, "f1"]),
        ("Forty-three people died, among them nine women.", [None, "f1"]),
        ("Four people were wounded, one of them seriously.", [None, "f1"]),
        ("Eleven people were killed: four soldiers, five rebels and two children.", [None, "f1", "f1", "f1"]),
        ("Medics treated five patients with burns, four men and one woman.", [None, "f1", "f1"]),
        ("More than half of the 300 hostages were freed.", ["f2", None]),
        ("The blast killed 17 people and wounded nine.", [None, None]),
        ("The raid killed five soldiers, four civilians and two children.", [None, None, None]),
    ],
)
def test_a_part_points_to_its_whole(text: str, wanted: list[str | None]) -> None:
    assert [f.part_of for f in figures(text)] == wanted


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Hundreds of thousands of people marched.", 200_000),
        ("Tens of thousands of people marched.", 20_000),
        ("Several hundred people marched.", 200),
        ("A few dozen people marched.", 24),
    ],
)
def test_uncounted_numbers_have_a_low_bound(text: str, low: int) -> None:
    (found,) = figures(text)
    assert (found.value, found.low, found.precision) == (None, low, "at_least")


def test_who_puts_a_total_is_its_source() -> None:
    reading = dragoman.read("The army said five rebels died. State media put the toll at 40.", published=DAY)
    source = reading.figures[1].source
    assert source is not None
    assert next(e.name for e in reading.entities if e.id == source.entity) == "State media"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The blast injured 1,2,3 people.", []),
        ("The blast killed 99999999999999999999999999 people.", []),
        ("The blast killed 0 people.", [0]),
        ("The blast killed ٢٣ people.", [23]),
        ("The blast killed ² people.", []),
        ("Floods killed 10^400 people.", []),
        ("Floods displaced ١٫٥ million people.", []),
        ("Floods killed २५ people and ３０ soldiers.", [25, 30]),
        ("half of the", []),
        ("two thirds of the 1e999 of", []),
        ("Tens of", []),
    ],
)
def test_odd_numbers_invent_nothing(text: str, values: list[int]) -> None:
    assert [f.value for f in figures(text)] == values


def test_a_dateline_is_no_part_of_the_first_sentence() -> None:
    reading = dragoman.read("BAIDOA, Somalia (Wire) - About 50 people were killed when fighters shelled a camp.")
    assert [(f.value, f.who) for f in reading.figures] == [(50, "people")]
