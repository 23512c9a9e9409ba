"""The quotation tagger beside the cues: what it redraws, adds and leaves out, and that its engine answers steadily."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tokenizers import Tokenizer

import dragoman
from dragoman.api import codebook_world, make_report, read_report_part
from dragoman.domain.codes import Part
from dragoman.domain.ports import HintedToken, TaggedContent
from dragoman.domain.reading import Reading
from dragoman.domain.spans import Span
from dragoman.engines.quotation_encoding import MOST, windows
from dragoman.engines.quotation_tagger import NEVER, best_paths

STATEMENT = "The minister said the bridge was closed because of the flood, and the boats stayed in the harbour."
CLOSED = "the bridge was closed because of the flood"


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


class Scripted:
    """A tagger that marks the words that a test tells it to."""

    def __init__(self, *marks: tuple[str, str | None, str | None, float]) -> None:
        self.marks = marks
        self.seen: list[HintedToken] = []

    def tag(self, text: str, tokens: Sequence[HintedToken]) -> list[TaggedContent]:
        self.seen = list(tokens)
        return [
            TaggedContent(
                content=(span_of(text, content),),
                speaker=span_of(text, speaker) if speaker else None,
                cue=span_of(text, cue) if cue else None,
                sure=sure,
            )
            for content, speaker, cue, sure in self.marks
        ]


def read(text: str, *marks: tuple[str, str | None, str | None, float]) -> Reading:
    world = msgspec.structs.replace(codebook_world(), tagger=Scripted(*marks))
    return read_report_part(Part.QUOTATIONS, make_report(text), world)


def contents(reading: Reading) -> list[str]:
    return [" ".join(s.surface(reading.report.text) for s in q.content) for q in reading.quotations]


def test_a_sure_tagger_draws_the_content_anew_and_says_so() -> None:
    assert contents(read(STATEMENT, (CLOSED, "minister", "said", 0.9))) == [CLOSED]
    whole = CLOSED + ", and the boats stayed in the harbour"
    reading = read(STATEMENT, (whole, "minister", "said", 0.9))
    assert contents(reading) == [whole]
    (quotation,) = reading.quotations
    assert [r.rule for r in quotation.why if r.field == "content"] == [
        "quotations.indirect.clause",
        "quotations.tagger.content",
    ]


def test_an_unsure_tagger_leaves_the_content_as_the_cue_has_it() -> None:
    whole = CLOSED + ", and the boats stayed in the harbour"
    assert contents(read(STATEMENT, (whole, "minister", "said", 0.55))) == [CLOSED]


def test_a_cue_that_is_not_sure_needs_the_tagger() -> None:
    assert contents(read(STATEMENT)) == []
    assert contents(read(STATEMENT, (CLOSED, None, None, 0.55))) == [CLOSED]


def test_words_in_quotation_marks_stay_as_the_marks_have_them() -> None:
    text = "“The bridge is closed. The boats stay,” said the minister."
    assert contents(read(text, ("The bridge is closed.", "minister", "said", 0.99))) == [
        "The bridge is closed. The boats stay,"
    ]


def test_a_sure_tagger_adds_a_clause_that_no_cue_of_the_codebook_brings_in() -> None:
    text = "Kenya is adamant that the bridge had been closed for a year."
    content = "the bridge had been closed for a year"
    assert contents(read(text)) == []
    reading = read(text, (content, "Kenya", "adamant", 0.95))
    assert contents(reading) == [content]
    (quotation,) = reading.quotations
    assert quotation.found_by == "quotations.tagger.content"
    assert quotation.speaker_span == span_of(text, "Kenya")
    assert quotation.cue_span == span_of(text, "adamant")
    assert contents(read(text, (content, "Kenya", "adamant", 0.75))) == []


def test_a_phrase_under_a_word_that_tells_an_event_is_that_event_and_no_quotation() -> None:
    text = "Kenya condemned the attack on the harbour."
    assert contents(read(text, ("the attack on the harbour", "Kenya", "condemned", 0.99))) == []


def test_the_tagger_is_told_the_grammar_and_the_cues() -> None:
    tagger = Scripted()
    world = msgspec.structs.replace(codebook_world(), tagger=tagger)
    read_report_part(Part.QUOTATIONS, make_report(STATEMENT), world)
    said = next(t for t in tagger.seen if t.span.surface(STATEMENT) == "said")
    bridge = next(t for t in tagger.seen if t.span.surface(STATEMENT) == "bridge")
    assert said.labels[:2] == ("VBD", "ROOT")
    assert said.labels[4] != "0"
    assert bridge.labels[3] != "0"
    assert {len(t.labels) for t in tagger.seen} == {9}


def test_no_path_goes_on_inside_after_outside_but_at_its_beginning() -> None:
    likely = np.log(np.array([[[0.9, 0.02, 0.06, 0.02], [0.1, 0.2, 0.6, 0.1], [0.1, 0.1, 0.7, 0.1]]]))
    assert best_paths(likely, [3]) == [[0, 1, 2]]
    open_at_start = np.log(np.array([[[0.1, 0.1, 0.7, 0.1], [0.9, 0.03, 0.04, 0.03], [0.9, 0.03, 0.04, 0.03]]]))
    assert best_paths(open_at_start, [3]) == [[2, 0, 0]]
    assert best_paths(open_at_start, [1]) == [[2]]
    assert likely.min() > NEVER


@pytest.mark.parametrize("text", ["a b. C d.\n" * 90, "word " * 400, "x" * 3000, "“A b.” C\n\n" * 70])
def test_windows_hold_every_piece_once(text: str) -> None:
    tokenizer = Tokenizer.from_file(str(Path(str(files("dragoman.data"))) / "event-tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    parts = windows(tokenizer, text, [HintedToken(Span(0, 1), ("NN",))], [{"NN": 0}])
    assert [s for p in parts for s in p.spans] == tokenizer.encode(text, add_special_tokens=False).offsets
    assert max(len(p.ids) for p in parts) <= MOST


def test_the_shipped_tagger_finds_what_no_cue_of_the_codebook_brings_in() -> None:
    text = "Doctors at the hospital are adamant that the wounded were shot from behind."
    (quotation,) = dragoman.quotations(text)
    assert "shot from behind" in quotation.content[0].surface(text)
    assert dragoman.quotations(text) == dragoman.quotations(text)
    assert dragoman.quotations("") == []


def test_a_content_does_not_end_with_the_cue_of_the_next() -> None:
    text = "Kenya is adamant that the bridge was safe, accusing Chad of lying."
    reading = read(
        text,
        ("that the bridge was safe, accusing", "Kenya", "adamant", 0.95),
        ("Chad of lying", "Kenya", "accusing", 0.5),
    )
    assert contents(reading)[0] == "that the bridge was safe"


def test_a_phrase_that_names_a_source_stands_without_the_tagger() -> None:
    assert contents(read("In the words of the envoy, the talks were a farce.")) == ["the talks were a farce"]
