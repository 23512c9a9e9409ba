"""Places: found, resolved to GeoNames, with their role."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from evaluation.conflict_places import rows, wrong

import dragoman
from dragoman.api import shipped_world
from dragoman.domain.findings import Place
from dragoman.engines.gazetteer import SqliteGazetteer


def place(text: str, name: str) -> Place:
    return next(p for p in dragoman.read(text).places if p.span.surface(text) == name)


def test_countries_come_first() -> None:
    found = place("The minister flew to the USA.", "USA")
    assert (found.kind, found.country) == ("PCLI", "USA")


def test_the_container_decides() -> None:
    assert place("He was born in Paris, Texas.", "Paris").country == "USA"
    assert place("He was born in Paris.", "Paris").country == "FRA"


def test_coordinates_lie_where_the_place_is() -> None:
    found = place("The talks were held in Oslo.", "Oslo")
    assert found.latitude == pytest.approx(59.9, abs=0.2)
    assert found.longitude == pytest.approx(10.7, abs=0.3)
    assert found.geonames_id == 3143244


def test_roles() -> None:
    text = "Moscow agreed to talks in Geneva. Russian troops stayed."
    roles = {p.span.surface(text): p.role.value for p in dragoman.read(text).places}
    assert roles == {"Moscow": "associative", "Geneva": "location", "Russian": "associative"}


def test_an_unknown_place_costs_only_itself() -> None:
    text = "They met in Zzyzxgrad and in Nairobi."
    found = {p.span.surface(text): p.name for p in dragoman.read(text).places}
    assert found["Nairobi"] == "Nairobi"
    assert found.get("Zzyzxgrad") is None


@pytest.mark.parametrize("name", ["Lashkar Gah", "Lashkargah", "Lashkar Gāh", "LASHKAR GAH"])
def test_spellings_find_one_place(name: str) -> None:
    assert 1134720 in {p.geonames_id for p in shipped_world().gazetteer.lookup(name)}


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="reinstall"):
        SqliteGazetteer(tmp_path / "none.sqlite").lookup("Oslo")


def test_the_gazetteer_is_only_read() -> None:
    gazetteer = shipped_world().gazetteer
    gazetteer.lookup("Oslo")
    assert isinstance(gazetteer, SqliteGazetteer)
    with pytest.raises(sqlite3.OperationalError):
        gazetteer._connection().execute("delete from places")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The ship put in at Dili.", "Dili", "TLS"),
        ("Trucks drove to the city of Mazar-e-Sharif.", "Mazar-e-Sharif", "AFG"),
        ("BELGRADE - Rain fell on the parade.", "BELGRADE", "SRB"),
    ],
)
def test_a_name_is_that_of_its_main_bearer_hyphens_and_datelines_too(text: str, name: str, country: str) -> None:
    assert place(text, name).country == country


def test_the_city_that_a_conference_is_named_for_is_a_place() -> None:
    assert place("The Brussels Conference, which will be hosted by the EU, begins soon.", "Brussels").country == "BEL"


@pytest.mark.parametrize("form", ["name", "sentence"])
def test_places_of_conflicts_are_found_where_they_lie(form: str) -> None:
    assert len(rows()) == 300
    assert len(list(wrong(form))) <= 30


def test_the_towns_of_a_report_decide_together() -> None:
    text = "A Paris man was held in Clarksville. Deputies said he drove from Reno, Texas, to Bonham, Texas."
    found = {p.span.surface(text): p.admin1 for p in dragoman.read(text).places}
    assert (found["Paris"], found["Clarksville"]) == ("Texas", "Texas")


def test_what_no_gazetteer_knows_lies_at_its_parent() -> None:
    found = place("Shells hit Zzyzxgrad in Nangarhar.", "Zzyzxgrad")
    assert (found.country, found.name, found.geonames_id) == ("AFG", None, None)
    assert found.confidence < 0.5


def test_romanizations_are_alike() -> None:
    gazetteer = shipped_world().gazetteer
    assert {p.name for p in gazetteer.like("Lashkargaah")} & {p.name for p in gazetteer.lookup("Lashkar Gah")}


@pytest.mark.parametrize(
    ("text", "name", "feature", "division"),
    [
        ("The group moved from Tacoma, Washington, to Reno.", "Washington", "ADM1", "Washington"),
        ("Voters in Oregon, California and Washington stayed away.", "Washington", "ADM1", "Washington"),
        ("The talks were held in Washington.", "Washington", "PPLC", "District of Columbia"),
        ("He flew from London to New York.", "New York", "PPL", "New York"),
        ("Trains left Mexico City. Mexico closed its border.", "Mexico", "PCLI", None),
    ],
)
def test_a_state_and_a_city_of_one_name_are_told_apart(
    text: str, name: str, feature: str, division: str | None
) -> None:
    found = place(text, name)
    assert (found.kind, found.admin1) == (feature, division)


def test_a_capital_is_the_largest_of_its_name_only() -> None:
    capitals = [p.admin1 for p in shipped_world().gazetteer.lookup("Washington") if p.feature == "PPLC"]
    assert capitals == ["District of Columbia"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Democratic People's Republic of Korea fired a missile.", "Democratic People's Republic of Korea", "PRK"),
        ("Voters in the U.S. Virgin Islands queued.", "U.S. Virgin Islands", "VIR"),
    ],
)
def test_a_long_name_of_a_country_is_one_place(text: str, name: str, country: str) -> None:
    found = dragoman.read(text).places
    assert [(p.span.surface(text), p.country) for p in found] == [(name, country)]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Venice Commission told Kyiv to wait.", "Venice", "ITA"),
        ("Nobody in Odessa slept.", "Odessa", "UKR"),
        ("Aid reached Ras al-Ayn.", "Ras al-Ayn", "SYR"),
        ("Shells fell on Lashkargah.", "Lashkargah", "AFG"),
        ("Trains left Kiev.", "Kiev", "UKR"),
    ],
)
def test_what_the_world_speaks_of_comes_before_its_namesakes(text: str, name: str, country: str) -> None:
    assert place(text, name).country == country


@pytest.mark.parametrize(
    ("text", "name", "feature", "country"),
    [
        ("Shots were fired on Qasim Street in Kirkuk.", "Qasim Street", "ST", "IRQ"),
        ("Clashes broke out in Zamzam camp near El Fasher.", "Zamzam", "CMP", "SDN"),
        ("Families fled Qwxyaab refugee camp in Kenya.", "Qwxyaab", "CMP", "KEN"),
        ("Troops searched the Pech Valley in Kunar province.", "Pech Valley", "VAL", "AFG"),
        ("Gunmen raided Qwxyvale village in Borno.", "Qwxyvale", "PPL", "NGA"),
        ("Police in Qwxy district of Nangarhar province made arrests.", "Qwxy", "ADM2", "AFG"),
    ],
)
def test_streets_camps_and_valleys_lie_at_their_parent_with_their_kind(
    text: str, name: str, feature: str, country: str
) -> None:
    found = place(text, name)
    assert (found.kind, found.country, found.geonames_id) == (feature, country, None)
    assert found.confidence < 0.5


def test_the_camp_of_a_politician_is_no_place() -> None:
    text = "A clerk in the Qwxyman camp spoke."
    assert all(p.latitude is None for p in dragoman.read(text).places)


def test_a_landmark_is_itself() -> None:
    found = place("The White House denied it.", "White House")
    assert (found.kind, found.country) == ("BLDG", "USA")
    assert found.longitude == pytest.approx(-77.0, abs=0.1)
