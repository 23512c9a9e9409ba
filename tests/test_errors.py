"""What differs from gold is told by kind, with its sentence and its reason, and agrees with the scorers' figures."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from evaluation import errors
from evaluation.article_errors import article_differences
from evaluation.differences import Difference, Mark, counted, details, marked, pieces, signed, why
from evaluation.goldsets import SHARED
from evaluation.row_errors import actor_differences, plover_differences
from evaluation.scorers import shared_script

needs_scorers = pytest.mark.skipif(
    not (SHARED / "score").exists(), reason="the shared scorers (../shared) are not here; set DRAGOMAN_SHARED"
)

TEXT = (
    "The Ruritanian army shelled Graustark on 3 May 2024. Graustark condemned the attack.\n"
    "“We will answer,” said Graustark. Three soldiers were hurt, and talks were planned.\n"
)


def at(words: str, nth: int = 1) -> list[int]:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def gold_event(type_: str, trigger: str, actors: list[str], recipients: list[str], **fields: Any) -> dict[str, Any]:
    plain = {"mode": None, "mentions": [], "participants": [], "status": "occurred", "interval": None, "country": None}
    rest = {"place": None, "source": None, "background": False, "optional": False}
    ends = {"actors": actors, "recipients": recipients}
    return {"type": type_, "trigger": at(trigger), **ends, **plain, **rest, **fields}


def gold() -> dict[str, Any]:
    army = {"id": "army", "name": "army", "kind": "armed_group", "country": "RUR", "sector": "MIL"}
    graustark = {"id": "gra", "name": "Graustark", "kind": "government", "country": "GRA", "sector": "GOV"}
    figure = {"value": 3, "low": None, "high": None, "precision": "exact", "who": "soldiers", "period": None}
    rest = {"country": "GRA", "change": None, "source": None, "perpetrators": [], "status": "occurred"}
    quotation = {"form": "direct", "speaker": "gra", "cue": at("said"), "content": [at("We will answer,")]}
    return {
        "published": "2024-05-04",
        "entities": [
            {**army, "mentions": [at("The Ruritanian army")]},
            {**graustark, "mentions": [at("Graustark", n) for n in (1, 2, 3)]},
        ],
        "events": [
            gold_event("ASSAULT", "shelled", ["army"], ["gra"], interval=["2024-05-03", "2024-05-03"], country="GRA"),
            gold_event("ACCUSE", "condemned", ["gra"], ["army"]),
            gold_event("CONSULT", "talks", [], [], status="planned", optional=True),
        ],
        "figures": [{"span": at("Three"), "measure": "injured", "optional": False, **figure, **rest}],
        "quotations": [{**quotation, "optional": False}],
    }


def found(id_: str, at_: list[int], **fields: Any) -> dict[str, Any]:
    return {"id": id_, "confidence": 0.7, "found_by": "test.rule", "evidence": [at_], "why": [], **fields}


def got_event(id_: str, type_: str, trigger: str, actors: list[str], recipients: list[str], **fields: Any) -> Any:
    plain = {"status": "occurred", "interval": None, "country": None, "source": None, "mentions": []}
    told = {"type": type_, "trigger": at(trigger), "actors": actors, "recipients": recipients}
    return found(id_, at(trigger), **told, **plain | fields)


def reading() -> dict[str, Any]:
    """Return a reading that is right in all that gold asks."""
    who = {"value": 3, "who": "soldiers", "period": None, "country": "GRA", "source": None, "change": None}
    return {
        "entities": [
            found(
                "n1", at("army"), name="army", country="RUR", sector="MIL",
                mentions=[{"span": at("Ruritanian army")}],
            ),
            found(
                "n2", at("Graustark"), name="Graustark", country="GRA", sector="GOV",
                mentions=[{"span": at("Graustark", n)} for n in (1, 2, 3)],
            ),
        ],
        "events": [
            got_event("e1", "ASSAULT", "shelled", ["n1"], ["n2"], interval=["2024-05-03", "2024-05-03"], country="GRA"),
            got_event("e2", "ACCUSE", "condemned", ["n2"], ["n1"]),
        ],
        "figures": [found("f1", at("Three"), span=at("Three"), measure="injured", **who)],
        "quotations": [found("q1", at("said"), form="direct", speaker="n2", content=[at("We will answer,")])],
    }  # fmt: skip


def kinds(changed: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(d.kind, d.wanted, d.got) for d in article_differences("own", TEXT, gold(), changed)]


@needs_scorers
def test_a_right_reading_differs_in_nothing_and_optional_gold_counts_neither_way() -> None:
    assert kinds(reading()) == []
    with_optional = reading()
    with_optional["events"].append(got_event("e3", "CONSULT", "talks", ["n1"], ["n2"], status="hoped"))
    assert kinds(with_optional) == []


@needs_scorers
@pytest.mark.parametrize(
    ("change", "kind", "wanted", "got"),
    [
        ({"actors": []}, "event: actors", "army", "nobody"),
        ({"recipients": ["n1"]}, "event: recipients", "Graustark", "army"),
        ({"status": "planned"}, "event: status", "occurred", "planned"),
        ({"interval": None}, "event: date", "2024-05-03", "none"),
        ({"interval": ["2024-05-01", None]}, "event: date", "2024-05-03", "2024-05-01 to …"),
        ({"country": "RUR"}, "event: country", "GRA", "RUR"),
        ({"source": {"entity": "n2"}}, "event: source", "the report", "Graustark"),
        ({"source": {"quotation": "q1"}}, "event: source", "the report", "Graustark"),
    ],
)
def test_each_field_of_an_event_differs_by_itself(change: dict[str, Any], kind: str, wanted: str, got: str) -> None:
    changed = reading()
    changed["events"][0].update(change)
    assert kinds(changed) == [(kind, wanted, got)]


@needs_scorers
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": 4}, "value"), ({"who": "nurses"}, "who"), ({"country": None}, "country"),
    ],
)  # fmt: skip
def test_each_field_of_a_figure_differs_by_itself(change: dict[str, Any], field: str) -> None:
    changed = reading()
    changed["figures"][0].update(change)
    assert [kind for kind, _, _ in kinds(changed)] == [f"figure differs: {field}"]


@needs_scorers
def test_what_is_missed_or_too_much_is_told() -> None:
    changed = reading()
    changed["events"][1] = got_event("e2", "AID", "hurt", [], [])
    changed["figures"][0]["measure"] = "killed"
    changed["quotations"] = []
    changed["entities"][0]["mentions"] = [{"span": at("Three")}]
    changed["events"][0]["actors"] = ["n1"]
    assert sorted(kind for kind, _, _ in kinds(changed)) == [
        "entity not found", "event missed", "event not in gold", "event: actors", "figure missed",
        "figure not in gold", "quotation missed",
    ]  # fmt: skip


@needs_scorers
def test_another_type_at_the_same_trigger_is_one_difference() -> None:
    changed = reading()
    changed["events"][1]["type"] = "REJECT"
    (difference,) = article_differences("own", TEXT, gold(), changed)
    assert (difference.kind, difference.detail) == ("wrong type at the same trigger", "ACCUSE read as REJECT")
    assert difference.sentence == "Graustark condemned the attack."
    assert signed(difference) == "<Graustark> *condemned* the attack."


@needs_scorers
def test_an_event_at_optional_gold_of_another_type_says_so() -> None:
    changed = reading()
    changed["events"].append(got_event("e3", "AGREE", "talks", [], []))
    assert [(kind, wanted) for kind, wanted, _ in kinds(changed)] == [
        ("event not in gold", "nothing (optional: CONSULT)")
    ]


@needs_scorers
def test_the_two_sides_of_a_meeting_are_one() -> None:
    wanted, changed = gold(), reading()
    wanted["events"][2].update(optional=False, actors=["army"], recipients=["gra"])
    changed["events"].append(got_event("e3", "CONSULT", "talks", ["n2"], ["n1"], status="planned"))
    assert article_differences("own", TEXT, wanted, changed) == []
    changed["events"][2].update(actors=[], recipients=[])
    (difference,) = article_differences("own", TEXT, wanted, changed)
    assert (difference.kind, difference.wanted) == ("event: the two sides", "army, Graustark")


@needs_scorers
def test_speakers_and_codes_of_entities_are_compared() -> None:
    changed = reading()
    changed["quotations"][0]["speaker"] = None
    changed["entities"][1]["sector"] = "MIL"
    assert kinds(changed) == [
        ("quotation: speaker", "Graustark", "nobody"),
        ("entity: sector", "Graustark: GOV", "Graustark: MIL"),
    ]


@needs_scorers
def test_the_list_agrees_with_the_scorers_figures() -> None:
    changed = reading()
    changed["events"][0]["actors"] = []
    changed["events"][1] = got_event("e2", "AID", "hurt", [], [])
    told = Counter(kind for kind, _, _ in kinds(changed))
    module = shared_script("score_articles")
    tallies: Any = defaultdict(module.Tally)
    module.score_events(module.Article(TEXT, gold(), changed), tallies, Counter(), [])
    matched = tallies["events.type"]
    assert matched.gold - matched.hit == told["event missed"] == 1
    assert matched.predicted - matched.hit == told["event not in gold"] == 1
    assert matched.hit - tallies["events.who"].hit == told["event: actors"] == 1


ROW = {
    "id": "s1", "text": "Ruritania praised Graustark and met Samavia.", "actor": [0, 9], "recipient": [18, 27],
    "root": "SUPPORT", "quad": "1",
}  # fmt: skip


def sentence(*events: tuple[str, list[str], list[str]], entities: str = "abc") -> dict[str, Any]:
    spans = {"a": ("Ruritania", [0, 9]), "b": ("Graustark", [18, 27]), "c": ("Samavia", [36, 43])}
    return {
        "entities": [found(i, spans[i][1], name=spans[i][0], mentions=[{"span": spans[i][1]}]) for i in entities],
        "events": [
            found(f"e{n}", [10, 17], type=type_, trigger=[10, 17], actors=a, recipients=r)
            for n, (type_, a, r) in enumerate(events, 1)
        ],
    }


@needs_scorers
@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (sentence(("CONSULT", ["a"], ["c"]), ("SUPPORT", ["a"], ["b"])), []),
        (sentence(), [("no event", "SUPPORT")]),
        (sentence(("RETREAT", ["a"], ["b"])), [("wrong root", "SUPPORT read as YIELD")]),
        (sentence(("ACCUSE", ["a"], [])), [("wrong root", "SUPPORT read as ACCUSE"), ("ends missing", "recipient")]),
        (sentence(("SUPPORT", ["b"], ["a"])), [("ends missing", "on the other side")]),
        (sentence(("SUPPORT", ["a"], []), entities="ac"), [("recipient not an entity", "")]),
        (sentence(("SUPPORT", [], []), entities="c"), [("actor not an entity", ""), ("recipient not an entity", "")]),
    ],
)
def test_a_plover_sentence(reading: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(d.kind, d.detail) for d in plover_differences(ROW, reading)] == expected


@needs_scorers
def test_an_actor_phrase() -> None:
    row = {"id": "p1", "function": "agent_to_code", "text": "x", "expect": {"country": "FRA", "code_1": "GOV"}}
    coding = {"given_id": "p1", "country": "FRA", "sector": None, "rule": "test.rule"}
    (difference,) = actor_differences(row, coding)
    assert (difference.kind, difference.detail) == ("sector", "GOV read as none")
    assert actor_differences({**row, "expect": {"country": "FRA"}}, coding) == []
    assert actor_differences({**row, "function": "search_nat"}, {**coding, "country": None}) == []


LONG = Difference(
    document="d<1>", kind="event missed", sentence="Graustark <met> Ruritania.", detail="CONSULT",
    marks=(Mark(0, 9, "actor"), Mark(10, 15, "trigger"), Mark(16, 25, "recipient")), wanted="CONSULT", got="nothing",
    trace=("no \x1b[31mrule",),
)  # fmt: skip


def test_the_sentence_is_marked() -> None:
    assert signed(LONG) == "<Graustark> *<met>* [Ruritania]."
    assert [(p.text, p.parts) for p in pieces(LONG)] == [
        ("Graustark", "actor"), (" ", ""), ("<met>", "trigger"), (" ", ""), ("Ruritania", "recipient"), (".", ""),
    ]  # fmt: skip
    assert marked(10, 20, {"trigger": [[5, 12]], "actor": [[30, 40], [12, 14]]}) == (
        Mark(0, 2, "trigger"), Mark(2, 4, "actor"),
    )  # fmt: skip


def test_kinds_and_details_are_counted() -> None:
    other = Difference(document="d", kind="no event", sentence="")
    assert [(kind, len(group)) for kind, group in counted([other, LONG, LONG])] == [
        ("event missed", 2),
        ("no event", 1),
    ]
    assert details([LONG, other, LONG]) == [("CONSULT", 2)]


def test_the_trace_names_rules_words_and_what_else_was_considered() -> None:
    reason = {"field": "type", "rule": "status.tense.present", "spans": [[0, 3]], "considered": ["REJECT by x"]}
    told = why("met\x1b", found("e1", [0, 3]) | {"why": [reason]}, ("type", "mode"))
    assert told[0] == "e1 found by test.rule, confidence 0.70"
    assert told[1].startswith("type: by status.tense.present (")
    assert told[1].endswith("; words “met”")
    assert told[2:] == ("considered: REJECT by x", "no reason given for mode")
    assert why("", None, ("type",)) == ()


def test_the_page_is_whole_and_escapes_what_it_quotes() -> None:
    page = errors.as_page("own", [LONG, LONG], limit=1)
    assert '<mark class="trigger" title="trigger">&lt;met&gt;</mark>' in page
    assert "d&lt;1&gt;" in page
    assert "and 1 more" in page
    assert "prefers-color-scheme:dark" in page
    assert 'name="viewport"' in page
    assert "default-src 'none'" in page
    assert "//" not in page.replace("<!doctype html>", "")
    assert "Nothing differs." in errors.as_page("own", [])


def test_the_list_tells_counts_first_and_no_more_than_asked() -> None:
    lines = errors.as_text("own", [LONG, LONG], limit=1).splitlines()
    assert lines[0] == "own: 2 differences from gold in 1 documents"
    assert lines[2] == "     2  event missed  (CONSULT 2)"
    assert lines.count("   <Graustark> *<met>* [Ruritania].") == 1
    assert lines[-1] == "   and 1 more"


@needs_scorers
def test_a_folder_of_articles_is_read_and_compared(tmp_path: Path) -> None:
    (tmp_path / "r1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "r1.gold.json").write_text(json.dumps(gold()), encoding="utf-8")
    told = errors.of_articles(tmp_path)
    assert {d.document for d in told} == {"r1"}
    assert all(d.sentence in TEXT for d in told)
    assert not [d for d in told if d.kind == "event missed" and "shelled" in d.wanted]
