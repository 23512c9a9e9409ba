"""Walks from an event's word up to the cue that tells whether it is fact; the nearest cue decides.

After the factuality profiler of Saurí and Pustejovsky (2009): polarity and modality are inherited along the tree.
"""

from __future__ import annotations

from dragoman.domain.codes import Status
from dragoman.domain.grammar import VERBAL, clause_verb
from dragoman.domain.parse import Token
from dragoman.domain.spans import Span
from dragoman.lexicon.status import CARRIES, TELLS, Cue, status_book
from dragoman.stages.status.clauses import overruling, settling
from dragoman.stages.status.verdict import Verdict

MOST_STEPS = 8
CLAUSAL = frozenset({"xcomp", "ccomp", "acl", "advcl", "relcl", "pcomp", "csubj", "acomp"})
OBJECT = frozenset({"dobj", "nsubjpass", "attr", "oprd", "dative"})
TIMELY = frozenset({"until", "once"})
"""Conjunctions that put a past clause in time and a later one in doubt."""
NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")


FIRST_PERSON = frozenset({"i", "we"})
SUBJUNCTIVE = frozenset({"demand", "insist", "urge", "recommend", "require", "request", "advocate", "order", "must"})
ENDING = frozenset({"end", "cease", "halt", "stop", "suspend", "pause", "prolong"})
FACTUAL = frozenset({"after", "following", "since", "despite", "amid", "because", "during", "upon", "over"})
"""Prepositions whose noun is told as a fact, whatever stands above them."""


DEFERRING = frozenset({"will", "shall", "may", "might"})
OBLIGING = frozenset({"must", "should", "ought"})
TOLD = Verdict(Status.OCCURRED, "status.tense.told", (), 0.8)


def judge(token: Token, trigger: Span, *, spoken: bool) -> Verdict:
    """Return the status of the event whose TRIGGER's head is TOKEN.

    A SPOKEN act (a demand, a promise) is told as done by its words; only what stands above it can undo that.
    """
    found = overruling(token, spoken=spoken)
    if found is None:
        found = _spoken_act(token, trigger) if spoken else _own(token, trigger)
    found = found or settling(token, spoken=spoken)
    if found is not None:
        return found
    current = clause_start(token)
    for _ in range(MOST_STEPS):
        head = current.head
        if head is current:
            break
        if current.dep in ("pobj", "pcomp") and head.lower in FACTUAL:
            break
        found = _from_head(current, head, spoken=spoken)
        if found is not None:
            return _denied_above(head) or found
        if _stops(current, head):
            break
        current = head
    if spoken:
        return TOLD
    return _tense(token) or TOLD


def _denied_above(cue: Token) -> Verdict | None:
    """Return that it is denied where somebody denies the very plan or threat ("denied that it had planned to ...")."""
    word = cue
    if word.pos not in VERBAL and word.dep in ("dobj", "attr"):
        word = word.head
    if word.dep not in ("ccomp", "xcomp", "pcomp", "dobj") or word.head is word:
        return None
    above = word.head.head if word.head.pos == "ADP" else word.head
    for found in status_book().look_up("verb", above.lemma) if above.pos in VERBAL else ():
        if found.status is Status.DENIED and not any(c.dep == "neg" for c in above.children):
            return _verdict(found, above)
    return None


def _verdict(cue: Cue, token: Token, status: Status | None = None) -> Verdict:
    return Verdict(status or cue.status or Status.OCCURRED, cue.id, (token.span,), cue.confidence)


def _inside(token: Token, span: Span) -> bool:
    return span.start <= token.start and token.end <= span.end


def _spoken_act(token: Token, trigger: Span) -> Verdict | None:
    """Return the status of an act of speech by its own words: its negation, or another's plan to say it."""
    for child in token.children:
        if child.dep == "neg" and not _inside(child, trigger):
            return Verdict(Status.DID_NOT_HAPPEN, "status.not.adverb", (child.span,))
    subject = token.child("nsubj", "nsubjpass")
    if token.pos not in VERBAL or subject is None or subject.lower in FIRST_PERSON:
        return None
    for child in token.children_by("aux"):
        if child.lower in _modals(token) and not _inside(child, trigger):
            for cue in status_book().look_up("modal", child.lower):
                return _verdict(cue, child)
    return None


def _modals(verb: Token) -> frozenset[str]:
    """Return the modals that put off an act of speech; a duty in the passive is the speaker's own act."""
    passive = any(c.dep == "auxpass" for c in verb.children)
    return DEFERRING if passive else DEFERRING | OBLIGING


def _own(token: Token, trigger: Span) -> Verdict | None:
    """Return the status that the event's own words give it: negation, modal, condition, modifier."""
    if token.pos in VERBAL and token.dep != "amod":
        return _of_verb(token, trigger)
    book = status_book()
    for child in token.children:
        kind = (
            "determiner"
            if child.dep in ("det", "neg")
            else "modifier"
            if child.dep in ("amod", "advmod", "compound")
            else ""
        )
        for cue in book.look_up(kind, child.lower) if kind else ():
            return _verdict(cue, child)
    return None


def _of_verb(verb: Token, trigger: Span | None) -> Verdict | None:
    book = status_book()
    negation: Token | None = None
    for child in verb.children:
        if child.dep == "neg" or (child.dep == "advmod" and child.lower in ("never",)):
            negation = child
    start = clause_start(verb)
    inverted = _inverted(start)
    if inverted is not None:
        return Verdict(Status.POSSIBLE, "status.mark.inverted", (inverted.span,), 0.85)
    for child in start.children:
        if child.dep == "mark" and (start.dep in ("advcl", "ccomp") or start is not verb):
            for cue in book.look_up("mark", child.lower):
                if cue.needs is not None and not any(c.lower == cue.needs for c in start.children_by("mark")):
                    continue
                if child.lower in TIMELY and _is_past(start):
                    continue
                return _verdict(cue, child)
    aux = [c for c in verb.children if c.dep in ("aux", "auxpass")] or _shared_auxiliaries(verb)
    for child in aux:
        for cue in book.look_up("modal", child.lower):
            if child.lower in ("'d", "’d") and any(c.lower == "been" for c in aux):
                continue
            if negation is not None:
                return Verdict(Status.DID_NOT_HAPPEN, "status.not.adverb", (negation.span,), 0.7)
            if child.lower in ("could", "can") and verb.dep == "relcl":
                continue
            return _verdict(cue, child)
    if negation is not None:
        return Verdict(Status.DID_NOT_HAPPEN, "status.not.adverb", (negation.span,), 0.85)
    if trigger is not None or verb.dep != "ROOT":
        return None
    return None


def _inverted(verb: Token) -> Token | None:
    """Return the "should" that makes a clause a condition by its place ("should they attack, ...")."""
    if verb.dep not in ("advcl", "ccomp") or verb.i > verb.head.i or verb.child("mark") is not None:
        return None
    subject = verb.child("nsubj", "nsubjpass")
    found = next((c for c in verb.children_by("aux") if c.lower == "should"), None)
    return found if found is not None and subject is not None and found.i < subject.i else None


def _is_past(verb: Token) -> bool:
    """Tell whether a clause is told in the past tense ("until police arrived")."""
    aux = [c.lower for c in verb.children_by("aux", "auxpass")]
    return verb.tag == "VBD" or any(a in ("was", "were", "had") for a in aux)


def clause_start(verb: Token) -> Token:
    """Return the verb whose clause a coordinated verb goes on with, where the parse joined it to the main clause.

    "We will not rest until it gives in, ends the siege and talks": `ends` can't go on with `will`, but with `gives`.
    """
    if verb.dep == "conj" and verb.tag in ("VBD", "VBN") and verb.head.tag in ("VB", "VBN") and verb.head.dep != "ROOT":
        return _finite_above(verb) or verb
    head, chain = verb.head, {verb.i}
    while head.dep == "conj" and head.head.pos in VERBAL and head.tag == verb.tag and head.child("nsubj") is None:
        chain.add(head.i)
        head = head.head
    if verb.dep != "conj" or verb.child("nsubj", "nsubjpass") is not None or verb.tag not in ("VBZ", "VBP"):
        return verb
    wanted = {("VBZ", "VB"): "VBZ", ("VBP", "VBZ"): "VB"}.get((verb.tag, head.tag))
    words = verb.sent.tokens[head.i - verb.sent.tokens[0].i + 1 : verb.i - verb.sent.tokens[0].i]
    fitting = (t for t in reversed(words) if t.pos in VERBAL and t.tag == wanted and t.dep != "relcl")
    return next((t for t in fitting if t.i not in chain), verb)


def _finite_above(verb: Token) -> Token | None:
    """Return the verb above an infinitive that a past verb goes on with ("had threatened to veto it but relented")."""
    if verb.child("nsubj", "nsubjpass", "aux", "auxpass") is not None:
        return None
    beside, above = verb.head, verb.head.head
    if beside.tag == "VBN" and (verb.tag == "VBN" or _is_past(beside)):
        return None
    return above if above.pos in VERBAL and above.tag in ("VBD", "VBN") and beside.dep in ("xcomp", "ccomp") else None


def _shared_auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries of the verb that a verb without its own is joined to ("will meet and sign")."""
    if verb.dep == "conj" and verb.tag in ("VB",) and verb.head.pos in VERBAL and verb.child("nsubj") is None:
        return [c for c in verb.head.children if c.dep == "aux"]
    return []


def _from_head(current: Token, head: Token, *, spoken: bool) -> Verdict | None:
    """Return the status that the word above gives, where the event hangs from it as its cue's frames say."""
    frame, cue_word = _frame(current, head)
    if cue_word is None or (current.dep == "advcl" and not _is_infinitive(current)):
        return None
    if frame == "object" and cue_word.child("oprd") is not None:
        return None
    frames = {frame}
    if frame == "clause" and current.dep == "ccomp" and current.child("nsubj", "nsubjpass") is not None:
        frames.add("other")
    for kind in _kinds(cue_word):
        for cue in status_book().look_up(kind, cue_word.lemma):
            if cue.needs is not None and not any(c.lower == cue.needs for c in cue_word.children):
                continue
            if not frames & cue.frames or (cue.status is Status.ONGOING and frame != "clause" and _ends(cue_word)):
                continue
            if cue.does == TELLS:
                return None
            if _is_finite(current) and not _takes_finite(cue, cue_word):
                break
            if cue.does == CARRIES:
                found = None if spoken and current.pos in VERBAL else _carried(cue_word)
                if spoken and found is not None and found.status is Status.ONGOING:
                    found = None
                if found is not None:
                    return found
                break
            if spoken and cue.status in (Status.ONGOING, Status.POSSIBLE):
                break
            return _undone(cue, cue_word)
    if cue_word.pos in VERBAL and frame in ("object", "subject") and not spoken:
        return _carried(cue_word, modal_only=True)
    if cue_word.pos in VERBAL and frame not in ("clause",) and not spoken:
        return _carried(cue_word, modal_only=True)
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(c.lower == "to" for c in verb.children)


def _ends(word: Token) -> bool:
    """Tell whether a verb of ending is told as done: what was ended has occurred."""
    if word.pos not in VERBAL or word.lemma not in ENDING:
        return False
    return word.tag in ("VBD", "VBN", "VBG") and not any(c.lower in ("be", "will") for c in word.children)


def _takes_finite(cue: Cue, word: Token) -> bool:
    """Tell whether a finite clause under a cue has the cue's status: demanded that, not told that."""
    if cue.status is Status.CALLED_FOR:
        return word.lemma in SUBJUNCTIVE
    return cue.status not in (Status.PLANNED, Status.ONGOING)


def _is_finite(clause: Token) -> bool:
    """Tell whether a clause under a cue has a tense of its own ("agreed that the roads are open")."""
    return clause.dep == "ccomp" and not any(c.lower == "to" for c in clause.children if c.dep == "aux")


def _kinds(word: Token) -> tuple[str, ...]:
    if word.pos in VERBAL:
        return ("adjective", "verb") if word.tag == "VBN" else ("verb",)
    return ("noun",) if word.pos in ("NOUN", "PROPN") else ("adjective",)


def _frame(current: Token, head: Token) -> tuple[str, Token | None]:
    """Return how CURRENT hangs from the word above that could be a cue, and that word."""
    dep = current.dep
    if dep in CLAUSAL:
        if head.pos == "ADP":
            return head.lower, head.head
        return "clause", head
    if dep in OBJECT:
        return "object", head
    if dep == "nsubj":
        return "subject", head
    if dep == "pobj":
        return head.lower, head.head if head.head is not head else None
    if dep in ("compound", "nmod", "poss", "amod"):
        return "", None
    return "", None


def _undone(cue: Cue, word: Token) -> Verdict:
    """Return what a cue gives, its own negation taken in ("did not deny", "does not plan to")."""
    negation = next((c for c in word.children if c.dep == "neg" or (c.dep == "det" and c.lower == "no")), None)
    if negation is None or cue.status is None:
        return _verdict(cue, word)
    flipped = {
        Status.DENIED: Status.OCCURRED,
        Status.DID_NOT_HAPPEN: Status.OCCURRED,
        Status.PLANNED: Status.DID_NOT_HAPPEN,
    }.get(cue.status, cue.negated or Status.DID_NOT_HAPPEN)
    return Verdict(flipped, cue.id, (word.span, negation.span), 0.7, (cue.status.value,))


def _carried(verb: Token, *, modal_only: bool = False) -> Verdict | None:
    """Return the status of a verb that only carries the event: its modal, negation, tense."""
    found = _of_verb(verb, None)
    if found is not None and not (modal_only and found.status is Status.DID_NOT_HAPPEN):
        return found
    return None if modal_only else _tense(verb)


def _tense(token: Token) -> Verdict | None:
    """Return ongoing or planned where the form of the verb tells it."""
    verb = token if token.pos in VERBAL else _carrier(token)
    if verb is None:
        return None
    aux = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
    if verb.tag == "VBG" and aux & {"is", "are", "am", "’re", "'re", "been", "’s", "'s"} and "had" not in aux:
        return Verdict(Status.ONGOING, "status.tense.progressive", (verb.span,), 0.75)
    if verb.tag == "VBG" and verb.dep == "acl" and verb is token and clause_verb(verb.head) is not None:
        return Verdict(Status.ONGOING, "status.tense.participle", (verb.span,), 0.6)
    if verb.tag == "VB" and "to" in aux and verb.dep == "ROOT":
        return Verdict(Status.PLANNED, "status.tense.headline-infinitive", (verb.span,), 0.85)
    if verb.tag == "VB" and "to" in aux and verb.dep == "advcl":
        return Verdict(Status.POSSIBLE, "status.tense.purpose", (verb.span,), 0.6)
    if verb.tag in ("VBZ", "VBP") and not aux and verb.sent.i > 0 and verb is token:
        return Verdict(Status.ONGOING, "status.tense.present", (verb.span,), 0.65)
    return None


def _carrier(noun: Token) -> Token | None:
    """Return the verb that carries a noun as its object or subject, where it is a carrying one."""
    current, head = noun, noun.head
    for _ in range(3):
        if head is current:
            return None
        if head.pos in VERBAL:
            cues = status_book().look_up("verb", head.lemma)
            return head if any(c.does == CARRIES for c in cues) else None
        current, head = head, head.head
    return None


def _stops(current: Token, head: Token) -> bool:
    """Tell whether a clause border ends the walk: what is said keeps its own tense."""
    if current.lower in FACTUAL and current.pos in ("ADP", "SCONJ", "VERB"):
        return True
    if current.dep == "acl" and current.tag == "VBG":
        return True
    if current.dep in ("relcl", "parataxis") or (current.dep == "conj" and current.child("nsubj") is not None):
        return True
    if current.dep == "advcl" and not _is_infinitive(current):
        return True
    return current.dep == "ccomp" and current.child("nsubj", "nsubjpass") is not None and head.lemma not in (
        "hope", "expect", "demand", "insist", "propose", "deny", "urge", "want", "ensure"
    )  # fmt: skip
