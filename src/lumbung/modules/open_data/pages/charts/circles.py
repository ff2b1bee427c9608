"""The circles of a map, worked out once for a version, its filters and the part of the world that is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lumbung.core.regions import areas
from lumbung.core.web.charts import crowding
from lumbung.core.web.charts.spots import Sheet, put_together
from lumbung.kernels.geometry import Box
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import spots
from lumbung.modules.open_data.queries.charts.spots import Point
from lumbung.modules.open_data.queries.questions import Condition

# On a wide screen and on paper; on a phone, where a long province is drawn in two parts.
WIDE, WIDE_TALLEST, WIDE_MOST = 880.0, 560.0, 90
NARROW, NARROW_TALLEST, NARROW_MOST = 400.0, 420.0, 36
LONG = 2.2
LEAST_PART = 0.2
SHARED = 0.1
SEA = 0.06


@dataclass(frozen=True, slots=True)
class Circle:
    """Places put together: their middle, their rows, the district they lie in, and the box around them."""

    latitude: float
    longitude: float
    count: int
    code: str
    box: Box

    @property
    def is_one_place(self) -> bool:
        """Whether there is nothing nearer to look at."""
        return self.box.west == self.box.east and self.box.south == self.box.north


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a map is drawn on: one wide sheet, and one or two narrow ones."""

    wide: Sheet
    narrow: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """How many rows and places there are, and the circles of each sheet, the wide one first."""

    within: int
    different: int
    without: int
    outside: int
    is_too_many: bool
    circles: tuple[tuple[Circle, ...], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A published file, filters and a part of the world: none of them ever changes."""

    sha256: str
    box: Box
    conditions: tuple[Condition, ...]
    sheets: Sheets
    table: TableShown = field(compare=False)


def placed(table: TableShown, box: Box, conditions: tuple[Condition, ...], sheets: Sheets) -> Placed | None:
    """The circles of a table within a box; None where it has no coordinates.

    raises  Busy, BadQuestion
    """
    return _placed(_Asked(table.version.parquet_sha256, box, conditions, sheets, table))


@lru_cache(maxsize=64)
def _placed(asked: _Asked) -> Placed | None:
    found = spots.found_in(asked.table, asked.box, asked.conditions)
    if found is None:
        return None
    circles = tuple(tuple(_circles(found.points, sheet)) for sheet in (asked.sheets.wide, *asked.sheets.narrow))
    return Placed(found.within, found.different, found.without, found.outside, found.is_too_many, circles)


def _circles(points: Sequence[Point], sheet: Sheet) -> list[Circle]:
    west, _south, east, _north = sheet.corners
    here = [each for each in points if west <= each.longitude <= east]
    marks = put_together([(each.longitude, each.latitude, each.count) for each in here], sheet)
    return [_circle([here[place] for place in mark.members], mark) for mark in marks]


def _circle(some: Sequence[Point], mark: crowding.Mark) -> Circle:
    latitude = sum(each.latitude * each.count for each in some) / mark.count
    longitude = sum(each.longitude * each.count for each in some) / mark.count
    latitudes, longitudes = [each.latitude for each in some], [each.longitude for each in some]
    box = Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    return Circle(latitude, longitude, mark.count, areas.district_code_at(latitude, longitude) or "", box)


def sheets_of(box: Box, drawn: Sequence[areas.Area]) -> Sheets:
    """A wide sheet of a box; narrow ones of its two parts where it is long and falls apart into islands."""
    corners = (box.west, box.south, box.east, box.north)
    parts = [corners]
    if box.east - box.west > LONG * (box.north - box.south) and (cut := _gap(drawn, box)):
        west = [each.box for each in drawn if each.box.west + each.box.east < 2 * cut]
        east = [each.box for each in drawn if each.box.west + each.box.east >= 2 * cut]
        parts = [(box.west, *_levels(west), cut), (cut, *_levels(east), box.east)]
        parts = [(left, south, right, north) for left, south, north, right in parts]
    narrow = tuple(Sheet(part, NARROW, NARROW_TALLEST, NARROW_MOST) for part in parts)
    return Sheets(Sheet(corners, WIDE, WIDE_TALLEST, WIDE_MOST), narrow)


def _levels(some: Sequence[Box]) -> tuple[float, float]:
    """From south to north of some areas, with a little sea."""
    return min(each.south for each in some) - SEA, max(each.north for each in some) + SEA


def _gap(drawn: Sequence[areas.Area], box: Box) -> float | None:
    """Between which areas there is most water from west to east, if they hardly reach past each other."""
    ordered = sorted((each.box for each in drawn), key=lambda each: each.west)
    width, best, least = box.east - box.west, None, SHARED
    for place in range(1, len(ordered)):
        left, right = max(each.east for each in ordered[:place]), min(each.west for each in ordered[place:])
        cut = (left + right) / 2
        is_part = box.west + LEAST_PART * width <= cut <= box.east - LEAST_PART * width
        if is_part and left - right < least:
            best, least = cut, left - right
    return best
