"""Which reports are copies of one wire text, and which speak with one voice: one outlet's, or its copies'.

A report's text is kept as a sketch by MinHash: the least hashes of its runs of words, of which as many agree between
two texts as their runs are alike. A copy may have another lead or dateline, or be cut short; so what decides is which
part of the shorter text is in the longer one.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from operator import eq

import msgspec
from rensa import RMinHash

from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Claim

COPIED = 0.7
"""Share of the runs of the shorter text from which it is a copy; chosen on one half of the made clusters."""
ALIKE = 0.2
"""Least share of the runs of both texts: below it, the share of the shorter one is too rough an estimate."""
FEWEST = 24
"""Fewest runs by which a copy can be known: a sentence in stock words is no copy."""
RUN = 3
"""Words in a run."""
SLOTS = 128
"""Hashes in a sketch. Of each its lowest byte is kept: by chance one in 256 agrees, which the estimate takes off."""
SEED = 20
MARK = f"minhash{RMinHash.ALGORITHM_VERSION}"
"""What sketches begin with: those of another way of hashing are not compared."""
CHANCE = 1 / 256
WORD = re.compile(r"\w+")

EARLIEST = datetime.date.min

Sketch = tuple[int, bytes]
"""How many runs a text has, and the lowest bytes of their least hashes."""


def sketch_of(text: str) -> str | None:
    """Return the sketch of TEXT: how many runs of words it has, and their least hashes; None where these are few."""
    words = [w.lower() for w in WORD.findall(text)]
    runs = sorted({" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)})
    if len(runs) < FEWEST:
        return None
    hashes = RMinHash(num_perm=SLOTS, seed=SEED)
    hashes.update([run.encode("utf-8", "replace") for run in runs])
    low = bytes(value & 0xFF for value in hashes.digest())
    return f"{MARK}.{len(runs)}.{base64.b64encode(low).decode('ascii')}"


def copied(left: str | None, right: str | None) -> bool:
    """Tell whether of the texts with these sketches one is a copy of the other, or both of a third."""
    one, other = _sketch(left), _sketch(right)
    if one is None or other is None:
        return False
    alike, shorter = _shares(one, other)
    return alike >= ALIKE and shorter >= COPIED


def _shares(one: Sketch, other: Sketch) -> tuple[float, float]:
    """Return an estimate of the share of runs that both texts have, of all and of those of the shorter text."""
    agree = sum(map(eq, one[1], other[1])) / SLOTS
    alike = max(0.0, (agree - CHANCE) / (1 - CHANCE))
    both = alike / (1 + alike) * (one[0] + other[0])
    return alike, min(1.0, both / min(one[0], other[0]))


@lru_cache(maxsize=4096)
def _sketch(sketch: str | None) -> Sketch | None:
    if sketch is None:
        return None
    mark, _, rest = sketch.partition(".")
    runs, _, hashes = rest.partition(".")
    try:
        low = base64.b64decode(hashes, validate=True)
        return (int(runs), low) if mark == MARK and len(low) == SLOTS else None
    except (ValueError, binascii.Error):
        return None


class Origins(msgspec.Struct, frozen=True):
    """Where the reports of some claims come from, by report: whose voice they are, and the day of their text."""

    voices: Mapping[str, str]
    """The first report, by id, of the same outlet or of one whose text is a copy."""
    days: Mapping[str, datetime.date]
    """The day when the text, or one that it copies, was first published; EARLIEST where none is known."""

    @property
    def sources(self) -> int:
        """Return how many sources there are: copies of one text and the reports of one outlet are one."""
        return len(set(self.voices.values()))


def origins_of(claims: Sequence[Claim]) -> Origins:
    """Return where the reports of CLAIMS come from; the order of CLAIMS plays no part."""
    sketches = {c.report: c.sketch for c in claims}
    copies = [(a, b) for a, b in combinations(sorted(sketches), 2) if copied(sketches[a], sketches[b])]
    texts = _joined(sketches, copies)
    outlets: dict[str, str] = {}
    days: dict[str, datetime.date] = {}
    ties = copies
    for claim in sorted(claims, key=lambda c: c.id):
        if claim.outlet:
            ties.append((claim.report, outlets.setdefault(name_key(claim.outlet), claim.report)))
        if claim.published is not None:
            text = texts[claim.report]
            days[text] = min(claim.published, days.get(text, claim.published))
    return Origins(_joined(sketches, ties), {r: days.get(text, EARLIEST) for r, text in texts.items()})


def _joined(reports: Iterable[str], ties: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return for each of REPORTS the first of those that TIES hang it together with."""
    first = {report: report for report in reports}

    def root(report: str) -> str:
        while first[report] != report:
            report = first[report]
        return report

    for a, b in ties:
        low, high = sorted((root(a), root(b)))
        first[high] = low
    return {report: root(report) for report in sorted(first)}
