"""Loads the clusters of `data`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from dragoman.api import make_report
from dragoman.domain.codes import Measure, Status
from dragoman.domain.report import Report
from dragoman.domain.spans import Span

DATA = Path(__file__).resolve().parent / "data"
HALVES = ("development", "kept")


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report of a cluster; its id is a letter."""

    id: str
    source: str
    published: datetime.date
    text: str


class Quantity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a count of a happening comes to, and by which rule; scope "year" is a count over a longer period."""

    measure: Measure
    best: float | None
    low: float
    high: float
    why: str
    scope: str = "happening"


class Happening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One happening: the words that tell it by report ("killed#2" is the second "killed"), and what is known of it."""

    name: str
    status: Status
    sources: int
    told: dict[str, tuple[str, ...]]
    figures: tuple[Quantity, ...]


class Cluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reports of a few happenings."""

    id: str
    kinds: tuple[str, ...]
    reports: tuple[Told, ...]
    happenings: tuple[Happening, ...]

    @property
    def half(self) -> str:
        """Return which half of the set the cluster is in."""
        return HALVES[int(self.id[1:]) % 2 == 0]


class Unit(msgspec.Struct, frozen=True):
    """A happening as one report tells it: SPANS are the words that may be its trigger."""

    cluster: Cluster
    happening: Happening
    report: str
    spans: tuple[Span, ...]


def clusters(folder: Path = DATA) -> list[Cluster]:
    """Return the clusters of FOLDER in order of its files."""
    return [
        cluster
        for path in sorted(folder.glob("*.yaml"))
        for cluster in msgspec.yaml.decode(path.read_bytes(), type=list[Cluster])
    ]


def reports_of(cluster: Cluster) -> list[Report]:
    """Return the reports of CLUSTER, each named by the cluster and its letter ("c01a")."""
    return [
        make_report(r.text.strip(), published=r.published, given_id=cluster.id + r.id, source=r.source)
        for r in cluster.reports
    ]


def units_of(cluster: Cluster) -> list[Unit]:
    """Return the happenings of CLUSTER by report. Raises ValueError for a word that the report does not have."""
    texts = {r.id: r.text.strip() for r in cluster.reports}
    return [
        Unit(cluster, h, cluster.id + letter, tuple(span_of(texts, letter, w) for w in words))
        for h in cluster.happenings
        for letter, words in h.told.items()
    ]


def span_of(texts: Mapping[str, str], letter: str, word: str) -> Span:
    """Return where the report LETTER has WORD, for "killed#2" where it has it for the second time."""
    words, _, number = word.partition("#")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", texts[letter])]
    place = int(number or 1) - 1
    if place >= len(found):
        raise ValueError(f"{letter}: no {word!r} in {texts[letter]!r}")
    return Span(*found[place])
