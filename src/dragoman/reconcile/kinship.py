"""Which words mean nearly the same happening: "shot" and "shooting", "killed" and "murder", "quake" and "earthquake".

How near stems are comes from `data/kinship.json`, which `training/words.py` makes from a language model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from dragoman.domain.records import Claim
from dragoman.lexicon.weights import weights_of
from dragoman.reconcile.wording import rarity

KIN = 0.5
"""Least nearness with which two words are kin; nothing below it is kept."""
ONE = 0.75
"""Nearness from which two words tell one happening within a report."""
FAMILY = 0.55
"""Nearness from which words are filed together."""
BEGINNING = 4
"""Letters with which words of one root begin alike ("kille-d", "killi-ng")."""
ROOT = 0.9
"""Nearness of words that begin alike."""


def kinship(left: str, right: str) -> float:
    """Return how near the stems LEFT and RIGHT are in meaning, 0-1; what is less than kin is 0, and so is no stem."""
    if left == right:
        return 1.0 if left else 0.0
    known = _near().get(left, {}).get(right, 0.0)
    if left[:BEGINNING] == right[:BEGINNING] and min(len(left), len(right)) >= BEGINNING:
        return max(known, ROOT)
    return known


def nearest(left: Iterable[str], right: Iterable[str]) -> float:
    """Return how near the nearest of LEFT and RIGHT are, 0-1."""
    others = tuple(right)
    return max((kinship(a, b) for a in left for b in others), default=0.0)


def sort_of(claim: Claim) -> str:
    """Return what sort of happening CLAIM tells: its PLOVER type, else the codebook of its word; "" without one."""
    if claim.type is not None:
        return claim.type.value
    return ".".join(claim.found_by.split(".")[:2])


@cache
def family(word: str) -> str:
    """Return the commonest of WORD and what is nearest to it: what most of its kin come to as well."""
    near = [w for w, share in _near().get(word, {}).items() if share >= FAMILY]
    return min((word, *near), key=lambda w: (rarity(w), w))


@cache
def _near() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for pair, share in weights_of("kinship").items():
        left, right = pair.split(" ")
        found[left][right] = found[right][left] = share
    return dict(found)
