"""Tells whether the clause that a time stands in is about the past, the present or what is to come."""

from __future__ import annotations

from dragoman.domain.parse import Token

DONE = frozenset(["try", "manage", "fail", "begin", "start", "continue", "refuse", "attempt", "help", "gather", "dare"])
"""Verbs whose infinitive tells what was done when they were, not what lies ahead ("tried to march on Saturday")."""


AWAITED = frozenset(["going", "due", "scheduled", "expected", "set", "planned", "slated", "postponed", "extended"])
SETTLED = AWAITED - {"set", "going"}
FORESEEN = frozenset(["expected", "planned", "scheduled", "due", "slated"])
SURE = frozenset(["expected", "scheduled", "due", "slated", "will", "’ll", "'ll"])
INTENDING = frozenset(["plan", "intend", "prepare", "expect", "hope", "schedule"])


def is_until(token: Token) -> bool:
    """Tell whether the token ends a stretch that still runs ("until Tuesday")."""
    if token.head.pos in ("NOUN", "PROPN", "NUM") and token.dep in ("compound", "nummod", "npadvmod"):
        token = token.head
    if token.dep == "npadvmod" and token.head.dep == "pobj":
        token = token.head
    return token.dep == "pobj" and token.head.lower in ("until", "till") and not _is_perfect(token)


def is_sure(token: Token) -> bool:
    """Tell whether the clause says outright that its day is to come ("is expected to arrive on Monday")."""
    verbs = [a for a in token.ancestors() if a.pos in ("VERB", "AUX")][:2]
    return any(v.lower in SURE for v in verbs) or any(c.lower in SURE for v in verbs[:1] for c in v.children)


def _is_perfect(token: Token) -> bool:
    """Tell whether the clause tells what had been so by then ("until Thursday they had not called")."""
    verb = next((a for a in token.ancestors() if a.pos in ("VERB", "AUX")), None)
    return verb is not None and any(c.lower in ("had", "was", "were") for c in (verb, *verb.children))


def _auxiliaries(verb: Token) -> bool:
    return any(c.dep in ("aux", "auxpass") for c in verb.children)


def _was_awaited(verb: Token) -> bool:
    """Tell whether an infinitive is what had been awaited before ("it had been due to expire Friday")."""
    head = verb.head
    if verb.dep != "xcomp" or not (head.lower in AWAITED or head.lemma in INTENDING):
        return False
    said = head.head if head.dep == "acomp" else head
    return any(c.lower == "had" for c in said.children)


def tense(token: Token) -> str:
    """Return `past`, `present` or `future` for the clause that a token stands in, by its finite verb."""
    if is_until(token):
        return "future"
    if token.head.pos == "ADJ" and token.head.lower in ("payable", "effective", "due", "available", "redeemable"):
        return "future"
    for ancestor in token.ancestors():
        if ancestor.pos not in ("VERB", "AUX"):
            continue
        if ancestor.tag == "VBN" and ancestor.dep in ("acl", "relcl", "advcl") and not _auxiliaries(ancestor):
            return "future" if ancestor.lower in SETTLED else "past"
        if ancestor.dep == "xcomp" and ancestor.tag == "VB" and ancestor.head.lemma in DONE:
            continue
        for child in ancestor.children:
            if child.dep in ("aux", "auxpass") and child.lower in (
                "will",
                "’ll",
                "'ll",
                "shall",
                "would",
                "could",
                "should",
                "may",
                "might",
                "must",
                "can",
            ):
                return "future"
        if ancestor.tag == "VB" and any(c.lower == "to" for c in ancestor.children):
            return "past" if _was_awaited(ancestor) else "future"
        if ancestor.lower in AWAITED and any(c.lower == "had" for c in ancestor.children):
            return "past"
        if ancestor.lower in AWAITED and (ancestor.tag != "VBD" or ancestor.lower in FORESEEN):
            return "future"
        if ancestor.tag == "VBD" or any(c.tag == "VBD" for c in ancestor.children if c.dep in ("aux", "auxpass")):
            return "past"
        if any(c.lower in ("has", "have", "’ve", "'ve", "’s", "had") for c in ancestor.children if c.dep == "aux"):
            return "past"
        if ancestor.tag in ("VBZ", "VBP"):
            return "future" if ancestor.lemma in INTENDING else "present"
        if ancestor.dep == "ROOT":
            return "past" if ancestor.tag == "VBN" else "present"
    return "past"
