"""Which tellings are of one deed, and what a deed that answers another keeps for itself."""

from __future__ import annotations

import datetime

import pytest

import dragoman
from dragoman.domain.findings import Event
from dragoman.domain.reading import Reading

DAY = datetime.date(2024, 5, 14)


def read(text: str) -> Reading:
    return dragoman.read(text, published=DAY)


def assaults(text: str) -> list[Event]:
    return [e for e in read(text).events if e.type == "ASSAULT"]


def words(text: str) -> list[list[str]]:
    return [sorted(s.surface(text) for s in (e.trigger, *e.mentions)) for e in assaults(text)]


def towns(text: str) -> dict[str, str | None]:
    reading = read(text)
    names = {p.id: p.name for p in reading.places}
    return {e.trigger.surface(text): names.get(e.place or "") for e in reading.events if e.type == "ASSAULT"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a hotel in Kano on May 6. Rebels attacked a hotel in Maiduguri.",
        "Rebels clashed with soldiers at the base. The airstrike on the base killed ten rebels.",
        "A suicide bomber rammed a truck into a bank, killing six. The army is looking into the air strikes.",
        "Gunmen attacked a hotel on May 6. Attacks are rare there.",
        "The militia carried out the attack in retaliation for shelling last week in Helmand province.",
        "The attack was a reprisal for the shelling in Helmand.",
    ],
)
def test_two_deeds_stay_two(text: str) -> None:
    assert len(assaults(text)) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a hotel in Kano on May 6. The attack in Kano lasted an hour.",
        "Gunmen attacked a hotel on May 6. The attacks lasted an hour.",
    ],
)
def test_one_deed_told_twice_is_one(text: str) -> None:
    assert len(assaults(text)) == 1


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The militia carried out the attack in retaliation for shelling last week in Helmand province.", "attack"),
        ("The attack was a reprisal for the shelling in Helmand last week.", "attack"),
        ("Rebels bombed a bank in response to a series of army raids last month in Jos.", "bombed"),
    ],
)
def test_time_and_place_of_what_a_deed_answers_are_not_its_own(text: str, trigger: str) -> None:
    event = next(e for e in assaults(text) if e.trigger.surface(text) == trigger)
    assert (event.interval, event.place) == (None, None)


def test_what_is_answered_keeps_its_time() -> None:
    text = "The militia carried out the attack in retaliation for shelling last week in Helmand province."
    found = {e.trigger.surface(text): e.interval for e in assaults(text)}
    assert found["shelling"] == ("2024-05-06", "2024-05-12")


def test_whoever_answers_a_deed_did_not_do_it() -> None:
    text = "The Taliban said it carried out the attack in retaliation for air strikes in Kunduz."
    reading = read(text)
    names = {e.id: e.name for e in reading.entities}
    event = next(e for e in reading.events if e.trigger.surface(text) == "air strikes")
    assert [names[a] for a in event.actors] == []


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Gunmen struck at the embassy in the northern commercial hub of Kano late on Thursday.", "Kano"),
        ("Gunmen shot two men on the outskirts of Jos.", "Jos"),
        ("Shops closed in Kismayo. Rebels attacked Kismayo on Friday.", "Kismayo"),
        ("Rebels attacked a hotel in Nigeria on May 6. The attack in Kano lasted an hour.", "Kano"),
    ],
)
def test_a_deed_is_in_the_town_that_is_named(text: str, town: str) -> None:
    assert list(towns(text).values()) == [town]


def test_a_toll_of_the_incident_belongs_to_the_deed_told_last() -> None:
    text = (
        "Gunmen have attacked a bank in Kano, killing six civilians. A minister condemned the attack."
        " The army is looking into the shelling of a farm. Some 30 civilians were killed in the incident."
    )
    reading = read(text)
    told = {f.value: f.event for f in reading.figures if f.measure == "killed"}
    event = next(e for e in reading.events if e.id == told[30])
    assert "shelling" in [s.surface(text) for s in (event.trigger, *event.mentions)]
    assert told[6] != told[30]
