"""Retellings: which events of a report are one event told twice, and what the tellings know together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from dragoman.domain.findings import Event, Place, Reason
from dragoman.domain.parse import Parse
from dragoman.stages.retellings.apart import is_specific
from dragoman.stages.retellings.likeness import Telling, comparable, least_of, likelihood, points_back

BACK = 2
"""Sentences back in which what \"the incident\" points at was told."""
LEAST_BACK = 0.1
"""Least probability with which a clause that points back is joined to what it points at."""


def merge_retellings(parse: Parse, events: Sequence[Event], places: Sequence[Place]) -> list[Event]:
    """Return EVENTS (in text order) with every retelling joined to the event that it most likely tells again."""
    kept: list[Event] = []
    tellings: list[Telling] = []
    spots = {p.id: p for p in places}
    for event in events:
        telling = Telling.of(parse, event, spots.get(event.place or ""))
        near = _near(tellings, telling)
        best, place = LEAST_BACK if near else least_of(event), None
        for number in near or range(len(kept) - 1, -1, -1):
            share = likelihood(tellings[number], telling, between=_between(kept, number, event))
            if share > best:
                best, place = share, number
        if place is None:
            kept.append(event)
            tellings.append(telling)
        else:
            kept[place] = _together(kept[place], event, spots)
            tellings[place] = tellings[place].after(kept[place], telling)
    return kept


def _near(tellings: Sequence[Telling], telling: Telling) -> list[int]:
    """Return which of TELLINGS are told right before, the latest first, where a clause points back ("in the incident").

    There are none where the clause doesn't point back, or nothing comparable is told there.
    """
    if not points_back(telling):
        return []
    here = telling.words[0].sent.i
    near = [n for n, old in enumerate(tellings) if old.words and here - old.words[-1].sent.i <= BACK]
    return [n for n in reversed(near) if comparable(tellings[n], telling)]


def _between(kept: Sequence[Event], number: int, event: Event) -> int:
    """Return how many events of EVENT's type stand after the one at NUMBER."""
    return sum(e.type is event.type for e in kept[number + 1 :])


def _fullness(event: Event) -> int:
    named = len(event.actors) + len(event.recipients)
    return 2 * min(named, 4) + 2 * (event.interval is not None) + (event.place is not None) + bool(event.participants)


def _together(old: Event, new: Event, spots: Mapping[str, Place]) -> Event:
    """Return the fuller telling, the other one among its mentions, with what only the other knew."""
    best, other = (new, old) if _fullness(new) > _fullness(old) else (old, new)
    mentions = sorted({*best.mentions, *other.mentions, other.trigger} - {best.trigger})
    why = Reason(field="mentions", rule="links.retold.same", spans=(other.trigger,))
    dated = other if other.time is not None and (best.time is None or best.interval is None) else best
    dated = dated if dated.interval is not None else other
    placed = _placed(best, other, spots)
    return msgspec.structs.replace(
        best,
        mentions=tuple(mentions),
        actors=best.actors or other.actors,
        recipients=best.recipients or other.recipients,
        participants=best.participants or other.participants,
        time=dated.time,
        interval=dated.interval,
        grain=dated.grain,
        place=placed.place,
        country=placed.country or best.country or other.country,
        background=best.background and other.background,
        evidence=tuple(dict.fromkeys([*best.evidence, other.trigger])),
        why=(*best.why, why),
    )


def _placed(best: Event, other: Event, spots: Mapping[str, Place]) -> Event:
    """Return the telling that knows the place more closely: a town or division rather than a country or no place."""
    if best.place is None:
        return other if other.place is not None else best
    near = spots.get(other.place or "")
    known = spots.get(best.place)
    if near is None or known is None or is_specific(known) or not is_specific(near):
        return best
    return other if near.country == known.country else best
