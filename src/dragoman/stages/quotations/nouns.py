"""Finds what cue nouns and source phrases attribute: the claim that ..., hope for ..., according to ..."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain.parse import Sentence, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import cue_book
from dragoman.stages.quotations.contents import below, phrase_span, span_of
from dragoman.stages.quotations.speakers import NAMING, speaker_of
from dragoman.stages.quotations.verbs import Attribution, has_to

UNVOICED = frozenset(
    {"plan", "rule", "law", "need", "type", "size", "schedule", "constitution", "agreement", "tradition", "custom"}
)


def by_noun(noun: Token) -> Iterator[Attribution]:
    """Yield what NOUN, a cue, could attribute: its clause, its infinitive, or the phrase after it."""
    book = cue_book()
    sense = book.nouns.get(noun.lemma)
    if sense is None:
        return
    voiced = noun.dep == "dobj" and noun.head.lemma in book.voicing
    rule = "quotations.indirect.noun"
    for child in noun.children:
        if child.i <= noun.i:
            continue
        frame, piece = "", None
        if child.dep in ("acl", "ccomp", "relcl") and any(
            c.dep == "mark" and c.lower == "that" for c in child.children
        ):
            frame, piece = "noun-that", phrase_span(child, noun)
        elif child.dep in ("acl", "xcomp", "relcl") and has_to(child):
            frame, piece = "noun-to", phrase_span(child, noun)
        elif child.dep == "prep" and child.lower in ("of", "for", "about", "over", "on", "at", "in", "with", "against"):
            frame, piece = "noun-prep", phrase_span(child if voiced else child.child("pobj", "pcomp") or child)
        if piece is None:
            continue
        if voiced:
            rule = "quotations.indirect.expressed"
            frame = "voiced-" + frame
        cue = noun.head.span.cover(noun.span) if voiced else noun.span
        owned = noun.child("poss")
        if voiced and owned is not None:
            piece = Span(below(owned, lambda t: False)[0].start, piece.end)
        speaker = speaker_of(noun.head) if voiced else _owner(noun)
        yield Attribution(noun, sense, rule, frame, [piece], speaker, None, noun.head.span if owned and voiced else cue)
        return


def _owner(noun: Token) -> Token | None:
    """Return whose claim it is: "his claim", "the claim by ...", or the subject of the verb that takes it."""
    owner = noun.child("poss")
    if owner is not None:
        return owner
    for child in noun.children:
        if child.dep == "prep" and child.lower in ("by", "from"):
            return child.child("pobj")
    return speaker_of(noun.head) if noun.dep in ("dobj", "pobj") and noun.head.pos in ("VERB", "AUX") else None


def by_source(token: Token, sentence: Sentence) -> Iterator[Attribution]:
    """Yield the clause that a source phrase vouches for: "according to X", "in the words of X", "in X's view"."""
    head, source, name = _source(token)
    if head is None or source is None or source.pos not in NAMING or source.lemma in UNVOICED:
        return
    sense = cue_book().sources[name]
    words = below(head, lambda t: False)
    first, last = words[0].i, words[-1].i
    start = sentence.tokens[0].i
    scope = list(sentence.tokens)
    verb = _whole(head.head, last)
    if first > verb.i and verb is not head and verb is not sentence.root and verb.pos in ("VERB", "AUX"):
        inside = {t.i for t in below(verb, lambda t: False)}
        scope = [t for t in scope if t.i in inside]
    before = span_of([t for t in scope if t.i < first])
    after = span_of([t for t in scope if t.i > last])
    pieces = [p for p in (before, after) if p is not None]
    if first - start <= 1 or _joined(sentence, first):
        pieces = [p for p in (after,) if p is not None]
    elif before is not None and after is not None and _comma_before(sentence, first) and before.end - before.start < 40:
        pieces = [before, after]
    elif before is not None:
        pieces = [before] if after is None or after.end - after.start < 30 else [before, after]
    if pieces and sum(p.end - p.start for p in pieces) > 12:
        cue = Span(token.start, max(t.end for t in (token, *[c for c in token.children if c.dep == "prep"])))
        yield Attribution(token, sense, "quotations.indirect.according-to", "source", pieces, source, None, cue)


def _whole(verb: Token, last: int) -> Token:
    """Return the verb of the whole statement that ends with a source phrase which the parse hung on a part of it.

    "Police shot at the crowd, killing two and wounding others, according to X": X tells of the shooting too.
    """
    end = next((t.i for t in reversed(verb.sent.tokens) if t.dep != "punct"), last)
    while verb.head is not verb and verb.head.pos in ("VERB", "AUX") and last >= end:
        shared = verb.dep == "conj" and verb.child("nsubj", "nsubjpass") is None
        if not shared and not (verb.dep == "advcl" and verb.tag == "VBG"):
            break
        verb = verb.head
    return verb


def _joined(sentence: Sentence, first: int) -> bool:
    """Tell whether a source phrase stands between a conjunction and what it joins ("held and, according to X, hit")."""
    place = first - sentence.tokens[0].i
    return place > 1 and _comma_before(sentence, first) and sentence.tokens[place - 2].lower in ("and", "but")


def _comma_before(sentence: Sentence, first: int) -> bool:
    place = first - sentence.tokens[0].i
    return place > 0 and sentence.tokens[place - 1].text == ","


def _source(token: Token) -> tuple[Token | None, Token | None, str]:
    """Return (top of the phrase, head of the source's words, phrase of the codebook)."""
    if token.lower == "according":
        to = next((c for c in token.children if c.lower == "to"), None)
        return (token, to.child("pobj", "pcomp"), "according to") if to is not None else (None, None, "")
    if token.lemma in ("word", "view", "opinion", "estimation") and token.dep == "pobj" and token.head.lower == "in":
        owner = token.child("poss")
        of = next((c for c in token.children if c.lower == "of"), None)
        if owner is None and of is not None and token.child("det") is not None:
            owner = of.child("pobj")
        return token.head, owner, "in the words of"
    return None, None, ""
