"""What each column of a table is good for in a chart, from its confirmed schema and its description (MS-Var)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lumbung.core.tables.schemas import REGION_CODE, Kind
from lumbung.core.tables.shapes import MARK_SUFFIX
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries import questions
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.rows import columns_of

MARKS = "lumbung:marks"
TIMES: tuple[Kind, ...] = ("year", "yearmonth", "date", "datetime")
ADDED = frozenset({"sum", "stock"})
# Numbers that name things, or places, and measure nothing.
NO_MEASURE = re.compile(r"(^|_)(kode|kd|code|no|nomor|id|nik|lat|lon|lng|latitude|longitude|lintang|bujur)(_|$)")
SNAPSHOT = "as_of"


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One column. `mark_place`: where its value marks stand; `marks`: what each means."""

    name: str
    place: int
    type: Kind
    label: Mapping[str, str]
    unit: str = ""
    combining: str = ""
    is_region: bool = False
    codes: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    mark_place: int | None = None

    @property
    def called(self) -> str:
        """What people call it."""
        return shape.words(self.label) or self.name

    @property
    def is_added(self) -> bool:
        """Whether values of several rows may be added up at all."""
        return self.combining in ADDED


@dataclass(frozen=True, slots=True)
class ChartColumns:
    """The columns of one table, in order."""

    all: tuple[ChartColumn, ...]

    @property
    def fingerprint(self) -> str:
        """Changes with whatever is said of a column."""
        return hashlib.sha256(repr(self.all).encode()).hexdigest()

    def named(self, name: str) -> ChartColumn | None:
        """The column of that name, if there is one."""
        return next((each for each in self.all if each.name == name), None)

    @property
    def times(self) -> list[ChartColumn]:
        """Columns of time, periods before days."""
        found = [each for each in self.all if each.type in TIMES and each.name != SNAPSHOT]
        return sorted(found, key=lambda each: TIMES.index(each.type))

    @property
    def regions(self) -> list[ChartColumn]:
        """Columns of region codes."""
        return [each for each in self.all if each.is_region and each.type == "string"]

    @property
    def categories(self) -> list[ChartColumn]:
        """Columns that sort rows into kinds; those with declared codes first."""
        found = [each for each in self.all if each.type in {"string", "boolean"} and not each.is_region]
        kinds = [each for each in found if not each.name.endswith(MARK_SUFFIX)]
        return sorted(kinds, key=lambda each: not each.codes)

    @property
    def numbers(self) -> list[ChartColumn]:
        """Every column of numbers."""
        return [each for each in self.all if each.type in questions.NUMBERS]

    @property
    def measures(self) -> list[ChartColumn]:
        """Numbers that measure something; those with a unit first."""
        return sorted(
            (each for each in self.numbers if not NO_MEASURE.search(each.name)), key=lambda each: not each.unit
        )


def chart_columns(table: TableShown) -> ChartColumns:
    """The columns of a published table."""
    fields = {field["name"]: field for field in table.schema["fields"]}
    places = {column.name: place for place, column in enumerate(columns_of(table))}
    return ChartColumns(
        tuple(
            _column(name, kind, fields[name], table.variables.get(name, {}), places)
            for name, kind in ((column.name, column.type) for column in columns_of(table))
        )
    )


def _column(
    name: str, kind: Kind, told: Mapping[str, Any], variable: Mapping[str, Any], places: Mapping[str, int]
) -> ChartColumn:
    plain = name.replace("_", " ")
    label = {"id": told.get("title") or plain} | {
        key: said for key, said in (variable.get("label") or {}).items() if said
    }
    return ChartColumn(
        name=name,
        place=places[name],
        type=kind,
        label=label,
        unit=variable.get("unit") or "",
        combining=variable.get("combining") or "",
        is_region=told.get("rdfType") == REGION_CODE or variable.get("classification") == "wilayah",
        codes=variable.get("codes") or {},
        marks=told.get(MARKS) or {},
        mark_place=places.get(name + MARK_SUFFIX),
    )
