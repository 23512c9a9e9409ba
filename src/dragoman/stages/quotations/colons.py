"""Finds words brought in by a colon without quotation marks: transcripts, headlines, statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import Cue, cue_book
from dragoman.stages.quotations.contents import is_edge, span_of
from dragoman.stages.quotations.direct import words_sense
from dragoman.stages.quotations.marks import QuotedIndex
from dragoman.stages.quotations.speakers import speaker_of
from dragoman.stages.quotations.verbs import Attribution

LABEL = 7
"""Most tokens of a speaker's label."""
FIRST_PERSON = frozenset(["i", "we", "our", "us", "my", "me", "ours", "mine"])
NAMES = frozenset({"PERSON", "ORG"})
SHORTEST = 4
"""Fewest tokens that a label brings in."""


def by_colon(parse: Parse, quoted: QuotedIndex) -> Iterator[Attribution]:
    """Yield what stands after (in a headline also before) a speaker's label or a cue with a colon."""
    lines = _lines(parse)
    for number, line in enumerate(lines):
        found = _label(line, number == 0) or (_label_last(line) if number == 0 else None)
        if found is None:
            found = _statement(parse, quoted, lines, number)
        if found is not None and found.content:
            yield found


def _lines(parse: Parse) -> list[list[Token]]:
    starts = [t.start for t in parse.tokens]
    found = []
    for paragraph in parse.paragraphs:
        first, last = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        words = [t for t in parse.tokens[first:last] if not t.text.isspace()]
        if words:
            found.append(words)
    return found


def _entry(phrase: str) -> Cue:
    return cue_book().sources[phrase]


def _label(line: Sequence[Token], headline: bool) -> Attribution | None:
    """Return the words after "NAME:" at a line's beginning."""
    place = next((n for n, t in enumerate(line[: LABEL + 1]) if t.text == ":"), 0)
    if not place or len(line) - place - 1 < SHORTEST:
        return None
    label, rest = line[:place], line[place + 1 :]
    if rest[0].text in ("“", '"', "``", "''", "‘") or not _names(label, headline):
        return None
    content = span_of(rest)
    if content is None:
        return None
    rule = "quotations.indirect.headline" if headline else "quotations.direct.transcript"
    return Attribution(line[place], _entry("label:"), rule, "label", [content], label[-1], None, line[place].span)


def _names(label: Sequence[Token], headline: bool) -> bool:
    """Tell whether the words of a label name somebody who speaks."""
    words = [t for t in label if not is_edge(t)]
    if not words:
        return False
    if len(words) == 1 and words[0].text in ("Q", "A"):
        return True
    if all(t.text.isupper() for t in words) and len(words) <= 4 and len(words[-1].text) > 2:
        return not headline
    if any(t.pos in ("VERB", "AUX", "ADP", "PRON", "NUM") for t in words) or not words[0].text[0].isupper():
        return False
    named = [t for t in words if t.ent == "PERSON" or (headline and t.ent in NAMES)]
    return bool(named) and words[-1].ent in NAMES and (headline or len(named) == len(words))


def _label_last(line: Sequence[Token]) -> Attribution | None:
    """Return the words before ": NAME" at a headline's end."""
    place = next((len(line) - 1 - n for n, t in enumerate(reversed(line)) if t.text == ":"), 0)
    label = [t for t in line[place + 1 :] if not is_edge(t)]
    if place < SHORTEST or not 0 < len(label) <= 4 or any(t.pos not in ("PROPN", "NOUN", "ADJ", "DET") for t in label):
        return None
    content = span_of(line[:place])
    if content is None:
        return None
    cue = line[place]
    return Attribution(
        cue, _entry("label:"), "quotations.indirect.headline", "label", [content], label[-1], None, cue.span
    )


def _statement(parse: Parse, quoted: QuotedIndex, lines: Sequence[Sequence[Token]], number: int) -> Attribution | None:
    """Return the words after "X said:" that no quotation marks hold, on to the lines that go on in the first person."""
    line = lines[number]
    for place, token in enumerate(line):
        if token.text == ":" and place and quoted.at(token.start) is None:
            cue = next((t for t in reversed(line[max(0, place - 8) : place]) if t.pos == "VERB" or t.text == "."), None)
            sense = words_sense(cue.lemma) if cue is not None else None
            if cue is None or sense is None or quoted.at(cue.start) is not None:
                continue
            rest = [line[place + 1 :], *lines[number + 1 :]] if place + 1 < len(line) else list(lines[number + 1 :])
            content = _first_persons(rest, quoted)
            if content:
                speaker = speaker_of(cue)
                return Attribution(
                    cue, sense, "quotations.direct.statement", "statement", content, speaker, None, cue.span
                )
            return None
    return None


def _first_persons(lines: Sequence[Sequence[Token]], quoted: QuotedIndex) -> list[Span]:
    found: list[Span] = []
    for line in lines:
        mine = any(t.lower in FIRST_PERSON and quoted.at(t.start) is None for t in line)
        if not mine or quoted.at(line[0].start) is not None or len(line) < SHORTEST:
            break
        content = span_of(line)
        if content is not None:
            found.append(Span(content.start, line[-1].end if is_edge(line[-1]) else content.end))
    return found
