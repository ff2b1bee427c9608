"""Planned and actual days of release of a portal, from its agreed lists. Nothing here is typed by anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import release_days
from lumbung.modules.open_data.models import ListRow, PlannedDay, Release
from lumbung.modules.open_data.queries.data_lists import ON_THE_LIST
from lumbung.modules.open_data.release_days import Kept

AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Entry:
    """One planned day of one row, and what became of it."""

    row: ListRow
    kept: Kept

    @property
    def on(self) -> date:
        return self.kept.on


def entries_of(portal: Portal, *, today: date) -> list[Entry]:
    """Every planned day of the agreed lists, in order. A dataset is followed from one year's list to the next."""
    rows = ListRow.objects.filter(
        data_list__portal=portal, data_list__agreed_at__isnull=False, state=ON_THE_LIST
    ).select_related("producer", "dataset", "data_list", "dataset__listing")
    return entries_for(list(rows), today=today)


def entries_for(rows: list[ListRow], *, today: date) -> list[Entry]:
    """The planned days of these rows, with the releases of their datasets."""
    by_id = {row.pk: row for row in rows}
    planned: dict[object, dict[date, ListRow]] = {}
    for day in PlannedDay.objects.filter(row__in=by_id).order_by("on"):
        row = by_id[day.row_id]
        planned.setdefault(row.dataset_id or row.pk, {})[day.on] = row
    released = released_days([row.dataset_id for row in rows if row.dataset_id])
    found = [
        Entry(days[kept.on], kept)
        for key, days in planned.items()
        for kept in release_days.kept(days, released.get(key, ()), today=today)
    ]
    return sorted(found, key=lambda entry: (entry.on, entry.row.title))


def released_days(datasets: Iterable[object]) -> dict[object, list[date]]:
    """On which days each dataset was released; a withdrawn release counts: the promise was kept."""
    found: dict[object, list[date]] = {}
    for dataset, at in Release.objects.filter(dataset__in=set(datasets)).values_list("dataset", "published_at"):
        found.setdefault(dataset, []).append(clock.local_day(at))
    return found


def coming(entries: Iterable[Entry], *, today: date) -> list[Entry]:
    """The next 90 days, today included."""
    return [entry for entry in entries if today <= entry.on <= today + AHEAD]


def past(entries: Iterable[Entry], *, today: date, year: int) -> list[Entry]:
    """The days of a year that are over, newest first."""
    return [entry for entry in entries if entry.on < today and entry.on.year == year][::-1]
