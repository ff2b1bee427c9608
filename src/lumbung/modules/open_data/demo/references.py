"""Reference tables of the demonstration: real, made from what this installation knows. Nothing here is invented."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lumbung.core.calendar.models import CalendarDay
from lumbung.modules.open_data.demo.figures import Made
from lumbung.modules.open_data.demo.subjects import Words

FILE = Path(__file__).with_name("references.toml")
Rows = Iterable[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of codes or names means."""

    name: str
    label: Words
    definition: Words


@dataclass(frozen=True, slots=True)
class Reference:
    """A table of codes: whose it is, what it says, and where its rows come from."""

    portal: str
    key: str
    producer: str
    title: Words
    summary: Words
    topic: str
    keywords: tuple[str, ...]
    standard: str
    contact: str
    licence: str
    note: Words
    published: date
    columns: tuple[Column, ...]
    rows: str
    frequency: str = "yearly"


def every_reference() -> Iterator[Reference]:
    """All of them, in the order of the file."""
    for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["reference"]:
        columns = tuple(Column(each[0], (each[1], each[2]), (each[3], each[4])) for each in told.pop("columns"))
        yield Reference(columns=columns, **{key: _frozen(value) for key, value in told.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def made(reference: Reference, region_code: str) -> Made:
    """Its rows, as its producer would bring them."""
    year = str(reference.published.year)
    header = tuple(column.name for column in reference.columns)
    return Made(header, tuple(ROWS[reference.rows](region_code)), (year, year))


def _days_off(_under: str) -> Rows:
    for day in CalendarDay.objects.filter(removed_at__isnull=True).order_by("on", "kind"):
        kind = "cuti bersama" if day.kind == CalendarDay.Kind.COLLECTIVE_LEAVE else "hari libur nasional"
        yield day.on.isoformat(), day.name_id, kind, "ya" if day.is_estimated else "tidak"


PILLARS = (
    ("Stop buang air besar sembarangan", "Setiap orang buang air besar di jamban sehat"),
    ("Cuci tangan pakai sabun", "Cuci tangan dengan sabun dan air bersih yang mengalir"),
    ("Pengelolaan air minum dan makanan rumah tangga", "Air minum dan makanan diolah dan disimpan dengan aman"),
    ("Pengamanan sampah rumah tangga", "Sampah dikurangi, dipakai ulang, didaur ulang, tidak dibuang sembarangan"),
    ("Pengamanan limbah cair rumah tangga", "Limbah cair disalurkan dan tidak menggenang"),
)


def _pillars(_under: str) -> Rows:
    return ((str(number), *told) for number, told in enumerate(PILLARS, 1))


ROWS: Mapping[str, Callable[[str], Rows]] = {
    "days_off": _days_off,
    "pillars": _pillars,
}
