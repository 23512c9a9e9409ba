"""The cues that bring in quotations, compiled from the codebook, and the weights learnt for them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import msgspec

from dragoman.lexicon.source import CodebookError, Entry, load_entries

FRAMES = frozenset({"clause", "infinitive", "words", "as", "gerund", "object", "about", "noun", "of", "phrase"})
"""What may hold the content: a clause, an infinitive, quoted words, an `as` phrase or judgement, a gerund, an object,
a prepositional phrase; for nouns a clause or infinitive (`noun`) or a phrase (`of`)."""


class Cue(msgspec.Struct, frozen=True):
    """One sense of a cue word: its codebook entry, its class, and what may hold the content."""

    rule: str
    sort: str
    frames: frozenset[str]


class CueBook(msgspec.Struct, frozen=True):
    """Cue verbs and nouns by lemma; a verb may have several senses."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Cue]
    frames: dict[str, frozenset[str]]
    prepositions: dict[str, tuple[str, ...]]
    addressed: frozenset[str]
    hidden: frozenset[str]
    naming: frozenset[str]
    voicing: frozenset[str]
    relaying: frozenset[str]
    sources: dict[str, Cue]

    def frames_of(self, lemma: str) -> frozenset[str]:
        """Return all frames that a verb takes in any of its senses."""
        return self.frames.get(lemma, frozenset())

    def takes_addressee(self, lemma: str) -> bool:
        """Tell whether the verb's object is whom it is said to ("told reporters")."""
        return lemma in self.addressed

    def hides_speaker(self, lemma: str) -> bool:
        """Tell whether the subject of the verb's passive is not who speaks ("was told that", "is believed to")."""
        return lemma in self.hidden or lemma in self.addressed


@cache
def cue_book() -> CueBook:
    """Return the compiled cues. Raises CodebookError where an entry names an unknown frame."""
    verbs: dict[str, tuple[Cue, ...]] = {}
    nouns: dict[str, Cue] = {}
    prepositions: dict[str, tuple[str, ...]] = {}
    sources: dict[str, Cue] = {}
    words: dict[str, set[str]] = {name: set() for name in ("addressed", "hidden", "naming", "voicing", "relaying")}
    for entry in load_entries("quotations"):
        cue = Cue(entry.id, entry.fields.get("class", ""), _frames(entry))
        for lemma in dict.fromkeys(entry.fields.get("verbs", ())):
            verbs[lemma] = (*verbs.get(lemma, ()), cue)
        for lemma in entry.fields.get("nouns", ()):
            nouns[lemma] = cue
        for phrase in entry.fields.get("phrases", ()):
            sources[phrase] = cue
        for lemma, taken in entry.fields.get("prepositions", {}).items():
            prepositions[lemma] = tuple(taken.split())
            if lemma not in entry.fields.get("verbs", ()):
                verbs[lemma] = (*verbs.get(lemma, ()), cue)
        for name, kept in words.items():
            kept.update(entry.fields.get(name, ()))
    return CueBook(
        verbs, nouns, {lemma: frozenset().union(*(c.frames for c in cues)) for lemma, cues in verbs.items()},
        prepositions, frozenset(words["addressed"]), frozenset(words["hidden"]), frozenset(words["naming"]),
        frozenset(words["voicing"]), frozenset(words["relaying"]), sources,
    )  # fmt: skip


def _frames(entry: Entry) -> frozenset[str]:
    frames = frozenset(entry.fields.get("frames", ()))
    if frames - FRAMES:
        raise CodebookError(entry.file, entry.line, f"unknown frame {sorted(frames - FRAMES)}; {sorted(FRAMES)}")
    return frames


@cache
def cue_weights() -> dict[str, float]:
    """Return the weights of what speaks for and against an attribution (logarithms of odds).

    Learnt by `training/quotation_cues.py` from the PolNeAR corpus of attributions in American political news.
    """
    text = (files("dragoman.data") / "quotation_cues.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights
