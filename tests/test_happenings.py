"""What happened that has no PLOVER type: which words tell it, who takes part, what is told twice, what it claims."""

from __future__ import annotations

import datetime

import pytest

import dragoman
from dragoman.domain.codes import HappeningKind, Status
from dragoman.domain.findings import Happening
from dragoman.exports.records import row_of
from dragoman.exports.text import render_text
from dragoman.lexicon.happenings import compile_happenings, happening_book
from dragoman.lexicon.source import CodebookError, parse_entries
from dragoman.reconcile.claims import claims_of
from dragoman.reconcile.recording import record_of

DAY = datetime.date(2024, 5, 14)


def told(text: str) -> dict[str, Happening]:
    return {h.trigger.surface(text): h for h in dragoman.read(text, published=DAY).happenings}


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The singer Paul Marsh died at his home in Leeds.", "died", "death"),
        ("Anna Holt was found dead in a hotel.", "dead", "death"),
        ("A strong earthquake shook the island of Samar.", "earthquake", "disaster"),
        ("Two trains collided outside Pune.", "collided", "accident"),
        ("The heist was planned for months.", "heist", "crime"),
        ("The surgeon was found guilty on Tuesday.", "found guilty", "legal"),
        ("Norwich defeated Leeds on Saturday.", "defeated", "contest"),
        ("The merger of the two airlines is complete.", "merger", "business"),
        ("The band travelled to Ghent. Anna Holt checked into a clinic.", "checked into", "health"),
        ("Maria Keller autographed the ball.", "autographed", "other"),
    ],
)
def test_what_has_no_type_is_told_by_its_kind(text: str, trigger: str, kind: str) -> None:
    found = told(text)
    assert found[trigger].kind is HappeningKind(kind)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked the town.",  # an event
        "The fire chief is tall.",  # qualifies another noun
        "The debate died down.",  # another sense, by its particle
        "A decision is hard.",  # a word of many uses, of nobody
        "A woman autographed the ball.",  # an unknown deed of nobody named
        "Maria Keller may visit Oslo.",  # a word of many uses, not told as done or planned
    ],
)
def test_what_is_an_event_or_tells_nothing_is_no_happening(text: str) -> None:
    assert told(text) == {}


def test_a_death_is_told_once_with_its_day_place_and_status() -> None:
    text = "Paul Marsh died in Leeds on Monday. The death of Marsh was sudden. Lena Orr did not die."
    found = told(text)
    assert list(found) == ["died", "die"]
    death = found["died"]
    assert [m.surface(text) for m in death.mentions] == ["death"]
    assert (death.interval, death.country, death.status) == (("2024-05-13", "2024-05-13"), "GBR", Status.OCCURRED)
    assert found["die"].status is Status.DID_NOT_HAPPEN
    assert len(death.participants) == 1
    assert death.participants != found["die"].participants


def test_a_title_and_the_sentence_below_it_tell_one_happening() -> None:
    text = "Strong quake felt in Chile\nA powerful earthquake was felt in Chile. The tremor was short. Another quake followed."
    found = [h for h in dragoman.read(text, published=DAY).happenings if h.found_by == "happenings.disaster.quake"]
    assert [[s.surface(text) for s in (h.trigger, *h.mentions)] for h in found] == [
        ["quake", "earthquake", "tremor"],
        ["quake"],
    ]


def test_words_of_a_varied_entry_are_told_again_only_by_the_same_word() -> None:
    text = "Anna Holt won the tournament in Ghent. The game of Holt was short. The tournament of Holt was long."
    found = [h for h in dragoman.read(text, published=DAY).happenings if h.found_by == "happenings.contest.match"]
    assert [(h.trigger.surface(text), len(h.mentions)) for h in found] == [("tournament", 1), ("game", 0)]


def test_a_light_verb_and_its_noun_are_one_happening() -> None:
    text = "Maria Keller suffered a severe stroke."
    (stroke,) = told(text).values()
    assert stroke.trigger.surface(text) == "stroke"
    assert [s.surface(text) for s in stroke.evidence[:2]] == ["stroke", "suffered"]


def test_what_strikes_and_its_striking_are_one_happening() -> None:
    text = "A typhoon lashed the coast of Luzon."
    assert list(told(text)) == ["typhoon"]


def test_a_verb_of_a_headline_in_capitals_tells_a_happening_of_those_beside_it() -> None:
    text = "Actor Paul Marsh Dies\nThe house in Leeds is old."
    reading = dragoman.read(text, published=DAY)
    (death,) = [h for h in reading.happenings if h.kind is HappeningKind.DEATH]
    assert death.trigger.surface(text) == "Dies"
    assert "Paul Marsh" in " ".join(e.name for e in reading.entities if e.id in death.participants)


def test_a_preposition_with_a_place_is_no_particle_of_a_phrase() -> None:
    assert "turned in" not in " ".join(told("Maria Keller turned the cake in the oven."))


def test_what_one_speaker_says_is_one_happening_and_anothers_is_another() -> None:
    text = "Anna Holt said the house was cold. Holt added that it was old. Jonas Lind said it was new."
    found = dragoman.read(text, published=DAY).happenings
    assert [len(h.mentions) for h in found if h.kind is HappeningKind.STATEMENT] == [1, 0]


def test_happenings_make_claims_and_records_that_say_so() -> None:
    text = "Paul Marsh died in Leeds on Monday. A flood left three people dead."
    claims = claims_of(dragoman.read(text, published=DAY, given_id="r1"))
    kinds = {c.trigger.surface(text): (c.kind, c.event[0]) for c in claims}
    assert kinds["died"] == (HappeningKind.DEATH, "h")
    assert kinds["dead"] == (None, "f")
    death = next(c for c in claims if c.trigger.surface(text) == "died")
    assert death.type is None
    assert [p.name for p in death.participants] == ["Paul Marsh"]
    assert record_of([death]).kind is HappeningKind.DEATH
    assert {"death", "Paul Marsh"} <= set(row_of(record_of([death])))
    assert record_of(claims).kind is None
    assert len({c.trigger for c in claims}) == len(claims)


def test_the_page_shows_what_else_happened_but_not_again_what_was_said() -> None:
    page = render_text(dragoman.read("Paul Marsh died in Leeds. Anna Holt said the house was cold.", published=DAY))
    assert "What else happened" in page
    assert "Paul Marsh: died" in page
    assert "Anna Holt: said" not in page


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("{kind: dance, verbs: [jig]}", "dance"),
        ("{kind: death, verb: [die]}", "verb"),
        ("{kind: death, verbs: [Die]}", "Die"),
    ],
)
def test_a_bad_entry_is_refused_with_its_line(entry: str, word: str) -> None:
    text = "- {id: happenings.x.y, " + entry[1:]
    with pytest.raises(CodebookError, match=word):
        compile_happenings(tuple(parse_entries(text, "happenings", "happenings/x.yaml")))


def test_the_codebook_is_broad() -> None:
    book = happening_book()
    assert len(book.verbs) > 500
    assert len(book.nouns) > 400
    assert {w.kind for table in (book.verbs, book.nouns) for ws in table.values() for w in ws} == set(HappeningKind)
