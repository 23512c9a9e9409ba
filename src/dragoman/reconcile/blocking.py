"""Keys under which claims are filed: only claims that share one are compared.

A key joins what is told (its type or the stem of its trigger) with whom or where it is told of, and with the month
where the report's day is known; each claim is filed under its own month and the next, so that neighbours meet.
"""

from __future__ import annotations

import datetime

from dragoman.domain.records import Claim
from dragoman.reconcile.wording import stem

MOST_NAMES = 12


def keys_of(claim: Claim) -> frozenset[str]:
    """Return the keys of CLAIM."""
    subjects = {w for w in claim.words if w.startswith("^")}
    names = {"^" + stem(p.name) for p in (*claim.actors, *claim.recipients, *claim.participants)}
    if claim.place is not None and claim.place.geonames_id is not None:
        names.add(f"@{claim.place.geonames_id}")
    told = {f"={h}" for h in claim.heads} | ({claim.type.value} if claim.type is not None else {"HARM"})
    subjects = set(sorted(subjects)[:MOST_NAMES]) | names
    return frozenset(f"{what}|{whom}|{month}" for what in told for whom in subjects for month in _months(claim))


def _months(claim: Claim) -> tuple[str, ...]:
    day = claim.published
    if day is None:
        return ("-",)
    after = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1) if day.year < datetime.MAXYEAR else day
    return (f"{day:%Y-%m}", f"{after:%Y-%m}")
