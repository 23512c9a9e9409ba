"""Which counts of a record are of one quantity: the same measure, of the same people, over the same time.

Over the same time: a happening's own toll is not the year's. Of the same people: a count of nobody in particular
("people") goes with the one group that is told of; counts of two groups that no report tells apart ("farmers",
"villagers") are of one where they come to the same or one speaker gives both.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import Precision
from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Claim, Count
from dragoman.lexicon.figures import figure_words
from dragoman.reconcile.copies import Origins

OWN = 7
"""Most days of a period that is the happening's own; a longer one stands for itself."""

Key = tuple[str, str, str]
"""Measure, who, scope."""


class Told(msgspec.Struct, frozen=True):
    """A count with the claim that has it, the day its text was first published, and whose voice its report is."""

    claim: Claim
    count: Count
    day: datetime.date
    outlet: str

    @property
    def speaker(self) -> str:
        """Return who is quoted for the count; empty where the report itself tells it."""
        return name_key(self.count.source or "")

    @property
    def voice(self) -> tuple[str, str]:
        """Return who tells the count: who is quoted, else the outlet."""
        return (self.speaker, "") if self.speaker else ("", self.outlet)

    @property
    def exact(self) -> bool:
        """Return whether the count is told as exact."""
        return self.count.precision is Precision.EXACT

    @property
    def given(self) -> float | None:
        """Return the number that is told; None for a range."""
        return self.count.value

    @property
    def low(self) -> float | None:
        """Return the least that is told."""
        return self.count.value if self.count.low is None else self.count.low

    @property
    def high(self) -> float | None:
        """Return the most that is told."""
        return self.count.value if self.count.high is None else self.count.high

    @property
    def value(self) -> float | None:
        """Return the number that is told, or an end of the range."""
        return next((v for v in (self.count.value, self.count.low, self.count.high) if v is not None), None)


def quantities_of(claims: Sequence[Claim], origins: Origins) -> list[list[Told]]:
    """Return the counts of CLAIMS by quantity, each and all in an order that does not depend on that of CLAIMS."""
    gathered: dict[Key, list[Told]] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        for count in claim.counts:
            told = Told(claim, count, origins.days[claim.report], origins.voices[claim.report])
            if told.value is not None:
                key = (count.measure.value, _who(count), _scope(count.period, claim.published))
                gathered.setdefault(key, []).append(told)
    return [
        sorted(told, key=lambda t: (t.day, t.claim.id, t.count.figure)) for _, told in sorted(_joined(gathered).items())
    ]


def _who(count: Count) -> str:
    """Return who is counted, empty where nobody in particular: "people", or who the measure is of ("protesters")."""
    words, who = figure_words(), name_key(count.who or "")
    sense = words.nouns.get(who) or words.nouns.get(who.removesuffix("s"))
    return "" if who in words.anybody or (sense is not None and sense.measure is count.measure) else who


def _scope(period: Interval | None, published: datetime.date | None) -> str:
    """Return the scope of a count over PERIOD: empty for the happening's own, "2024-01-01/" for one up to now."""
    if period is None or period[0] is None:
        return "" if period is None else f"/{period[1]}"
    start = datetime.date.fromisoformat(str(period[0]))
    end = datetime.date.fromisoformat(str(period[1])) if period[1] is not None else None
    until = published if end is None else end
    if until is not None and abs((until - start).days) <= OWN:
        return ""
    now = end is None or (published is not None and start <= published <= end)
    return f"{start}/" if now else f"{start}/{end}"


def _joined(gathered: dict[Key, list[Told]]) -> dict[Key, list[Told]]:
    """Put together what GATHERED has of one quantity under several words."""
    found = {key: list(told) for key, told in sorted(gathered.items())}
    for named in (True, False):
        for key in sorted(found):
            if key not in found or bool(key[1]) is not named:
                continue
            others = [k for k in sorted(found) if k != key and (k[0], k[2]) == (key[0], key[2]) and k[1]]
            others = [k for k in others if not _told_apart(found[key], found[k])]
            if named or len(others) > 1:
                others = [k for k in others if _alike(found[key], found[k])]
            if len(others) == 1 or (others and named):
                found[others[0]] = found[others[0]] + found.pop(key)
    return found


def _told_apart(left: Sequence[Told], right: Sequence[Told]) -> bool:
    """Tell whether one report has counts of both."""
    return bool({t.claim.report for t in left} & {t.claim.report for t in right})


def _alike(left: Sequence[Told], right: Sequence[Told]) -> bool:
    """Tell whether counts of LEFT and RIGHT come to the same or one speaker gives both."""
    if {t.value for t in left} & {t.value for t in right}:
        return True
    return bool({t.speaker for t in left if t.speaker} & {t.speaker for t in right})
