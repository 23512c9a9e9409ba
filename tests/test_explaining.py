"""Why a record has its values: claims for and against, their words, the rules, corrections and likeness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.domain.codes import EntityKind, Status
from dragoman.domain.ports import GazetteerPlace
from dragoman.domain.records import Claim, Judgement, Party, Spot, Verdict
from dragoman.domain.spans import Span
from dragoman.exports.explanations import explanation_page
from dragoman.lexicon.rules import describe
from dragoman.reconcile.correcting import corrected
from dragoman.reconcile.explaining import Explanation, FieldExplained, UnknownFieldError, explain
from dragoman.reconcile.naming import parties_named, place_named
from dragoman.reconcile.recording import record_of
from dragoman.store.errors import NoFieldError, UnknownIdError
from dragoman.store.explaining import explanation
from dragoman.store.ingest import ingest
from dragoman.store.opening import open_store
from dragoman.store.queries import records
from test_corrections import BY, MAY, claim, count, made
from told import told

TEXT = "In Kismayo the bomb in the old fish market killed nine traders. More was not known on Tuesday."
BOMB = Span(15, 19)
NINE = Span(TEXT.index("nine"), TEXT.index("nine") + 4)


def claims() -> list[Claim]:
    return [
        claim("a", count(9, span=NINE), trigger=BOMB, outlet="Wire"),
        claim("b", count(11, source="mayor"), status=Status.PLANNED, published=None, interval=("2024-05-13",) * 2),
        claim("c", count(30), outlet="Wire", published=MAY.replace(day=20), place=Spot(country="SOM"), background=True),
    ]


def told_of(found: list[Claim], name: str, *corrections: Any, likely: dict[Any, float] | None = None) -> FieldExplained:
    record = corrected(record_of(found), corrections)
    (field,) = explain(record, found, {"a": TEXT}, likely or {}, name).fields
    return field


def voices(field: FieldExplained) -> tuple[list[str], list[str]]:
    return [v.report for v in field.backing], [v.report for v in field.against]


def test_claims_speak_for_and_against_a_value_in_their_words() -> None:
    status = told_of(claims(), "status")
    assert (status.value, status.rule) == ("occurred", "records.status.latest")
    assert "published last" in status.about
    assert voices(status) == (["a", "c"], ["b"])
    first = status.backing[0]
    assert (first.before, first.said, first.after[:12]) == ("In Kismayo the ", "bomb", " in the old ")
    assert (first.outlet, first.published, first.background) == ("Wire", "2024-05-14", False)
    assert (status.against[0].value, status.against[0].said) == ("planned", "A bomb.")
    assert status.backing[1].background


def test_the_rule_is_told_for_each_field() -> None:
    found = claims()
    rules = {f.field: f.rule for f in explain(record_of(found), found, {}, {}).fields}
    assert rules == {
        "type": "records.value.only", "mode": "records.value.only", "contexts": "records.value.none",
        "status": "records.status.latest", "interval": "records.interval.most-told",
        "grain": "records.value.only", "place": "records.place.most-told", "actors": "records.value.none",
        "recipients": "records.value.none", "participants": "records.value.none",
        "figures.killed.traders": "figures.best.later",
    }  # fmt: skip
    assert [r for r in {*rules.values(), "records.value.corrected"} if describe(r) is None] == []


@pytest.mark.parametrize(
    "rule", ["agreed", "corrected", "exact", "later", "latest", "most-told", "official", "only", "range", "whole"]
)
def test_every_rule_of_counts_is_described(rule: str) -> None:
    assert describe(f"figures.best.{rule}") is not None


def test_counts_tell_which_was_replaced_and_who_gave_them() -> None:
    toll = told_of(claims(), "figures.killed")
    assert toll.value == {"best": 30, "low": 30, "high": 30}
    assert voices(toll) == (["c"], ["b", "a"])
    mayor, wire = toll.against
    assert (mayor.source, mayor.stands, wire.said, wire.stands) == ("mayor", False, "nine", False)
    assert told_of(claims(), "figures.killed.traders.best") == toll


def test_a_corrected_value_names_who_and_keeps_the_machines() -> None:
    status = told_of(claims(), "status", made("status", "planned"))
    assert (status.value, status.machine, status.rule) == ("planned", "occurred", "records.value.corrected")
    assert voices(status) == (["b"], ["a", "c"])
    assert status.corrections[0].who == "Ana"
    toll = told_of(claims(), "figures.killed", made("figures.killed.traders.best", 11))
    assert (toll.value["best"], toll.machine["best"], toll.rule) == (11, 30, "figures.best.corrected")
    assert voices(toll) == (["b"], ["a", "c"])
    assert len(toll.corrections) == 1
    alone = told_of([claim("a")], "figures.injured", made("figures.injured.best", 3))
    assert (alone.value["best"], alone.machine["best"], voices(alone)) == (3, None, ([], []))


def test_who_is_named_and_where_agree_in_part() -> None:
    rebels, police = Party(name="The Rebels", kind="group"), Party(name="Police", kind="group")
    found = [claim("a", actors=(rebels,)), claim("b", actors=(police, rebels)), claim("c")]
    actors = told_of(found, "actors")
    assert (voices(actors), actors.silent) == ((["a", "b"], []), 1)
    only = told_of(found, "actors", made("actors", [{"name": "rebels", "kind": "group"}]))
    assert voices(only) == (["a", "b"], [])
    assert voices(told_of(claims(), "place")) == (["a", "b", "c"], [])
    assert voices(told_of(claims(), "country", made("place", {"country": "KEN"}))) == ([], ["a", "b", "c"])


def test_pairs_tell_what_speaks_for_one_happening() -> None:
    found = claims()
    judged = Judgement(left="b-0-4", right="c-0-4", verdict=Verdict.SAME, who="Ana", when="2024", why="one bomb")
    record = record_of(found, [judged])
    likely = {("a-0-4", "b-0-4"): 0.9, ("a-0-4", "c-0-4"): 0.7, ("b-0-4", "c-0-4"): 0.3}
    told = explain(record, found, {}, likely)
    assert [(p.left[0], p.right[0], p.likeness, p.judged) for p in told.pairs] == [
        ("a", "b", 0.9, None), ("a", "c", 0.7, None), ("b", "c", 0.3, Verdict.SAME),
    ]  # fmt: skip
    first = told.pairs[0]
    assert first.speaks_for
    assert all(f.weight > 0 for f in first.speaks_for)
    assert all(f.weight < 0 for f in first.against)
    assert [f.weight for f in first.speaks_for] == sorted((f.weight for f in first.speaks_for), reverse=True)
    assert explain(record, found, {}, likely, "type").pairs == ()
    assert told.judgements == (judged,)
    assert "judged same" in explanation_page(told)


def test_an_unknown_field_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownFieldError, match=r"no field 'mood'; there are type, .*figures\.killed\.traders"):
        explain(record_of(claims()), claims(), {}, {}, "mood")


def test_a_page_shows_few_of_many_claims_and_all_of_one_field() -> None:
    found = [claim(name) for name in "abcdef"]
    record = record_of(found)
    page = explanation_page(explain(record, found, {}, {}))
    assert "for: 3 more claims (explain type alone to see them)" in page
    assert "actors" not in page
    assert explanation_page(explain(record, found, {}, {}, "type")).count("for: ASSAULT") == 6


@pytest.mark.parametrize("odd", ["\x00", "\u202e", "\n\n", "<script>", "w" * 1_000_000, ""])
def test_odd_texts_are_quoted_in_short_lines(odd: str) -> None:
    text = f"A{odd} bomb{odd} fell{odd}."
    at = text.index("bomb")
    one = claim("a", count(9, span=Span(at, len(text)), who=odd or None), trigger=Span(at, at + 4), text=text)
    for texts in ({"a": text}, {}):
        page = explanation_page(explain(record_of([one]), [one], texts, {}, "status"))
        assert "\x00" not in page
        assert "\u202e" not in page
        assert max(map(len, page.splitlines())) < 600
    assert msgspec.json.decode(msgspec.json.encode(explain(record_of([one]), [one], {}, {})), type=Explanation)


def test_the_store_explains_by_record_or_claim(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as store:
        ingest(store, told("miners block coast road #3", 3), BY)
        ingest(store, told("so miners block coast road again =planned", 4), BY)
        (road,) = records(store)
        found = explanation(store, road.claims[1].id)
        assert found == explanation(store, road.id)
        assert [(p.left, p.right) for p in found.pairs] == [tuple(sorted(c.id for c in road.claims))]
        (status,) = explanation(store, road.id, "status").fields
        assert [v.said for v in status.backing] == ["so miners block coast road again =planned"]
        with pytest.raises(NoFieldError, match="no field 'mood'"):
            explanation(store, road.id, "mood")
        with pytest.raises(UnknownIdError):
            explanation(store, "r-none")


# Names that people write


class Towns:
    """A gazetteer of one name in two countries, and of a district like its town."""

    def lookup(self, name: str) -> list[GazetteerPlace]:
        return {
            "Paris": [_town("Paris", "FRA", 2_000_000), _town("Paris", "USA", 25_000)],
            "Zarn": [_town("Zarn District", "KEN", 90_000, "ADM2"), _town("Zarn", "KEN", 60_000)],
            "Lon": [_town("Lon", "KEN", 90_000, "ADM1"), _town("Lon", "KEN", 100)],
        }.get(name, [])

    like = lookup


def _town(name: str, country: str, population: int, feature: str = "PPL") -> GazetteerPlace:
    return GazetteerPlace(
        geonames_id=population, name=name, feature=feature, country=country, admin1="X", latitude=1.5, longitude=2.5,
        population=population,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Paris", ("Paris", "FRA", 2_000_000, 1.5)),
        ("Paris, usa", ("Paris", "USA", 25_000, 1.5)),
        ("Paris, KEN", ("Paris", "KEN", None, None)),
        ("Zarn", ("Zarn", "KEN", 60_000, 1.5)),
        ("Lon", ("Lon", "KEN", 90_000, 1.5)),
        ("Kenya", (None, "KEN", None, None)),
        ("Camp Four, KEN, -0.5, 42", ("Camp Four", "KEN", None, -0.5)),
        ("-0.5, 42", (None, None, None, -0.5)),
        ("Old Camp, North", ("Old Camp, North", None, None, None)),
        ("\x00", ("\x00", None, None, None)),
    ],
)
def test_a_place_is_named_in_words(text: str, wanted: tuple[Any, ...]) -> None:
    found = place_named(text, Towns())
    assert tuple(found[k] for k in ("name", "country", "geonames_id", "latitude")) == wanted


def test_parties_are_named_in_words() -> None:
    known = [Party(name="The Rebels", kind="armed_group", country="KEN")]

    def code(name: str) -> Party | None:
        return Party(name=name, kind=EntityKind.POPULATION, country="SOM") if name == "Somalis" else None

    found = parties_named("rebels; Somalis;; Zarn ", known, code)
    assert [(p["name"], p["kind"], p["country"]) for p in found] == [
        ("The Rebels", "armed_group", "KEN"), ("Somalis", "population", "SOM"), ("Zarn", "other", None),
    ]  # fmt: skip
