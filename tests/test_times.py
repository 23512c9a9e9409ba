"""Times: values and intervals against the publication date and the text."""

from __future__ import annotations

import datetime
import re

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
        ("It was built in the late 1970s.", "the late 1970s", "197", "END"),
        ("The blast came at 10:30 a.m. on Monday.", "10:30 a.m. on Monday", "2017-02-06T10:30", None),
    ],
)
def test_values(text: str, words: str, value: str, mod: str | None) -> None:
    assert (words, value, mod) in values(text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It met on April 24 and 25.", "25", "2016-04-25"),
        ("It met on 3 and 4 May 2016.", "3", "2016-05-03"),
        ("It was held in the spring of nineteen ninety-four.", "the spring of nineteen ninety-four", "1994-SP"),
        ("Killings after the August 7 bombing went on.", "August 7", "2016-08-07"),
        ("It fell on Thanksgiving.", "Thanksgiving", "2016-11-24"),
        ("It will fall on Good Friday.", "Good Friday", "2017-04-14"),
        ("The base closes by year's end.", "year's end", "2017"),
        ("They meet the week of March 6.", "the week of March 6", "2017-W10"),
        ("Fighting went on over the weekend.", "the weekend", "2017-W05-WE"),
        ("The rebels hold it until 9 a.m. Tuesday.", "9 a.m. Tuesday", "2017-02-07T09:00"),
        ("The kingdom lasted more than two thousand years.", "more than two thousand years", "P2000Y"),
        ("A second blast came two days after the vote.", "two days", "P2D"),
        ("Sales fell in fiscal 2015.", "fiscal 2015", "2015"),
        ("The law of 15 Khordad 1391 (4 June 2012) stands.", "4 June 2012", "2012-06-04"),
        ("It was signed on 1 Ramadan 1439 (May 17, 2018).", "May 17, 2018", "2018-05-17"),
        ("The blast came on ٣ March ٢٠١٢.", "٣ March ٢٠١٢", "2012-03-03"),
        ("The blast came on ३ March २०१२.", "३ March २०१२", "2012-03-03"),
        ("The blast came on １２/１２/２０１２.", "１２/１２/２０１２", "2012-12-12"),
        ("The guards fled ٣ days ago.", "٣ days ago", "2017-02-04"),
        ("The Normans landed on 28 September 1066.", "28 September 1066", "1066-09-28"),
        ("The forest is 1,000 years older; it burnt for 1,500 days.", "1,500 days", "P1500D"),
        ("The ceasefire broke down two and a half months later; it had held 2 1/2 years.", "2 1/2 years", "P2Y6M"),
        ("The school opens in autumn.", "autumn", "2017-FA"),
        ("It burnt in the 1990s.", "the 1990s", "199"),
        ("It grew in the second quarter of last year.", "the second quarter of last year", "2016-Q2"),
        ("Voting ends in mid-June.", "mid-June", "2017-06"),
        ("The minister spoke on Tuesday.", "Tuesday", "2017-02-07"),
        ("The minister will speak on Tuesday.", "Tuesday", "2017-02-07"),
        ("The minister will speak next Tuesday.", "next Tuesday", "2017-02-14"),
        ("The minister spoke last Tuesday.", "last Tuesday", "2017-01-31"),
        ("The pact of 25 Aban 1395 (15 November 2016) stands.", "15 November 2016", "2016-11-15"),
    ],
)
def test_forms_of_dates(text: str, words: str, value: str) -> None:
    assert [(w, v) for w, v, _ in values(text) if w == words] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The law of 15 Khordad 1391 stands.", []),
        ("It was signed on 1 Ramadan 1439.", []),
        ("The council met on February 30, 2016.", []),
        ("The council met on February 30.", []),
        ("The council met on 31 April 2016 and on April 31.", []),
        ("Reports of 99/99/2016, 13/13/2016, 2016-13-01 and 2016-02-30 are lost.", []),
        ("The council met on 32 May and on May 0.", []),
        ("It shut at 25:61, at 13 p.m. and at 99 a.m. sharp.", []),
        ("It happened 999999999999 years ago.", []),
        ("It happened ９９９９９９９９９９９９ years ago.", []),
        ("It was built in 99999 BC and burnt in 1700 B.C. and 1650 BCE.", []),
        ("It burnt on March 5, 99999.", []),
        ("It burnt on March 5, 300 AD.", []),
        ("They kept Christmas 9999 and Easter 1500.", []),
        ("They met the week of December 31, 9999.", []),
        ("They meet every 0 days, or 0 times a year, or every 999999999999 days.", []),
        ("It lasted 5 1/0 years and 0 hours.", []),
        ("It fell 1,000,000 days ago.", []),
        ("It was signed on 25 Aban 1395.", []),
        ("It was signed on 12 Rabi al-Awwal 1438, or in 1750 AH.", []),
        ("It lasted 99999999999999999999 years.", []),
        ("It lasted 999999999 centuries.", []),
        ("It happened 500000000 years ago.", []),
        ("The 6-year-old boy is 52 years old.", []),
        ("It costs $500 million a year.", []),
    ],
)
def test_nothing_is_invented(text: str, expected: list[str]) -> None:
    assert [v for _, v, _ in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("He fled yesterday.", datetime.date.min, []),
        ("He fled last week and last month, last year.", datetime.date.min, []),
        ("Votes are due next year, next month and tomorrow.", datetime.date.max, []),
        ("He fled yesterday.", datetime.date(2999, 1, 1), ["2998-12-31"]),
        ("He fled yesterday.", None, ["PAST_REF"]),
        ("Votes are due next year, tomorrow.", None, ["FUTURE_REF", "FUTURE_REF"]),
    ],
)
def test_what_the_calendar_lacks_is_not_told(text: str, published: datetime.date | None, expected: list[str]) -> None:
    assert [v for _, v, _ in values(text, published)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast came at 6 a.m. (0300 GMT) Friday.", "2017-02-03T06:00"),
        ("On Monday, shells hit the port at 4 p.m. sharp.", "2017-02-06T16:00"),
        ("The offer had been due to expire Friday evening.", "2017-02-03TEV"),
        ("The offer is due to expire Friday evening.", "2017-02-10TEV"),
    ],
)
def test_a_time_of_day_falls_on_the_day_that_its_sentence_names(text: str, expected: str) -> None:
    assert expected in [v for _, v, _ in values(text)]


def test_accounts_are_compared_with_the_same_quarter_of_the_year_before() -> None:
    text = "Profit fell in the third quarter. Sales were 3 million, from 4 million a year earlier."
    assert [v for _, v, _ in values(text)] == ["2016-Q3", "2015-Q3"]


def test_the_day_before_a_month_is_no_day() -> None:
    assert values("It ended in December 2016. They had left the day before.")[1][1] == "PAST_REF"


EVERYTHING = (
    "The ministers met on Tuesday. Last year it fell, a year earlier in the third quarter. The day before, they left. "
    "In December it rose; next month, next week, tomorrow, yesterday, two decades ago, Thanksgiving, Christmas, last "
    "winter, the weekend, in the first quarter, the quarter ended Dec. 31, the previous day, 3000 days ago, last "
    "century, two millennia ago, 9 p.m. Tuesday, the week of March 6, by year's end, until May 3, ten years later."
)


@pytest.mark.parametrize(
    "published",
    [datetime.date.min, datetime.date(1, 12, 31), datetime.date(2090, 1, 1), datetime.date.max, None],
)
def test_the_ends_of_the_calendar_are_survived(published: datetime.date | None) -> None:
    for time in dragoman.read(EVERYTHING, published=published).times:
        assert not time.value.startswith("0000")
        assert not re.match(r"\d{5}", time.value)
        if published is None:
            assert time.interval is None


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
