"""The words that tell whether an event is fact: cues of plans, hopes, demands, threats, doubt and denial."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman.domain.codes import Status
from dragoman.lexicon.source import CodebookError, Entry, load_entries

CLASSES = (
    "verb", "noun", "adjective", "modifier", "adverb", "modal", "mark", "preposition", "determiner",
    "claim", "rejecting", "state", "force", "length",
)  # fmt: skip
CARRIES = "carries"
TELLS = "tells"
BACKGROUND = "background"


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """A word, and what it makes of the event that it governs by one of `frames`.

    `does` is a status, `carries` (the cue's own tense and mood are the event's), `tells` (its subject vouches for
    the event) or `background`. `frames` are `clause`, `object`, `subject` or a preposition. `needs` is a second word
    of a phrase ("look forward"). `negated` is the status under negation, None for "did not happen".
    """

    id: str
    does: str
    frames: frozenset[str]
    needs: str | None
    negated: Status | None
    confidence: float

    @property
    def status(self) -> Status | None:
        """The status that the cue gives, None where it gives none."""
        return None if self.does in (CARRIES, TELLS, BACKGROUND) else Status(self.does)


class StatusBook(msgspec.Struct, frozen=True, kw_only=True):
    """All cues, by class of word and lemma."""

    cues: dict[tuple[str, str], tuple[Cue, ...]]

    def look_up(self, kind: str, word: str) -> tuple[Cue, ...]:
        """Return the cues of the class KIND under WORD."""
        return self.cues.get((kind, word), ())


@cache
def status_book() -> StatusBook:
    """Return the shipped cues. Raises CodebookError where an entry can't be used."""
    return compile_cues(load_entries("status"))


def compile_cues(entries: tuple[Entry, ...]) -> StatusBook:
    """Return the book of the cues among ENTRIES (those with `words`); the others describe procedures."""
    found: dict[tuple[str, str], list[Cue]] = {}
    for entry in entries:
        if "words" not in entry.fields:
            continue
        kind, cue = entry.fields.get("class"), _cue(entry)
        if kind not in CLASSES:
            raise CodebookError(entry.file, entry.line, f"`class` of {entry.id} is {kind!r}, not one of {CLASSES}")
        for word in entry.fields["words"]:
            first, _, rest = str(word).partition(" ")
            part = msgspec.structs.replace(cue, needs=rest or None)
            found.setdefault((kind, first), []).append(part)
    return StatusBook(cues={k: tuple(sorted(v, key=lambda c: c.needs is None)) for k, v in found.items()})


def _cue(entry: Entry) -> Cue:
    fields = entry.fields
    allowed = [*Status, CARRIES, TELLS, BACKGROUND]
    if fields.get("does") not in allowed:
        raise CodebookError(entry.file, entry.line, f"`does` of {entry.id} must be one of {', '.join(allowed)}")
    return Cue(
        id=entry.id,
        does=fields["does"],
        frames=frozenset(fields.get("frames", ())),
        needs=None,
        negated=Status(fields["negated"]) if "negated" in fields else None,
        confidence=float(fields.get("confidence", 0.85)),
    )
