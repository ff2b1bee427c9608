"""Workbooks of open tables are made after publishing or when somebody asks, and taken away with their rows."""

from datetime import datetime, timedelta
from pathlib import Path

from lumbung.core.datasets import queries as versions
from lumbung.core.jobs import actions as jobs
from lumbung.core.tables.limited import Made
from lumbung.core.tables.workbooks import making
from lumbung.core.tables.workbooks.making import Wanted
from lumbung.modules.open_data.documents import workbooks as sheets
from lumbung.modules.open_data.models import ReleaseTable
from lumbung.modules.open_data.queries import workbooks

MAKE, MAKE_ONE = "open_data.make_workbooks", "open_data.make_workbook"
# What is published together is made together, by one process.
PATIENCE = timedelta(seconds=20)
MOST_AT_ONCE, MOST_CELLS_AT_ONCE = 50, 3_000_000
# What will be the same however often it is tried.
FOR_GOOD = frozenset({"long-text", "type"})


def ask_for_all(*, now: datetime) -> None:
    """Something was published: its workbooks are made in a moment, with what else is published until then."""
    moment = int(now.timestamp() // PATIENCE.total_seconds())
    jobs.enqueue(MAKE, key=f"{MAKE}:{moment}", now=now, run_after=now + PATIENCE)


def ask_for_one(*, table: ReleaseTable, now: datetime) -> None:
    """Somebody wants the workbook of a table that has none yet; however many ask, it is made once."""
    jobs.enqueue(MAKE_ONE, now=now, table_id=table.pk)


def make_one(*, table_id: int, now: datetime) -> list[Made]:
    """Make one that was asked for, if it may be made still."""
    table = workbooks.open_tables().filter(pk=table_id).first()
    if table is None or workbooks.of_table(table).state != "wanted":
        return []
    return _made({workbooks.path_of(table): table}, now=now)


def make_missing(*, now: datetime) -> list[Made]:
    """Make those of the newest releases that are not there, some at a time; the rest follows in a job of its own."""
    remove_needless(now=now)
    needed = workbooks.needed()
    missing = {path: table for path, table in needed.items() if workbooks.of_table(table).state == "wanted"}
    some = _some(missing)
    made = _made(some, now=now)
    if len(missing) > len(some) and any(not each.failed for each in made):
        jobs.enqueue(MAKE, key=f"{MAKE}:{now.timestamp():.0f}", now=now)
    return made


def _some(missing: dict[Path, ReleaseTable]) -> dict[Path, ReleaseTable]:
    """As many as a worker is busy with for a minute at most, and one in any case."""
    some: dict[Path, ReleaseTable] = {}
    cells = 0
    for path, table in list(missing.items())[:MOST_AT_ONCE]:
        cells += workbooks.cells_of(table)
        if some and cells > MOST_CELLS_AT_ONCE:
            break
        some[path] = table
    return some


def try_again() -> None:
    """What failed for another reason than its own content is tried once more tonight."""
    for path in workbooks.lying():
        if path.name.endswith(workbooks.NONE) and path.read_text("utf-8") not in FOR_GOOD:
            path.unlink(missing_ok=True)


def remove_needless(*, now: datetime) -> int:
    """Take away what was withdrawn or cut short at once, and what is of an older release after a day."""
    lying = workbooks.lying()
    allowed = workbooks.allowed(lying)
    closed = [path for path in lying if _workbook_of(path) not in allowed]
    older = [path for path in lying if allowed.get(_workbook_of(path)) is False]
    older.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    too_old = (now - workbooks.KEPT_OLDER).timestamp()
    gone = [path for place, path in enumerate(older) if place >= workbooks.MOST_OLDER or path.stat().st_mtime < too_old]
    for path in [*closed, *gone, *workbooks.left_over(now=now)]:
        path.unlink(missing_ok=True)
    return len(closed) + len(gone)


def _workbook_of(path: Path) -> Path:
    return path.with_name(path.name.replace(workbooks.NONE, workbooks.SUFFIX))


def _made(wanted: dict[Path, ReleaseTable], *, now: datetime) -> list[Made]:
    found = making.make([_wanted(path, table) for path, table in wanted.items()])
    for each in found:
        if each.failed:
            workbooks.marker_of(each.target).write_text(each.failed, "utf-8")
    # Withdrawn while it was made: nobody may find it here.
    remove_needless(now=now)
    return found


def _wanted(path: Path, table: ReleaseTable) -> Wanted:
    return Wanted(versions.path_of(table.version, "parquet"), path, sheets.told_of(table))
