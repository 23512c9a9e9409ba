"""Happenings of no PLOVER type: what died, burned, crashed, was won, decided, sold, said, or done otherwise.

The way: wordings (which tokens a codebook entry fits, or a deed that none knows) → sides (who takes part) → retellings
(one happening told in several words). Status and scene are settled in between, as those of events are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from dragoman.domain.codes import HappeningKind, Status
from dragoman.domain.findings import Entity, Event, Figure, Happening, Reason
from dragoman.domain.mentions import MentionIndex
from dragoman.domain.parse import Parse
from dragoman.domain.spans import Span
from dragoman.lexicon.happenings import FEW_USES
from dragoman.stages.happenings.headlines import headline_sides
from dragoman.stages.happenings.retold import join
from dragoman.stages.happenings.sides import participants, speakers
from dragoman.stages.happenings.wordings import Telling, tellings

WISHED = frozenset({Status.POSSIBLE, Status.HOPED, Status.CALLED_FOR})

__all__ = ["find_happenings", "join_happenings"]


def find_happenings(
    parse: Parse, events: Sequence[Event], figures: Sequence[Figure], entities: Sequence[Entity]
) -> list[Happening]:
    """Return what the text tells beside its EVENTS and counted harm (FIGURES), in text order, ids `h1` ..."""
    index = MentionIndex(entities)
    taken = {t.i for span in _told(events, figures) for t in parse.tokens_in(span)}
    told = sorted(tellings(parse, taken, index), key=lambda t: (t.span, t.rule))
    return [_happening(f"h{n}", telling, index) for n, telling in enumerate(told, 1)]


def join_happenings(parse: Parse, happenings: Sequence[Happening], entities: Sequence[Entity]) -> list[Happening]:
    """Return HAPPENINGS, those told twice joined, ids `h1` ... in the order of their triggers."""
    index = MentionIndex(entities)
    told = [h for h in happenings if h.confidence >= FEW_USES or h.status not in WISHED]
    joined = [h for h in join(parse, told) if _is_told_of_somebody(h, index)]
    joined.sort(key=lambda h: (h.trigger, h.id))
    return [msgspec.structs.replace(h, id=f"h{n}") for n, h in enumerate(joined, 1)]


def _is_told_of_somebody(happening: Happening, index: MentionIndex) -> bool:
    """Tell whether a word of many uses tells of somebody or something that the report names, a saying of a speaker."""
    if happening.kind is HappeningKind.STATEMENT:
        return bool(happening.participants)
    return happening.confidence >= FEW_USES or any(index.is_named(i) for i in happening.participants)


def _told(events: Sequence[Event], figures: Sequence[Figure]) -> Iterable[Span]:
    """Yield the words that tell an event, or make a number a count of something."""
    for event in events:
        yield event.trigger
        yield from event.mentions
    for figure in figures:
        yield figure.span
        yield from (s for r in figure.why if r.field == "measure" for s in r.spans)


def _happening(name: str, telling: Telling, index: MentionIndex) -> Happening:
    said = telling.kind is HappeningKind.STATEMENT
    if telling.headline:
        sides = headline_sides(telling.token, index)
    else:
        sides = speakers(telling.token, index) if said else participants(telling.token, index)
    why = [Reason(field="kind", rule=telling.rule, spans=(telling.span,))]
    if sides:
        why.append(Reason(field="participants", rule="happenings.sides.grammar", spans=tuple(sides.values())))
    return Happening(
        id=name,
        confidence=telling.confidence,
        found_by=telling.rule,
        evidence=(telling.span, *telling.light),
        why=tuple(why),
        kind=telling.kind,
        trigger=telling.span,
        participants=tuple(sides),
    )
