"""Cuts the content of a quotation out of the words under its cue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.domain.parse import Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import cue_book

EDGE = frozenset(",;:.!?-–—\"“”'‘’`«»()…")
OPENERS = frozenset(["that", "whether", "if", "who", "whom", "what", "which", "whose", "when", "where", "why", "how"])
CONTRASTS = frozenset(["while", "whereas", "though", "although"])
WALK = 4000
"""Most tokens that one content may have."""


def is_edge(token: Token) -> bool:
    """Tell whether TOKEN is a mark that no content begins or ends with."""
    return (token.dep == "punct" and len(token.text) <= 2) or token.text in EDGE or token.text in ("``", "''", "--")


def below(top: Token, skip: Callable[[Token], bool]) -> list[Token]:
    """Return TOP and all below it in text order, branches on which SKIP holds left out."""
    found: list[Token] = []
    stack = [top]
    while stack and len(found) < WALK:
        token = stack.pop()
        found.append(token)
        stack.extend(c for c in token.children if not skip(c))
    found.sort(key=lambda t: t.i)
    return found


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Return TOKENS without marks at the ends and without a conjunction that joins nothing."""
    first, last = 0, len(tokens)
    while first < last and is_edge(tokens[first]):
        first += 1
    while last > first and (is_edge(tokens[last - 1]) or tokens[last - 1].dep == "cc"):
        last -= 1
    return list(tokens[first:last])


def span_of(tokens: Sequence[Token]) -> Span | None:
    """Return the span of TOKENS, marks at its ends left out, or None where nothing is left."""
    kept = trimmed(tokens)
    return Span(kept[0].start, kept[-1].end) if kept else None


def clause_pieces(clause: Token, cue: Token) -> list[Span]:
    """Return the pieces of the clause under CUE: one after the cue, or those before and after it where it cuts in."""

    def leaves(token: Token) -> bool:
        return token is cue or takes_over(token, clause, cue)

    tokens = below(clause, leaves)
    if clause.i > cue.i:
        tokens = _run([t for t in tokens if t.i > cue.i], clause)
        while (
            len(tokens) > 2 and tokens[0].pos == "ADV" and tokens[1].lower in OPENERS and tokens[0].lower not in OPENERS
        ):
            tokens = tokens[1:]
        piece = span_of(tokens + _goes_on(clause, cue))
        return [piece] if piece else []
    own = {t.i for t in below(cue, lambda t: t is clause)} if len(tokens) < WALK else {cue.i}
    before = [t for t in tokens if t.i < cue.i]
    after = [t for t in tokens if t.i > cue.i and t.i not in own]
    pieces = [span_of(_from_sentence_start(before, own)), span_of(after) if _outside(after) else None]
    return [p for p in pieces if p is not None]


def _goes_on(clause: Token, cue: Token) -> list[Token]:
    """Return a second clause that the parse hung on the cue: "said they had talked and he had been encouraged"."""
    for child in cue.children:
        if child.dep == "conj" and child.i > clause.i and child.lemma not in cue_book().verbs:
            subject = child.child("nsubj", "nsubjpass", "expl")
            if subject is not None and subject.pos == "PRON":
                return [t for t in below(child, lambda t, top=child: takes_over(t, top, cue)) if t.i > clause.i]  # type: ignore[misc]
    return []


def _outside(tokens: Sequence[Token]) -> bool:
    return sum(not is_edge(t) for t in tokens) >= 2


def _run(tokens: list[Token], clause: Token) -> list[Token]:
    """Return the unbroken run of TOKENS around the clause's verb: what stands beyond another clause belongs there."""
    place = next((n for n, t in enumerate(tokens) if t is clause), 0)
    last = place
    while last + 1 < len(tokens) and tokens[last + 1].i - tokens[last].i <= 4:
        last += 1
    return tokens[: last + 1]


def _from_sentence_start(tokens: list[Token], own: set[int]) -> list[Token]:
    """Return TOKENS with the sentence's opening words that the parser hung on the cue ("On Tuesday, ...")."""
    if not tokens:
        return tokens
    words = tokens[0].sent.tokens
    opening = list(words[: tokens[0].i - words[0].i])
    if len(opening) <= 8 and not any(t.dep in ("nsubj", "nsubjpass") for t in opening):
        return opening + tokens
    return tokens


def takes_over(token: Token, clause: Token, cue: Token) -> bool:
    """Tell whether TOKEN, hung inside the clause, brings in words of its own by the cue's speaker.

    "said that A, adding that B" and "says that A and says B" are two quotations each, however they are parsed.
    """
    if (
        token.dep not in ("advcl", "conj")
        or token.i < clause.i
        or token.i < cue.i
        or token.lemma not in cue_book().verbs
    ):
        return False
    if token.child("nsubj") is not None and token.dep == "advcl":
        contrasts = any(c.dep == "mark" and c.lower in CONTRASTS for c in token.children)
        return token.child("ccomp") is not None and contrasts
    if token.child("nsubj", "nsubjpass") is not None or token.child("ccomp", "xcomp", "dobj", "prep") is None:
        return False
    if token.dep == "advcl":
        return token.tag == "VBG" and _after_comma(token) and "clause" in cue_book().frames_of(token.lemma)
    if token.tag not in ("VBD", "VBZ", "VBP") or any(c.dep == "aux" for c in token.children):
        return False
    alike = token.tag == cue.tag or (token.tag, cue.tag) in (("VBD", "VBN"), ("VBZ", "VBN"), ("VBZ", "VBG"))
    return alike and (clause.tag != token.tag or token.child("ccomp", "xcomp") is not None)


def _after_comma(token: Token) -> bool:
    words = token.sent.tokens
    place = token.i - words[0].i
    return any(t.text in (",", ";", "—", "–", "--") for t in words[max(0, place - 2) : place])


def phrase_span(top: Token, after: Token | None = None) -> Span | None:
    """Return the words of a phrase, only those after AFTER where given."""
    tokens = below(top, lambda t: t.dep == "advcl" and t.i > top.i)
    if after is not None:
        tokens = [t for t in tokens if t.i > after.i]
    return span_of(tokens)


def tail_span(verb: Token, first: Token) -> Span | None:
    """Return the words under VERB from FIRST on: object and what is said of it ("the attack a reprisal for ...")."""
    tokens = [
        t
        for t in below(verb, lambda t: (t.i < first.i and t.i < verb.i) or t.dep in ("conj", "advcl"))
        if t.i >= first.i
    ]
    return span_of(tokens)
