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
    sums: dict[frozenset[frozenset[str]], float] = defaultdict(float)
    for pair, share in likely.items():
        if pair[0] in groups and pair[1] in groups and groups[pair[0]] != groups[pair[1]]:
            sums[frozenset((groups[pair[0]], groups[pair[1]]))] += share
    barred = {frozenset(p) for p, v in verdicts.items() if v is Verdict.DIFFERENT}
    while True:
        best = _best(sums, by_id, barred, least)
        if best is None:
            break
        one, other = sorted(best, key=sorted)
        joined = one | other
        for member in joined:
            groups[member] = joined
        del sums[best]
        for near in [k for k in sums if one in k or other in k]:
            (third,) = near - {one, other}
            sums[frozenset((joined, third))] += sums.pop(near)
    found = sorted({tuple(sorted(g)) for g in groups.values()})
    return [[by_id[i] for i in members] for members in found]


def _best(
    sums: Mapping[frozenset[frozenset[str]], float],
    by_id: Mapping[str, Claim],
    barred: set[frozenset[str]],
    least: float,
) -> frozenset[frozenset[str]] | None:
    """Return the two groups that are most alike, of those that may be joined; the first by id where two are as much."""
    ranked = []
    for both, total in sums.items():
        one, other = both
        own = sum(by_id[a].report == by_id[b].report for a in one for b in other)
        mean = total / max(1, len(one) * len(other) - own)
        if mean >= least and not any(frozenset((a, b)) in barred for a in one for b in other):
            ranked.append((-round(mean, 6), sorted(map(sorted, both)), both))
    return min(ranked, key=lambda r: (r[0], r[1]))[2] if ranked else None
