"""The words of happenings that are of no PLOVER type: what dies, burns, crashes, wins, is sentenced, is sold."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman.domain.codes import HappeningKind
from dragoman.lexicon.source import CodebookError, Entry, load_entries

TOPIC = "happenings"
FORMS = ("verbs", "nouns", "adjectives")
FEW_USES = 0.45
"""How sure an entry is at least whose words are of few uses."""
FIELDS = frozenset({"kind", "confidence", "subjects", "objects", "varied", *FORMS})


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One way to tell a happening: the other words of its phrase, and what must be its subject or object.

    `words` stand below a verb in their order, or right before a noun.
    """

    rule: str
    kind: HappeningKind
    words: tuple[str, ...]
    subjects: frozenset[str]
    objects: frozenset[str]
    confidence: float

    @property
    def weight(self) -> int:
        """How specific it is: more specific ones are tried first."""
        return 2 * len(self.words) + bool(self.subjects) + bool(self.objects)


class HappeningBook(msgspec.Struct, frozen=True, kw_only=True):
    """All wordings by form and the lemma of the head, the most specific first; lists of words for the procedures.

    `forms` are the third persons of the verbs whose words are of few uses ("dies": "die"), `varied` the entries whose
    words tell different things, so that two of them tell one happening only by the same word.
    """

    verbs: dict[str, tuple[Wording, ...]]
    nouns: dict[str, tuple[Wording, ...]]
    adjectives: dict[str, tuple[Wording, ...]]
    lists: dict[str, frozenset[str]]
    forms: dict[str, str]
    varied: frozenset[str]


@cache
def happening_book() -> HappeningBook:
    """Return the compiled codebook, loaded once. Raises CodebookError where an entry can't be used."""
    return compile_happenings(load_entries(TOPIC))


def compile_happenings(entries: tuple[Entry, ...]) -> HappeningBook:
    """Return the book of the ENTRIES that have a kind; those with `words` alone hold lists."""
    table: dict[str, dict[str, list[Wording]]] = {form: {} for form in FORMS}
    lists: dict[str, frozenset[str]] = {}
    for entry in entries:
        if "words" in entry.fields:
            lists[entry.id.rsplit(".", 1)[-1]] = frozenset(map(str, entry.fields["words"]))
        elif "kind" in entry.fields:
            _check(entry)
            for form in FORMS:
                for phrase in entry.fields.get(form, ()):
                    head, wording = _wording(entry, form, str(phrase).split())
                    table[form].setdefault(head, []).append(wording)
    verbs, nouns, adjectives = (
        {k: tuple(sorted(v, key=lambda w: (-w.weight, w.rule))) for k, v in table[f].items()} for f in FORMS
    )
    varied = frozenset(e.id for e in entries if e.fields.get("varied"))
    forms = {_third(lemma): lemma for lemma, ways in verbs.items() if any(w.confidence >= FEW_USES for w in ways)}
    return HappeningBook(verbs=verbs, nouns=nouns, adjectives=adjectives, lists=lists, forms=forms, varied=varied)


def _third(lemma: str) -> str:
    """Return the third person of a regular verb."""
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _wording(entry: Entry, form: str, phrase: list[str]) -> tuple[str, Wording]:
    head, words = (phrase[-1], phrase[:-1]) if form == "nouns" else (phrase[0], phrase[1:])
    given = entry.fields if form == "verbs" else {}
    return head, Wording(
        rule=entry.id,
        kind=HappeningKind(entry.fields["kind"]),
        words=tuple(words),
        subjects=frozenset(map(str, given.get("subjects", ()))),
        objects=frozenset(map(str, given.get("objects", ()))),
        confidence=float(entry.fields.get("confidence", 0.6)),
    )


def _check(entry: Entry) -> None:
    if unknown := sorted(set(entry.fields) - FIELDS):
        known = ", ".join(sorted(FIELDS))
        raise CodebookError(entry.file, entry.line, f"{entry.id} has unknown fields {unknown}; known are {known}")
    if entry.fields["kind"] not in list(HappeningKind):
        known = ", ".join(HappeningKind)
        raise CodebookError(entry.file, entry.line, f"{entry.fields['kind']!r} is no kind of happening; known: {known}")
    for phrase in (p for form in FORMS for p in entry.fields.get(form, ())):
        if not isinstance(phrase, str) or phrase != phrase.lower():
            problem = f"{entry.id}: {phrase!r} can never match; write lemmas, in lower case and in quotes where needed"
            raise CodebookError(entry.file, entry.line, problem)
