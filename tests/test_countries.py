"""Countries by name, people, capital and seat of power."""

from __future__ import annotations

import pytest

from dragoman.lexicon.countries import countries, country_by_capital, country_by_demonym, country_by_name, metonym


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Afghanistan", "AFG"), ("US", "USA"), ("U.S.", "USA"), ("the United States", "USA"), ("us", None),
        ("UK", "GBR"),
        ("DPRK", "PRK"), ("Côte d’Ivoire", "CIV"), ("Cote d'Ivoire", "CIV"), ("Türkiye", "TUR"), ("Atlantis", None),
        ("Russian", None), ("", None), ("New Caledonia", "NCL"),
    ],
)  # fmt: skip
def test_names(name: str, iso: str | None) -> None:
    assert country_by_name(name) == iso


@pytest.mark.parametrize(
    ("word", "iso"),
    [
        ("Russian", "RUS"),
        ("Afghans", "AFG"),
        ("South Koreans", "KOR"),
        ("Dutch", "NLD"),
        ("polish", None),
        ("Polish", "POL"),
    ],
)
def test_demonyms(word: str, iso: str | None) -> None:
    assert country_by_demonym(word) == iso


def test_capitals_and_seats() -> None:
    assert (country_by_capital("Kabul"), country_by_capital("Tokyo"), country_by_capital("Male")) == (
        "AFG",
        "JPN",
        None,
    )
    assert (metonym("the Kremlin"), metonym("White House"), metonym("house")) == ("RUS", "USA", None)


def test_every_state_has_a_name_and_most_a_people() -> None:
    assert len(countries()) > 240
    assert all(c.name for c in countries().values())
    assert sum(bool(c.demonyms) for c in countries().values()) > 190
