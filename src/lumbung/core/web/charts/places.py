"""A map of areas shaded in five steps. Areas without a value are grey, and say so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, Unit, element, frame, join, shown, text

CLASSES = 5
KEY_HEIGHT = 44
# A tall region is drawn narrower, so that map and key are seen at once.
TALLEST = 400
Ring = Sequence[Sequence[float]]
Corners = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """An area: rings of (longitude, latitude) as in GeoJSON, every polygon's rings in one list."""

    label: str
    rings: tuple[Ring, ...]
    value: float | None


@dataclass(frozen=True, slots=True)
class Choropleth:
    """Areas and one measure. `missing` names the areas without a value."""

    title: str
    finding: str
    places: tuple[Place, ...]
    category: str
    measure: str
    missing: str
    unit: Unit = "count"


def rings_of(geometry: dict[str, object]) -> tuple[Ring, ...]:
    """The rings of a GeoJSON Polygon or MultiPolygon."""
    coordinates: list[object] = list(geometry["coordinates"])  # type: ignore[call-overload]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return tuple(ring for polygon in polygons for ring in polygon)  # type: ignore[attr-defined]


def choropleth(data: Choropleth, language: str = "id") -> Chart:
    """The areas, each with its name and value as a title, above a key of the five steps."""
    corners = corners_of(data.places)
    edges = class_edges([place.value for place in data.places if place.value is not None])
    wide, height = size_of(corners)
    parts = [
        _area(place, corners, (wide, height), _class_of(place.value, edges), _words(place, data, language))
        for place in data.places
    ]
    parts += _key(edges, height, data, language)
    ranked = sorted(data.places, key=lambda place: (place.value is None, -(place.value or 0), place.label))
    columns = (
        {"key": "label", "label": data.category, "numeric": False},
        {"key": "value", "label": data.measure, "numeric": True},
    )
    rows = tuple({"label": place.label, "value": _words(place, data, language)} for place in ranked)
    return Chart(svg=frame(data.title, data.finding, height + KEY_HEIGHT, parts), columns=columns, rows=rows)


def _words(place: Place, data: Choropleth, language: str) -> str:
    return data.missing if place.value is None else shown(place.value, data.unit, language)


def class_edges(values: list[float]) -> list[float]:
    """Upper edges of at most five classes with about as many areas in each (quantiles); equal edges fall together."""
    ordered = sorted(values)
    if not ordered:
        return []
    wanted = [ordered[math.ceil(len(ordered) * part / CLASSES) - 1] for part in range(1, CLASSES + 1)]
    return sorted(set(wanted))


def _class_of(value: float | None, edges: list[float]) -> str:
    if value is None:
        return "k0"
    position = next(index for index, edge in enumerate(edges) if value <= edge)
    return _shade(position, len(edges))


def _shade(position: int, count: int) -> str:
    return f"k{CLASSES - count + position + 1}"


def corners_of(places: tuple[Place, ...]) -> Corners:
    """West, south, east and north of all areas."""
    points = [point for place in places for ring in place.rings for point in ring]
    if not points:
        return (0.0, 0.0, 1.0, 1.0)
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def size_of(corners: Corners) -> tuple[float, float]:
    """Width and height of the drawing, by the place on the globe."""
    west, south, east, north = corners
    narrowing = math.cos(math.radians((south + north) / 2))
    height = WIDTH * (north - south) / (((east - west) or 1) * narrowing)
    part = min(1.0, TALLEST / height) if height else 1.0
    return round(WIDTH * part, 1), round(height * part, 1)


def _area(place: Place, corners: Corners, size: tuple[float, float], shade: str, value: str) -> Markup:
    name = element("title", f"{place.label}: {value}")
    return element("path", name, d=outline(place, corners, size), class_=f"area {shade}", fill_rule="evenodd")


def outline(place: Place, corners: Corners, size: tuple[float, float]) -> str:
    """An area as the `d` of a path."""
    return "".join(_ring(ring, corners, size) for ring in place.rings)


def _ring(ring: Ring, corners: Corners, size: tuple[float, float]) -> str:
    """Points rounded to a tenth of a pixel; those that fall on the point before are left out."""
    west, south, east, north = corners
    wide, tall = (east - west) or 1, (north - south) or 1
    places = [f"{(x - west) / wide * size[0]:.1f} {(north - y) / tall * size[1]:.1f}" for x, y, *_ in ring]
    kept = places[:1] + [after for before, after in pairwise(places) if after != before]
    return "M" + "L".join(kept) + "Z"


def _key(edges: list[float], top: float, data: Choropleth, language: str) -> list[Markup]:
    step = WIDTH / (CLASSES + 1)
    parts = []
    for index, edge in enumerate(edges):
        words = f"≤ {shown(edge, data.unit, language)}"
        parts.append(_swatch(index * step, top, _shade(index, len(edges)), words, step))
    if any(place.value is None for place in data.places):
        parts.append(_swatch(CLASSES * step, top, "k0", "", step))
        parts.append(text(WIDTH, round(top + 38, 1), data.missing, class_="quiet", anchor="end"))
    return parts


def _swatch(x: float, top: float, shade: str, words: str, step: float) -> Markup:
    box = element("rect", x=round(x, 1), y=round(top + 10, 1), width=round(step - 4, 1), height=12, class_=shade)
    return join([box, text(round(x, 1), round(top + 38, 1), words, class_="quiet")])
