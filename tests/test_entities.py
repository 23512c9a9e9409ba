"""Who a report speaks of: names, noun phrases and pronouns joined into entities."""

from __future__ import annotations

import datetime

import dragoman
from dragoman.domain.findings import Entity
from dragoman.stages.entities.joining import distance, near


def entity(text: str, name: str, day: str = "2024-05-14") -> tuple[Entity, list[str]]:
    reading = dragoman.read(text, published=datetime.date.fromisoformat(day))
    found = next(e for e in reading.entities if e.name == name)
    return found, [m.span.surface(text) for m in found.mentions]


def test_title_name_office_and_pronoun_are_one() -> None:
    text = "The Russian foreign minister spoke first. Sergei Lavrov said he was pleased. Lavrov then left."
    found, words = entity(text, "Sergei Lavrov", "2017-02-07")
    assert words == ["The Russian foreign minister", "Sergei Lavrov", "he", "Lavrov"]
    assert (found.country, found.sector, found.role) == ("RUS", "GOV", "foreign minister")


def test_a_misspelt_name_joins() -> None:
    _, words = entity("Wanjiru Otieno spoke on Monday. Mr. Otiemo pointed to the plan.", "Wanjiru Otieno")
    assert words == ["Wanjiru Otieno", "Mr. Otiemo"]


def test_two_people_of_one_name_stay_two() -> None:
    reading = dragoman.read("Bill Clinton spoke in Oslo. Hillary Clinton spoke in Rome.")
    assert {"Bill Clinton", "Hillary Clinton"} <= {e.name for e in reading.entities}


def test_a_capital_that_acts_is_its_government() -> None:
    found, words = entity("Kabul agreed to the plan. Afghanistan will sign it.", "Afghanistan")
    assert words == ["Kabul", "Afghanistan"]
    assert (found.kind, found.country, found.sector) == ("country", "AFG", "GOV")


def test_the_kin_of_a_name_is_not_the_name() -> None:
    reading = dragoman.read("President Obama met the premier. President Obama's team was pleased.")
    team = next(e for e in reading.entities if e.name.endswith("team"))
    assert all("met" not in m.span.surface(reading.report.text) for m in team.mentions)
    assert team.name != "Obama"


def test_a_month_is_no_person() -> None:
    reading = dragoman.read("On May 6 rebels attacked the market.")
    assert not [e for e in reading.entities if "May" in e.name]


def test_we_of_a_minister_is_the_government() -> None:
    text = "Kenya will rebuild the port. “We have the money,” Kenyan Foreign Minister Wanjiru Otieno said."
    _, words = entity(text, "Kenya")
    assert "We" in words


def test_near_allows_a_letter_or_two() -> None:
    assert near("lavorv", "lavrov")
    assert not near("lavrov", "markov")
    assert distance("abc", "acb") == 1
