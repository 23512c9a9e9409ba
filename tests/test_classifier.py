"""The event classifier beside the codebooks: who decides what, and that its engine answers steadily."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from tokenizers import Tokenizer

import dragoman
from dragoman.api import codebook_world, make_report, read_report, shipped_world
from dragoman.domain.balance import CLASSIFIER_ALONE
from dragoman.domain.codes import EventType
from dragoman.domain.ports import EventOpinion, EventQuestion
from dragoman.domain.reading import Reading
from dragoman.domain.spans import Span
from dragoman.engines.event_encoding import BEFORE, CLOSE, MOST, OPEN, SEP, encode

DAY = datetime.date(2024, 5, 14)


class Scripted:
    """A classifier that says what a test tells it to of one trigger, and NONE of all others."""

    def __init__(
        self, trigger: str, type_: str, share: float, *, actors: str = "", recipients: str = "", mode: str = ""
    ) -> None:
        self.mode = mode
        self.trigger, self.type, self.share = trigger, type_, share
        self.sides = (actors, recipients)
        self.asked: list[str] = []

    def judge(self, questions: Sequence[EventQuestion]) -> list[EventOpinion]:
        return [self.opinion(question) for question in questions]

    def opinion(self, question: EventQuestion) -> EventOpinion:
        word = question.trigger.surface(question.text)
        self.asked.append(word)
        heads = [head.surface(question.text) for head in question.heads]
        types = {t.value: 0.001 for t in EventType}
        if word == self.trigger:
            types |= {"NONE": (1 - self.share) / 2, "ASSAULT": (1 - self.share) / 2, self.type: self.share}
        else:
            types["NONE"] = 0.98
        actors, recipients = (tuple(0.95 * (head == side) for head in heads) for side in self.sides)
        return EventOpinion(
            types=types,
            modes={f"{self.type}/{self.mode}": 1.0},
            statuses={"occurred": 1.0},
            actors=actors,
            recipients=recipients,
        )


def read(text: str, classifier: Scripted, **changes: object) -> Reading:
    world = msgspec.structs.replace(codebook_world(), classifier=classifier, **changes)
    return read_report(make_report(text, published=DAY), world)


def named(reading: Reading, ids: Sequence[str]) -> list[str]:
    return [e.name for e in reading.entities if e.id in ids]


def test_a_sure_classifier_outweighs_a_codebook_entry_and_says_so() -> None:
    reading = read("Kenya attacked Chad.", Scripted("attacked", "ACCUSE", 0.99, actors="Kenya", recipients="Chad"))
    (event,) = reading.events
    assert event.type == "ACCUSE"
    why = next(r for r in event.why if r.field == "type")
    assert why.rule == "plover.classifier.type"
    assert any("ASSAULT by plover.assault" in text for text in why.considered)


def test_an_unsure_classifier_leaves_the_codebook_its_word() -> None:
    reading = read("Kenya attacked Chad.", Scripted("attacked", "ACCUSE", 0.4, actors="Kenya", recipients="Chad"))
    assert [e.type for e in reading.events] == ["ASSAULT"]


def test_the_classifier_drops_what_is_no_event() -> None:
    assert read("Kenya attacked Chad.", Scripted("", "AID", 0.9)).events == ()


def test_an_unknown_verb_is_an_event_where_the_classifier_is_sure() -> None:
    text = "Kenya frobnicated Chad."
    assert read(text, Scripted("frobnicated", "ASSAULT", 0.8)).events == ()
    (event,) = read(text, Scripted("frobnicated", "ASSAULT", 0.999, actors="Kenya", recipients="Chad")).events
    assert event.found_by == "plover.classifier.trigger"
    assert event.mode is None
    (event,) = read(text, Scripted("frobnicated", "ASSAULT", 0.999, actors="Kenya", mode="abduct")).events
    assert event.mode == "abduct"
    assert ("mode", "plover.classifier.trigger") in [(r.field, r.rule) for r in event.why]


def test_the_classifier_names_a_participant_that_grammar_does_not_reach() -> None:
    text = "Kenya attacked on Monday, and the troops of Chad fell back."
    reading = read(text, Scripted("attacked", "ASSAULT", 0.99, actors="Kenya", recipients="troops"))
    (event,) = [e for e in reading.events if e.type == "ASSAULT"]
    assert "troops of Chad" in " ".join(named(reading, event.recipients))
    assert any(r.rule == "plover.classifier.recipients" for r in event.why)


def test_a_place_where_something_happens_is_not_added() -> None:
    reading = read("Kenya attacked in Chad.", Scripted("attacked", "ASSAULT", 0.99, actors="Kenya", recipients="Chad"))
    (event,) = reading.events
    assert "Chad" not in named(reading, event.recipients)


def test_the_codebooks_ask_nobody_when_they_decide_alone() -> None:
    reading = read_report(make_report("Kenya attacked Chad.", published=DAY), codebook_world())
    assert [e.type for e in reading.events] == ["ASSAULT"]
    assert all("classifier" not in r.rule for e in reading.events for r in e.why)


def test_the_classifier_alone_leaves_grammar_out() -> None:
    scripted = Scripted("attacked", "ASSAULT", 0.99, recipients="Chad")
    reading = read("Kenya attacked Chad.", scripted, balance=CLASSIFIER_ALONE)
    (event,) = reading.events
    assert event.actors == ()
    assert named(reading, event.recipients) == ["Chad"]


def test_the_shipped_classifier_gives_shares_and_the_same_twice() -> None:
    classifier = shipped_world().classifier
    assert classifier is not None
    sentence = "Rebels shelled the town of Goma on Monday."
    question = EventQuestion(text=sentence, start=0, trigger=Span(7, 14), heads=(Span(0, 6), Span(19, 23)))
    first, again = classifier.judge([question, question])
    assert first == again
    assert sum(first.types.values()) == pytest.approx(1, abs=0.02)
    assert max(first.types, key=lambda t: first.types[t]) == "ASSAULT"
    assert first.actors[0] > 0.5 > first.recipients[0]
    assert classifier.judge([]) == []


def plain_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(files("dragoman.data") / "event-tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def test_the_end_of_the_sentence_before_is_shown_too() -> None:
    text = "word " * 100 + "Chad shot. Kenya attacked."
    encoding = encode(plain_tokenizer(), text, Span(517, 525), 511)
    assert encoding.ids.count(SEP) == 2
    before = encoding.ids.index(SEP) - 1
    assert before == BEFORE
    assert encoding.ids[encoding.opening] == OPEN
    assert [text[slice(*encoding.spans[p])] for p in encoding.pieces_of(Span(500, 504))] == ["Chad"]
    assert encoding.pieces_of(Span(0, 4)) == []


def test_the_classifier_is_shown_the_sentence_before() -> None:
    scripted = Scripted("attacked", "ASSAULT", 0.99, actors="Kenya", recipients="Chad")
    reading = read("Police came from Chad. Kenya attacked at dawn.", scripted)
    (event,) = reading.events
    assert named(reading, event.recipients) == ["Chad"]


def test_a_long_sentence_is_cut_around_its_trigger() -> None:
    tokenizer = plain_tokenizer()
    sentence = "word " * 300 + "attacked " + "word " * 300
    encoding = encode(tokenizer, sentence, Span(1500, 1508))
    assert len(encoding.ids) == MOST
    assert encoding.ids[encoding.opening] == OPEN
    assert CLOSE in encoding.ids
    assert [sentence[slice(*encoding.spans[p])] for p in encoding.pieces_of(Span(1500, 1508))] == ["attacked"]


def test_reading_needs_no_torch(tmp_path: Path) -> None:
    code = "import sys, dragoman; dragoman.read('Kenya attacked Chad.'); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0


def test_the_model_is_small() -> None:
    folder = Path(dragoman.__file__).parent / "data"
    assert sum(p.stat().st_size for p in folder.glob("event-*")) < 60_000_000
