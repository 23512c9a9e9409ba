"""What excludes that two tellings are of one deed: two towns or provinces, or two ways of harming that no deed has."""

from __future__ import annotations

from collections.abc import Collection
from math import cos, hypot, radians

from dragoman.domain.findings import Place
from dragoman.lexicon.events import event_book

FAR = 0.3
"""Degrees of latitude (about 33 km) from which on two towns are not one place."""


def towns_apart(one: Collection[Place], other: Collection[Place]) -> bool:
    """Tell whether a place of ONE and a place of OTHER, towns or divisions of one country, are two."""
    return any(_apart(a, b) for a in one for b in other)


def ways_apart(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether a mode or word of ONE and of OTHER are of two deeds: from the air, and by hand or on foot."""
    lists = event_book().lists
    air, ground = lists["from-above"], lists["on-foot"]
    return any((a in air and b in ground) or (a in ground and b in air) for a in one for b in other)


def is_specific(place: Place) -> bool:
    """Tell whether PLACE is a town, or a division of a country."""
    kind = place.kind or ""
    return kind.startswith(("PPL", "ADM")) and place.country is not None


def _apart(a: Place, b: Place) -> bool:
    if a.country != b.country or not (is_specific(a) and is_specific(b)):
        return False
    if a.geonames_id == b.geonames_id and a.name == b.name:
        return False
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    return _is_town(a) and _is_town(b) and _degrees(a, b) > FAR


def _is_town(place: Place) -> bool:
    return (place.kind or "").startswith("PPL")


def _degrees(a: Place, b: Place) -> float:
    """Return the distance of two places in degrees of latitude, 0 where it is unknown."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return 0.0
    east = (a.longitude - b.longitude + 180) % 360 - 180
    return hypot(a.latitude - b.latitude, east * cos(radians((a.latitude + b.latitude) / 2)))
