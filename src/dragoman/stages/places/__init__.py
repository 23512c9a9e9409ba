"""Toponyms: found in the parse, resolved against the gazetteer."""

from __future__ import annotations

from dragoman.domain.findings import Place, Reason
from dragoman.domain.parse import Parse
from dragoman.domain.ports import Gazetteer
from dragoman.stages.places.resolution import resolve
from dragoman.stages.places.resolved import Resolved
from dragoman.stages.places.toponym import Toponym
from dragoman.stages.places.toponyms import find_toponyms

__all__ = ["find_places", "speaks_of"]


def find_places(parse: Parse, gazetteer: Gazetteer) -> list[Place]:
    """Return every toponym of the text, resolved or not, in order, ids `p1` ...; coordinates are WGS 84 degrees."""
    toponyms = find_toponyms(parse, gazetteer)
    resolved = resolve(parse, toponyms, gazetteer)
    return [_place(f"p{n}", t, r) for n, (t, r) in enumerate(zip(toponyms, resolved, strict=True), 1)]


def _place(name: str, toponym: Toponym, resolved: Resolved) -> Place:
    place = resolved.place
    why = (
        Reason(field="geonames_id", rule=resolved.rule, spans=(toponym.span,), considered=resolved.considered),
        Reason(field="role", rule=f"places.role.{toponym.role.value}", spans=(toponym.span,)),
    )
    return Place(
        id=name,
        confidence=resolved.sure,
        found_by=toponym.rule,
        evidence=(toponym.span,),
        why=why,
        span=toponym.span,
        name=place.name or None if place else None,
        kind=place.feature if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames_id=place.geonames_id if place else None,
        role=toponym.role,
    )


UNSURE = frozenset({"places.resolve.parent", "places.resolve.part"})


def speaks_of(place: Place) -> bool:
    """Tell whether the text surely speaks of PLACE, and not only of a body that is named for it."""
    return place.found_by != "places.name.inside" and place.why[0].rule not in UNSURE
