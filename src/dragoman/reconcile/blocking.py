"""Keys under which claims are filed: only claims that share one are compared.

A key joins what is told (its sort or what its word means) with a word by which the telling or its report is known, and
with the month where the report's day is known; each claim is filed under its own month and the next, so that neighbours
meet.
"""

from __future__ import annotations

import datetime

from dragoman.domain.records import Claim
from dragoman.reconcile.kinship import family, sort_of
from dragoman.reconcile.wording import rarity

MOST_TOLD = 6
"""How many words of the sentences that tell it a claim is filed under: the rarest."""
MOST_KNOWN = 8
"""How many words of its report: the most telling."""


def keys_of(claim: Claim) -> frozenset[str]:
    """Return the keys of CLAIM."""
    told = {f"={family(head)}" for head in claim.heads} | ({sort} if (sort := sort_of(claim)) else set())
    subjects = set(_rarest(claim)) | {w.lstrip("^") for w in claim.setting[:MOST_KNOWN]}
    if claim.place is not None and claim.place.geonames_id is not None:
        subjects.add(f"@{claim.place.geonames_id}")
    subjects -= set(claim.heads)
    return frozenset(f"{what}|{whom}|{month}" for what in told for whom in subjects for month in _months(claim))


def _rarest(claim: Claim) -> list[str]:
    words = {w.lstrip("^") for w in claim.words} - set(claim.heads)
    return sorted(words, key=lambda w: (-rarity(w), w))[:MOST_TOLD]


def _months(claim: Claim) -> tuple[str, ...]:
    day = claim.published
    if day is None:
        return ("-",)
    after = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1) if day.year < datetime.MAXYEAR else day
    return (f"{day:%Y-%m}", f"{after:%Y-%m}")
