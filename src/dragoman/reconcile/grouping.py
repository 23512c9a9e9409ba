"""Which claims are of one happening: groups by mean likeness, people's judgements first.

The result depends on the claims, their likeness and the judgements only, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dragoman.domain.records import Claim, Judgement, Verdict

LEAST = 0.6
"""Least mean likeness over all pairs of two groups with which they are joined; chosen on ECB+'s training part."""

Pair = tuple[str, str]
Both = frozenset[frozenset[str]]
"""Two groups that may be joined."""
Rank = tuple[float, list[list[str]]]
"""What pairs of groups are put in order by: most alike first, of as much alike the first by id."""


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
    verdicts = {p: v for p, v in standing(judgements).items() if p[0] in by_id and p[1] in by_id}
    groups = {i: frozenset([i]) for i in by_id}
    for pair, verdict in sorted(verdicts.items()):
        if verdict is Verdict.SAME and groups[pair[0]] != groups[pair[1]]:
            joined = groups[pair[0]] | groups[pair[1]]
            for member in joined:
                groups[member] = joined
    barred = {frozenset(p) for p, v in verdicts.items() if v is Verdict.DIFFERENT}
    sums: dict[Both, float] = defaultdict(float)
    for pair, share in sorted(likely.items()):
        if pair[0] in groups and pair[1] in groups and groups[pair[0]] != groups[pair[1]]:
            sums[frozenset((groups[pair[0]], groups[pair[1]]))] += share

    def ranked(both: Both) -> Rank | None:
        one, other = both
        own = sum(by_id[a].report == by_id[b].report for a in one for b in other)
        mean = sums[both] / max(1, len(one) * len(other) - own)
        if mean < least or any(frozenset((a, b)) in barred for a in one for b in other):
            return None
        return -round(mean, 6), sorted(map(sorted, both))

    ranks = {both: rank for both in sums if (rank := ranked(both)) is not None}
    while ranks:
        best = min(ranks, key=lambda both: ranks[both])
        joined = frozenset[str]().union(*best)
        for member in joined:
            groups[member] = joined
        del sums[best], ranks[best]
        for near in [both for both in sums if both & best]:
            (third,) = near - best
            sums[frozenset((joined, third))] += sums.pop(near)
            ranks.pop(near, None)
        for both in [both for both in sums if joined in both]:
            rank = ranked(both)
            if rank is not None:
                ranks[both] = rank
    found = sorted({tuple(sorted(g)) for g in groups.values()})
    return [[by_id[i] for i in members] for members in found]
