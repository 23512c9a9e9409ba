"""How likely two claims of different reports are of one happening.

The weights are learnt by `training/records.py` from ECB+ (annotated coreference across reports).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp

from dragoman.domain.codes import Status
from dragoman.domain.dates import overlap
from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Claim, Party, Spot
from dragoman.lexicon.weights import weights_of

REMEMBERED = 20_000
"""How many names, sets of words and pairs of intervals are kept as they were worked out: a claim is compared often."""
AHEAD = frozenset({Status.PLANNED, Status.CALLED_FOR})
"""What may be told as having happened by a later report."""


def likeness(left: Claim, right: Claim) -> float:
    """Return the probability (0-1) that LEFT and RIGHT are of one happening; 0 where type or date excludes it."""
    if not comparable(left, right):
        return 0.0
    weights = weights_of("records")
    odds = sum(weights.get(name, 0.0) for name in features(left, right))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, odds)))), 3)


def comparable(left: Claim, right: Claim) -> bool:
    """Tell whether LEFT and RIGHT may be of one happening: of two reports, of one kind, their days not apart.

    Where one has no days, they may not lie in two countries: what is told everywhere at any time would join all.
    """
    if left.report == right.report:
        return False
    if left.type is not right.type and not set(left.heads) & set(right.heads):
        return False
    days = _days(left.interval, right.interval)
    return days != "apart" and (days != "open" or not _abroad(left.place, right.place))


def _abroad(one: Spot | None, other: Spot | None) -> bool:
    """Tell whether two places are known to lie in two countries."""
    return bool(one and other and one.country and other.country and one.country != other.country)


def features(left: Claim, right: Claim) -> list[str]:
    """Return the names of what speaks for or against it, as the weights know them; the same both ways."""
    (left_names, left_words), (right_names, right_words) = _words(left.words), _words(right.words)
    names, words = _share(left_names, right_names), _share(left_words, right_words)
    heads = "same" if set(left.heads) & set(right.heads) else "other"
    kind = left.type.value if left.type is right.type and left.type is not None else "none"
    if left.type is not right.type:
        kind = "two"
    actors, recipients = _sides(left.actors, right.actors), _sides(left.recipients, right.recipients)
    whole = _sides(
        (*left.actors, *left.recipients, *left.participants), (*right.actors, *right.recipients, *right.participants)
    )
    place = _places(left, right)
    days = _days(left.interval, right.interval)
    return [
        "bias",
        f"heads={heads}",
        f"type={kind}",
        f"type+heads={kind}|{heads}",
        f"names={names}",
        f"words={words}",
        f"names+words={names}|{words}",
        f"heads+words={heads}|{words}",
        f"heads+names={heads}|{names}",
        f"actors={actors}",
        f"recipients={recipients}",
        f"sides={whole}",
        f"sides+heads={whole}|{heads}",
        f"sides+words={whole}|{words}",
        f"place={place}",
        f"place+heads={place}|{heads}",
        f"days={days}",
        f"days+heads={days}|{heads}",
        f"status={_status(left.status, right.status)}",
        f"counts={_counts(left, right)}",
        f"published={_apart(left, right)}",
    ]


@lru_cache(REMEMBERED)
def _words(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names among WORDS, and all of them without their marks."""
    return frozenset(w for w in words if w[0] == "^"), frozenset(w.lstrip("^") for w in words)


def _share(a: frozenset[str], b: frozenset[str]) -> str:
    """Return how many words A and B share, counted to three, and which part of both they are, in fifths."""
    both = len(a & b)
    if not both:
        return "none" if a and b else "empty"
    return f"{min(both, 3)}:{min(4, int(5 * both / len(a | b)))}"


def _sides(left: Sequence[Party], right: Sequence[Party]) -> str:
    if not left or not right:
        return "open"
    if {w for p in left for w in _name_words(p.name)} & {w for p in right for w in _name_words(p.name)}:
        return "name"
    if {(p.country, p.sector) for p in left if p.country} & {(p.country, p.sector) for p in right if p.country}:
        return "kind"
    countries = {p.country for p in left if p.country}, {p.country for p in right if p.country}
    if all(countries) and not countries[0] & countries[1]:
        return "apart"
    return "other"


@lru_cache(REMEMBERED)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(w for w in name_key(name).split() if len(w) > 2)


def _places(left: Claim, right: Claim) -> str:
    a, b = left.place, right.place
    if a is None or b is None:
        return "open"
    if a.geonames_id is not None and a.geonames_id == b.geonames_id:
        return "same"
    if a.name and b.name and name_key(a.name) == name_key(b.name):
        return "same"
    if a.country != b.country:
        return "apart"
    if a.geonames_id is not None and b.geonames_id is not None:
        return "inside" if not a.admin1 or not b.admin1 or a.admin1 == b.admin1 else "beside"
    return "country"


@lru_cache(REMEMBERED)
def _days(a: Interval | None, b: Interval | None) -> str:
    if a is None or b is None:
        return "open"
    if not overlap(a, b):
        return "apart"
    return "same" if a == b else "overlap"


def _status(a: Status, b: Status) -> str:
    if a is b:
        return "same"
    if (a in AHEAD) != (b in AHEAD):
        return "ahead"
    return "other"


def _counts(left: Claim, right: Claim) -> str:
    a = {(c.measure, c.value) for c in left.counts}
    b = {(c.measure, c.value) for c in right.counts}
    if not a or not b:
        return "open"
    if a & b:
        return "same"
    return "other" if {m for m, _ in a} & {m for m, _ in b} else "apart"


def _apart(left: Claim, right: Claim) -> str:
    if left.published is None or right.published is None:
        return "open"
    days = abs((left.published - right.published).days)
    return "0" if days == 0 else "2" if days <= 2 else "7" if days <= 7 else "far"
