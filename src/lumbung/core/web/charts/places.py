"""A map of areas shaded in five steps. Areas without a value are hatched, and say so."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from lumbung.core.web.charts import crowding
from lumbung.core.web.charts.canvas import WIDTH, Chart, Unit, element, frame, join, shown, text

CLASSES = 5
KEY_ROW, SWATCH = 24, 20
# As wide as a desk has room for: there the names of the areas are written on them.
DESK, DESK_TALLEST = 720.0, 520.0
UP_TO = {"id": "sampai", "en": "up to"}
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
    wide: float = WIDTH

    @property
    def is_named(self) -> bool:
        """Whether there is room for names."""
        return self.wide > WIDTH


def rings_of(geometry: dict[str, object]) -> tuple[Ring, ...]:
    """The rings of a GeoJSON Polygon or MultiPolygon."""
    coordinates: list[object] = list(geometry["coordinates"])  # type: ignore[call-overload]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return tuple(ring for polygon in polygons for ring in polygon)  # type: ignore[attr-defined]


def choropleth(data: Choropleth, language: str = "id") -> Chart:
    """The areas, each with its name and value as a title, above a key in words. Areas without a value are hatched."""
    corners = corners_of(data.places)
    edges = class_edges([place.value for place in data.places if place.value is not None])
    size = size_of(corners, wide=data.wide, tallest=DESK_TALLEST if data.is_named else TALLEST)
    hatch = _Hatch(data)
    parts = [hatch.pattern] if any(place.value is None for place in data.places) else []
    parts += [
        _area(place, corners, size, _class_of(place.value, edges), _words(place, data, language))
        for place in data.places
    ]
    parts += [hatch.over(place, corners, size) for place in data.places if place.value is None]
    parts += _names(data, corners, size) if data.is_named else []
    key = _key(edges, size[1], data, hatch, language)
    height = size[1] + 14 + KEY_ROW * math.ceil(len(key) / _columns_of(data))
    ranked = sorted(data.places, key=lambda place: (place.value is None, -(place.value or 0), place.label))
    columns = (
        {"key": "label", "label": data.category, "numeric": False},
        {"key": "value", "label": data.measure, "numeric": True},
    )
    rows = tuple({"label": place.label, "value": _words(place, data, language)} for place in ranked)
    svg = frame(data.title, data.finding, height, [*parts, *key], width=data.wide)
    return Chart(svg=svg, columns=columns, rows=rows)


class _Hatch:
    """Lines over what has no value: told from a pale shade on paper and by those who see few colours."""

    def __init__(self, data: Choropleth) -> None:
        told = f"{data.title}|{data.finding}|{data.wide}"
        self.key = "h" + hashlib.sha256(told.encode()).hexdigest()[:10]

    @property
    def pattern(self) -> Markup:
        line = element("path", d="M0 6L6 0M-1 1L1-1M5 7L7 5", class_="hatch")
        return element("pattern", line, id=self.key, width=6, height=6, patternUnits="userSpaceOnUse")

    @property
    def fill(self) -> str:
        return f"url(#{self.key})"

    def over(self, place: Place, corners: Corners, size: tuple[float, float]) -> Markup:
        """The lines over one area."""
        return element("path", d=outline(place, corners, size), fill=self.fill, fill_rule="evenodd")


def _names(data: Choropleth, corners: Corners, size: tuple[float, float]) -> list[Markup]:
    """Names where there is room for them; the others stand in the table."""
    west, south, east, north = corners
    wide, tall = (east - west) or 1, (north - south) or 1
    named = [
        (
            place.label,
            [
                [((x - west) / wide * size[0], (north - y) / tall * size[1]) for x, y, *_ in ring]
                for ring in place.rings
            ],
        )
        for place in data.places
    ]
    placed = crowding.names_placed(named, (), *size)
    return [
        text(at[0], at[1] + 4, place.label, anchor="middle", class_="place")
        for place, at in zip(data.places, placed, strict=True)
        if at is not None
    ]


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


def size_of(corners: Corners, *, wide: float = WIDTH, tallest: float = TALLEST) -> tuple[float, float]:
    """Width and height of the drawing, by the place on the globe."""
    west, south, east, north = corners
    narrowing = math.cos(math.radians((south + north) / 2))
    height = wide * (north - south) / (((east - west) or 1) * narrowing)
    part = min(1.0, tallest / height) if height else 1.0
    return round(wide * part, 1), round(height * part, 1)


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


def _columns_of(data: Choropleth) -> int:
    """How many words of the key stand beside each other."""
    return CLASSES + 1 if data.is_named else 2


def _key(edges: list[float], top: float, data: Choropleth, hatch: _Hatch, language: str) -> list[Markup]:
    """Each shade with its words, "sampai 12", "12–20", one beside the other as far as they fit."""
    said = [shown(edge, data.unit, language) for edge in edges]
    words = (
        [f"{UP_TO.get(language, UP_TO['id'])} {said[0]}", *(f"{low}–{high}" for low, high in pairwise(said))]
        if said
        else []
    )
    told = [(_shade(index, len(edges)), "", each) for index, each in enumerate(words)]
    if any(place.value is None for place in data.places):
        told.append(("k0", hatch.fill, data.missing))
    across = _columns_of(data)
    step = data.wide / across
    return [
        _swatch(place % across * step, top + 14 + place // across * KEY_ROW, shade, lines, each)
        for place, (shade, lines, each) in enumerate(told)
    ]


def _swatch(x: float, top: float, shade: str, lines: str, words: str) -> Markup:
    box = {"x": round(x, 1), "y": round(top, 1), "width": SWATCH, "height": 14}
    parts = [element("rect", **box, class_=shade)]
    parts += [element("rect", **box, fill=lines)] if lines else []
    return join([*parts, text(round(x + SWATCH + 6, 1), round(top + 12, 1), words, class_="quiet")])
