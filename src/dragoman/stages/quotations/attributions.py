"""Finds cues and their content in the parse: clauses, infinitives, `as` phrases, nouns, `according to`."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.domain.parse import Parse, Sentence, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.quotations import Cue, cue_book
from dragoman.stages.quotations.marks import QuotedIndex

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
HOPES = frozenset(
    "hope hopes concern concerns support regret optimism confidence readiness willingness doubt fear fears interest".split()
)
VOICING = frozenset("express voice state signal declare show reiterate convey".split())
PASSIVE_CUES = frozenset("believe think say report know expect understand allege rumour suppose claim estimate".split())
PUNCT = ",;:.-–—\"“”'‘’` "


class Attribution(msgspec.Struct):
    """A cue with its content (a span of the sentence) before quotation marks are looked at."""

    cue: Token
    entry: Cue
    rule: str
    content: Span
    speaker: list[Token]
    addressee: Token | None = None


def find_attributions(parse: Parse, quoted: QuotedIndex) -> list[Attribution]:
    """Return what the cues of the text attribute, in the order of the cues."""
    found: list[Attribution] = []
    for sentence in parse.sentences:
        for token in sentence.tokens:
            if token.pos in ("VERB", "AUX"):
                found += _by_verb(parse, token)
            elif token.pos in ("NOUN", "PROPN"):
                found += _by_noun(token)
            if token.lower == "according":
                found += _according(parse, token, sentence, quoted)
    return found


def _by_verb(parse: Parse, verb: Token) -> Iterator[Attribution]:
    senses = cue_book().verbs.get(verb.lemma, ())
    if not senses:
        if verb.lemma in VOICING:
            yield from _hope(verb)
        return
    clause = next((c for c in verb.children if c.dep == "ccomp"), None)
    infinitive = next((c for c in verb.children if c.dep == "xcomp" and _has_to(c)), None)
    if infinitive is None and clause is not None and _has_to(clause) and clause.child("nsubj") is not None:
        clause, infinitive = None, clause
    for sense in senses:
        if "clause" in sense.frames and clause is not None and _plausible(sense, verb, clause):
            yield _attribution(verb, sense, "quotations.indirect.clause", clause_span(parse, clause, verb))
            return
        if "infinitive" in sense.frames and infinitive is not None and _may_want(sense, verb):
            start = next(t for t in infinitive.children if t.lower == "to")
            span = Span(start.start, _end(infinitive, verb))
            yield _attribution(verb, sense, "quotations.indirect.infinitive", span)
            return
    if verb.lemma in VOICING:
        yield from _hope(verb)


def _has_to(verb: Token) -> bool:
    return any(t.lower == "to" and t.dep == "aux" for t in verb.children)


def _may_want(sense: Cue, verb: Token) -> bool:
    """Tell whether a verb with an infinitive speaks: somebody's urging or wanting, not "is expected to"."""
    if sense.sort == "want" and verb.tag == "VBN" and verb.child("nsubjpass") is not None:
        return False
    return bool(speaker_of(verb)) or verb.dep in ("xcomp", "advcl", "conj")


def _plausible(sense: Cue, verb: Token, clause: Token) -> bool:
    """Tell whether a clause under a verb of thinking is somebody's thought, not "show that" of a thing."""
    if sense.sort == "think":
        modal = any(c.dep in ("neg",) for c in verb.children)
        return not modal and clause.i > verb.i
    return True


def _hope(verb: Token) -> Iterator[Attribution]:
    for noun in verb.children_by("dobj"):
        if noun.lower in HOPES:
            for child in noun.children:
                if child.i > noun.i and child.dep in ("prep", "acl", "relcl", "ccomp"):
                    sense = cue_book().nouns["hope"]
                    yield _attribution(
                        verb, sense, "quotations.indirect.hope", Span(child.start, noun.subtree()[-1].end)
                    )
                    return


def _attribution(cue: Token, sense: Cue, rule: str, content: Span) -> Attribution:
    return Attribution(cue, sense, rule, content, speaker_of(cue), addressee_of(cue))


def clause_span(parse: Parse, clause: Token, cue: Token) -> Span:
    """Return the words of a clause under a cue: before the cue up to it, after it to the clause's end."""
    tokens = clause.subtree()
    if clause.i < cue.i:
        tokens = [t for t in tokens if t.i < cue.i]
    else:
        tokens = [t for t in tokens if t.i > cue.i]
    while tokens and (tokens[0].text in PUNCT or (tokens[0].dep == "punct" and len(tokens[0].text) <= 2)):
        tokens = tokens[1:]
    while tokens and tokens[-1].text in ".;:!?":
        tokens = tokens[:-1]
    if not tokens:
        return Span(clause.start, clause.end)
    start = tokens[0]
    if clause.i < cue.i:
        first = cue.sent.tokens[0]
        if all(t.dep == "punct" or t.pos in ("ADV", "CCONJ") for t in cue.sent.tokens[: start.i - first.i]):
            start = next((t for t in cue.sent.tokens if t.dep != "punct"), start)
    return Span(start.start, tokens[-1].end)


def _end(clause: Token, cue: Token) -> int:
    tokens = [t for t in clause.subtree() if t.i > cue.i]
    while len(tokens) > 1 and tokens[-1].dep == "punct":
        tokens.pop()
    return tokens[-1].end if tokens else clause.end


def _by_noun(noun: Token) -> Iterator[Attribution]:
    sense = cue_book().nouns.get(noun.lemma)
    if sense is None:
        return
    for child in noun.children:
        marked = any(c.dep == "mark" and c.lower == "that" for c in child.children)
        wanted = (
            child.dep == "acl"
            and _has_to(child)
            and noun.lemma in ("refusal", "decision", "promise", "pledge", "vow", "threat", "desire")
        )
        if child.i > noun.i and child.dep in ("acl", "ccomp", "relcl", "appos") and (marked or wanted):
            first = next(t for t in child.subtree() if t.i > noun.i)
            owner = noun.children_by("poss")
            if not owner and noun.dep == "dobj":
                owner = speaker_of(noun.head)
            yield Attribution(noun, sense, "quotations.indirect.noun", Span(first.start, _end(child, noun)), owner)
            return


def _according(parse: Parse, token: Token, sentence: Sentence, quoted: QuotedIndex) -> Iterator[Attribution]:
    to = next((c for c in token.children if c.lower == "to"), None)
    source = to.child("pobj", "pcomp") if to is not None else None
    if source is None or source.pos not in ("NOUN", "PROPN", "PRON") or to is None:
        return
    if source.lemma in ("plan", "rule", "law", "need", "type", "size", "schedule"):
        return
    phrase = token.subtree()
    sense = next(c for c in _according_entry())
    words = [t for t in sentence.tokens if not phrase[0].i <= t.i <= phrase[-1].i]
    head = token.head
    if head is not token and head is not sentence.root and phrase[0].i > head.i and head.pos == "VERB":
        inside = {t.i for t in head.subtree()}
        words = [t for t in words if t.i in inside]
    while words and words[0].dep == "punct" or words and words[0].text in PUNCT:
        words.pop(0)
    while words and words[-1].text in PUNCT:
        words.pop()
    before = [t for t in words if t.i < phrase[0].i]
    after = [t for t in words if t.i > phrase[-1].i]
    part = before if len(before) > len(after) else after
    while part and part[0].text in PUNCT:
        part.pop(0)
    while part and part[-1].text in PUNCT:
        part.pop()
    if len(part) >= 3:
        content = Span(part[0].start, part[-1].end)
        yield Attribution(token, sense, "quotations.indirect.according-to", content, [source])


def _according_entry() -> Iterator[Cue]:
    yield Cue("quotations.cue.according", "say", frozenset({"phrase"}))


def speaker_of(verb: Token) -> list[Token]:
    """Return the head of the words that name who speaks: the subject, the subject of the verb it is joined to, "by ...\""""
    token, steps = verb, 0
    while steps < 4:
        agent = token.child("agent")
        if agent is not None and agent.child("pobj") is not None:
            return [agent.child("pobj")]  # type: ignore[list-item]
        subject = token.child("nsubj", "nsubjpass")
        if subject is not None and not (subject.dep == "nsubjpass" and token.lemma in PASSIVE_CUES):
            return [subject]
        if token.dep == "acl" and token.head.pos in ("NOUN", "PROPN") and token.tag == "VBG":
            return [token.head]
        if token.dep not in ("conj", "advcl", "xcomp", "pcomp", "dep", "prep", "ccomp") or token.head is token:
            return []
        token = token.head
        steps += 1
    return []


def addressee_of(verb: Token) -> Token | None:
    """Return whom the cue is said to: its object ("told reporters"), or its `to` phrase ("said to reporters")."""
    objects = verb.children_by("dobj", "dative")
    if verb.lemma in (
        "tell",
        "remind",
        "inform",
        "assure",
        "urge",
        "ask",
        "order",
        "warn",
        "advise",
        "notify",
        "brief",
        "press",
        "call",
    ):
        for child in objects:
            if child.pos in ("NOUN", "PROPN", "PRON"):
                return child
        clause = verb.child("ccomp", "xcomp")
        subject = clause.child("nsubj") if clause is not None and _has_to(clause) else None
        if subject is not None:
            return subject
    for child in verb.children:
        if child.dep in ("prep", "dative") and child.lower == "to":
            return child.child("pobj")
        if child.dep == "prep" and child.lower in ("on", "upon") and verb.lemma == "call":
            return child.child("pobj")
    return None


def quoted_objects(parse: Parse, quoted: QuotedIndex) -> Iterator[Attribution]:
    """Yield quoted words that a verb of naming or judging takes: called X "...", described X as "..."."""
    for quote in quoted.quoted:
        tokens = parse.tokens_in(quote.inner)
        if not tokens or tokens[0].sent is not tokens[-1].sent:
            continue
        inside = {t.i for t in tokens}
        top = next((t for t in tokens if t.head.i not in inside), tokens[0])
        for ancestor in [top, *top.ancestors()]:
            if ancestor.i in inside or ancestor.pos not in ("VERB", "AUX"):
                continue
            sense = next((c for c in cue_book().verbs.get(ancestor.lemma, ()) if "as" in c.frames), None)
            if sense is not None and ancestor.i < tokens[0].i and tokens[0].i - ancestor.i <= 14:
                yield _attribution(ancestor, sense, "quotations.mixed.words", _object_span(ancestor, quote.inner))
            break


def _object_span(verb: Token, inner: Span) -> Span:
    """Return the words from the judged object on ("his first meeting as "excellent"), or the quoted words alone."""
    has_as = any(c.dep == "prep" and c.lower == "as" and c.start < inner.start for c in verb.children)
    dobj = verb.child("dobj")
    if has_as and dobj is not None and dobj.start < inner.start:
        return Span(dobj.subtree()[0].start, inner.end)
    return inner
