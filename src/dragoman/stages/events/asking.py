"""Asks the event classifier about candidates: each with its sentence, its trigger, and who is named there."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse, Sentence, Token
from dragoman.domain.ports import EventClassifier, EventOpinion, EventQuestion
from dragoman.domain.spans import Span
from dragoman.stages.events.candidate import Candidate

LOCATIVE = frozenset({"in", "at", "near", "inside", "outside", "around", "across", "throughout", "within"})
PLACES = frozenset({EntityKind.COUNTRY, EntityKind.OTHER})


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An opinion on a candidate, with the entities of the sentence and how likely each takes part.

    `settings` are those that the sentence names only as where something is ("in Syria", "near the border"); `inside`
    tells of those that are named only within the mentions of others ("the government of SYRIA") which these are;
    `earlier` are those that only the sentence before names.
    """

    opinion: EventOpinion
    actors: dict[str, float]
    recipients: dict[str, float]
    settings: frozenset[str]
    inside: dict[str, frozenset[str]]
    earlier: frozenset[str] = frozenset()


def ask(
    candidates: Sequence[Candidate], parse: Parse, index: MentionIndex, classifier: EventClassifier
) -> list[Answer]:
    """Return the classifier's answer on each of CANDIDATES, in order."""
    known: dict[int, _Named] = {}
    questions, asked = [], []
    for candidate in candidates:
        sentence = candidate.token.sent
        if sentence.i not in known:
            known[sentence.i] = _named(sentence, before(parse, sentence), index)
        named = known[sentence.i]
        start, end = sentence.span
        base = start - named.start
        trigger = Span(max(candidate.trigger.start, start) - base, min(candidate.trigger.end, end) - base)
        questions.append(EventQuestion(text=named.text, start=named.start, trigger=trigger, heads=named.heads))
        asked.append(named)
    opinions = classifier.judge(questions)
    return [_answer(opinion, named) for opinion, named in zip(opinions, asked, strict=True)]


def before(parse: Parse, sentence: Sentence) -> Sentence | None:
    """Return the sentence before SENTENCE, None where it is the first."""
    return parse.sentences[sentence.i - 1] if sentence.i else None


def text_of(sentences: Sequence[Sentence]) -> str:
    """Return SENTENCES with every run of white space between tokens as long as it stands in the text."""
    place = sentences[0].span.start
    parts = []
    for sentence in sentences:
        for token in sentence.tokens:
            parts += [" " * (token.start - place), token.text]
            place = token.end
    return "".join(parts)


class _Named(msgspec.Struct, frozen=True, kw_only=True):
    """What all questions about one sentence share: its text after the one before, who is named in both, and where."""

    text: str
    start: int
    heads: tuple[Span, ...]
    entities: tuple[str, ...]
    settings: frozenset[str]
    inside: dict[str, frozenset[str]]
    earlier: frozenset[str]


def _named(sentence: Sentence, previous: Sentence | None, index: MentionIndex) -> _Named:
    base = sentence.span.start if previous is None else previous.span.start
    mentions = [(mention.span, entity) for mention, entity in index.overlapping(sentence.span)]
    headed = _headed(sentence, mentions)
    earlier = [] if previous is None else _headed(previous, [(m.span, e) for m, e in index.overlapping(previous.span)])
    here = {entity for _, entity in headed}
    asked = [*earlier, *headed]
    return _Named(
        text=text_of([sentence] if previous is None else [previous, sentence]),
        start=sentence.span.start - base,
        heads=tuple(Span(head.start - base, head.end - base) for head, _ in asked),
        entities=tuple(entity for _, entity in asked),
        settings=_settings(headed, index),
        inside=_inside(mentions),
        earlier=frozenset(entity for _, entity in earlier if entity not in here),
    )


def _headed(sentence: Sentence, mentions: Sequence[tuple[Span, str]]) -> list[tuple[Token, str]]:
    """Return the head word in SENTENCE of each of MENTIONS that has one, with its entity."""
    return [(head, entity) for span, entity in mentions if (head := _head(sentence, span)) is not None]


def _settings(headed: Sequence[tuple[Token, str]], index: MentionIndex) -> frozenset[str]:
    """Return the countries and things that a sentence names only after "in", "near" and the like."""
    found: dict[str, bool] = {}
    for head, entity in headed:
        where = head.dep == "pobj" and head.head.lower in LOCATIVE and index.entities[entity].kind in PLACES
        where = where or _opens_heading(head)
        found[entity] = found.get(entity, True) and where
    return frozenset(e for e, only in found.items() if only)


def _opens_heading(head: Token) -> bool:
    """Tell whether a word is the place that a headline opens with ("Afghanistan: attack on a consulate")."""
    tokens = head.sent.tokens
    place = head.i - tokens[0].i
    return place <= 2 and place + 1 < len(tokens) and tokens[place + 1].text == ":"


def _inside(named: Sequence[tuple[Span, str]]) -> dict[str, frozenset[str]]:
    """Return, for each entity that a sentence names only inside mentions of others, those others."""
    found: dict[str, frozenset[str] | None] = {}
    for span, entity in named:
        around = frozenset(e for s, e in named if e != entity and s != span and s.contains(span))
        known = found.get(entity, around)
        found[entity] = known & around if known is not None else None
    return {entity: around for entity, around in found.items() if around}


def _head(sentence: Sentence, span: Span) -> Token | None:
    """Return the first word of SPAN that hangs on a word outside it."""
    inside = [t for t in sentence.tokens if t.start >= span.start and t.end <= span.end]
    return next((t for t in inside if t.head is t or not span.contains(t.head.span)), None)


def _answer(opinion: EventOpinion, named: _Named) -> Answer:
    actors: dict[str, float] = {}
    recipients: dict[str, float] = {}
    for entity, actor, recipient in zip(named.entities, opinion.actors, opinion.recipients, strict=True):
        actors[entity] = max(actor, actors.get(entity, 0.0))
        recipients[entity] = max(recipient, recipients.get(entity, 0.0))
    return Answer(
        opinion=opinion, actors=actors, recipients=recipients, settings=named.settings, inside=named.inside,
        earlier=named.earlier,
    )  # fmt: skip
