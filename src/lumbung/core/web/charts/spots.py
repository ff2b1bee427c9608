"""A map of spots over the outlines of areas. Spots that lie together are one, with their number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lumbung.core.web.charts.canvas import Chart, Unit, element, frame, shown, text
from lumbung.core.web.charts.places import Corners, Place, corners_of, outline, size_of

SMALLEST, LARGEST = 3.5, 17.0
COUNT: Unit = "count"
# A number needs this much room within its circle.
HOLDS_A_NUMBER = 8.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One place, or several near each other."""

    label: str
    longitude: float
    latitude: float
    count: int


@dataclass(frozen=True, slots=True)
class SpotMap:
    """Spots over areas, whose values are not drawn."""

    title: str
    finding: str
    areas: tuple[Place, ...]
    spots: tuple[Spot, ...]
    place: str
    latitude: str
    longitude: str
    measure: str


def spot_map(data: SpotMap, language: str = "id") -> Chart:
    """Outlines, and circles whose areas stand for numbers; the largest lie below."""
    corners = corners_of(data.areas)
    size = size_of(corners)
    most = max((spot.count for spot in data.spots), default=1)
    ordered = sorted(data.spots, key=lambda spot: -spot.count)
    outlines = [outline(area, corners, size) for area in data.areas]
    parts = [element("path", d=shape, class_="area k0", fill_rule="evenodd") for shape in outlines]
    parts += [_circle(spot, corners, size, most, language) for spot in ordered]
    columns = (
        {"key": "label", "label": data.place, "numeric": False},
        {"key": "latitude", "label": data.latitude, "numeric": True},
        {"key": "longitude", "label": data.longitude, "numeric": True},
        {"key": "count", "label": data.measure, "numeric": True},
    )
    return Chart(svg=frame(data.title, data.finding, size[1], parts), columns=columns, rows=_rows(ordered, language))


def _circle(spot: Spot, corners: Corners, size: tuple[float, float], most: int, language: str) -> Markup:
    west, south, east, north = corners
    x = round((spot.longitude - west) / ((east - west) or 1) * size[0], 1)
    y = round((north - spot.latitude) / ((north - south) or 1) * size[1], 1)
    radius = round(SMALLEST if most == 1 else SMALLEST + (LARGEST - SMALLEST) * math.sqrt((spot.count - 1) / most), 1)
    number = shown(float(spot.count), COUNT, language)
    name = element("title", f"{spot.label}: {number}")
    circle = element("circle", name, cx=x, cy=y, r=radius, class_="spot")
    if spot.count == 1 or radius < HOLDS_A_NUMBER:
        return circle
    return circle + text(x, y + 4, number, anchor="middle", class_="spot-number")


def _rows(spots: Sequence[Spot], language: str) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "label": spot.label,
            "latitude": f"{spot.latitude:.4f}",
            "longitude": f"{spot.longitude:.4f}",
            "count": shown(float(spot.count), COUNT, language),
        }
        for spot in spots
    )
