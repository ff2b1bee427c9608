"""What the verbs about rows of a data list share: writing what a row says, and telling what changed."""

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.organisations import queries as organisations
from lumbung.core.web import formatting, public_words
from lumbung.modules.open_data import release_days, shape
from lumbung.modules.open_data.models import DataList, ListRow, PlannedDay
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries.data_lists import RowFacts

PLAIN = ("title", "purpose", "standard", "frequency", "is_priority", "priority_reason", "bps_number", "ewalidata_code")
MOST_DAYS = 60


def add(
    data_list: DataList, facts: RowFacts, *, state: str, by: Viewer, now: datetime, carried: ListRow | None = None
) -> ListRow:
    """A new row with the next number, in the caller's transaction."""
    row = ListRow(
        data_list=data_list,
        number=known.next_number(data_list),
        state=state,
        carried_from=carried,
        proposed_at=now,
        proposed_by=by.account,
    )
    write(row, facts, data_list.year)
    return row


def write(row: ListRow, facts: RowFacts, year: int) -> None:
    """Write what a row says, with its days."""
    _require_sound(facts, row.data_list, year)
    for name in PLAIN:
        setattr(row, name, getattr(facts, name))
    row.producer_id = facts.producer
    row.columns = [asdict(column) for column in facts.columns]
    row.save()
    row.days.exclude(on__in=facts.days).delete()
    there = set(row.days.values_list("on", flat=True))
    PlannedDay.objects.bulk_create(PlannedDay(row=row, on=day) for day in facts.days if day not in there)


def differences(row: ListRow, facts: RowFacts) -> list[dict[str, Any]]:
    """What changes, field by field: what stood there and what will."""
    old, new = known.facts_of(row).told(), facts.told()
    return [{"field": name, "old": old[name], "new": new[name]} for name in new if old[name] != new[name]]


def a_year_on(facts: RowFacts, year: int) -> RowFacts:
    """The same row planned in another year."""
    return replace(facts, days=tuple(release_days.a_year_on(day, year) for day in facts.days))


def require_reason(reason: str) -> None:
    """Refuse what nobody gave a reason for that everybody may read."""
    public_words.refuse_personal_data("reason", reason)
    if not reason.strip():
        raise Refused("row-needs-a-reason", _("Say why. Everybody reads it beside the row."), field="reason")


def _require_sound(facts: RowFacts, data_list: DataList, year: int) -> None:
    producer = organisations.by_code(facts.producer)
    if producer is None or not _belongs(producer.region_id, data_list.portal.region_id):
        raise Refused("producer-is-of-another-government", _("Choose an agency of this government."), field="producer")
    if shape.choice_of("frequencies", facts.frequency) is None:
        raise Refused("frequency-is-unknown", _("Choose how often it is released."), field="frequency")
    if facts.is_priority and not facts.priority_reason.strip():
        raise Refused("priority-needs-a-reason", _("Say why these are priority data."), field="priority_reason")
    _require_days(facts.days, year)


def _require_days(days: tuple[date, ...], year: int) -> None:
    if not days:
        raise Refused("row-needs-a-day", _("Plan at least one day of release."), field="first_day")
    if len(days) > MOST_DAYS:
        raise Refused("row-has-many-days", _("Plan at most %(most)s days of release."), field="days", most=MOST_DAYS)
    other = next((day for day in days if day.year != year), None)
    if other is not None:
        raise Refused(
            "day-is-of-another-year",
            _("%(day)s does not lie in %(year)s. Days of another year belong to its own list."),
            field="days",
            day=formatting.date_medium(other),
            year=year,
        )


def _belongs(region_code: str, government: str) -> bool:
    """Offices of districts produce for their regency, too; regencies do not produce for their province."""
    is_regency = government.count(".") == 1
    return region_code == government or (is_regency and region_code.startswith(f"{government}."))
