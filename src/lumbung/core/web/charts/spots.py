"""A map of places over named outlines of areas. Places that lie together are one circle, with its number.

Circles never cover each other, however many rows there are. The drawing is for eyes and pointers; whoever hears the
page or uses a keyboard has the same circles and links as a list beside it (`rows`).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from lumbung.core.web.charts import crowding
from lumbung.core.web.charts.canvas import Chart, Unit, element, frame, join, shown, text
from lumbung.core.web.charts.crowding import Box, Mark
from lumbung.core.web.charts.places import Corners, Ring, size_of

COUNT: Unit = "count"
DOT = 4.5
SMALLEST, LARGEST, GROWTH = 9.0, 24.0, 26.0
# Half the width of a digit in its circle, and what is left around it.
DIGIT, AROUND = 3.3, 5.0
KM_PER_DEGREE = 111.195
# How much of the drawing the line of scale may take.
SCALE_PART = 0.22


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the world that is drawn, and how large: west, south, east, north in degrees."""

    corners: Corners
    wide: float
    tallest: float
    most: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return size_of(self.corners, wide=self.wide, tallest=self.tallest)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies in the drawing."""
        west, south, east, north = self.corners
        width, height = self.size
        return (longitude - west) / ((east - west) or 1) * width, (north - latitude) / ((north - south) or 1) * height


@dataclass(frozen=True, slots=True)
class Outline:
    """An area behind the places; `url` leads to its own map."""

    label: str
    rings: tuple[Ring, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place, or several put together, at its middle. `url` leads nearer."""

    label: str
    longitude: float
    latitude: float
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class SpotMap:
    """Circles over areas. `words`: the headings of the table: place, latitude, longitude, rows."""

    title: str
    finding: str
    sheet: Sheet
    areas: tuple[Outline, ...]
    spots: tuple[Spot, ...]
    words: tuple[str, str, str, str]


def put_together(points: Sequence[tuple[float, float, int]], sheet: Sheet) -> list[Mark]:
    """Places (longitude, latitude, rows) as circles that fit on a sheet without touching."""
    total = sum(count for _x, _y, count in points)
    drawn = [(*sheet.at(longitude, latitude), count) for longitude, latitude, count in points]
    return crowding.apart(drawn, lambda count: radius_of(count, total), most=sheet.most)


def radius_of(count: int, total: int) -> float:
    """A dot for one row; else an area that grows with the rows, as large as its number needs and never very large."""
    if count == 1:
        return DOT
    number = len(f"{count:,}") * DIGIT + AROUND
    return round(max(number, min(LARGEST, SMALLEST + GROWTH * math.sqrt(count / max(total, 1)) / 2)), 1)


def spot_map(data: SpotMap, language: str = "id") -> Chart:
    """Outlines with their names, circles with their numbers, a line of scale."""
    width, height = data.sheet.size
    total = sum(spot.count for spot in data.spots)
    drawn = [
        _Drawn(spot, *data.sheet.at(spot.longitude, spot.latitude), radius_of(spot.count, total)) for spot in data.spots
    ]
    areas = [(area, _rings(area, data.sheet)) for area in data.areas]
    areas = [(area, rings) for area, rings in areas if rings]
    scale = _scale(data.sheet)
    taken = [each.box for each in drawn] + [Box(0, height - 26, scale[0] + 16, height)]
    places = crowding.names_placed([(area.label, rings) for area, rings in areas], taken, width, height)
    parts = [_area(area, rings) for area, rings in areas]
    parts += [_name(area, place) for (area, _rings_of), place in zip(areas, places, strict=True) if place]
    parts += [*(_circle(each, language) for each in drawn), *_ruler(scale, height, language)]
    picture = element("g", join(parts), aria_hidden="true")
    svg = frame(data.title, data.finding, height, [picture], width=width, class_="chart spots", role="group")
    return Chart(svg=svg, columns=_columns(data), rows=_rows(data.spots, language))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A circle in the drawing."""

    spot: Spot
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


def _rings(area: Outline, sheet: Sheet) -> list[list[tuple[float, float]]]:
    """What of an area lies on the sheet, in pixels."""
    width, height = sheet.size
    placed = ([sheet.at(x, y) for x, y, *_more in ring] for ring in area.rings)
    return [ring for ring in (crowding.clipped(each, width, height) for each in placed) if len(ring) > 2]


def _linked(url: str, content: Markup) -> Markup:
    """For pointers; a keyboard finds the same link in the list beside the map."""
    return element("a", content, href=url, tabindex="-1") if url else content


def _area(area: Outline, rings: Sequence[Sequence[tuple[float, float]]]) -> Markup:
    shape = "".join(f"M{'L'.join(_corners(ring))}Z" for ring in rings)
    path = element("path", element("title", area.label), d=shape, class_="area k0", fill_rule="evenodd")
    return _linked(area.url, path)


def _corners(ring: Sequence[tuple[float, float]]) -> list[str]:
    """Points to a tenth of a pixel; those that fall on the point before are left out."""
    told = [f"{x:.1f} {y:.1f}" for x, y in ring]
    return told[:1] + [after for before, after in pairwise(told) if after != before]


def _name(area: Outline, place: tuple[float, float]) -> Markup:
    return _linked(area.url, text(place[0], place[1] + 4, area.label, anchor="middle", class_="place"))


def _circle(each: _Drawn, language: str) -> Markup:
    number = shown(float(each.spot.count), COUNT, language)
    name = element("title", f"{each.spot.label}: {number}")
    x, y = round(each.x, 1), round(each.y, 1)
    circle = element("circle", name, cx=x, cy=y, r=each.radius, class_="spot")
    if each.spot.count > 1:
        circle += text(x, y + 3.8, number, anchor="middle", class_="spot-number")
    return _linked(each.spot.url, circle)


def _scale(sheet: Sheet) -> tuple[float, float]:
    """A round number of kilometres that fits, as pixels and as kilometres."""
    west, south, east, north = sheet.corners
    width = sheet.size[0]
    whole = (east - west) * KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    most = max(whole * SCALE_PART, 1e-6)
    power = 10 ** math.floor(math.log10(most))
    km = next(step * power for step in (5, 2, 1) if step * power <= most)
    return round(km / whole * width, 1), km


def _ruler(scale: tuple[float, float], height: float, language: str) -> Iterator[Markup]:
    pixels, km = scale
    y = round(height - 8, 1)
    yield element("path", d=f"M6 {y - 4:g}v4h{pixels:g}v-4", class_="baseline ruler")
    yield text(6, y - 7, f"{shown(km, 'decimal', language)} km", class_="quiet")


def _columns(data: SpotMap) -> tuple[dict[str, Any], ...]:
    keys = (("label", False), ("latitude", True), ("longitude", True), ("count", True))
    return tuple(
        {"key": key, "label": words, "numeric": is_number}
        for (key, is_number), words in zip(keys, data.words, strict=True)
    )


def _rows(spots: Sequence[Spot], language: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "label": spot.label,
            "latitude": f"{spot.latitude:.4f}",
            "longitude": f"{spot.longitude:.4f}",
            "count": shown(float(spot.count), COUNT, language),
            "url": spot.url,
            "rows": spot.count,
        }
        for spot in spots
    )
