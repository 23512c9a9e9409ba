"""What the store asks of reconciliation: `dragoman.reconcile` answers to it, and so can a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from dragoman.domain.reading import Reading
from dragoman.domain.records import Claim, Judgement, Keys, Record

FLOOR = 0.2
"""The least likeness that is kept. Two claims below it are never taken for one happening unless a person says so."""


class Reconciler(Protocol):
    """Pure functions from readings to claims and from claims to records. A module with these names is one."""

    LEAST: float
    """No two parts of a group are joined by `group` without a pair as alike as this, or a judgement."""

    def version(self) -> str:
        """Return by which rules claims and records are made; another string where the same readings make others."""

    def claims_of(self, reading: Reading, /) -> Sequence[Claim]:
        """Return the claims of READING, each with an id of its own."""

    def keys_of(self, claim: Claim, /) -> Keys:
        """Return under which keys CLAIM is filed, and by which it finds the claims that it is compared with."""

    def likeness(self, left: Claim, right: Claim, /) -> float:
        """Return how likely two claims tell of one happening, 0-1; which is left makes no difference."""

    def group(
        self, claims: Sequence[Claim], likely: Mapping[tuple[str, str], float], judgements: Sequence[Judgement], /
    ) -> Sequence[Sequence[Claim]]:
        """Return the claims by happening; pairs of `likely` have the smaller id first. Their order plays no part."""

    def record_of(self, claims: Sequence[Claim], judgements: Sequence[Judgement], /) -> Record:
        """Return what CLAIMS say together. Its id derives from the earliest of them."""
