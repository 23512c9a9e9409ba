"""Keys under which claims are filed: only claims that share some are compared.

A key joins what is told (its sort or what its word means) with a word by which the telling or its report is known, and
with a time. A
claim whose days are known is filed under each of them: another such claim speaks of the same happening only if they
share a day. Where one of two has no days, they meet by the weeks in which they were published, the same or
neighbours; so much is published in a week that one key does not do there. Reports without a day of publication,
which are few, meet by one.
"""

from __future__ import annotations

import datetime

from dragoman.domain.findings import Interval
from dragoman.domain.records import Claim, Keys
from dragoman.reconcile.kinship import family, sort_of
from dragoman.reconcile.wording import rarity

MOST_TOLD = 6
"""How many words of the sentences that tell it a claim is filed under: the rarest."""
MOST_KNOWN = 8
"""How many words of its report: the most telling."""
MOST_DAYS = 7
"""Days up to which an interval tells when; a longer one is as good as none."""


def keys_of(claim: Claim) -> Keys:
    """Return the keys of CLAIM."""
    about = _about(claim)
    days = _days(claim.interval)
    by_day = frozenset(f"{day}|{a}" for day in days for a in about)
    if claim.published is None:
        keys = by_day | {f"-|{a}" for a in about}
        return Keys(filed=keys, asked=keys)
    week = claim.published.toordinal() // 7
    form, met = ("d", "u") if days else ("u", "du")
    return Keys(
        filed=by_day | {f"{form}{week:06}|{a}" for a in about},
        asked=by_day,
        asked_together=frozenset(f"{f}{w:06}|{a}" for f in met for w in (week - 1, week, week + 1) for a in about),
    )


def _about(claim: Claim) -> list[str]:
    told = {f"={family(head)}" for head in claim.heads} | ({sort} if (sort := sort_of(claim)) else set())
    subjects = set(_rarest(claim)) | {w.lstrip("^") for w in claim.setting[:MOST_KNOWN]}
    if claim.place is not None and claim.place.geonames_id is not None:
        subjects.add(f"@{claim.place.geonames_id}")
    subjects -= set(claim.heads)
    return [f"{what}|{whom}" for what in told for whom in subjects]


def _rarest(claim: Claim) -> list[str]:
    words = {w.lstrip("^") for w in claim.words} - set(claim.heads)
    return sorted(words, key=lambda w: (-rarity(w), w))[:MOST_TOLD]


def _days(interval: Interval | None) -> list[datetime.date]:
    """Return the days of a short interval; none where it is long or open."""
    if interval is None or interval[0] is None or interval[1] is None:
        return []
    first, last = (datetime.date.fromisoformat(day[:10]) for day in interval if day is not None)
    count = (last - first).days + 1
    return [first + datetime.timedelta(n) for n in range(count)] if 0 < count <= MOST_DAYS else []
