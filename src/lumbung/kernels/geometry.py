"""Points and areas on a small map: is a pair of numbers a place, and in which area does it lie.

Positions in rings are (longitude, latitude) in degrees, as in GeoJSON. Distances treat the Earth as flat around the
point, which is right to 0.1% over the few kilometres asked for here.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Ring = Sequence[tuple[float, float]]
Polygon = Sequence[Ring]  # outer ring first, then holes

PointProblem = Literal["not-a-number", "zero", "swapped", "outside"]

KM_PER_DEGREE = 111.195  # of a great circle; mean Earth radius 6,371 km
LONGEST_NUMBER = 32  # characters; float() of a long text costs time


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies in the box, its edges included."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def widened(self, degrees: float) -> "Box":
        """The same box, larger by that much on each side."""
        return Box(self.west - degrees, self.south - degrees, self.east + degrees, self.north + degrees)


def point_problem(latitude: float, longitude: float, box: Box) -> PointProblem | None:
    """Why a pair of numbers cannot be a place inside `box`, or None when it can.

    latitude   float, degrees; nan and infinities allowed
    longitude  float, degrees; nan and infinities allowed
    returns    "not-a-number", "zero" (0/0, what a device without a fix sends), "swapped" (the box holds the point
               once the two numbers are exchanged), "outside", or None
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return "not-a-number"
    if box.contains(latitude, longitude):
        return None
    if latitude == 0 and longitude == 0:
        return "zero"
    return "swapped" if box.contains(longitude, latitude) else "outside"


def degrees_of(text: str) -> float:
    """A typed coordinate as a number; the decimal comma of Indonesian is read as a point. nan when it is none."""
    tidy = text.strip().replace("\N{MINUS SIGN}", "-")
    if tidy.count(",") == 1 and "." not in tidy:
        tidy = tidy.replace(",", ".")
    if len(tidy) > LONGEST_NUMBER or not set(tidy) <= set("+-.0123456789"):  # "1e5", "nan", "١" are typing slips here
        return math.nan
    try:
        return float(tidy)
    except ValueError:
        return math.nan


def bounds(polygons: Iterable[Polygon]) -> Box:
    """The smallest box around all outer rings. Raises ValueError when there is none."""
    positions = [position for polygon in polygons for position in polygon[0]]
    if not positions:
        raise ValueError("no positions; expected at least one ring (bounds.polygons)")
    longitudes, latitudes = zip(*positions, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def ring_contains(ring: Ring, latitude: float, longitude: float) -> bool:
    """Ray casting, even-odd rule: a ray to the east crosses the ring an odd number of times.

    A point exactly on an edge belongs to one side only, so areas that share the edge never both hold it.
    """
    inside = False
    previous_lon, previous_lat = ring[-1]
    for lon, lat in ring:
        if (lat > latitude) != (previous_lat > latitude):
            crossing = lon + (latitude - lat) * (previous_lon - lon) / (previous_lat - lat)
            inside ^= longitude < crossing
        previous_lon, previous_lat = lon, lat
    return inside


def polygon_contains(polygon: Polygon, latitude: float, longitude: float) -> bool:
    """In the outer ring and in none of the holes."""
    return ring_contains(polygon[0], latitude, longitude) and not any(
        ring_contains(hole, latitude, longitude) for hole in polygon[1:]
    )


def ring_distance_km(ring: Ring, latitude: float, longitude: float) -> float:
    """Kilometres from a point to the nearest spot of a ring's line."""
    east_km = KM_PER_DEGREE * math.cos(math.radians(latitude))
    flat = [((lon - longitude) * east_km, (lat - latitude) * KM_PER_DEGREE) for lon, lat in ring]
    return min(_origin_to_segment(start, end) for start, end in zip(flat, [*flat[1:], flat[0]], strict=True))


def _origin_to_segment(start: tuple[float, float], end: tuple[float, float]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    squared = dx * dx + dy * dy
    along = 0.0 if squared == 0 else max(0.0, min(1.0, -(start[0] * dx + start[1] * dy) / squared))
    return math.hypot(start[0] + along * dx, start[1] + along * dy)


def polygon_distance_km(polygon: Polygon, latitude: float, longitude: float) -> float:
    """Kilometres to a polygon; 0 inside."""
    if polygon_contains(polygon, latitude, longitude):
        return 0.0
    return min(ring_distance_km(ring, latitude, longitude) for ring in polygon)
