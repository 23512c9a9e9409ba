"""The accuracy page: its tables, how it judges confidence, and what it may quote."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from typing import Any

import msgspec
import pytest
from evaluation import accuracy
from evaluation.configurations import CONFIGURATIONS
from evaluation.differences import Difference, Mark
from evaluation.evaluate import SETS
from evaluation.goldsets import SHARED, article_reports, read_cached
from evaluation.reliability import Bin, binned, calibration_error, judged, judged_articles, plot
from evaluation.scorers import Matching, shared_script

TOLD = [(0.85, True), (0.85, True), (0.8, False), (0.3, False), (0.3, True), (1.0, True)]


def difference(document: str, sentence: str, start: int, **fields: Any) -> Difference:
    plain = {"kind": "event missed", "marks": (Mark(0, 3, "actor"), Mark(start, start + 4, "trigger"))}
    return Difference(document=document, sentence=sentence, **{**plain, **fields})


def test_events_are_put_into_tenths() -> None:
    assert [(b.low, b.events, b.right) for b in binned(TOLD)] == [(0.3, 2, 1), (0.8, 3, 2), (0.9, 1, 1)]
    assert binned([]) == []


def test_calibration_error_weighs_the_tenths_by_events() -> None:
    bins = binned(TOLD)
    assert calibration_error(bins) == pytest.approx((2 * 0.2 + 3 * abs(2 / 3 - 2.5 / 3) + 1 * 0.0) / 6)
    assert calibration_error([]) == 0.0


def test_events_that_only_optional_gold_has_are_not_judged() -> None:
    predicted = [{"confidence": 0.9}, {"confidence": 0.5}, {"confidence": 0.2}]
    gold = [{"optional": True}, {"optional": False}]
    found = Matching(predicted=predicted, gold=gold, pairs=[(0, 0), (1, 1)], same=lambda p, g: 1)
    assert judged(found) == [(0.5, True), (0.2, False)]


def test_the_plot_is_svg_with_a_bar_for_each_tenth() -> None:
    drawn = plot([Bin(low=0.5, high=0.6, events=7, right=7, confidence=0.55)], "Title")
    root = ET.fromstring(drawn)
    name = "{http://www.w3.org/2000/svg}"
    bars = [r for r in root.iter(f"{name}rect") if r.get("class") == "bar"]
    assert [(bar.get("x"), bar.get("y"), bar.get("height")) for bar in bars] == [("214.0", "34.0", "300.0")]
    assert "7" in [t.text for t in root.iter(f"{name}text")]
    assert "prefers-color-scheme:dark" in drawn


def test_at_most_ten_words_around_the_trigger_are_quoted() -> None:
    sentence = "One two three four five six seven pact eight nine ten eleven twelve."
    assert accuracy.excerpt(difference("x", sentence, sentence.index("pact"))) == (
        "… three four five six seven pact eight nine ten eleven …"
    )
    assert accuracy.excerpt(difference("x", "A pact was made.", 2)) == "A pact was made."
    assert accuracy.excerpt(difference("x", "The “pact” was made.", 5)) == "The “pact” was made."
    assert accuracy.excerpt(difference("x", "No marks.", 0, marks=())) == "No marks."


def test_texts_of_publishers_are_counted_but_never_quoted() -> None:
    secret = difference("a07-consulate-bombing", "A secret pact was made.", 9)
    shown = difference("a01-jabla-tartus-attacks", "A public pact was made.", 9)
    assert accuracy.frequent({"articles-dev": [secret, shown]}) == [
        ("articles-dev", "event missed", 2, "A public pact was made.")
    ]
    for name in ("a07", "a08", "a09", "a10", "a11"):
        only = difference(f"{name}-x", "A secret pact was made.", 9)
        assert accuracy.frequent({"articles-dev": [only]}) == [("articles-dev", "event missed", 1, "")]


def test_kinds_are_ranked_over_the_sets_and_mixed_up_types_told_apart() -> None:
    mixed = difference("s1", "A pact.", 2, kind="wrong root", detail="AID read as AGREE")
    other = difference("s2", "A pact.", 2, kind="wrong root", detail="AID read as COERCE")
    rare = [difference("s3", "A pact.", 2, kind=f"kind {n}") for n in range(30)]
    told = accuracy.frequent({"p": [other, mixed, mixed, *rare], "a": [difference("a01", "A pact.", 2)] * 3})
    assert [(name, kind, count) for name, kind, count, _ in told[:2]] == [
        ("a", "event missed", 3), ("p", "wrong root: AID read as AGREE", 2),
    ]  # fmt: skip
    assert len(told) == accuracy.KINDS


def told_page(cross_validation: dict[str, Any] | None = None) -> str:
    figures: dict[str, dict[str, float]] = {"plover-sentences": {"root_macro_f1": 74.9}, "own-held-out": {}}
    compared = {"codebooks alone": figures, "both": {"plover-sentences": {"root_macro_f1": 80.25}}}
    errors = [("plover-sentences", "no event", 3, "A | B"), ("articles-dev", "event missed", 2, "")]
    return accuracy.page(figures, compared, binned(TOLD), errors, cross_validation)


def test_the_page_tells_figures_parts_confidence_and_errors() -> None:
    page = told_page()
    assert "| plover-sentences | seen: " in page
    assert "classifier of events is trained on it" in page
    assert "| root_macro_f1 | 74.9 | 82.1 with ends given |" in page
    assert "Not scored: its texts are not here." in page
    assert "| plover-sentences | root_macro_f1 | 74.9 | 80.2 |" in page
    assert "| plover-sentences | both_ends | – | – |" in page
    assert "| 0.8–0.9 | 3 | 83 % | 67 % |" in page
    assert "| 3 | plover-sentences | no event | “A \\| B” |" in page
    assert "| 2 | articles-dev | event missed | – |" in page
    assert "cross-validated" not in page


def test_the_cross_validated_figures_stand_on_the_page_where_there_are_any() -> None:
    page = told_page({"root_macro_f1": 78.04, "quad_macro_f1": 87.0, "both_ends": 70.0, "how": "five parts."})
    assert "not trained on: five parts." in page
    assert "| root_macro_f1 | 78.0 |" in page


def test_every_set_tells_what_was_seen_of_it() -> None:
    assert {gold.name for gold in SETS} == set(accuracy.SEEN)
    assert set(accuracy.COMPARED) <= set(accuracy.SEEN)


def test_the_configuration_of_rules_alone_has_no_classifier() -> None:
    world = CONFIGURATIONS["codebooks alone"]()
    assert world.classifier is None


def test_a_configuration_that_is_shipped_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(accuracy, "scores", lambda world, names: asked.append(world) or {})
    world = CONFIGURATIONS["codebooks alone"]()
    monkeypatch.setattr(accuracy, "CONFIGURATIONS", {"same": lambda: world, "other": lambda: "another world"})
    monkeypatch.setattr(accuracy, "shipped_world", lambda: msgspec.structs.replace(world))
    known = {"seed": {"f1": 1.0}}
    assert accuracy.compare(known) == {"same": known, "other": {}}
    assert asked == ["another world"]


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated sets (../shared) are not here; set DRAGOMAN_SHARED")
def test_events_are_right_as_often_as_the_scorer_says() -> None:
    folder = SHARED / "articles"
    told = judged_articles(folder)
    gold = json.loads((folder / "seed.gold.json").read_text(encoding="utf-8"))
    (reading,) = read_cached(article_reports(folder))
    module = shared_script("score_articles")
    tallies: Any = defaultdict(module.Tally)
    seen = module.Article(reading.report.text, gold, json.loads(reading.to_json()))
    module.score_events(seen, tallies, Counter(), [])
    assert (sum(right for _, right in told), len(told)) == (
        tallies["events.type"].hit,
        tallies["events.type"].predicted,
    )
    assert told
