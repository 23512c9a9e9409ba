"""Keys under which claims are filed: only claims that share some are compared.

A key joins what is told (its type or the stem of its trigger) with whom or where it is told of, and with a time. A
claim whose days are known is filed under each of them: another such claim speaks of the same happening only if they
share a day. Where one of two has no days, they meet by the weeks in which they were published, the same or
neighbours; so much is published in a week that one key does not do there. Reports without a day of publication,
which are few, meet by one.
"""

from __future__ import annotations

import datetime

from dragoman.domain.findings import Interval
from dragoman.domain.records import Claim, Keys
from dragoman.reconcile.wording import stem

MOST_NAMES = 12
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
    names = {"^" + stem(p.name) for p in (*claim.actors, *claim.recipients, *claim.participants)}
    if claim.place is not None and claim.place.geonames_id is not None:
        names.add(f"@{claim.place.geonames_id}")
    told = {f"={h}" for h in claim.heads} | ({claim.type.value} if claim.type is not None else {"HARM"})
    subjects = set(sorted(w for w in claim.words if w.startswith("^"))[:MOST_NAMES]) | names
    return [f"{what}|{whom}" for what in told for whom in subjects]


def _days(interval: Interval | None) -> list[datetime.date]:
    """Return the days of a short interval; none where it is long or open."""
    if interval is None or interval[0] is None or interval[1] is None:
        return []
    first, last = (datetime.date.fromisoformat(day[:10]) for day in interval if day is not None)
    count = (last - first).days + 1
    return [first + datetime.timedelta(n) for n in range(count)] if 0 < count <= MOST_DAYS else []
