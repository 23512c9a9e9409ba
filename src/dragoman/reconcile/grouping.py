"""Which claims are of one happening: groups by mean likeness, people's judgements first.

The result depends on the claims, their likeness and the judgements only, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations

from dragoman.domain.records import Claim, Judgement, Verdict
from dragoman.reconcile.contradiction import contradiction, marks_of
from dragoman.reconcile.kinship import ONE, nearest

LEAST = 0.6
"""Least mean likeness over all pairs of two groups with which they are joined; chosen on ECB+'s training part."""
APART = 1.0
"""From which contradiction two groups stay apart: a chance of one in ten on the less sure of both sides."""

Pair = tuple[str, str]
Rank = tuple[float, str, str, int, int]
"""What pairs of groups are joined in order of: most alike first, of as much alike the first by id; their numbers."""


def pair_of(left: str, right: str) -> Pair:
    """Return two ids as a pair, the smaller first."""
    return (left, right) if left <= right else (right, left)


def standing(judgements: Sequence[Judgement]) -> dict[Pair, Verdict]:
    """Return the verdict that stands on each pair: the latest."""
    return {pair_of(j.left, j.right): j.verdict for j in judgements}


def group(
    claims: Sequence[Claim], likely: Mapping[Pair, float], judgements: Sequence[Judgement], least: float = LEAST
) -> list[list[Claim]]:
    """Return CLAIMS in groups of one happening each, each group and all groups in order of their ids.

    LIKELY holds the likeness of pairs (smaller id first); a pair that is missing counts as 0. Pairs of one report do
    not count where their words mean one thing, and as 0 where they do not. What is judged the same is together, what is
    judged different apart.
    """
    by_id = {c.id: c for c in sorted(claims, key=lambda c: c.id)}
    verdicts = {p: v for p, v in standing(judgements).items() if p[0] in by_id and p[1] in by_id}
    groups = _Groups(by_id, (p for p, v in sorted(verdicts.items()) if v is Verdict.SAME), likely)
    groups.bar(p for p, v in verdicts.items() if v is Verdict.DIFFERENT)
    groups.join(least)
    return [[by_id[i] for i in members] for members in sorted(groups.members.values())]


class _Groups:
    """Groups of claims by number, and what lies between each two of them."""

    def __init__(self, claims: Mapping[str, Claim], same: Iterable[Pair], likely: Mapping[Pair, float]) -> None:
        self.claims = claims
        self.members: dict[int, list[str]] = {}
        self.of: dict[str, int] = {}
        for number, members in enumerate(_together(claims, same)):
            self.members[number] = members
            self.of.update(dict.fromkeys(members, number))
        self.next = len(self.members)
        self.alike: dict[int, dict[int, float]] = defaultdict(dict)
        self.free: dict[int, dict[int, float]] = defaultdict(dict)
        self.barred: dict[int, dict[int, float]] = defaultdict(dict)
        for (left, right), share in sorted(likely.items()):
            if left in claims and right in claims:
                self._add(self.alike, left, right, share)
        for left, right in _told_again(claims.values()):
            self._add(self.free, left, right, 1)

    def bar(self, pairs: Iterable[Pair]) -> None:
        """Keep the groups of each of PAIRS apart."""
        for left, right in pairs:
            self._add(self.barred, left, right, 1)

    def join(self, least: float) -> None:
        """Join the groups that are most alike until none are as alike as LEAST."""
        ranks = [
            rank
            for one in list(self.alike)
            for other in self.alike[one]
            if one < other
            if (rank := self._rank(one, other))
        ]
        heapify(ranks)
        while ranks and -ranks[0][0] >= least:
            *_, one, other = heappop(ranks)
            if one not in self.members or other not in self.members or self._contradict(one, other):
                continue
            joined = self._join(one, other)
            for near in list(self.alike[joined]):
                if rank := self._rank(joined, near):
                    heappush(ranks, rank)

    def _add(self, table: dict[int, dict[int, float]], left: str, right: str, amount: float) -> None:
        one, other = self.of[left], self.of[right]
        if one != other:
            table[one][other] = table[other][one] = table[one].get(other, 0.0) + amount

    def _rank(self, one: int, other: int) -> Rank | None:
        if other in self.barred[one]:
            return None
        count = len(self.members[one]) * len(self.members[other]) - self.free[one].get(other, 0)
        mean = round(self.alike[one][other] / max(1, count), 6)
        first, second = sorted((self.members[one][0], self.members[other][0]))
        return -mean, first, second, one, other

    def _contradict(self, one: int, other: int) -> bool:
        sides = [{self.claims[i].report: marks_of(self.claims[i]) for i in self.members[n]} for n in (one, other)]
        return contradiction(list(sides[0].values()), list(sides[1].values())) >= APART

    def _join(self, one: int, other: int) -> int:
        joined, self.next = self.next, self.next + 1
        self.members[joined] = sorted(self.members.pop(one) + self.members.pop(other))
        for table in (self.alike, self.free, self.barred):
            sums: dict[int, float] = {}
            for old in (one, other):
                for near, amount in table.pop(old, {}).items():
                    if near not in (one, other):
                        del table[near][old]
                        sums[near] = sums.get(near, 0.0) + amount
            for near in sums:
                table[near][joined] = sums[near]
            table[joined] = sums
        return joined


def _together(claims: Iterable[str], same: Iterable[Pair]) -> list[list[str]]:
    """Return the ids CLAIMS in groups of what is judged the SAME, in order."""
    groups = {i: [i] for i in claims}
    for left, right in same:
        if groups[left] is not groups[right]:
            joined = groups[left] + groups[right]
            groups.update(dict.fromkeys(joined, joined))
    return sorted({tuple(sorted(g)): sorted(g) for g in groups.values()}.values())


def _told_again(claims: Iterable[Claim]) -> list[Pair]:
    """Return the pairs of claims of one report that may be one happening told twice."""
    reports: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        reports[claim.report].append(claim)
    return [
        (a.id, b.id) for told in reports.values() for a, b in combinations(told, 2) if nearest(a.heads, b.heads) >= ONE
    ]
