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
POINTING = frozenset({"the", "this", "that", "these", "those"})
FULL_STOPS = frozenset({".", "?", "!", ";", ":", "”", '"', "’"})
LEAD = 2
"""The sentences below a title that tell again, in other words, what it told."""
SHORT, LONG = 4, 5


class _Word(msgspec.Struct, frozen=True):
    """The head of a telling: its lemma, its sentence, and how it points at what was told."""

    lemma: str
    sentence: int
    title: bool
    definite: bool
    another: bool

    @classmethod
    def of(cls, token: Token) -> _Word:
        """Return TOKEN as the head of a telling."""
        noun = token.pos in ("NOUN", "PROPN")
        first = token.sent.i == 0 and token.sent.tokens[-1].text not in FULL_STOPS
        others = happening_book().lists["other"]
        return cls(
            lemma=token.lemma.lower(),
            sentence=token.sent.i,
            title=first,
            definite=noun and any(c.lower in POINTING or c.dep == "poss" for c in token.children),
            another=noun and any(c.lower in others for c in token.children),
        )


def join(parse: Parse, happenings: Sequence[Happening]) -> list[Happening]:
    """Return HAPPENINGS (in text order) with each retelling among the mentions of what it tells again."""
    kept: list[Happening] = []
    words: list[list[_Word]] = []
    alike: dict[str, list[int]] = {}
    for happening in happenings:
        token = top_of(parse, happening.trigger)
        if token is None:
            continue
        word = _Word.of(token)
        pool = alike.setdefault(happening.kind, [])
        old = (n for n in reversed(pool) if not word.another and _is_same(kept[n], words[n], happening, word))
        place = next(old, None)
        if place is None:
            pool.append(len(kept))
            kept.append(happening)
            words.append([word])
        else:
            kept[place] = _together(kept[place], happening)
            words[place].append(word)
    return kept


def _is_same(old: Happening, told: Sequence[_Word], new: Happening, word: _Word) -> bool:
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
    one_stem = any(_one_stem(word.lemma, w.lemma) for w in told)
    one_entry = old.found_by == new.found_by and min(old.confidence, new.confidence) >= FEW_USES
    one_entry = one_entry and old.found_by not in happening_book().varied
    if told[0].title and word.sentence <= LEAD:
        return one_stem or one_entry
    if one_stem or (one_entry and word.definite):
        return shared or not old.participants or not new.participants
    return one_entry and shared


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
