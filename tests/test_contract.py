"""Whatever the text, a reading keeps the contract: it validates, its evidence lies in the text, its rules are known."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from conftest import EXAMPLE_DAY, contract_faults
from dragoman.api import shipped_parser
from dragoman.lexicon.source import load_entries, topics

MUTATED = 9_000
RANDOM = 1_000
MARKS = [
    "“",
    "”",
    '"',
    "'",
    "’",
    "‘",
    "``",
    "''",
    "\n",
    "\n\n",
    "\t",
    "\x07",
    "\u200b",
    "(",
    ")",
    "–",
    ",",
    ".",
    " ",
    "%",
    "$",
    "3",
]
WORDS = [
    "said",
    "not",
    "who",
    "killed",
    "5,000",
    "Tuesday",
    "in",
    "Moscow",
    "he",
    "we",
    "between",
    "and",
    "to",
    "of",
    "2016",
]


def seeds() -> list[str]:
    texts = [x["text"] for topic in topics() for entry in load_entries(topic) for x in entry.finds]
    return texts or ["The ministers met in Oslo on Tuesday, officials said."]


def mutated(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:at] + text[at + rng.randint(1, 12) :]
        elif kind == 1:
            text = text[:at] + rng.choice(MARKS) + text[at:]
        elif kind == 2:
            text = text[:at] + " " + rng.choice(WORDS) + " " + text[at:]
        elif kind == 3:
            text = text[at:] + text[:at]
        elif kind == 4:
            text = text[:at] + text[at:].upper()
        else:
            words = text.split(" ")
            rng.shuffle(words)
            text = " ".join(words) if rng.random() < 0.2 else text + " " + text[:at]
    return text[:600]


def inputs(part: int, parts: int) -> Iterator[str]:
    rng = random.Random(7000 + part)
    found = seeds()
    for _ in range(MUTATED // parts):
        yield mutated(rng.choice(found), rng)


@pytest.mark.parametrize("part", range(6))
def test_mutated_texts_keep_the_contract(part: int) -> None:
    for n, text in enumerate(inputs(part, 6)):
        published = EXAMPLE_DAY if n % 2 else None
        faults = contract_faults(dragoman.read(text, published=published))
        assert not faults, (text, faults)


@settings(max_examples=RANDOM, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120),
        st.lists(st.sampled_from(WORDS + MARKS), max_size=40).map(" ".join),
        st.lists(st.sampled_from(WORDS + MARKS), max_size=40).map("".join),
    ),
    st.one_of(st.none(), st.dates()),
)
def test_random_texts_keep_the_contract(text: str, published: datetime.date | None) -> None:
    assert contract_faults(dragoman.read(text, published=published)) == []


def test_the_example_keeps_the_contract(example_text: str) -> None:
    assert contract_faults(dragoman.read(example_text, published=EXAMPLE_DAY)) == []


def test_a_text_that_begins_with_white_space_is_a_tree() -> None:
    parse = shipped_parser().parse(" unless police arrest the r.obbers.Traders will leave  unless police ")
    for token in parse.tokens:
        above = token
        for _ in parse.tokens:
            above = above.head
        assert above.head is above


@pytest.mark.parametrize("text", ["", " ", "\n", "x", "“", "\ufeff", "Fire", "A" * 5000, "“" * 500, "and " * 800])
def test_odd_texts_are_read(text: str) -> None:
    assert contract_faults(dragoman.read(text)) == []


ODD = [
    "The army said on February 30 that 10^400 rebels were killed near Mosul on 31 April 2016.",
    "“We lost ٢٥ men ٣ days ago,” the minister said in Cairo. “Votes are due next year,” he said yesterday.",
    "“It fell 999999999999 years ago, in 99999 BC,” said the mayor of Paris on 99/99/2016 and 2016-13-01.",
    "In Delhi २५ people were killed and ३० wounded tomorrow, last century, next century and the following day.",
    f"Floods killed {'9' * 400} people at 25:61 p.m. and displaced 1e999 at 99999 N, 200 W, a year earlier.",
    "Police in London arrested ２５ men on １２/１２/２０１６; the quarter ended Feb. 30, the year-ago quarter.",
    "The pact of 25 Aban 1395 and 12 Rabi al-Awwal 1438 ends in 5 1/0 years, next Tuesday, last spring, at Easter.",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize(
    "published", [None, datetime.date.min, datetime.date(1, 1, 8), datetime.date(2999, 6, 1), datetime.date.max]
)
def test_odd_numbers_and_days_are_read(text: str, published: datetime.date | None) -> None:
    reading = dragoman.read(text, published=published)
    assert contract_faults(reading) == []
    if published is None:
        assert not [t.value for t in reading.times if t.anchor == "published"]
    assert not [f.value for f in reading.figures if f.value is not None and f.value > 1e15]


def test_the_checker_sees_faults(example_text: str) -> None:
    import msgspec

    reading = dragoman.read(example_text, published=EXAMPLE_DAY)
    event = msgspec.structs.replace(reading.events[0], found_by="no.such-rule", actors=("n999",), trigger=(0, 10**6))
    broken = msgspec.structs.replace(reading, events=(event,))
    assert {"nobody", "refers", "span"} <= {fault.split(": ")[-1].split()[0] for fault in contract_faults(broken)}
