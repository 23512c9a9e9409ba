"""What the clause around an event tells of it: nobody did it, it is yet to be, it is in force, its claim is denied."""

from __future__ import annotations

from dragoman.domain.codes import Status
from dragoman.domain.grammar import VERBAL, clause_verb
from dragoman.domain.parse import Token
from dragoman.lexicon.status import CARRIES, status_book
from dragoman.stages.status.verdict import Verdict

SUBJECTS = ("nsubj", "nsubjpass")
NOBODY = frozenset({"nobody", "none", "nothing"})
AHEAD = frozenset({"ahead"})
WARNED = frozenset({"will", "would", "could", "may", "might"})
PRESENT = ("VBZ", "VBP")


def overruling(token: Token, *, spoken: bool) -> Verdict | None:
    """Return what the clause tells of the event TOKEN that its own words can't undo."""
    return _not_yet(token) or _by_nobody(token) or (None if spoken else _claimed(token) or _warned_of(token))


def settling(token: Token, *, spoken: bool) -> Verdict | None:
    """Return what the clause tells of the event TOKEN where its own words tell nothing."""
    found = _is_to_be(token)
    if found is None and not spoken:
        found = _to_come(token) or _in_force(token) or _lasting(token)
    return found


def _not_yet(token: Token) -> Verdict | None:
    """Return that it did not happen where the text has it that somebody "has yet to" do it or "was to have" done it."""
    if token.pos not in VERBAL:
        token = token.head if token.dep in ("dobj", "nsubjpass") else token
    head = token.head
    if token.pos not in VERBAL or token.dep not in ("xcomp", "acl", "advcl") or head.lemma not in ("have", "be"):
        return None
    yet = next((c for c in head.children if c.lower == "yet" and c.i < token.i), None)
    if yet is not None:
        return Verdict(Status.DID_NOT_HAPPEN, "status.not.yet", (yet.span,), 0.9)
    if head.lemma == "be" and head.tag == "VBD" and any(c.lower == "have" for c in token.children_by("aux")):
        return Verdict(Status.DID_NOT_HAPPEN, "status.not.yet", (head.span,), 0.8)
    return None


def _by_nobody(token: Token) -> Verdict | None:
    """Return that it did not happen where the event's verb has nobody as subject or object ("no one was charged")."""
    if token.pos not in VERBAL or token.tag == "VBG":
        return None
    for child in token.children_by(*SUBJECTS, "dobj"):
        word = child if child.lower in NOBODY else None
        for mark in child.children:
            if mark.lower in ("no", "neither") and mark.dep in ("det", "preconj"):
                word = mark
            if mark.lower == "not" and mark.dep == "neg" and any(c.lower in ("one", "a") for c in child.children):
                word = mark
        if child.lower == "one" and child.i and any(c.lower == "not" for c in child.children):
            word = child
        if word is not None and (child.dep != "dobj" or word is not child):
            return Verdict(Status.DID_NOT_HAPPEN, "status.not.nobody", (word.span,), 0.85)
    return None


def _claimed(token: Token) -> Verdict | None:
    """Return that it is denied where it is told as a claim that somebody rejects ("dismissed rumours that ...")."""
    current = token
    for _ in range(6):
        if current.head is current:
            return None
        noun = current.head
        if current.dep in ("acl", "ccomp", "relcl", "pobj", "pcomp"):
            noun = noun.head if noun.pos == "ADP" else noun
            if noun.pos == "NOUN" and status_book().look_up("claim", noun.lemma):
                return _rejected(noun)
        current = current.head
    return None


def _rejected(noun: Token) -> Verdict | None:
    for cue in status_book().look_up("rejecting", noun.head.lemma) if noun.dep in ("dobj", "nsubjpass") else ():
        return Verdict(Status.DENIED, cue.id, (noun.head.span, noun.span), 0.85)
    if noun.dep == "nsubj" and noun.head.lemma == "be":
        for child in noun.head.children_by("acomp", "attr"):
            for cue in status_book().look_up("rejecting", child.lemma):
                return Verdict(Status.DENIED, cue.id, (child.span, noun.span), 0.85)
    return None


def _warned_of(token: Token) -> Verdict | None:
    """Return that it is threatened where a warning holds it as what will or could be."""
    verb = clause_verb(token)
    modal = None
    if verb is not None:
        modal = next((c for c in verb.children_by("aux") if c.lower in WARNED), None)
    if verb is None or modal is None or (token is not verb and token.dep not in ("dobj", *SUBJECTS)):
        return None
    current = verb
    for _ in range(3):
        if current.head is current:
            return None
        if current.dep == "ccomp":
            for cue in status_book().look_up("verb", current.head.lemma):
                if cue.status is Status.THREATENED:
                    return Verdict(Status.THREATENED, cue.id, (current.head.span, modal.span), 0.85)
            return None
        current = current.head
    return None


def _is_to_be(token: Token) -> Verdict | None:
    """Return that it is planned where the text has it that somebody "is to" do it, or that it "is to" be."""
    verb = token if token.pos in VERBAL else token.head
    if verb is not token and token.dep not in SUBJECTS:
        return None
    inner = verb if verb is token else next((c for c in verb.children_by("xcomp")), None)
    be = verb.head if verb is token else verb
    if inner is None or be.lemma != "be" or inner.dep != "xcomp" or be.tag not in (*PRESENT, "VBD"):
        return None
    if not any(c.lower == "to" for c in inner.children_by("aux")) or be.child("acomp", "attr") is not None:
        return None
    return Verdict(Status.PLANNED, "status.plan.to-be", (be.span,), 0.85)


def _to_come(token: Token) -> Verdict | None:
    """Return that a gathering is planned: "ahead of the talks", "the talks that will be held"."""
    if token.pos not in ("NOUN", "PROPN"):
        return None
    if token.dep == "pobj" and token.head.lower == "of" and token.head.head.lower in AHEAD:
        return Verdict(Status.PLANNED, "status.plan.ahead", (token.head.head.span,), 0.75)
    for clause in token.children_by("relcl"):
        carries = any(c.does == CARRIES for c in status_book().look_up("verb", clause.lemma))
        modal = next((c for c in clause.children_by("aux") if c.lower in ("will", "'ll", "’ll")), None)
        if carries and modal is not None:
            return Verdict(Status.PLANNED, "status.plan.relative", (modal.span,), 0.85)
    return None


def _in_force(token: Token) -> Verdict | None:
    """Return that it goes on: "a curfew is in force", "four men are in detention", "a strike goes on"."""
    if token.pos not in ("NOUN", "PROPN"):
        return None
    head = token.head
    if token.dep == "pobj" and head.dep == "prep" and head.head.lemma in ("be", "remain", "stay", "hold", "keep"):
        verb = head.head
        for cue in status_book().look_up("state", token.lemma):
            if head.lower in cue.frames and verb.tag in (*PRESENT, "VBN"):
                return Verdict(Status.ONGOING, cue.id, (head.span, token.span), 0.8)
    first = token.head if token.dep == "conj" else token
    if first.dep in SUBJECTS and first.head.pos in VERBAL and first.head.tag in PRESENT:
        verb = first.head
        if verb.lemma in ("remain", "stay", "persist", "continue"):
            return Verdict(Status.ONGOING, "status.ongoing.remains", (verb.span,), 0.75)
        for prep in verb.children_by("prep"):
            noun = prep.child("pobj")
            for cue in status_book().look_up("force", noun.lemma) if noun is not None else ():
                if prep.lower in cue.frames and verb.lemma == "be":
                    return Verdict(Status.ONGOING, cue.id, (prep.span,), 0.85)
    return None


def _lasting(token: Token) -> Verdict | None:
    """Return that it goes on where a present perfect has lasted for a time ("have been based here for years")."""
    if token.pos not in VERBAL or token.tag != "VBN":
        return None
    if not any(c.lower in ("has", "have", "’ve", "'ve") for c in token.children_by("aux")):
        return None
    for child in token.children_by("prep", "advmod", "mark"):
        if child.lower == "since":
            if _is_counted(token):
                return None
            return Verdict(Status.ONGOING, "status.ongoing.lasting", (child.span,), 0.7)
        noun = child.child("pobj") if child.lower == "for" else None
        if noun is not None and status_book().look_up("length", noun.lemma):
            return Verdict(Status.ONGOING, "status.ongoing.lasting", (child.span, noun.span), 0.75)
    return None


def _is_counted(verb: Token) -> bool:
    """Tell whether a verb tells of a number of deeds, which have been done one by one ("12 ships have been sunk")."""
    undergoers = verb.children_by("dobj", "nsubjpass")
    counts = (c for thing in undergoers for c in thing.children)
    return any(c.dep == "nummod" or c.lower in ("several", "many", "dozens", "hundreds", "scores") for c in counts)
