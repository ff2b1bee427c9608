"""Places of a table by its coordinates: put together on a grid until they can be drawn, never cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lumbung.core.regions import areas
from lumbung.core.tables.schemas import SchemaField
from lumbung.kernels.geometry import Box
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.questions import NUMBERS, Aggregate, Question

LATITUDE = re.compile(r"(lat|latitude|lintang|garis_lintang)\Z")
LONGITUDE = re.compile(r"(lon|lng|long|longitude|bujur|garis_bujur)\Z")
MOST_DRAWN = 150
MOST_ASKED = 20_000
# About 100 m; doubled until few enough are left.
FIRST_CELL = 0.001


@dataclass(frozen=True, slots=True)
class Cluster:
    """Rows that lie together: their middle, and how many they are."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says of places. `different` is how many there are; without clusters they are too many to ask for."""

    clusters: tuple[Cluster, ...]
    different: int
    without: int = 0
    outside: int = 0


def coordinates(columns: Sequence[SchemaField]) -> tuple[int, int] | None:
    """Which columns hold latitude and longitude, if a table has both."""
    found = []
    for pattern in (LATITUDE, LONGITUDE):
        place = (at for at, each in enumerate(columns) if each.type in NUMBERS and pattern.match(each.name.lower()))
        found.append(next(place, None))
    latitude, longitude = found
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def found_in(table: TableShown, box: Box) -> Found | None:
    """The places of an open table within a box; None where it has no coordinates."""
    columns = rows.columns_of(table)
    at = coordinates(columns)
    if at is None:
        return None
    question = Question(columns, (), groups=at, aggregates=(Aggregate("count", None, "rows"),))
    answer = rows.ask(table, question, limit=MOST_ASKED)
    if answer.total > MOST_ASKED:
        return Found((), answer.total)
    known = [_point(each) for each in answer.rows if each[0] is not None and each[1] is not None]
    inside = [each for each in known if box.contains(each.latitude, each.longitude)]
    without = sum(int(each[2]) for each in answer.rows if each[0] is None or each[1] is None)
    outside = sum(each.count for each in known) - sum(each.count for each in inside)
    return Found(tuple(gathered(inside)), len(inside), without, outside)


def _point(row: Sequence[Any]) -> Cluster:
    return Cluster(float(row[0]), float(row[1]), int(row[2]))


def gathered(points: Sequence[Cluster], *, most: int = MOST_DRAWN) -> list[Cluster]:
    """The same rows as at most so many clusters: each cell of a grid is one, the grid as fine as possible."""
    cell, found = FIRST_CELL, list(points)
    while len(found) > most:
        cells: dict[tuple[int, int], list[Cluster]] = {}
        for each in points:
            cells.setdefault((round(each.latitude / cell), round(each.longitude / cell)), []).append(each)
        found = [_together(some) for _key, some in sorted(cells.items())]
        cell *= 2
    return found


def _together(some: Sequence[Cluster]) -> Cluster:
    count = sum(each.count for each in some)
    latitude = sum(each.latitude * each.count for each in some) / count
    longitude = sum(each.longitude * each.count for each in some) / count
    return Cluster(latitude, longitude, count)


def outlines(region_code: str) -> tuple[areas.Area, ...]:
    """The areas a map of a region is drawn over: regencies of the province, else the districts of the regency."""
    whole = areas.areas("regency")
    return (
        whole
        if "." not in region_code
        else tuple(each for each in areas.areas("district") if each.code.startswith(f"{region_code}."))
    )
