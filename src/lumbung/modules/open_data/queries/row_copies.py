"""Copies of open tables in SQLite: which there have to be, where they lie, which are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.tables.copies import layout
from lumbung.core.tables.copies.making import Wanted
from lumbung.core.tables.schemas import REGION_CODE
from lumbung.modules.open_data.models import Dataset, Listing, ReleaseTable
from lumbung.modules.open_data.queries import releases

# A larger table is asked of Parquet alone: its copy would take more room than it is worth.
MOST_ROWS = 20_000_000
PERIODS = ("year", "yearmonth", "date", "datetime")
UNFINISHED = timedelta(hours=3)
SUFFIX = f".v{layout.FORM}.sqlite"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the copies of this installation stand."""

    there: int
    missing: int
    used_bytes: int


def path_of(version: DatasetVersion) -> Path:
    """Where the copy of a version lies: under the fingerprint of what it is made of."""
    return Path(settings.LUMBUNG_ROW_COPIES) / f"{version.parquet_sha256}{SUFFIX}"


def needed() -> dict[Path, ReleaseTable]:
    """Tables of the newest standing release of every listed dataset, where their rows are open to everyone."""
    tables = ReleaseTable.objects.filter(
        release__in=Listing.objects.values("release"),
        release__access=Dataset.Access.OPEN,
        release__withdrawn_at__isnull=True,
        version__withdrawn_at__isnull=True,
        version__row_count__lte=MOST_ROWS,
    ).select_related("version", "release", "resource")
    return {path_of(table.version): table for table in tables}


def lying() -> Iterator[Path]:
    """Every file in the folder of the copies, but for those being made."""
    return (path for path in _files() if not path.name.startswith("."))


def left_over(*, now: datetime) -> Iterator[Path]:
    """Files of a process that was ended while it made a copy."""
    old = (now - UNFINISHED).timestamp()
    return (path for path in _files() if path.name.startswith(".") and path.stat().st_mtime < old)


def _files() -> Iterator[Path]:
    folder = Path(settings.LUMBUNG_ROW_COPIES)
    return (path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else iter(())


def standing() -> Standing:
    """How many are there and missing, and the room they take."""
    found = {path: path.stat().st_size for path in lying()}
    return Standing(len(found), len(needed().keys() - found.keys()), sum(found.values()))


def wanted(path: Path, table: ReleaseTable) -> Wanted:
    """What a copy is made of; people filter by region and period before all else."""
    schema = releases.schema_of(table)
    described = releases.metadata_of(table.release)["variables"].get(table.resource.slug, {})
    return Wanted(versions.path_of(table.version, "parquet"), path, first_columns(schema["fields"], described))


def first_columns(fields: list[dict[str, Any]], described: Mapping[str, Any]) -> tuple[str, ...]:
    """The column of region codes and the column of periods, if a table has them."""
    region = next((each["name"] for each in fields if _is_region(each, described)), None)
    period = next((each["name"] for each in fields if each.get("type") in PERIODS), None)
    return tuple(name for name in (region, period) if name)


def _is_region(field: Mapping[str, Any], described: Mapping[str, Any]) -> bool:
    classified = described.get(field["name"], {}).get("classification")
    return field.get("rdfType") == REGION_CODE or classified == "wilayah"
