"""Times: values and intervals against the publication date and the text."""

from __future__ import annotations

import datetime

import pytest

import dragoman

TUESDAY = datetime.date(2017, 2, 7)


def values(text: str, published: datetime.date | None = TUESDAY) -> list[tuple[str, str, str | None]]:
    return [(t.span.surface(text), t.value, t.mod) for t in dragoman.read(text, published=published).times]


@pytest.mark.parametrize(
    ("text", "words", "value", "mod"),
    [
        ("The ministers met on Tuesday.", "Tuesday", "2017-02-07", None),
        ("The ministers met on Friday.", "Friday", "2017-02-03", None),
        ("The ministers will meet on Friday.", "Friday", "2017-02-10", None),
        ("A conference will be held in mid-February.", "mid-February", "2017-02", "MID"),
        ("It began in December.", "December", "2016-12", None),
        ("It opened on 4 March 2012.", "4 March 2012", "2012-03-04", None),
        ("The war began in 2001.", "2001", "2001", None),
        ("Exports fell last year.", "last year", "2016", None),
        ("The bridge fell two days ago.", "two days ago", "2017-02-05", None),
        ("Sales rose in the third quarter of 2015.", "the third quarter of 2015", "2015-Q3", None),
        ("The siege lasted six months.", "six months", "P6M", None),
        ("Ships arrive every week.", "every week", "P1W", None),
        ("It was built in the late 1970s.", "the late 1970s", "197X", "END"),
        ("The blast came at 10:30 a.m. on Monday.", "10:30 a.m. on Monday", "2017-02-06T10:30", None),
    ],
)
def test_values(text: str, words: str, value: str, mod: str | None) -> None:
    assert (words, value, mod) in values(text)


def test_the_year_of_a_range_is_that_of_its_end() -> None:
    text = "Between January 1 and March 31, 2016, the agency counted 300 deaths."
    assert [v for _, v, _ in values(text)] == ["2016-01-01", "2016-03-31"]


def test_a_narrative_day_is_reckoned_from_the_last_one_told() -> None:
    text = "The bomb went off on January 6. Police arrested a man the following day."
    reading = dragoman.read(text, published=TUESDAY)
    assert reading.times[1].value == "2017-01-07"
    assert reading.times[1].anchor == reading.times[0].id


def test_without_a_date_relative_times_stay_relative() -> None:
    assert values("The ministers met on Tuesday.", None) == [("Tuesday", "XXXX-WXX-2", None)]
    assert dragoman.read("The ministers met on Tuesday.").times[0].interval is None


def test_mid_month_is_its_middle_third() -> None:
    time = dragoman.read("It starts in mid-February.", published=TUESDAY).times[0]
    assert time.interval == ("2017-02-11", "2017-02-20")


@pytest.mark.parametrize("text", ["They sold 2001 tons of rice.", "He may march on.", "The second man left."])
def test_words_that_are_no_times(text: str) -> None:
    assert values(text) == []


def test_what_is_put_off_until_a_weekday_is_put_off_to_the_next_one() -> None:
    text = "The court adjourned the trial until Thursday. Until Monday nobody had called him a suspect."
    reading = dragoman.read(text, published=datetime.date(2024, 5, 14))
    assert [t.value for t in reading.times] == ["2024-05-16", "2024-05-13"]
