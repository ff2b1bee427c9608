"""A data list is opened for a year, empty or with the rows of the year before; its rows are proposed and gathered."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import row_writing
from lumbung.modules.open_data.events.data_lists import (
    DataListOpened,
    ListRowChanged,
    ListRowLeftOut,
    ListRowProposed,
    ListRowTaken,
)
from lumbung.modules.open_data.models import DataList, ListRow
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries.data_lists import RowFacts

LIST = "data_list"
YEARS_AHEAD = 2


def open_list(*, portal: Portal, year: int, carried: DataList | None, by: Viewer, now: datetime) -> DataList:
    """Open the list of a year. Rows of an agreed list are carried over as proposals, each a year on."""
    held = permissions.required_at(by, permissions.PLAN, region_code=portal.region_id)
    _require_year(portal, year, clock.local_day(now).year)
    if carried is not None:
        known.require_agreed(carried)
    with transaction.atomic():
        made = DataList.objects.create(
            portal=portal, year=year, carried_from=carried, opened_at=now, opened_by=by.account
        )
        rows = _carry(carried, made, by=by, now=now) if carried else 0
        tell(made, DataListOpened(portal=portal.pk, year=year, rows=rows), by.acting_as(held), now)
        return made


def propose_row(*, data_list: DataList, facts: RowFacts, by: Viewer, now: datetime) -> ListRow:
    """Propose a row. What the secretariat itself proposes stands on the list at once."""
    portal = data_list.portal
    held = permissions.required_for_rows(by, region_code=portal.region_id, organisation_code=facts.producer)
    with transaction.atomic():
        current = known.locked(data_list)
        known.require_open(current)
        plans = permissions.plans_in(by, portal.region_id)
        state = ListRow.State.LISTED if plans else ListRow.State.PROPOSED
        row = row_writing.add(current, facts, state=state, by=by, now=now)
        event = ListRowProposed(portal=portal.pk, year=current.year, number=row.number, producer=facts.producer)
        tell(current, event, by.acting_as(held), now)
        return row


def change_row(*, row: ListRow, facts: RowFacts, by: Viewer, now: datetime) -> ListRow:
    """Change a row before the Forum agrees: its producer while it is proposed, the secretariat until the end."""
    region = row.data_list.portal.region_id
    permissions.required_for_rows(by, region_code=region, organisation_code=facts.producer)
    with transaction.atomic():
        row = known.locked_row(row)
        held, current = _required_to_write(by, row), row.data_list
        known.require_open(current)
        changed = row_writing.differences(row, facts)
        if not changed:
            return row
        row_writing.write(row, facts, current.year)
        event = ListRowChanged(
            portal=current.portal_id, year=current.year, number=row.number, fields=[each["field"] for each in changed]
        )
        tell(current, event, by.acting_as(held), now)
        return row


def take_row(*, row: ListRow, by: Viewer, now: datetime) -> ListRow:
    """Put a proposal on the list, or put back what was left out."""
    held = permissions.required_at(by, permissions.PLAN, region_code=row.data_list.portal.region_id)
    with transaction.atomic():
        row = known.locked_row(row)
        current = row.data_list
        known.require_open(current)
        row.state, row.left_out_reason = ListRow.State.LISTED, ""
        row.save(update_fields=["state", "left_out_reason"])
        event = ListRowTaken(portal=current.portal_id, year=current.year, number=row.number)
        tell(current, event, by.acting_as(held), now)
        return row


def take_all(*, data_list: DataList, by: Viewer, now: datetime) -> int:
    """Put every waiting proposal on the list; returns how many."""
    waiting = known.rows_of(data_list).filter(state=ListRow.State.PROPOSED)
    with transaction.atomic():
        return len([take_row(row=row, by=by, now=now) for row in waiting])


def leave_out_row(*, row: ListRow, reason: str, by: Viewer, now: datetime) -> ListRow:
    """Leave a row out before the Forum agrees. Its producer reads why."""
    row_writing.require_reason(reason)
    with transaction.atomic():
        row = known.locked_row(row)
        held, current = _required_to_write(by, row), row.data_list
        known.require_open(current)
        row.state, row.left_out_reason = ListRow.State.LEFT_OUT, reason.strip()
        row.save(update_fields=["state", "left_out_reason"])
        event = ListRowLeftOut(portal=current.portal_id, year=current.year, number=row.number)
        tell(current, event, by.acting_as(held), now)
        return row


def tell(data_list: DataList, event: Event, actor: Actor, now: datetime) -> None:
    """Record what happened to a list."""
    events.record(event, subject_type=LIST, subject_id=str(data_list.pk), actor=actor, now=now)


def _required_to_write(by: Viewer, row: ListRow) -> HeldRole:
    region = row.data_list.portal.region_id
    held = permissions.required_for_rows(by, region_code=region, organisation_code=row.producer_id)
    if row.state != ListRow.State.PROPOSED and not permissions.plans_in(by, region):
        raise Refused(
            "row-is-with-the-secretariat",
            _("The secretariat has this row now. Ask it for the change you need."),
        )
    return held


def _require_year(portal: Portal, year: int, this_year: int) -> None:
    if not this_year - 1 <= year <= this_year + YEARS_AHEAD:
        raise Refused(
            "year-of-list-is-far-away",
            _("Choose a year from %(first)s to %(last)s."),
            field="year",
            first=this_year - 1,
            last=this_year + YEARS_AHEAD,
        )
    if known.list_at(portal, year) is not None:
        raise Refused("data-list-is-there", _("There is a list of %(year)s already. Open it."), field="year", year=year)


def _carry(source: DataList, made: DataList, *, by: Viewer, now: datetime) -> int:
    rows = list(known.listed_rows(source))
    for row in rows:
        facts = known.facts_of(row)
        new = row_writing.add(
            made, row_writing.a_year_on(facts, made.year), state=ListRow.State.PROPOSED, by=by, now=now, carried=row
        )
        _keep_dataset(row, new)
    return len(rows)


def _keep_dataset(row: ListRow, new: ListRow) -> None:
    if row.dataset is not None and row.dataset.withdrawn_at is None:
        new.dataset = row.dataset
        new.save(update_fields=["dataset"])
