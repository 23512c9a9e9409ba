"""Ways along the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


def kilometres(north: float, east: float, other_north: float, other_east: float) -> float:
    """Return the way between two points in degrees along the globe, in kilometres (haversine)."""
    a, b = radians(north), radians(other_north)
    part = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(part)))
