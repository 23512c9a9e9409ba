"""Which happenings of a report are one told twice."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import HappeningKind, Status
from dragoman.domain.dates import overlap
from dragoman.domain.findings import Happening, Reason
from dragoman.domain.grammar import top_of
from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.happenings import FEW_USES, happening_book

TOLD = frozenset({Status.OCCURRED, Status.ONGOING})
SHORT, LONG = 4, 5


def join(parse: Parse, happenings: Sequence[Happening]) -> list[Happening]:
    """Return HAPPENINGS (in text order) with each retelling among the mentions of what it tells again."""
    kept: list[Happening] = []
    words: list[set[str]] = []
    alike: dict[str, list[int]] = {}
    for happening in happenings:
        token = top_of(parse, happening.trigger)
        word = token.lemma.lower() if token is not None else ""
        pool = alike.setdefault(happening.kind, [])
        place = None
        if token is not None and not _is_another(token):
            place = next((n for n in reversed(pool) if _is_same(kept[n], words[n], happening, word)), None)
        if place is None:
            pool.append(len(kept))
            kept.append(happening)
            words.append({word})
        else:
            kept[place] = _together(kept[place], happening)
            words[place].add(word)
    return kept


def _is_another(token: Token) -> bool:
    others = happening_book().lists["other"]
    return token.pos in ("NOUN", "PROPN") and any(c.lower in others for c in token.children)


def _is_same(old: Happening, told: set[str], new: Happening, word: str) -> bool:
    """Tell whether NEW tells OLD again."""
    if old.status is not new.status and not {old.status, new.status} <= TOLD:
        return False
    if old.place and new.place and old.country != new.country:
        return False
    a, b = (h.interval if h.time is not None else None for h in (old, new))
    if a is not None and b is not None and not overlap(a, b):
        return False
    shared = bool(set(old.participants) & set(new.participants))
    if old.kind is HappeningKind.STATEMENT:
        return shared and old.participants[0] == new.participants[0]
    if any(_one_stem(word, other) for other in told):
        return shared or not old.participants or not new.participants
    return shared and old.found_by == new.found_by and min(old.confidence, new.confidence) >= FEW_USES


def _one_stem(a: str, b: str) -> bool:
    size = min(len(a), len(b), LONG)
    return a == b or (size >= SHORT and a[:size] == b[:size])


def _together(old: Happening, new: Happening) -> Happening:
    """Return OLD with NEW's words among its mentions, and with what only NEW knew."""
    dated = new if new.interval is not None and (old.interval is None or old.time is None) else old
    placed = old if old.place or old.country else new
    why = Reason(field="mentions", rule="happenings.retold.same", spans=(new.trigger,))
    return msgspec.structs.replace(
        old,
        mentions=tuple(sorted({*old.mentions, *new.mentions, new.trigger} - {old.trigger})),
        participants=tuple(dict.fromkeys([*old.participants, *new.participants])),
        time=dated.time,
        interval=dated.interval,
        grain=dated.grain,
        place=placed.place,
        country=placed.country,
        source=old.source or new.source,
        background=old.background and new.background,
        confidence=max(old.confidence, new.confidence),
        evidence=tuple(dict.fromkeys([*old.evidence, new.trigger])),
        why=(*old.why, why),
    )
