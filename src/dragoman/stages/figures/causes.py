"""Causes told after a count: "The deaths were caused by car bombs, airstrikes and mines"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import Measure
from dragoman.domain.findings import Cause, Figure, Reason
from dragoman.domain.parse import Parse, Sentence, Token
from dragoman.domain.spans import Span
from dragoman.lexicon.figures import figure_words
from dragoman.stages.figures.setting import Surroundings, entities_in

CAUSING = frozenset({"cause", "blame", "attribute", "inflict"})
HARM = {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES}
REACH = 3
"""Sentences after a count in which its causes are looked for."""


def with_causes(parse: Parse, figures: Sequence[Figure], around: Surroundings) -> list[Figure]:
    """Return FIGURES with the causes, and who stands behind them, that a following sentence tells."""
    found = list(figures)
    starts = [parse.token_at(f.span.start) for f in found]
    for sentence in parse.sentences:
        told = _told(sentence)
        if told is None:
            continue
        measure, causes = told
        for n in range(len(found) - 1, -1, -1):
            token = starts[n]
            if token is None or not 0 <= sentence.i - token.sent.i <= REACH:
                continue
            if found[n].measure is measure or (measure is Measure.CASUALTIES and found[n].measure in HARM):
                found[n] = _given(found[n], causes, around)
                break
    return found


def _told(sentence: Sentence) -> tuple[Measure, list[Token]] | None:
    """Return the measure that a sentence gives causes of, and the heads of the causes."""
    for verb in sentence.tokens:
        if verb.pos != "VERB" or verb.lemma not in CAUSING:
            continue
        subject = verb.child("nsubjpass")
        sense = figure_words().nouns.get(subject.lemma) if subject is not None else None
        if sense is None or sense.measure not in HARM:
            continue
        link = verb.child("agent") or next(
            (c for c in verb.children if c.dep == "prep" and c.lower in ("to", "on", "by")), None
        )
        head = link.child("pobj") if link is not None else None
        if head is not None:
            return sense.measure, head.conjuncts()
    return None


def _given(figure: Figure, heads: Sequence[Token], around: Surroundings) -> Figure:
    causes = []
    for head in heads:
        span = _phrase(head)
        name = " ".join(t.text for t in head.subtree() if span.start <= t.start < span.end)
        causes.append(Cause(span=span, name=name))
    spans = tuple(c.span for c in causes)
    people = list(dict.fromkeys(e for head in heads for e in _behind(head, around)))
    why = [Reason(field="causes", rule="figures.causes.passive", spans=spans)]
    if people:
        why.append(Reason(field="perpetrators", rule="figures.causes.passive", spans=spans))
    return msgspec.structs.replace(
        figure,
        causes=tuple(causes),
        perpetrators=tuple(dict.fromkeys([*figure.perpetrators, *people])),
        evidence=tuple(dict.fromkeys([*figure.evidence, *spans])),
        why=(*figure.why, *why),
    )


def _behind(head: Token, around: Surroundings) -> list[str]:
    """Return who stands behind a cause: the entities of its "of" or "by" phrase, or its possessor."""
    found: list[str] = []
    for child in head.children:
        if child.dep == "prep" and child.lower in ("of", "by") and (inner := child.child("pobj")) is not None:
            found += entities_in(around, inner)
        if child.dep in ("poss", "compound") and (entity := around.mentions.at(child)) is not None:
            found.append(entity)
    return found


def _phrase(head: Token) -> Span:
    """Return the words of one cause, the causes joined to it left out."""
    left_out: set[int] = set()
    for child in head.children:
        if child.dep in ("conj", "cc", "punct") and child.i > head.i:
            left_out.update(t.i for t in child.subtree())
    words = [t for t in head.subtree() if t.i not in left_out]
    return Span(words[0].start, words[-1].end)
