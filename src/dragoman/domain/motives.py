"""Which deed another deed answers: "an attack in retaliation for air strikes", "a raid to avenge the killing"."""

from __future__ import annotations

from collections.abc import Collection

from dragoman.domain.parse import Token

TOWARDS = frozenset({"for", "to", "against", "of", "over", "after"})
"""Prepositions between a word of answering and what is answered."""
WHOLE = frozenset({"of"})
BREAKS = frozenset({",", ";", ":", "—", "–", "(", '"', "“", "”"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_answered(deed: Token, answers: Collection[str]) -> bool:
    """Tell whether DEED is what another deed answers, by a word of ANSWERS (lemmas) before it."""
    current = deed
    for _ in range(6):
        above = current.head
        if above is current:
            return False
        if current.dep == "conj":
            current = above
            continue
        if current.dep == "dobj" and above.lemma in answers:
            return True
        if current.dep not in ("pobj", "pcomp"):
            return False
        if above.lower in TOWARDS and (above.head.lemma in answers or _word_before(above, answers)):
            return True
        if above.lower not in WHOLE or above.head.pos != "NOUN":
            return False
        current = above.head
    return False


def _word_before(preposition: Token, answers: Collection[str]) -> bool:
    """Tell whether a word of answering stands right before a preposition, whatever the parse hangs it from."""
    tokens: list[Token] = preposition.sent.tokens
    at = preposition.i - tokens[0].i
    return at > 0 and tokens[at - 1].lemma in answers


def answered_before(where: Token, answers: Collection[str]) -> Token | None:
    """Return the answered deed that a time or place at WHERE is told of: one before it in its stretch of words."""
    tokens: list[Token] = where.sent.tokens
    for at in range(where.i - tokens[0].i - 1, -1, -1):
        token = tokens[at]
        if token.text in BREAKS or token.tag in FINITE:
            return None
        if (token.pos == "NOUN" or token.tag == "VBG") and is_answered(token, answers):
            return token
    return None
