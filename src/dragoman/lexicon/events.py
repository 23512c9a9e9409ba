"""Compiles the `plover` codebook into senses that are looked up by the lemma of a verb, noun or adjective.

An entry with `type:` is one sense of its `verbs:`, `nouns:` and `adjectives:`; an entry with `words:` is a word class
that senses refer to as `$name` (the last part of its id); an entry with `lemmas:` is a list of words with a grammatical
use (support verbs, verbs of saying). All else is a procedural rule. A verb pattern is the lemma, then further words
that must hang below it or below one another, or stand for what it is done to: `open fire on`, `call off strike`. A
noun pattern is the words as they stand: `peace talk`, `attempt on life`, `opposition to`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from dragoman.domain.codes import EventType
from dragoman.lexicon import plover
from dragoman.lexicon.source import CodebookError, Entry, load_entries

TOPIC = "plover"

LIVE_CLASSES = frozenset({"actor", "person", "number", "money", "any"})
"""Classes that a token belongs to by what it names, not by its word."""

BAR = "|"
"""Stands for the head among the words of a pattern."""

PREPOSITIONS = frozenset(
    {
        "about", "against", "among", "at", "between", "by", "for", "from", "in", "into", "of", "on", "over", "to",
        "toward", "towards", "under", "upon", "with", "within",
    }
)  # fmt: skip
"""Prepositions of patterns: what a noun pattern ends in, or what ties its last word to its head."""

EVERYTHING = range(10_000)
"""Stands for no bound on objects where senses are ordered by how few they take."""

SENSE_FIELDS = frozenset(
    {
        "type", "mode", "contexts", "cameo", "verbs", "nouns", "adjectives", "objects", "not_objects", "subjects",
        "not_subjects", "complement", "actors", "recipients", "noun_actors", "noun_recipients", "alone", "confidence",
        "absorbs", "symmetric", "speech", "passive", "near", "not_near", "noun_near", "noun_not_near",
    }
)  # fmt: skip


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """One sense of one predicate form.

    `words` are the further words of the pattern. `objects` ... `not_near` are sets of words and `$classes`, None where
    anything goes; `near` are words below the predicate (an entry's `noun_near` and `noun_not_near` are those of its
    nouns alone, empty for none). `actors` and `recipients` are slots, tried in order. `complement` is
    `infinitive`, `clause` or `any` where the predicate needs one. `alone` tells that a noun counts without
    participants. `absorbs` tells that the object or complement is no event of its own.
    """

    id: str
    type: str
    form: str
    lemma: str
    words: tuple[str, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    objects: frozenset[str] | None = None
    not_objects: frozenset[str] | None = None
    subjects: frozenset[str] | None = None
    not_subjects: frozenset[str] | None = None
    near: frozenset[str] | None = None
    not_near: frozenset[str] | None = None
    complement: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    alone: bool = False
    confidence: float = 0.7
    absorbs: bool = False
    symmetric: bool = False
    speech: bool = False
    passive: bool | None = None

    @property
    def weight(self) -> int:
        """How specific the sense is: more specific ones are tried first."""
        given = 2 * (self.near is not None) + 2 * (self.complement is not None)
        if self.objects is not None and "$any" not in self.objects:
            given += 3 + 2 * (not any(word[0] == "$" for word in self.objects))
        if self.subjects is not None:
            given += 1 + (not any(word[0] == "$" for word in self.subjects))
        return 3 * len([w for w in self.words if w != BAR]) + given + (self.not_objects is not None)


class EventBook(msgspec.Struct, frozen=True, kw_only=True):
    """All senses by form and first lemma, most specific first; word classes; lists of grammatical words."""

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    adjectives: dict[str, tuple[Sense, ...]]
    lists: dict[str, frozenset[str]]


DEFAULT_SLOTS = {
    ("verbs", "actors"): ("subject",),
    ("verbs", "recipients"): ("object",),
    ("nouns", "actors"): ("subject", "possessor", "by", "modifier"),
    ("nouns", "recipients"): ("on", "against", "of", "with"),
    ("adjectives", "actors"): ("subject",),
    ("adjectives", "recipients"): (),
}


@cache
def event_book() -> EventBook:
    """Return the compiled codebook, loaded once."""
    return compile_book(load_entries(TOPIC))


@cache
def control_verbs() -> frozenset[str]:
    """Return the verbs whose object does what their complement tells."""
    return event_book().lists["control"]


def compile_book(entries: Iterable[Entry]) -> EventBook:
    """Return the senses of ENTRIES, ready for look-up.

    Raises CodebookError with file and line for an unknown field, type, mode, context or word class.
    """
    kept = list(entries)
    classes = {e.id.rsplit(".", 1)[-1]: frozenset(map(str, e.fields["words"])) for e in kept if "words" in e.fields}
    lists = {e.id.rsplit(".", 1)[-1]: frozenset(map(str, e.fields["lemmas"])) for e in kept if "lemmas" in e.fields}
    table: dict[str, dict[str, list[Sense]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for entry in kept:
        if "type" in entry.fields:
            for sense in _senses(entry, classes):
                table[sense.form].setdefault(sense.lemma, []).append(sense)
    for forms in table.values():
        for senses in forms.values():
            senses.sort(key=lambda s: (-s.weight, len(s.objects or EVERYTHING), s.id))
    verbs, nouns, adjectives = ({k: tuple(v) for k, v in table[f].items()} for f in ("verbs", "nouns", "adjectives"))
    return EventBook(verbs=verbs, nouns=nouns, adjectives=adjectives, lists=lists)


def _senses(entry: Entry, classes: dict[str, frozenset[str]]) -> list[Sense]:
    _check(entry)
    fields = entry.fields
    shared: dict[str, Any] = {
        "id": entry.id,
        "type": fields["type"],
        "mode": fields.get("mode"),
        "contexts": tuple(fields.get("contexts", ())),
        "cameo": str(fields["cameo"]) if "cameo" in fields else None,
        "complement": fields.get("complement"),
    }
    shared |= {
        k: fields[k] for k in ("alone", "confidence", "absorbs", "symmetric", "speech", "passive") if k in fields
    }
    for name in ("objects", "not_objects", "subjects", "not_subjects", "near", "not_near"):
        shared[name] = _words(entry, fields[name], classes) if name in fields else None
    found = []
    for form in ("verbs", "nouns", "adjectives"):
        own = dict(shared)
        if form == "nouns":
            own |= {"objects": None, "not_objects": None, "subjects": None, "not_subjects": None, "complement": None}
            for name in ("near", "not_near"):
                if (key := f"noun_{name}") in fields:
                    own[name] = _words(entry, fields[key], classes) or None
        for slot in ("actors", "recipients"):
            key = f"noun_{slot}" if form == "nouns" else slot
            own[slot] = tuple(fields.get(key, DEFAULT_SLOTS[form, slot]))
        for pattern in fields.get(form, ()):
            first, words = _split(str(pattern), form)
            found.append(Sense(form=form, lemma=first, words=words, **own))
    return found


def _split(pattern: str, form: str) -> tuple[str, tuple[str, ...]]:
    """Return the head of PATTERN and its other words, with BAR for the head where some stand before it.

    A verb heads at its start; a noun at its end ("peace talk") or before "of" or its last preposition ("call for",
    "attempt on life"). Hyphenated words are several to the parser: the last part is the head.
    """
    words = pattern.split()
    head = 0 if form != "nouns" else _noun_head(words)
    before = [part for word in words[:head] for part in word.split("-")]
    *joined, lemma = words[head].split("-")
    after = words[head + 1 :]
    if form != "nouns" and not joined:
        return lemma, tuple(after)
    return lemma, (*before, *joined, BAR, *after)


def _noun_head(words: list[str]) -> int:
    if "of" in words[1:]:
        return words.index("of", 1) - 1
    return next((n - 1 for n in (len(words) - 2, len(words) - 1) if n > 0 and words[n] in PREPOSITIONS), len(words) - 1)


def _words(entry: Entry, values: list[str], classes: dict[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for value in map(str, values):
        if not value.startswith("$") or value[1:] in LIVE_CLASSES:
            found.add(value)
        elif value[1:] in classes:
            found |= classes[value[1:]]
        else:
            raise CodebookError(entry.file, entry.line, f"{entry.id} refers to an unknown word class {value}")
    return frozenset(found)


def _check(entry: Entry) -> None:
    fields = entry.fields
    unknown = sorted(set(fields) - SENSE_FIELDS)
    if unknown:
        known = ", ".join(sorted(SENSE_FIELDS))
        raise CodebookError(entry.file, entry.line, f"{entry.id} has unknown fields {unknown}; known are {known}")
    type_, mode = fields["type"], fields.get("mode")
    if type_ not in EventType.__members__:
        raise CodebookError(entry.file, entry.line, f"{type_!r} is no PLOVER type; known: {', '.join(EventType)}")
    if mode is not None and mode not in plover.modes()[type_]:
        allowed = ", ".join(sorted(plover.modes()[type_])) or "none"
        raise CodebookError(entry.file, entry.line, f"{mode!r} is no mode of {type_}; allowed: {allowed}")
    strange = sorted(set(fields.get("contexts", ())) - plover.contexts())
    if strange:
        raise CodebookError(entry.file, entry.line, f"{strange} are no PLOVER contexts")
    for name, values in fields.items():
        if isinstance(values, list) and not all(isinstance(v, str) for v in values):
            odd = next(v for v in values if not isinstance(v, str))
            raise CodebookError(
                entry.file, entry.line, f"{entry.id}: {name} holds {odd!r}; put words such as `on` in quotes"
            )
    for pattern in (p for form in ("verbs", "nouns", "adjectives") for p in fields.get(form, ())):
        if pattern != pattern.lower() or not all(part[-1:].isalnum() for part in pattern.split()):
            problem = f"{entry.id}: {pattern!r} can never match; write lemmas, in lower case"
            raise CodebookError(entry.file, entry.line, problem)
    if fields.get("complement") not in (None, "infinitive", "clause", "any"):
        raise CodebookError(entry.file, entry.line, "`complement` is infinitive, clause or any")
