"""Events: which predicates are found, who does and undergoes them, what modals and support verbs make of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import dragoman
from conftest import contract_faults
from dragoman.api import codebook_world, make_report, read_reports
from dragoman.domain.mentions import MentionIndex
from dragoman.engines.spacy_parser import SpacyParser
from dragoman.lexicon import plover
from dragoman.lexicon.events import compile_book, event_book
from dragoman.lexicon.rules import describe
from dragoman.lexicon.source import CodebookError, parse_entries
from dragoman.stages.events import find_events

DAY = datetime.date(2024, 5, 14)


def read(text: str) -> Any:
    return dragoman.read(text, published=DAY)


def told(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    reading = read(text)
    names = {e.id: e.name for e in reading.entities}
    return [
        (e.type.value, tuple(names[i] for i in e.actors), tuple(names[i] for i in e.recipients)) for e in reading.events
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Kenya attacked Somalia.", ("ASSAULT", ("Kenya",), ("Somalia",))),
        ("Somalia was attacked by Kenya.", ("ASSAULT", ("Kenya",), ("Somalia",))),
        ("Kenya launched an attack on Somalia.", ("ASSAULT", ("Kenya",), ("Somalia",))),
        ("Kenya's attack on Somalia lasted two days.", ("ASSAULT", ("Kenya",), ("Somalia",))),
        ("Kenya imposed sanctions on Somalia.", ("SANCTION", ("Kenya",), ("Somalia",))),
        ("Kenya accused Somalia of lying.", ("ACCUSE", ("Kenya",), ("Somalia",))),
        ("Kenya urged Somalia to free the reporters.", ("REQUEST", ("Kenya",), ("Somalia",))),
        ("Kenya was threatened with an attack by Somalia.", ("THREATEN", ("Somalia",), ("Kenya",))),
        ("The EU threatened Kenya with sanctions.", ("THREATEN", ("EU",), ("Kenya",))),
        ("Kenya provided Somalia with weapons.", ("AID", ("Kenya",), ("Somalia",))),
        ("Kenya agreed to lend money to Somalia.", ("AGREE", ("Kenya",), ("Somalia",))),
        ("Kenya severed ties with Somalia.", ("SANCTION", ("Kenya",), ("Somalia",))),
        ("Kenya threatened to attack Somalia.", ("THREATEN", ("Kenya",), ("Somalia",))),
        ("Kenya provided $5 million in aid to Somalia.", ("AID", ("Kenya",), ("Somalia",))),
        ("Kenya has rejected an offer from Somalia.", ("REJECT", ("Kenya",), ("Somalia",))),
        ("Kenya praised Somalia.", ("SUPPORT", ("Kenya",), ("Somalia",))),
        ("Kenya withdrew its troops from Somalia.", ("RETREAT", ("Kenya",), ("Somalia",))),
        ("Kenya, accusing Somalia of lying, closed its embassy.", ("ACCUSE", ("Kenya",), ("Somalia",))),
    ],
)
def test_who_does_what_to_whom(text: str, event: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Kenya fired missiles at Somalia.", "ASSAULT"),
        ("Kenya fired its foreign minister.", "SANCTION"),
        ("The Kenyan president met his Somali counterpart in Nairobi.", "CONSULT"),
        ("Kenya lifted the ban on Somalia.", "CONCEDE"),
        ("Kenya lifted the siege of Mogadishu.", "CONCEDE"),
        ("Russia to host Afghanistan conference", "CONSULT"),
    ],
)
def test_the_object_picks_the_sense(text: str, type_: str) -> None:
    assert [t for t, _, _ in told(text)] == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "The plant met the demand for power.",
        "He said the weather was fine.",
        "The film bombed at the cinema, she added.",
        "The earthquake killed dozens of people.",
        "The band released a record.",
        "",
    ],
)
def test_plain_comment_and_other_senses_are_no_events(text: str) -> None:
    assert told(text) == []


def test_a_promise_is_an_agreement_and_its_refusal_a_rejection() -> None:
    assert told("Kenya would support Somalia, the Kenyan minister said.")[0] == ("AGREE", ("Kenya",), ("Somalia",))
    assert ("REJECT", ("Kenya",), ()) in [
        (t, a, ()) for t, a, _ in told("Kenya will not release the Somali reporters.")
    ]
    assert told("Kenya supported Somalia.")[0][0] == "SUPPORT"


def test_a_demand_in_speech_is_a_request_by_the_speaker() -> None:
    reading = read("Abdi Musa, the Somali minister, said Kenya must withdraw its troops.")
    request = next(e for e in reading.events if e.type == "REQUEST")
    names = {e.id: e.name for e in reading.entities}
    assert request.trigger.surface(reading.report.text) == "must withdraw"
    assert [names[i] for i in request.recipients] == ["Kenya"]
    assert len(request.actors) == 1
    assert any(e.type == "RETREAT" for e in reading.events)


def test_one_support_verb_construction_is_one_event() -> None:
    assert [t for t, _, _ in told("Kenya held talks with Somalia in Nairobi.")] == ["CONSULT"]
    assert [t for t, _, _ in told("Kenya carried out an attack on Somalia.")] == ["ASSAULT"]


def test_what_an_attack_did_is_no_second_attack() -> None:
    text = "Kenyan troops attacked a Somali base, killing six soldiers."
    assert [t for t, _, _ in told(text)] == ["ASSAULT"]


def test_both_sides_of_talks_are_named() -> None:
    (event,) = read("Talks between Kenya and Somalia resumed in Nairobi.").events
    assert len(event.actors) + len(event.recipients) == 2


def test_the_we_of_a_statement_is_its_issuer() -> None:
    text = "Kenya strongly condemns the raid. We call on Somalia to free the reporters."
    assert ("REQUEST", ("Kenya",), ("Somalia",)) in told(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Chadian troops shelled the town. Norway condemned the violence.",
            ("ACCUSE", ("Norway",), ("Chadian troops",)),
        ),
        (
            "Kenya accused Somalia of arming the rebels. Somalia denied the allegation.",
            ("REJECT", ("Somalia",), ("Kenya",)),
        ),
        ("Kenya urged Somalia to lift the ban. Somalia refused to do so.", ("REJECT", ("Somalia",), ("Kenya",))),
    ],
)
def test_what_takes_up_an_event_is_aimed_at_who_did_it(
    text: str, event: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert event in told(text)


def test_nobody_is_answered_on_their_own_side() -> None:
    text = "Kenya urged Somalia to lift the ban. The Kenyan government refused to comment."
    assert all("Kenya" not in recipients for kind, _, recipients in told(text) if kind == "REJECT")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "The African Union adopted a resolution on Monday. The Resolution urged Chad to free the reporters.",
            ("REQUEST", ("African Union",), ("Chad",)),
        ),
        (
            "A UN report accused Chad of torture. The report also urged Kenya to free the reporters.",
            ("REQUEST", ("UN",), ("Kenya",)),
        ),
    ],
)
def test_a_document_speaks_for_its_maker(text: str, event: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    assert event in told(text)


def test_a_force_acts_by_what_stands_behind_it() -> None:
    assert ("ASSAULT", ("Police",), ("miners",)) in told("Police pellets killed two miners.")


def test_the_adjective_of_a_statement_is_its_issuers() -> None:
    text = "The Kenyan government is worried. We condemn the raid by Chad. In this context, the truce is welcome."
    assert [actors for kind, actors, _ in told(text) if kind == "SUPPORT"] == [("The Kenyan government",)]


def test_what_was_denied_by_telephone_has_its_denier() -> None:
    kinds = {kind: actors for kind, actors, _ in told("Juma Otieno denied by telephone that he had planned the raid.")}
    assert kinds["REJECT"] == ("Juma Otieno",)


def test_who_says_that_another_broke_a_treaty_accuses_them() -> None:
    (reading,) = read_reports([make_report("Somalia had flouted the treaty, Kenya said.")], codebook_world())
    names = {e.id: e.name for e in reading.entities}
    (event,) = reading.events
    assert (event.type, [names[i] for i in event.actors], [names[i] for i in event.recipients]) == (
        "ACCUSE",
        ["Kenya"],
        ["Somalia"],
    )


def test_events_keep_the_contract_and_tell_why() -> None:
    reading = read("Kenya accused Somalia of shelling Garissa. Kenyan police arrested two Somali men on Friday.")
    assert contract_faults(reading) == []
    assert reading.events
    for event in reading.events:
        assert {r.field for r in event.why} >= {"type"}
        assert event.quad_class == plover.quad_classes()[event.type]
        assert event.mode is None or event.mode in plover.modes()[event.type]
        assert event.cameo is not None
        assert event.goldstein is not None


def test_every_sense_and_rule_can_be_explained() -> None:
    book = event_book()
    for table in (book.verbs, book.nouns, book.adjectives):
        for senses in table.values():
            assert all(describe(sense.id) is not None for sense in senses)


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("type: HUG\n  verbs: [hug]", "HUG"),
        ("type: AID\n  mode: riot\n  verbs: [hug]", "riot"),
        ("type: AID\n  verbs: [hug]\n  objects: [$nothing]", "nothing"),
        ("type: AID\n  verb: [hug]", "verb"),
        ("type: AID\n  verbs: [hug]\n  recipients: [on]", "quotes"),
        ("type: AID\n  verbs: [hug]\n  contexts: [tea]", "tea"),
        ("type: AID\n  verbs: [Hug]", "never"),
        ('type: AID\n  nouns: ["teachers\' hug"]', "never"),
    ],
)
def test_a_bad_sense_is_refused(entry: str, word: str) -> None:
    with pytest.raises(CodebookError, match=word):
        compile_book(parse_entries(f"- id: plover.aid.hug\n  about: Hugs.\n  {entry}\n", "plover", "own.yaml"))


def test_long_lists_do_not_grow_quadratic() -> None:
    parse = SpacyParser().parse("Kenya attacked " + "Somalia and " * 3000 + "Chad.")
    events, _ = find_events(parse, [], [])
    assert len(events) <= 1
    assert MentionIndex([]).at(parse.tokens[0]) is None
