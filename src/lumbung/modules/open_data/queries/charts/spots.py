"""Places of a table by its coordinates, within a part of the world; rows elsewhere are counted, none is cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lumbung.core.regions import areas
from lumbung.core.tables.schemas import SchemaField
from lumbung.kernels.geometry import Box
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.questions import NUMBERS, Aggregate, Condition, Question

LATITUDE = re.compile(r"(lat|latitude|lintang|garis_lintang)\Z")
LONGITUDE = re.compile(r"(lon|lng|long|longitude|bujur|garis_bujur)\Z")
MOST_ASKED = 20_000
# A part of the world narrower than that shows districts instead of regencies.
DISTRICTS_BELOW = 1.7


@dataclass(frozen=True, slots=True)
class Point:
    """One place, and how many rows name it."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says of places. `different` is how many there are; without points they are too many to ask for.

    within    rows of the part of the world asked for; outside: rows elsewhere; without: rows that name no place
    """

    points: tuple[Point, ...]
    different: int
    without: int = 0
    outside: int = 0

    @property
    def within(self) -> int:
        return sum(each.count for each in self.points)

    @property
    def is_too_many(self) -> bool:
        """Whether there are more places than are asked for."""
        return self.different > MOST_ASKED


def coordinates(columns: Sequence[SchemaField]) -> tuple[int, int] | None:
    """Which columns hold latitude and longitude, if a table has both."""
    found = []
    for pattern in (LATITUDE, LONGITUDE):
        place = (at for at, each in enumerate(columns) if each.type in NUMBERS and pattern.match(each.name.lower()))
        found.append(next(place, None))
    latitude, longitude = found
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def found_in(table: TableShown, box: Box, conditions: tuple[Condition, ...] = ()) -> Found | None:
    """The places of an open table within a box; None where it has no coordinates."""
    columns = rows.columns_of(table)
    at = coordinates(columns)
    if at is None:
        return None
    question = Question(columns, (), conditions, at, (Aggregate("count", None, "rows"),))
    answer = rows.ask(table, question, limit=MOST_ASKED)
    if answer.total > MOST_ASKED:
        return Found((), answer.total)
    known = [_point(each) for each in answer.rows if each[0] is not None and each[1] is not None]
    inside = tuple(each for each in known if box.contains(each.latitude, each.longitude))
    without = sum(int(each[2]) for each in answer.rows if each[0] is None or each[1] is None)
    outside = sum(each.count for each in known) - sum(each.count for each in inside)
    return Found(inside, len(inside), without, outside)


def _point(row: Sequence[Any]) -> Point:
    return Point(float(row[0]), float(row[1]), int(row[2]))


def outlines(region_code: str) -> tuple[areas.Area, ...]:
    """The areas a map of a region is drawn over: regencies of the province, else the districts of the regency."""
    whole = areas.areas("regency")
    return (
        whole
        if "." not in region_code
        else tuple(each for each in areas.areas("district") if each.code.startswith(f"{region_code}."))
    )


def outlines_in(box: Box) -> tuple[areas.Area, ...]:
    """The areas a part of the world is drawn over, finer where it is small."""
    level: areas.AreaLevel = "district" if box.east - box.west < DISTRICTS_BELOW else "regency"
    return tuple(each for each in areas.areas(level) if _meet(each.box, box))


def box_of(code: str) -> Box | None:
    """Around one regency or district; None where there is no area for it."""
    known = (each for level in ("regency", "district") for each in areas.areas(level))
    return next((each.box for each in known if each.code == code), None)


def _meet(one: Box, other: Box) -> bool:
    return one.west < other.east and other.west < one.east and one.south < other.north and other.south < one.north
