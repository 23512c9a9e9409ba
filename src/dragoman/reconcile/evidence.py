"""What speaks for and against two claims being of one happening, as the names of features with learnt weights.

Words count by how rare they are in news. Those that tell the happening are compared, and those of the whole reports:
reports of one story share names and numbers, and those of two like stories each have names and numbers of their own.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from math import sqrt

import msgspec

from dragoman.domain.codes import Status
from dragoman.domain.findings import Interval
from dragoman.domain.name_keys import name_key
from dragoman.domain.records import Claim, Party
from dragoman.reconcile.closeness import close_to
from dragoman.reconcile.kinship import nearest, sort_of
from dragoman.reconcile.wording import rarity, stem

AHEAD = frozenset({Status.PLANNED, Status.CALLED_FOR})
"""What may be told as having happened by a later report."""
REMEMBERED = 8192
"""For how many sentences and reports the words are kept weighed."""

NEAR = (0.01, 0.6, 0.7, 0.8, 0.95)
SHARED = (0.02, 0.06, 0.12, 0.2, 0.35, 0.6)
STORY = (0.03, 0.07, 0.12, 0.2, 0.3, 0.45)
WEIGHT = (0.1, 4, 8, 14, 22)
RAREST = (0.1, 3, 5, 7)
CLOSE = (0.1, 3, 6, 9, 14, 20)
ALIEN = (0.1, 6, 12, 20, 30)
FOUND = (0, 0.01, 0.2, 0.45, 0.75, 0.99)


class Words(msgspec.Struct, frozen=True):
    """Words of a sentence or a report: all, the names and the numbers among them, and how much they weigh."""

    all: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    length: float


def features(left: Claim, right: Claim) -> list[str]:
    """Return the names of what speaks for or against it; the same both ways."""
    a, b, story_a, story_b = (weighed(words) for words in (left.words, right.words, left.setting, right.setting))
    near = bisect(NEAR, nearest(left.heads, right.heads))
    words, story = bisect(SHARED, _cosine(a, b)), bisect(STORY, _cosine(story_a, story_b))
    names = bisect(WEIGHT, sum(map(rarity, a.names & b.names)))
    rarest = bisect(RAREST, max(map(rarity, story_a.names & story_b.names), default=0.0))
    alien = bisect(ALIEN, min(sum(map(rarity, a - b)) for a, b in _both_ways(story_a.names, story_b.names)))
    numbers, figures = _numbers(a, b), _numbers(story_a, story_b)
    known_a, known_b = named(left) & story_a.names, named(right) & story_b.names
    sides = _least([_found(known_a, story_b.all), _found(known_b, story_a.all)])
    told = _least([_found(a.names, story_b.all), _found(b.names, story_a.all)])
    actors, recipients = _sides(left.actors, right.actors), _sides(left.recipients, right.recipients)
    whole = _sides(
        (*left.actors, *left.recipients, *left.participants), (*right.actors, *right.recipients, *right.participants)
    )
    close_a, close_b = close_to(left), close_to(right)
    close = bisect(CLOSE, sum(map(rarity, close_a.words & close_b.words)))
    when, amounts = _agree(close_a.days, close_b.days), _agree(close_a.amounts, close_b.amounts)
    kind, place = _kind(left, right), _places(left, right)
    sort = sort_of(left) if sort_of(left) == sort_of(right) else "two"
    entry = _entry(left, right)
    return [
        "bias",
        f"close={close}",
        f"when={when}",
        f"amounts={amounts}",
        f"near+close={near}|{close}",
        f"near+when={near}|{when}",
        f"story+when={story}|{when}",
        f"near+amounts={near}|{amounts}",
        f"story+close={story}|{close}",
        f"words+close={words}|{close}",
        f"near={near}",
        f"words={words}",
        f"story={story}",
        f"names={names}",
        f"numbers={numbers}",
        f"figures={figures}",
        f"sides={whole}",
        f"actors={actors}",
        f"recipients={recipients}",
        f"kind={kind}",
        f"place={place}",
        f"told={told}",
        f"alien={alien}",
        f"status={_status(left.status, right.status)}",
        f"counts={_counts(left, right)}",
        f"days={_days(left.interval, right.interval)}",
        f"near+kind={near}|{kind}",
        f"near+sort={min(near, 1)}|{sort}",
        f"entry={entry}",
        f"near+entry={near}|{entry}",
        f"found={left.found_by if entry == 'same' else entry}",
        f"near+story={near}|{story}",
        f"near+words={near}|{words}",
        f"near+names={near}|{names}",
        f"near+rarest={near}|{rarest}",
        f"near+numbers={near}|{numbers}",
        f"near+parties={near}|{actors}|{recipients}",
        f"near+sides={near}|{sides}",
        f"story+alien={story}|{alien}",
        f"story+sides={story}|{whole}",
        f"story+known={story}|{sides}",
        f"words+told={words}|{told}",
        f"news={_gap(left, right)}",
        f"news+place={_gap(left, right)}|{place}",
        f"news+sort+place={_gap(left, right)}|{sort}|{place}",
    ]


def _gap(left: Claim, right: Claim) -> str:
    """Return how many days lie between the publication of two reports, in steps."""
    if left.published is None or right.published is None:
        return "open"
    days = abs((left.published - right.published).days)
    return "0" if days == 0 else "2" if days <= 2 else "7" if days <= 7 else "far"


@lru_cache(maxsize=REMEMBERED)
def weighed(words: tuple[str, ...]) -> Words:
    """Return WORDS (names marked by a leading "^") weighed by how rare they are."""
    plain = frozenset(w.lstrip("^") for w in words)
    return Words(
        plain, frozenset(w[1:] for w in words if w[0] == "^"), frozenset(w for w in plain if w[0].isdigit()),
        sqrt(sum(rarity(w) ** 2 for w in plain)),
    )  # fmt: skip


def named(claim: Claim) -> frozenset[str]:
    """Return the stems of the names of those who take part."""
    every = (*claim.actors, *claim.recipients, *claim.participants)
    return frozenset().union(*(_name_stems(p.name) for p in every))


def _both_ways(a: frozenset[str], b: frozenset[str]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return (a, b), (b, a)


def _cosine(a: Words, b: Words) -> float:
    """Return how alike two lots of words are, 0-1."""
    shared = sum(rarity(w) ** 2 for w in a.all & b.all)
    return shared / (a.length * b.length) if shared else 0.0


def _found(names: Iterable[str], where: Set[str]) -> float | None:
    """Return which part of NAMES, by weight, is among the words WHERE; None where there are no names."""
    whole = hit = 0.0
    for name in names:
        weight = rarity(name) ** 2
        whole += weight
        hit += weight * (name in where)
    return hit / whole if whole else None


def _least(shares: Sequence[float | None]) -> int:
    """Return the step of the least of SHARES, 0 where there are none."""
    known = [share for share in shares if share is not None]
    return bisect(FOUND, min(known)) if known else 0


def _numbers(a: Words, b: Words) -> str:
    both = len(a.numbers & b.numbers)
    return str(min(both, 2)) if both or not a.numbers or not b.numbers else "other"


def _entry(left: Claim, right: Claim) -> str:
    """Return whether one codebook entry has the words of both."""
    if not left.found_by or not right.found_by:
        return "open"
    return "same" if left.found_by == right.found_by else "other"


def _agree(a: Set[str], b: Set[str]) -> str:
    return "open" if not a or not b else "same" if a & b else "other"


def _kind(left: Claim, right: Claim) -> str:
    """Return how the types and modes of two claims agree."""
    if left.type is not right.type:
        return "half" if left.type is None or right.type is None else "two"
    if left.type is None:
        return "sort" if sort_of(left) == sort_of(right) != "" else "none"
    if left.mode is None or right.mode is None:
        return "type"
    return "mode" if left.mode == right.mode else "modes"


def _sides(left: Sequence[Party], right: Sequence[Party]) -> str:
    if not left or not right:
        return "open"
    theirs: frozenset[str] = frozenset().union(*(_name_words(p.name) for p in right))
    if any(not theirs.isdisjoint(_name_words(p.name)) for p in left):
        return "name"
    if {(p.country, p.sector) for p in left if p.country} & {(p.country, p.sector) for p in right if p.country}:
        return "kind"
    countries = {p.country for p in left if p.country}, {p.country for p in right if p.country}
    if all(countries) and not countries[0] & countries[1]:
        return "apart"
    return "other"


@lru_cache(maxsize=REMEMBERED)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(w for w in name_key(name).split() if len(w) > 2)


@lru_cache(maxsize=REMEMBERED)
def _name_stems(name: str) -> frozenset[str]:
    return frozenset(stem(w) for w in _name_words(name))


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


def _days(a: Interval | None, b: Interval | None) -> str:
    if a is None or b is None:
        return "open"
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
