"""Which words tell a happening: those that an entry of the codebook fits, and deeds that none knows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.domain.codes import HappeningKind
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.happenings import HappeningBook, Wording, happening_book
from dragoman.stages.happenings.headlines import headline_verbs
from dragoman.stages.happenings.sides import is_named, is_passive

EVENT_NAME = "EVENT"
"""OntoNotes label of hurricanes, battles, wars, sports events."""
NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "PRODUCT", "NORP", "LOC"})
INSIDE = ("compound", "nmod", "amod")
CONTENT = ("NOUN", "PROPN", "ADJ")
STANDS = frozenset({"aux", "auxpass", "cop"})
PREDICATIVE = frozenset({"acomp", "oprd", "attr", "ccomp", "conj", "ROOT", "advcl", "relcl"})
MAIN = frozenset({"ROOT", "ccomp", "parataxis", "conj"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
PLACING = frozenset({"in", "on", "under"})
NEAR = 3
"""How far from a verb a word of its phrase may stand to be part of the trigger."""
UNKNOWN = 0.3
"""How sure a deed is that no entry knows."""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """Words that tell a happening; `light` are the spans of words that only carry it ("suffered a severe stroke")."""

    token: Token
    span: Span
    rule: str
    kind: HappeningKind
    confidence: float
    light: tuple[Span, ...] = ()
    headline: bool = False


def tellings(parse: Parse, taken: set[int], index: MentionIndex) -> Iterator[Telling]:
    """Yield what tells a happening in PARSE, tokens that are TAKEN left out."""
    book = happening_book()
    used = set(taken)
    for name in parse.names:
        head = next((t for t in name.tokens if t.head.i not in {x.i for x in name.tokens}), name.tokens[-1])
        if name.label == EVENT_NAME and not any(t.i in used for t in name.tokens):
            used.update(t.i for t in name.tokens)
            yield Telling(
                token=head, span=name.span, rule="happenings.other.event", kind=HappeningKind.OTHER, confidence=0.5
            )
    for sentence in parse.sentences:
        for token, wording, matched in headline_verbs(sentence, book):
            if token.i not in used:
                used.update(t.i for t in (token, *matched))
                yield msgspec.structs.replace(_telling(token, (wording, matched), ()), headline=True)
    verbs = [t for t in parse.tokens if t.pos == "VERB" and t.dep not in STANDS and t.i not in used]
    for token in verbs:
        found = _verb(token, book, used, phrases=True)
        if found is not None and token.i not in used:
            used.update(t.i for t in (token, *found[1]))
            span = _span(token, found[1])
            apart = tuple(t.span for t in found[1] if t.pos in CONTENT and not span.contains(t.span))
            yield _telling(token, found, apart)
    for token in parse.tokens:
        if token.i in used:
            continue
        if token.pos in ("NOUN", "PROPN"):
            found = _noun(token, book)
            if found is not None:
                light = _carrier(token, book, used)
                used.update(t.i for t in (token, *light))
                yield _telling(token, found, tuple(t.span for t in light))
        elif token.pos == "ADJ" and token.lemma in book.adjectives and _is_predicative(token):
            light = [token.head] if token.dep in ("oprd", "acomp") and token.head.pos == "VERB" else []
            light = [t for t in light if t.i not in used]
            used.update(t.i for t in light)
            yield _telling(token, (book.adjectives[token.lemma][0], []), tuple(t.span for t in light))
    for token in verbs:
        if token.i in used:
            continue
        found = _verb(token, book, used, phrases=False)
        if found is not None:
            yield _telling(token, found, ())
        elif _is_deed(token, book, index):
            yield Telling(
                token=token, span=token.span, rule="happenings.other.deed", kind=HappeningKind.OTHER, confidence=UNKNOWN
            )


def _telling(token: Token, found: tuple[Wording, list[Token]], light: tuple[Span, ...]) -> Telling:
    wording, matched = found
    return Telling(
        token=token, span=_span(token, matched), rule=wording.rule, kind=wording.kind, confidence=wording.confidence,
        light=light,
    )  # fmt: skip


def _span(token: Token, matched: list[Token]) -> Span:
    first, last = token, token
    for other in sorted(matched, key=lambda t: abs(t.i - token.i)):
        if 0 < other.i - last.i <= 2 and other.i - token.i <= NEAR:
            last = other
        elif 0 < first.i - other.i <= 2 and token.i - other.i <= NEAR:
            first = other
    return Span(first.start, last.end)


def _is_predicative(token: Token) -> bool:
    """Tell whether an adjective tells something of its noun instead of only qualifying it ("ten dead in quake")."""
    return token.dep in PREDICATIVE or (token.dep == "amod" and token.i > token.head.i)


def _noun(token: Token, book: HappeningBook) -> tuple[Wording, list[Token]] | None:
    """Return the wording that a noun fits; one that only qualifies another noun tells nothing."""
    wordings = book.nouns.get(token.lemma.lower(), ())
    if not wordings or (token.pos == "PROPN" and token.ent in NAMES):
        return None
    if token.dep in INSIDE and token.head.i > token.i and token.head.lemma.lower() not in book.lists["bearers"]:
        return None
    words = token.sent.tokens
    place = token.i - words[0].i
    for wording in wordings:
        before = words[max(0, place - len(wording.words)) : place]
        if len(before) == len(wording.words) and all(_is(t, w) for t, w in zip(before, wording.words, strict=True)):
            return wording, before
    return None


def _verb(token: Token, book: HappeningBook, used: set[int], *, phrases: bool) -> tuple[Wording, list[Token]] | None:
    """Return the wording that a verb fits, with the other words of its phrase: one of several words, or of one."""
    wordings = book.verbs.get(token.lemma, ())
    if not wordings:
        return None
    after: list[Token] | None = None
    particle = token.child("prt")
    for wording in wordings:
        if bool(wording.words) is not phrases or (particle is not None and particle.lower not in wording.words):
            continue
        matched: list[Token] = []
        if wording.words:
            after = _below(token, used) if after is None else after
            for word in wording.words:
                ends = word is wording.words[-1]
                matched += [t for t in after if _is(t, word) and not (ends and _places(t, token))][:1]
            if len(matched) < len(wording.words):
                continue
        if wording.subjects and not _is_any(_subjects(token), wording.subjects):
            continue
        if wording.objects and not _is_any(_objects(token), wording.objects):
            continue
        return wording, matched
    return None


def _below(verb: Token, used: set[int]) -> list[Token]:
    """Return the words below VERB after it, two steps deep, with its subject where it is passive."""
    near = [c for c in verb.children if c.i > verb.i or c.dep == "nsubjpass"]
    return [t for c in near for t in (c, *c.children) if t.i not in used]


def _places(word: Token, verb: Token) -> bool:
    """Tell whether WORD, that could end VERB's phrase, puts it somewhere instead ("turned the cake in the oven")."""
    return word.lower in PLACING and (word.head is not verb or word.child("pobj") is not None)


def _is(token: Token, word: str) -> bool:
    return token.lower == word or token.lemma == word


def _is_any(tokens: list[Token], words: frozenset[str]) -> bool:
    return any(t.lemma.lower() in words for t in tokens)


def _subjects(verb: Token) -> list[Token]:
    if is_passive(verb):
        return [p for c in verb.children if c.dep == "agent" for p in c.children_by("pobj")]
    own = verb.children_by("nsubj")
    if not own and verb.dep == "conj":
        own = verb.head.children_by("nsubj")
    if not own and verb.dep in ("acl", "relcl"):
        own = [verb.head]
    return [verb.head if t.tag in ("WDT", "WP") and verb.dep == "relcl" else t for t in own]


def _objects(verb: Token) -> list[Token]:
    return verb.children_by("nsubjpass") if is_passive(verb) else verb.children_by("dobj")


def _carrier(noun: Token, book: HappeningBook, used: set[int]) -> list[Token]:
    """Return the verb that only carries NOUN ("suffered a stroke") or says how it struck, in a list, or none."""
    verb = noun.head
    if verb.pos != "VERB" or verb.i in used:
        return []
    if noun.dep == "nsubj" and any(noun.lemma.lower() in w.subjects for w in book.verbs.get(verb.lemma, ())):
        return [verb]
    return [verb] if noun.dep in ("dobj", "nsubjpass") and verb.lemma in book.lists["light"] else []


def _is_deed(verb: Token, book: HappeningBook, index: MentionIndex) -> bool:
    """Tell whether VERB, which no entry knows, tells a deed of somebody or something named, in a main clause."""
    if verb.lemma in book.lists["dull"] or verb.dep not in MAIN:
        return False
    if verb.tag not in FINITE and not any(c.dep in ("aux", "auxpass") for c in verb.children):
        return False
    sides = [c for c in verb.children if c.dep in ("nsubj", "nsubjpass", "dobj")]
    return any(is_named(c, index) for c in sides)
