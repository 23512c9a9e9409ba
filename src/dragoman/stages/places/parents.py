"""Puts what no gazetteer knows where its parent is: the place written beside it, or that the report is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import PlaceRole
from dragoman.domain.parse import Parse
from dragoman.domain.ports import GazetteerPlace
from dragoman.lexicon.places import place_words
from dragoman.stages.places.resolved import Resolved
from dragoman.stages.places.toponym import Toponym

LINKS = frozenset({"in", "at", "near", "outside", ",", ", in", ", near", "(", "of", "on", "'s", "’s"})
"""What stands between a place and its parent."""
OF_SITE = frozenset(
    {
        "refugee",
        "displacement",
        "displaced",
        "idp",
        "detention",
        "prison",
        "training",
        "army",
        "military",
        "air",
        "naval",
    }
)
SITES = frozenset({"camp", "base"})
"""What stands between a name and its noun ("Dadaab refugee camp"), and that noun."""
CLEAR = 4
"""Places of a report from which it is clear where it plays: a small place far from all is a namesake."""
UNSURE = frozenset({"places.resolve.part", "places.resolve.alone"})
WIDE = ("PCL", "RGN", "CONT", "OCN", "SEA")


def with_parents(parse: Parse, toponyms: Sequence[Toponym], resolved: Sequence[Resolved]) -> list[Resolved]:
    """Return RESOLVED with a parent's point and division for what has no place of its own, its kind by its noun."""
    story = _story(resolved)
    named = sum(r.place is not None and r.rule not in UNSURE for r in resolved)
    found = list(resolved)
    for n, (toponym, own) in enumerate(zip(toponyms, resolved, strict=True)):
        feature = _feature(parse, toponym)
        vague = own.rule == "places.resolve.part"
        lost = own.rule == "places.resolve.alone" and (named >= CLEAR or toponym.rule == "places.name.inside")
        if own.place is not None and not (vague or lost):
            continue
        parent, beside = _parent(parse, toponyms, resolved, n, story)
        if parent is None or (vague and (not beside or parent.feature.startswith(WIDE))):
            continue
        found[n] = Resolved(
            msgspec.structs.replace(parent, geonames_id=None, name="", feature=feature, population=0),
            "places.resolve.parent", 0.45 if beside else 0.25,
        )  # fmt: skip
    return found


def _feature(parse: Parse, toponym: Toponym) -> str:
    """Return the feature code of what a name is, by its own noun or the one beside it; a populated place by itself."""
    nouns = place_words().natural
    words = parse.text[toponym.span.start : toponym.span.end].lower().split()
    for word in (words[-1], words[0]):
        if word in nouns:
            return nouns[word]
    after = parse.text[toponym.span.end : toponym.span.end + 40].lower().split()[:3]
    named = (
        next((nouns[w.strip(".,")] for w in after if w.strip(".,") in SITES), None)
        if after and after[0] in OF_SITE
        else None
    )
    if named is not None:
        return named
    for offset in (toponym.span.end + 1, toponym.span.start - 2):
        token = parse.token_at(offset)
        if token is not None and token.lower in nouns:
            return nouns[token.lower]
    return "PPL"


def _parent(
    parse: Parse, toponyms: Sequence[Toponym], resolved: Sequence[Resolved], n: int, story: GazetteerPlace | None
) -> tuple[GazetteerPlace | None, bool]:
    """Return the parent of the toponym N, and whether it is written beside it."""
    here = toponyms[n]
    for k in (n + 1, n + 2):
        place = _located(toponyms, resolved, k)
        if place is not None and len(between := parse.text[here.span.end : toponyms[k].span.start]) < 40:
            link = between.strip()
            if link in LINKS or link.split(" ")[-1] in LINKS or " of" in f" {link}"[-4:]:
                return place, True
    before = _located(toponyms, resolved, n - 1) if n else None
    if before is not None and parse.text[toponyms[n - 1].span.end : here.span.start].strip() in ("'s", "’s", ":", "("):
        return before, True
    return _nearest(toponyms, resolved, n) or story, False


def _located(toponyms: Sequence[Toponym], resolved: Sequence[Resolved], k: int) -> GazetteerPlace | None:
    if not 0 <= k < len(toponyms) or toponyms[k].demonym is not None:
        return None
    place = resolved[k].place
    if place is None or place.latitude is None or resolved[k].rule in UNSURE:
        return None
    return place


def _nearest(toponyms: Sequence[Toponym], resolved: Sequence[Resolved], n: int) -> GazetteerPlace | None:
    """Return the town or division nearest by in the sentence."""
    here = toponyms[n]
    best: tuple[int, GazetteerPlace] | None = None
    for k in range(max(0, n - 4), min(len(toponyms), n + 5)):
        place = _located(toponyms, resolved, k)
        if k == n or place is None or toponyms[k].head.sent is not here.head.sent or place.feature.startswith(WIDE):
            continue
        if toponyms[k].role is PlaceRole.ASSOCIATIVE and toponyms[k].rule == "places.name.inside":
            continue
        away = min(abs(toponyms[k].span.start - here.span.end), abs(here.span.start - toponyms[k].span.end))
        if best is None or away < best[0]:
            best = (away, place)
    return best[1] if best else None


def _story(resolved: Sequence[Resolved]) -> GazetteerPlace | None:
    """Return the town or division that the report names most, else the country of most of its places."""
    towns: Counter[GazetteerPlace] = Counter()
    countries: Counter[GazetteerPlace] = Counter()
    for item in resolved:
        place = item.place
        if place is None or place.latitude is None or item.rule in UNSURE:
            continue
        if place.feature.startswith("PCL"):
            countries[place] += 1
        elif not place.feature.startswith(WIDE):
            towns[place] += 1
    for counts in (towns, countries):
        if counts:
            return counts.most_common(1)[0][0]
    return None
