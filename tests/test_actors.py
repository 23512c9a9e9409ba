"""How names and noun phrases are coded, and whom the actor list has in an office on a day."""

from __future__ import annotations

import datetime
import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.actors import code_actor, split_words
from dragoman.domain.name_keys import name_key, sound_key
from dragoman.engines.actor_index import SqliteActorIndex
from dragoman.lexicon.actors import actor_words, plurals, title_plurals
from dragoman.lexicon.rules import describe
from dragoman.stages.entities.coding import code_words

ROOT = Path(__file__).resolve().parent.parent
INDEX = SqliteActorIndex(ROOT / "src" / "dragoman" / "data" / "actors.sqlite")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def coded(phrase: str, published: str | None = None) -> tuple[str | None, str | None]:
    coding = code_actor(phrase, day(published) if published else None)
    return (coding.country, coding.sector) if coding else (None, None)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("heavily armed police", None, "COP"),
        ("two dozen Kenyan soldiers", "KEN", "MIL"),
        ("Chadian rebels", "TCD", "REB"),
        ("a Nepali lawmaker", "NPL", "LEG"),
        ("Peru's Ministry of Health", "PER", "GOV"),
        ("French-led forces", "FRA", "MIL"),
        ("Rwandan-backed rebels", None, "REB"),
        ("pro-Russian separatists", None, "SEP"),
        ("German and Polish troops", None, "MIL"),
        ("a spokesman for the Kenyan army", "KEN", "MIL"),
        ("a Hezbollah official", "LBN", "REB"),
        ("the head of the Peruvian supreme court", "PER", "JUD"),
        ("a former Bolivian minister", "BOL", "ELI"),
        ("a retired Chilean general", "CHL", "ELI"),
        ("rebel spokesman", None, "REB"),
        ("a group of tourists", None, "CVL"),
        ("people in Togo", "TGO", "CVL"),
        ("the Kremlin", "RUS", "GOV"),
        ("Lima", "PER", "GOV"),
        ("Togo", "TGO", None),
        ("Kenya's ambassador to Togo", "KEN", "GOV"),
        ("Chile's Defense Department", "CHL", "GOV"),
        ("Norwegian doctors", "NOR", "HLH"),
        ("ministers of Togo, Benin and Ghana", None, "GOV"),
        ("Juma Otieno, a Kenyan police officer", "KEN", "COP"),
        ("Kenyan Foreign Minister Amina Juma", "KEN", "GOV"),
    ],
)
def test_phrases_are_coded_by_head_and_modifiers(phrase: str, country: str | None, sector: str | None) -> None:
    assert coded(phrase) == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "published", "expected"),
    [
        ("Taliban", "2010-05-01", ("AFG", "REB")),
        ("Taliban", "2022-05-01", ("AFG", "GOV")),
        ("Donald Trump", "2018-05-01", ("USA", "GOV")),
        ("Donald Trump", "2022-05-01", ("USA", "ELI")),
        ("Aung San Suu Kyi", "2012-05-01", ("MMR", "OPP")),
        ("Aung San Suu Kyi", "2018-05-01", ("MMR", "GOV")),
    ],
)
def test_sectors_follow_the_day_of_the_report(phrase: str, published: str, expected: tuple[str, str]) -> None:
    assert coded(phrase, published) == expected


def test_an_office_names_its_holder_on_that_day() -> None:
    then = code_actor("the British foreign secretary", day("2016-12-23"))
    later = code_actor("the British foreign secretary", day("2018-12-23"))
    assert then is not None
    assert later is not None
    assert (then.name, later.name) == ("Boris Johnson", "Jeremy Hunt")


@pytest.mark.parametrize(
    "phrase", ["the British foreign secretary", "a British foreign secretary", "foreign ministers"]
)
def test_nobody_is_named_without_a_day_or_a_definite_office(phrase: str) -> None:
    published = day("2016-12-23") if not phrase.startswith("the") else None
    coding = code_actor(phrase, published)
    assert coding is not None
    assert coding.name is None


def test_long_before_and_after_all_terms_an_office_is_empty() -> None:
    assert INDEX.by_office("GBR", "foreign minister", day("1950-01-01")) == []
    assert INDEX.by_office("GBR", "foreign minister", None) == []


@pytest.mark.parametrize("word", ["is", "aa", "Au", "sco", "base", "pa"])
def test_short_names_that_are_words_need_their_capitals(word: str) -> None:
    assert not [r for r in INDEX.by_name(word) if r.kind not in ("person", "place")]


@pytest.mark.parametrize("name", ["Sergey Lavrov", "Sergei Lavrov", "SERGEI LAVROV"])
def test_romanizations_of_a_name_find_the_same_person(name: str) -> None:
    assert {r.country for r in INDEX.by_name(name)} == {"RUS"}


def test_office_holders_of_countries_with_clashing_codes_are_kept_apart() -> None:
    germans = {r.name for r in INDEX.by_office("DEU", "chancellor", day("2025-06-01"))}
    gambians = {r.name for r in INDEX.by_office("GMB", "chancellor", day("2025-06-01"))}
    assert any("Merz" in name for name in germans)
    assert not any("Merz" in name for name in gambians)


def test_a_recognized_person_is_not_taken_for_the_place_in_the_name() -> None:
    coding = code_words(["Michael", "Jordan"], 1, INDEX, None, "PERSON")
    assert coding is not None
    assert (coding.kind, coding.country) == ("person", None)


def test_words_of_a_coding_lie_in_the_phrase_for_any_words() -> None:
    chance = random.Random(7)
    words = [
        *list(actor_words().titles)[:400],
        "'s",
        "-",
        "of",
        "IS",
        "",
        "\x00",
        "Ghani",
        "²",
        "İ",
        "/",
        "US-led",
        "(",
        ",",
    ]
    for _ in range(800):
        phrase = [chance.choice(words) for _ in range(chance.randint(1, 12))]
        coding = code_words(phrase, chance.choice([None, *range(len(phrase))]), INDEX, day("2017-02-07"))
        assert coding is None or all(0 <= i < len(phrase) for i in coding.words)


def test_a_very_long_phrase_is_coded_by_its_head() -> None:
    coding = code_words(["Word"] * 50_000 + ["Kenyan", "police"] + ["Word"] * 50_000, 50_001, INDEX, None)
    assert coding is not None
    assert (coding.sector, coding.words[-1]) == ("COP", 50_001)


def test_every_rule_of_a_word_is_described() -> None:
    lexicon = actor_words()
    rules = {w.rule for table in (lexicon.nouns, lexicon.titles, lexicon.modifiers) for w in table.values()}
    assert [rule for rule in sorted(rules) if describe(rule) is None] == []


@pytest.mark.parametrize(
    ("word", "plural"),
    [("policeman", "policemen"), ("deputy", "deputies"), ("german", "germans"), ("coach", "coaches"), ("police", None)],
)
def test_plurals(word: str, plural: str | None) -> None:
    assert plurals(word) == ([plural] if plural else [])


def test_plurals_of_titles_stand_in_their_noun() -> None:
    assert title_plurals("minister of defence") == ["ministers of defence"]
    assert title_plurals("attorney general") == ["attorneys general"]
    assert title_plurals("major general") == ["major generals"]


def test_keys_fold_what_does_not_matter() -> None:
    assert name_key("The Al-Qa’ida Organisation") == name_key("el Qaida organization")
    assert sound_key(name_key("Hashim Thaçi")) == sound_key(name_key("Hashim Thaci"))
    assert sound_key("ali") == ""


def test_phrases_are_split_as_the_parser_does() -> None:
    assert split_words("Peru’s U.S. envoy, Sen. Smith") == ["Peru", "’s", "U.S.", "envoy", ",", "Sen.", "Smith"]


def test_the_index_is_built_the_same_each_time(tmp_path: Path) -> None:
    builder = _builder()
    builder.build(tmp_path / "a.sqlite")
    builder.build(tmp_path / "b.sqlite")
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="reinstall"):
        SqliteActorIndex(tmp_path / "none.sqlite").by_name("Nobody")


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("actor_index", ROOT / "training" / "actor_index.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
