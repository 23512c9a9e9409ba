"""Finds what cue verbs attribute: clauses, infinitives, objects, `as` phrases, gerunds, and source clauses put last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain.parse import Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import Cue, cue_book
from dragoman.stages.quotations.contents import below, clause_pieces, phrase_span, span_of, tail_span, takes_over
from dragoman.stages.quotations.marks import Quoted
from dragoman.stages.quotations.speakers import addressee_of, speaker_of

QUOTES = frozenset({"”", '"', "''", "’"})
WH = frozenset(["who", "whom", "what", "which", "whose", "when", "where", "why", "how"])
REACH = 14
"""Tokens after a cue within which a "that" is its own."""
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


class Attribution(msgspec.Struct):
    """A cue with its content before quotation marks are looked at.

    `frame` tells the grammar that ties them; `weight` is how likely such a cue in such a frame attributes,
    `quotes` are the stretches in quotation marks inside the content and `quoted` is their share of its letters.
    """

    cue: Token
    entry: Cue
    rule: str
    frame: str
    content: list[Span]
    speaker: Token | None
    addressee: Token | None = None
    cue_span: Span | None = None
    quoted: float = 0.0
    quotes: list[Quoted] = []
    weight: float = 1.0


def by_verb(verb: Token) -> Iterator[Attribution]:
    """Yield what VERB, a cue, could attribute; the first that holds is taken."""
    book = cue_book()
    senses = book.verbs.get(verb.lemma)
    if senses is None:
        return
    frames = book.frames_of(verb.lemma)
    for frame, rule, pieces in _frames(verb, frames):
        if pieces:
            wanted = rule.rpartition(":")[2]
            sense = next((s for s in senses if wanted in s.frames), senses[0])
            yield Attribution(
                verb, sense, rule.partition(":")[0], frame, pieces, speaker_of(verb), addressee_of(verb), verb.span
            )


def _frames(verb: Token, frames: frozenset[str]) -> Iterator[tuple[str, str, list[Span]]]:
    """Yield (frame, rule:frame of the codebook, content), the likeliest first."""
    clause = _clause(verb, frames)
    infinitive = next((c for c in verb.children if c.dep == "xcomp" and has_to(c)), None)
    if clause is not None and has_to(clause) and clause.child("nsubj") is not None and clause.i > verb.i:
        clause, infinitive = None, clause
    if "clause" in frames and clause is not None:
        rule = "quotations.indirect.clause" if clause.i > verb.i else "quotations.indirect.source-after"
        yield _kind(clause, verb), rule + ":clause", _with_object(verb, clause, clause_pieces(clause, verb))
    if "clause" in frames and clause is None:
        pieces = _source_after(verb)
        if pieces:
            yield "source-after", "quotations.indirect.source-after:clause", pieces
    if "infinitive" in frames and infinitive is not None and infinitive.i > verb.i:
        yield "infinitive", "quotations.indirect.infinitive:infinitive", _infinitive(infinitive, verb)
    if "as" in frames:
        yield "as", "quotations.indirect.judged:as", _judged(verb)
    if "gerund" in frames:
        yield "gerund", "quotations.indirect.gerund:gerund", _gerund(verb)
    if "object" in frames:
        yield "object", "quotations.indirect.object:object", _object(verb)
    if "about" in frames:
        yield "about", "quotations.indirect.object:about", _about(verb)


def _clause(verb: Token, frames: frozenset[str]) -> Token | None:
    """Return the clause under a cue: one after it rather than before, else one with "that" hung elsewhere."""
    found = verb.children_by("ccomp")
    later = [c for c in found if c.i > verb.i]
    if found:
        return later[-1] if later else found[0]
    if "clause" not in frames:
        return None
    words = verb.sent.tokens
    place = verb.i - words[0].i
    for token in words[place + 1 : place + REACH]:
        if token.lower == "that" and token.dep == "mark" and token.head.i > token.i:
            return token.head
        if token.pos in ("VERB", "AUX", "CCONJ", "SCONJ") or token.text in (",", ".", ";", ":", "—", "–"):
            return None
    return None


def _with_object(verb: Token, clause: Token, pieces: list[Span]) -> list[Span]:
    """Draw a clause without a subject out to the object before it, which the parse took for the cue's."""
    thing = verb.child("dobj")
    if thing is None or not pieces or not verb.i < thing.i < clause.i or cue_book().takes_addressee(verb.lemma):
        return pieces
    if clause.child(*SUBJECTS) is not None or clause.child("mark") is not None or has_to(clause):
        return pieces
    return [Span(below(thing, lambda t: False)[0].start, pieces[0].end), *pieces[1:]]


def has_aux(verb: Token) -> bool:
    """Tell whether VERB has an auxiliary of its own."""
    return verb.child("aux", "auxpass") is not None


def has_to(verb: Token) -> bool:
    """Tell whether VERB is an infinitive with "to"."""
    return any(t.lower == "to" and t.dep == "aux" for t in verb.children)


def _kind(clause: Token, verb: Token) -> str:
    if clause.i < verb.i:
        return "fronted"
    for child in clause.children:
        if child.dep == "mark":
            return "that" if child.lower == "that" else "whether" if child.lower in ("whether", "if") else "mark"
        if child.lower in WH and child.i < clause.i:
            return "wh"
    return "bare" if any(c.dep in SUBJECTS for c in clause.children) else "loose"


def _infinitive(infinitive: Token, verb: Token) -> list[Span]:
    def leaves(token: Token) -> bool:
        goes_on = (
            token.dep == "conj" and token.head is infinitive and token.tag in ("VBD", "VBN") and not has_aux(token)
        )
        return goes_on or takes_over(token, infinitive, verb)

    tokens = [t for t in below(infinitive, leaves) if t.i > verb.i]
    thing = verb.child("dobj")
    if thing is not None and verb.i < thing.i < infinitive.i:
        tokens = below(thing, lambda t: False) + tokens
    piece = span_of(tokens)
    return [piece] if piece else []


def _source_after(verb: Token) -> list[Span]:
    """Return the words around ", X said," that the parser did not hang under the verb."""
    subject = verb.child("nsubj")
    if subject is None or verb.child("dobj", "xcomp") is not None:
        return []
    words = verb.sent.tokens
    offset = words[0].i
    first, last = sorted((subject.i - offset, verb.i - offset))
    named = [t.i - offset for t in below(subject, lambda t: t.dep in ("relcl", "advcl")) if abs(t.i - subject.i) <= 12]
    first, last = min([first, *named]), max([last, *named])
    if first and words[first - 1].lower == "as" and words[first - 1].dep == "mark":
        first -= 1
    while first and (
        words[first - 1].text in QUOTES or (words[first - 1].head is verb and words[first - 1].dep == "advmod")
    ):
        first -= 1
    if first < 2 or words[first - 1].text != ",":
        return _as_noted(words, first, last)
    end = last + 1
    while (
        end < len(words) and words[end].text not in (",", ".", ";") and words[end].pos not in ("VERB", "AUX", "SCONJ")
    ):
        end += 1
    if end < len(words) and words[end].text not in (",", ".", ";"):
        return []
    rest = words[end:] if end < len(words) and words[end].text == "," and end == last + 1 else []
    if verb.dep == "ROOT" and any(t.dep in ("nsubj", "nsubjpass") for t in rest) is False:
        rest = []
    if first < 5 and not rest:
        return []
    pieces = [span_of(words[:first]), span_of(rest) if len(rest) > 3 else None]
    return [p for p in pieces if p is not None]


def _as_noted(words: Sequence[Token], first: int, last: int) -> list[Span]:
    """Return the words after "As Comey noted, ..." at a clause's beginning."""
    if words[first].lower != "as":
        return []
    end = last + 1
    stops = ("VERB", "AUX", "SCONJ")
    while end < len(words) and end < last + 12 and words[end].text != "," and words[end].pos not in stops:
        end += 1
    if end + 4 >= len(words) or words[end].text != ",":
        return []
    piece = span_of(words[end + 1 :])
    return [piece] if piece is not None else []


def _judged(verb: Token) -> list[Span]:
    """Return object and judgement: "called the attack a reprisal", "described the talks as useful"."""
    said = next((c for c in verb.children if c.i > verb.i and c.dep == "prep" and c.lower == "as"), None)
    if said is None:
        said = next((c for c in verb.children if c.i > verb.i and c.dep in ("oprd", "xcomp", "ccomp")), None)
        if said is not None and (has_to(said) or verb.lemma not in cue_book().naming):
            return []
    if said is None:
        return []
    first = next((c for c in verb.children if c.i > verb.i and c.dep == "dobj"), said)
    start = below(first, lambda t: False)
    start = [t for t in start if t.i > verb.i]
    if not start:
        return []
    piece = tail_span(verb, start[0])
    return [piece] if piece else []


def _gerund(verb: Token) -> list[Span]:
    for child in verb.children:
        if child.i > verb.i and child.dep in ("xcomp", "pcomp") and child.tag == "VBG":
            piece = phrase_span(child, verb)
            return [piece] if piece else []
        if child.i > verb.i and child.dep == "prep" and child.child("pcomp") is not None:
            thing = verb.child("dobj")
            accused = child.lower in ("of", "for") and thing is not None and thing.i > verb.i
            piece = tail_span(verb, thing) if accused and thing is not None else phrase_span(child, child)
            return [piece] if piece else []
    return []


def _object(verb: Token) -> list[Span]:
    for child in verb.children:
        if child.dep == "dobj" and child.i > verb.i and child.pos in ("NOUN", "PROPN"):
            if child.lemma in cue_book().nouns and verb.lemma in cue_book().voicing:
                return []
            piece = phrase_span(child, verb)
            return [piece] if piece else []
    return []


def _about(verb: Token) -> list[Span]:
    allowed = cue_book().prepositions.get(verb.lemma, ())
    for child in verb.children:
        if child.i > verb.i and child.dep in ("prep", "prt") and child.lower in allowed:
            thing = child.child("pobj", "pcomp")
            piece = phrase_span(thing, child) if thing is not None else None
            return [piece] if piece else []
    return []
