"""Which claims are of one happening: groups by mean likeness, people's judgements first.

The result depends on the claims, their likeness and the judgements only, not on the order in which they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from dragoman.domain.records import Claim, Judgement, Verdict

LEAST = 0.6
"""Least mean likeness over all pairs of two groups with which they are joined; chosen on ECB+'s training part."""

EXACT = 1_000_000
"""Likeness is added up in millionths, as whole numbers: the order of adding makes no difference."""

Pair = tuple[str, str]


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

    LIKELY holds the likeness of pairs (smaller id first); a pair that is missing counts as 0, pairs of one report
    do not count. What is judged the same is together, what is judged different apart.
    """
    by_id = {c.id: c for c in claims}
    ids = sorted(by_id)
    places = {i: n for n, i in enumerate(ids)}
    groups = _Groups([by_id[i].report for i in ids], least)
    verdicts = {(places[a], places[b]): v for (a, b), v in standing(judgements).items() if a in places and b in places}
    for (one, other), verdict in sorted(verdicts.items()):
        if verdict is Verdict.SAME:
            groups.join(one, other)
    for (one, other), verdict in sorted(verdicts.items()):
        if verdict is Verdict.DIFFERENT:
            groups.bar(one, other)
    for (left, right), share in likely.items():
        if left in places and right in places:
            groups.add(places[left], places[right], round(share * EXACT))
    groups.join_all()
    return [[by_id[ids[n]] for n in sorted(members)] for _, members in sorted(groups.members.items())]


class _Groups:
    """Groups of numbered claims, each named by its smallest number, and the likeness between them."""

    def __init__(self, reports: Sequence[str], least: float) -> None:
        self.members = {n: [n] for n in range(len(reports))}
        self._head = list(range(len(reports)))
        often = {report for report, count in Counter(reports).items() if count > 1}
        self._reports = {n: Counter({report} & often) for n, report in enumerate(reports)}
        self._sums: dict[int, dict[int, int]] = {n: {} for n in self.members}
        self._barred: dict[int, set[int]] = {n: set() for n in self.members}
        self._least = round(least * EXACT)
        self._queue: list[tuple[int, int, int, int]] = []

    def join(self, one: int, other: int) -> None:
        """Make one group of those of two claims."""
        first, second = sorted((self._head[one], self._head[other]))
        if first == second:
            return
        for number in self.members[second]:
            self._head[number] = first
        self.members[first] += self.members.pop(second)
        self._reports[first] += self._reports.pop(second)
        for near, total in self._sums.pop(second).items():
            del self._sums[near][second]
            if near != first:
                self._sums[first][near] = self._sums[near][first] = self._sums[first].get(near, 0) + total
        for far in self._barred.pop(second):
            self._barred[far].remove(second)
            self._barred[far].add(first)
            self._barred[first].add(far)

    def bar(self, one: int, other: int) -> None:
        """Keep the groups of two claims apart, unless they are one already."""
        first, second = self._head[one], self._head[other]
        if first != second:
            self._barred[first].add(second)
            self._barred[second].add(first)

    def add(self, one: int, other: int, share: int) -> None:
        """Count the likeness of two claims towards that of their groups."""
        first, second = self._head[one], self._head[other]
        if first != second:
            self._sums[first][second] = self._sums[second][first] = self._sums[first].get(second, 0) + share

    def join_all(self) -> None:
        """Join the two groups that are most alike, of as much alike the first by number, until none are enough so."""
        for one, others in self._sums.items():
            for other in others:
                if one < other:
                    self._weigh(one, other)
        while self._queue:
            rank, first, second, total = heappop(self._queue)
            if self._sums.get(first, {}).get(second) != total or self._rank(first, second) != rank:
                continue
            self.join(first, second)
            for near in self._sums[first]:
                self._weigh(first, near)

    def _weigh(self, one: int, other: int) -> None:
        first, second = (one, other) if one < other else (other, one)
        rank = self._rank(first, second)
        if rank is not None:
            heappush(self._queue, (rank, first, second, self._sums[first][second]))

    def _rank(self, first: int, second: int) -> int | None:
        """Return the mean likeness of two groups, negative: the greatest comes first. None where they stay apart."""
        if second in self._barred[first]:
            return None
        few, many = self._reports[first], self._reports[second]
        own = sum(count * many[report] for report, count in few.items()) if few and many else 0
        pairs = len(self.members[first]) * len(self.members[second]) - own or 1
        total = self._sums[first][second]
        return -round(total / pairs) if total >= self._least * pairs else None
