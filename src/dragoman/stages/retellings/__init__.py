"""Retellings: which events of a report are one event told twice, and what the tellings know together."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.domain.findings import Event, Reason
from dragoman.domain.parse import Parse
from dragoman.stages.retellings.likeness import Telling, least_of, likelihood


def merge_retellings(parse: Parse, events: Sequence[Event]) -> list[Event]:
    """Return EVENTS (in text order) with every retelling joined to the event that it most likely tells again."""
    kept: list[Event] = []
    tellings: list[Telling] = []
    for event in events:
        telling = Telling.of(parse, event)
        best, place = least_of(event), None
        for number in range(len(kept) - 1, -1, -1):
            share = likelihood(tellings[number], telling, between=_between(kept, number, event))
            if share > best:
                best, place = share, number
        if place is None:
            kept.append(event)
            tellings.append(telling)
        else:
            kept[place] = _together(kept[place], event)
            tellings[place] = tellings[place].after(kept[place], telling)
    return kept


def _between(kept: Sequence[Event], number: int, event: Event) -> int:
    """Return how many events of EVENT's type stand after the one at NUMBER."""
    return sum(e.type is event.type for e in kept[number + 1 :])


def _fullness(event: Event) -> int:
    named = len(event.actors) + len(event.recipients)
    return 2 * min(named, 4) + 2 * (event.interval is not None) + (event.place is not None) + bool(event.participants)


def _together(old: Event, new: Event) -> Event:
    """Return the fuller telling, the other one among its mentions, with what only the other knew."""
    best, other = (new, old) if _fullness(new) > _fullness(old) else (old, new)
    mentions = sorted({*best.mentions, *other.mentions, other.trigger} - {best.trigger})
    why = Reason(field="mentions", rule="links.retold.same", spans=(other.trigger,))
    dated = other if other.time is not None and (best.time is None or best.interval is None) else best
    dated = dated if dated.interval is not None else other
    return msgspec.structs.replace(
        best,
        mentions=tuple(mentions),
        actors=best.actors or other.actors,
        recipients=best.recipients or other.recipients,
        participants=best.participants or other.participants,
        time=dated.time,
        interval=dated.interval,
        grain=dated.grain,
        place=best.place or other.place,
        country=best.country or other.country,
        background=best.background and other.background,
        evidence=tuple(dict.fromkeys([*best.evidence, other.trigger])),
        why=(*best.why, why),
    )
