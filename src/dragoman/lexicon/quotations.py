"""The cues that bring in quotations, compiled from the codebook."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman.lexicon.source import CodebookError, load_entries

FRAMES = frozenset({"clause", "infinitive", "words", "as", "noun", "phrase"})


class Cue(msgspec.Struct, frozen=True):
    """One sense of a cue word: its codebook entry, its class, and what may hold the content."""

    rule: str
    sort: str
    frames: frozenset[str]


class CueBook(msgspec.Struct, frozen=True):
    """Cue verbs and nouns by lemma; a verb may have several senses."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Cue]


@cache
def cue_book() -> CueBook:
    """Return the compiled cues. Raises CodebookError where an entry names an unknown frame."""
    verbs: dict[str, tuple[Cue, ...]] = {}
    nouns: dict[str, Cue] = {}
    for entry in load_entries("quotations"):
        frames = frozenset(entry.fields.get("frames", ()))
        if frames - FRAMES:
            raise CodebookError(entry.file, entry.line, f"unknown frame {sorted(frames - FRAMES)}; {sorted(FRAMES)}")
        cue = Cue(entry.id, entry.fields.get("class", ""), frames)
        for lemma in dict.fromkeys(entry.fields.get("verbs", ())):
            verbs[lemma] = (*verbs.get(lemma, ()), cue)
        for lemma in entry.fields.get("nouns", ()):
            nouns[lemma] = cue
    return CueBook(verbs, nouns)
