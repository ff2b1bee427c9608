"""What things in a chart are called: regions, kinds, times, numbers with their unit."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from lumbung.core.regions import codes
from lumbung.core.web import formatting, periods
from lumbung.core.web.charts.lines import TimeUnit, time_name
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries.charts import timelines
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns
from lumbung.modules.open_data.queries.charts.figures import Cell, Figures
from lumbung.modules.open_data.queries.charts.views import View
from lumbung.modules.open_data.queries.questions import NUMBERS, Condition

PARTIAL = "†"
UNITS: Mapping[int, TimeUnit] = {4: "year", 7: "month"}
SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
SIGNS = {"ne": "≠ ", "lt": "< ", "lte": "≤ ", "gt": "> ", "gte": "≥ "}
MOST_SAID = 4
CODE = re.compile(r"^kode\s+(?=\w)|(?<=\w)\s+code$", re.IGNORECASE)
THOUSAND, MANY_THOUSANDS = Decimal(1000), Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Scaled:
    """By what numbers are divided in the drawing, and what that is called; the table keeps every digit."""

    factor: Decimal
    words: str

    def drawn(self, value: Decimal | None) -> float | None:
        return None if value is None else float(value / self.factor)


def label_of(column: ChartColumn) -> str:
    """A column as people call it."""
    return column.called


def named_by(column: ChartColumn) -> str:
    """A column whose values are shown by their names: "Kode kabupaten" is then "Kabupaten"."""
    label = label_of(column)
    short = CODE.sub("", label) if column.is_region else label
    return formatting.capitalised(short) if label[:1].isupper() else short


def measure_of(y: ChartColumn | None, scaled: Scaled | None = None) -> str:
    """What is measured, with its unit: "Panjang jalan (ribu km)"."""
    name = label_of(y) if y else _("Number of rows")
    unit = " ".join(part for part in (scaled.words if scaled else "", y.unit if y else "") if part)
    return f"{name} ({unit})" if unit and unit.lower() not in name.lower() else name


def scaled_for(found: Figures) -> Scaled:
    """So that labels stay short: thousands from 100,000 on, then millions, billions, trillions."""
    values = [abs(cell.value) for cells in found.series.values() for cell in cells.values() if cell.value is not None]
    most = max(values, default=Decimal(0))
    words = {"trillion": _("trillion"), "billion": _("billion"), "million": _("million")}
    for factor, name in SCALES:
        if most >= factor:
            return Scaled(factor, words[name])
    return Scaled(THOUSAND, _("thousand")) if most >= MANY_THOUSANDS else Scaled(Decimal(1), "")


def key_names(column: ChartColumn, keys: Iterable[str], regions: Mapping[str, str]) -> dict[str, str]:
    """Each value of x as a reader sees it."""
    return {key: value_name(column, key, regions) for key in keys}


def value_name(column: ChartColumn, key: str, regions: Mapping[str, str]) -> str:
    """A value as a reader sees it."""
    if not key:
        return _("not filled in")
    if column.is_region:
        return regions.get(key, key)
    if column.type == "boolean":
        return _("yes") if key == "true" else _("no")
    if column.type in {"year", "yearmonth", "date"}:
        return periods.moment(key)
    if column.type in NUMBERS:
        return formatting.exact_number(key)
    return shape.words(column.codes.get(key)) or key


def unit_of_time(keys: Iterable[str]) -> TimeUnit:
    """Years, months or days, by how the keys are written."""
    return UNITS.get(len(next(iter(keys), "")), "day")


def time_names(keys: Iterable[str]) -> dict[str, str]:
    """Each time as a reader sees it."""
    told = list(keys)
    unit, language = unit_of_time(told), formatting.language_now()
    return {key: time_name(timelines.day_of(key), unit, language) for key in told}


def number(value: Decimal) -> str:
    """Every digit there is, as people here write it."""
    return formatting.exact_number(format(value.normalize(), "f"))


def said(cell: Cell, y: ChartColumn | None) -> str:
    """A figure with its marks; without one, why."""
    if cell.value is None:
        return instead_of(cell, y) or _("data not available")
    return number(cell.value) + sign_of(cell)


def sign_of(cell: Cell) -> str:
    """What stands behind a number: the marks of its rows, and that some of them say nothing."""
    return "".join([*cell.marks, *([PARTIAL] if cell.is_partial else [])])


def instead_of(cell: Cell, y: ChartColumn | None) -> str:
    """What a mark says where there is no number: nil, hidden."""
    return ", ".join(y.marks.get(mark, mark) for mark in cell.marks) if y and cell.value is None else ""


def conditions(view: View, columns: ChartColumns, regions: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each condition as it is written, and as a person would say it."""
    said = (condition_said(each, columns, regions) for each in view.conditions)
    return list(zip(view.where, said, strict=True))


def condition_said(condition: Condition, columns: ChartColumns, regions: Mapping[str, str]) -> str:
    """ "Kecamatan: Seteluk, Taliwang" of `kecamatan:in:52.07.01,52.07.02`."""
    column = columns.all[condition.place]
    label, operator = label_of(column), condition.operator
    shown_by = named_by(column)
    if operator == "is_null":
        return _("%(column)s is empty") % {"column": label} if condition.values == ("true",) else _filled(label)
    if operator == "contains":
        return _("%(column)s contains: %(value)s") % {"column": label, "value": condition.values[0]}
    shown = [value_name(column, value, regions) for value in condition.values]
    rest = _(" and %(count)s more") % {"count": len(shown) - MOST_SAID} if len(shown) > MOST_SAID else ""
    return f"{shown_by}: {SIGNS.get(operator, '')}{', '.join(shown[:MOST_SAID])}{rest}"


def _filled(label: str) -> str:
    return _("%(column)s is filled") % {"column": label}


def codes_in(conditions: Iterable[Condition]) -> set[str]:
    """The region codes that conditions name."""
    return {value for each in conditions for value in each.values if codes.is_code(value)}


def is_written_beside(code: str, rows: Sequence[Mapping[str, str]], called: Mapping[str, str]) -> bool:
    """Whether another column of every row says what its code is called: twice is too wide for a phone."""
    return all(
        any(told == called.get(row[code]) for name, told in row.items() if name != code) for row in rows if row[code]
    )
