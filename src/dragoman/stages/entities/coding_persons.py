"""Which of a person's records holds on the day of a report, and what that makes the person."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.domain.ports import ActorRecord

LONG_AGO_YEARS = 10
"""An office that ended so long before the list's newest pages is hardly meant where the report has no date."""
NEWEST = "2026"
OWN = "dragoman"
"""The scheme of Dragoman's own list, in which an empty end means that the term goes on."""
STALE_YEARS = 4
"""For how long after it was last seen a term without an end is still taken to go on."""


class Standing(msgspec.Struct, frozen=True):
    """A record and how it stands to a day: `in_office`, `past`, `not_yet` or `undated`."""

    record: ActorRecord
    when: str
    certain: float


def standing(records: Sequence[ActorRecord], on: datetime.date | None) -> Standing | None:
    """Return the record that holds for a person on a day; the first of the best where several do."""
    best: Standing | None = None
    rank: tuple[int, str] | None = None
    for record in records:
        found, key = _stand(record, on)
        if rank is None or key > rank:
            best, rank = found, key
    return best


def _stand(record: ActorRecord, on: datetime.date | None) -> tuple[Standing, tuple[int, str]]:
    since, until, seen = record.since or "", record.until or "", record.seen_on or ""
    office = 1 if record.scheme == OWN else 0
    if on is None:
        newest = until or (NEWEST if record.scheme == OWN else max(seen, since))
        past = bool(newest) and int(newest[:4]) < int(NEWEST) - LONG_AGO_YEARS
        sure = 2 if record.sector != "ELI" else 0
        return Standing(record, "past" if past else "undated", 0.6), (sure + office, newest or since)
    day = on.isoformat()
    if since and day < since:
        return Standing(record, "not_yet", 0.4), (1, _reversed(since))
    if until and day > (until if len(until) == 10 else until + "-99"):
        return Standing(record, "past", 0.7), (2, until)
    if until and since:
        return Standing(record, "in_office", 0.9), (6 + office, since)
    if not (since or until or seen):
        return Standing(record, "undated", 0.5), (0, "")
    if until:
        return Standing(record, "in_office", 0.6), (4, until)
    gap = on.year - int((seen or since)[:4])
    if record.scheme == OWN or (gap <= 0 if since else abs(gap) <= 1):
        return Standing(record, "in_office", 0.85), (5 + office, since or seen)
    if gap < 0:
        return Standing(record, "not_yet", 0.4), (1, _reversed(seen))
    if gap <= STALE_YEARS:
        return Standing(record, "in_office", 0.6), (3, seen or since)
    return Standing(record, "past", 0.5), (2, seen or since)


def _reversed(date: str) -> str:
    """Return a string that sorts the earlier dates last."""
    return "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in date)
