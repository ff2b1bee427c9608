"""Copies of open tables are made, made anew where they are lost, and taken away where nobody may read them any more."""

from datetime import datetime, timedelta

from lumbung.core.jobs import actions as jobs
from lumbung.core.tables.copies import making
from lumbung.core.tables.limited import Made
from lumbung.modules.open_data.queries import row_copies

MAKE = "open_data.make_copies"
# What is published together is copied together, by one process.
PATIENCE = timedelta(seconds=20)
MOST_AT_ONCE = 50


def ask_for_copies(*, now: datetime) -> None:
    """Something was published: copies are made in a moment, together with what else is published until then."""
    moment = int(now.timestamp() // PATIENCE.total_seconds())
    jobs.enqueue(MAKE, key=f"{MAKE}:{moment}", now=now, run_after=now + PATIENCE)


def remove_needless(*, now: datetime) -> int:
    """Take away copies of what was withdrawn, replaced or cut short; returns how many."""
    needed = row_copies.needed()
    gone = [path for path in row_copies.lying() if path not in needed] + list(row_copies.left_over(now=now))
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def make_missing(*, now: datetime) -> list[Made]:
    """Make copies that are not there, some at a time; the rest follows in a job of its own."""
    remove_needless(now=now)
    missing = [(path, table) for path, table in row_copies.needed().items() if not path.exists()]
    made = making.make([row_copies.wanted(path, table) for path, table in missing[:MOST_AT_ONCE]])
    # Withdrawn while its copy was made: nobody may find it here.
    remove_needless(now=now)
    if len(missing) > MOST_AT_ONCE and any(not each.failed for each in made):
        jobs.enqueue(MAKE, key=f"{MAKE}:{now.timestamp():.0f}", now=now)
    return made
