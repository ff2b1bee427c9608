"""Workbooks (XLSX) of open tables: which there may be, where they lie, how one stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from lumbung.core.tables.workbooks.cells import SHEET_COLUMNS
from lumbung.modules.open_data.models import Dataset, Listing, ReleaseTable
from lumbung.modules.open_data.queries import releases

# A tenth of what a sheet has room for: more is made too slowly on a small server, and opened too slowly in an office.
MOST_ROWS, MOST_CELLS = 100_000, 1_500_000
FORM = 1
SUFFIX, NONE = f".v{FORM}.xlsx", f".v{FORM}.none"
# Of older releases somebody asked for, so many stay, for a day: they can always be made again.
MOST_OLDER, KEPT_OLDER = 100, timedelta(days=1)
UNFINISHED = timedelta(hours=1)
ASKED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Workbook:
    """How the workbook of a table stands: there, to be made when somebody asks, or why there is none."""

    state: Literal["ready", "wanted", "none"]
    path: Path
    size: int = 0
    reason: str = ""


def path_of(table: ReleaseTable) -> Path:
    """Where the workbook of a table lies: under the fingerprint of its rows and the number of what it tells of them."""
    return Path(settings.LUMBUNG_WORKBOOKS) / f"{table.version.parquet_sha256}.{table.pk}{SUFFIX}"


def marker_of(path: Path) -> Path:
    """Where it stands why there is none."""
    return path.with_name(path.name.removesuffix(SUFFIX) + NONE)


def of_table(table: ReleaseTable) -> Workbook:
    """The workbook of a table whose rows are open."""
    path = path_of(table)
    if path.exists():
        return Workbook("ready", path, size=path.stat().st_size)
    reason = too_large(table) or (marker_of(path).read_text("utf-8") if marker_of(path).exists() else "")
    return Workbook("none" if reason else "wanted", path, reason=reason)


def too_large(table: ReleaseTable) -> str:
    """Why a table is too large for a workbook; empty where it is not."""
    if table.version.row_count > MOST_ROWS:
        return "too-many-rows"
    return "too-many-cells" if cells_of(table) > MOST_CELLS or _columns(table) > SHEET_COLUMNS else ""


def cells_of(table: ReleaseTable) -> int:
    """How many cells a table has: what its workbook costs."""
    return int(table.version.row_count) * _columns(table)


def _columns(table: ReleaseTable) -> int:
    return len(releases.schema_of(table)["fields"])


def open_tables() -> QuerySet[ReleaseTable]:
    """Tables anybody may have as they are now, of whatever release."""
    found = ReleaseTable.objects.filter(
        release__access=Dataset.Access.OPEN, release__withdrawn_at__isnull=True, version__withdrawn_at__isnull=True
    )
    return found.select_related("version", "release__dataset__portal", "release__dataset__producer", "resource")


def needed() -> dict[Path, ReleaseTable]:
    """Those of the newest release of every listed dataset: they are there before anybody asks."""
    newest = open_tables().filter(release__in=Listing.objects.values("release"), version__row_count__lte=MOST_ROWS)
    return {path_of(table): table for table in newest if not too_large(table)}


def allowed(paths: list[Path]) -> dict[Path, bool]:
    """Those of these files whose table is still open, and whether its release is the newest of a listed dataset."""
    numbers = sorted({_number(path) for path in paths} - {0})
    is_newest = Exists(Listing.objects.filter(release=OuterRef("release")))
    found: dict[Path, bool] = {}
    for start in range(0, len(numbers), ASKED_AT_ONCE):
        asked = open_tables().filter(pk__in=numbers[start : start + ASKED_AT_ONCE]).annotate(is_newest=is_newest)
        found |= {path_of(table): bool(table.is_newest) for table in asked}
    return found


def _number(path: Path) -> int:
    text = path.name.split(".")[1] if path.name.endswith((SUFFIX, NONE)) else ""
    return int(text) if text.isdigit() else 0


def lying() -> list[Path]:
    """Every file in the folder, but for those being made."""
    return [path for path in _files() if not path.name.startswith(".")]


def left_over(*, now: datetime) -> list[Path]:
    """Files of a process that was ended while it made one."""
    old = (now - UNFINISHED).timestamp()
    return [path for path in _files() if path.name.startswith(".") and path.stat().st_mtime < old]


def _files() -> Iterator[Path]:
    folder = Path(settings.LUMBUNG_WORKBOOKS)
    return (path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else iter(())
