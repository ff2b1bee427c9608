"""The data lists as a table: one row each planned release day, with what became of it by a day."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.declarations import Column
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.portals import queries as portals
from lumbung.modules.open_data.datasets.activity import ACTIVITY, AGENCY, YES_NO, yes_no
from lumbung.modules.open_data.queries import declared, release_calendar
from lumbung.modules.open_data.queries.release_calendar import Entry
from lumbung.modules.open_data.release_days import Outcome

COLUMNS = (
    Column("year", _("Year of the data list"), "year"),
    Column("number", _("Line of the list"), "integer"),
    Column("title", _("Title")),
    Column("producer_code", _("Agency that produces it"), reference="organisasi"),
    Column("is_priority", _("Priority data"), codes=YES_NO),
    Column("dataset_key", _("Dataset"), description=_("Key in this catalogue; empty until something was released")),
    Column("planned_on", _("Planned release day"), "date"),
    Column("released_on", _("Day of the release that answers it"), "date", description=_("Empty until there is one")),
    Column(
        "outcome",
        _("What became of it"),
        codes={
            Outcome.KEPT.value: _("released by its day"),
            Outcome.LATER.value: _("released after its day"),
            Outcome.WAITING.value: _("the day is over, nothing was released"),
            Outcome.COMING.value: _("still to come"),
        },
        source="release_days",
    ),
    Column("days_late", _("Days late"), "integer", unit="hari", description=_("0 when in time, empty when open")),
    Column("as_of", _("Day of the snapshot"), "date"),
)


def rows(as_of: datetime, place: str) -> Iterator[dict[str, Any]]:
    """Every planned day of the lists the Forum agreed on, by list, line and day."""
    today = clock.local_day(as_of)
    entries = [
        entry for portal in declared.portals_at(place) for entry in release_calendar.entries_of(portal, today=today)
    ]
    for entry in sorted(entries, key=lambda each: (each.row.data_list.year, each.row.number, each.on)):
        yield _row(entry) | {"as_of": today}


def _row(entry: Entry) -> dict[str, Any]:
    row, kept = entry.row, entry.kept
    is_shown = row.dataset is not None and hasattr(row.dataset, "listing")
    return {
        "year": row.data_list.year,
        "number": row.number,
        "title": row.title,
        "producer_code": row.producer_id,
        "is_priority": yes_no(row.is_priority),
        "dataset_key": row.dataset.key if row.dataset and is_shown else "",
        "planned_on": kept.on,
        "released_on": kept.released_on,
        "outcome": kept.outcome.value,
        "days_late": kept.days_after if kept.released_on else None,
    }


DATA_LIST_PUBLIC = Declaration(
    key="data_list_public",
    title=_("The data list and its release days"),
    summary=_(
        "Each release day the agreed data lists planned, with the agency, the dataset and the day on which it was"
        " released."
    ),
    note=_(
        "One release answers one planned day. A line without a dataset stays in the table: what was planned and"
        " never came is counted, too."
    ),
    columns=COLUMNS,
    rows=rows,
    places=portals.governments_by_region,
    disclosure="public_records",
    activity=ACTIVITY,
    variables={"producer_code": AGENCY},
)
