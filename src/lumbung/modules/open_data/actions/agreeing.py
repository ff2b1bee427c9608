"""The Forum agrees on a list with a record (berita acara); from then on it changes by amendments only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import connecting, priorities, row_writing
from lumbung.modules.open_data.actions.data_lists import tell
from lumbung.modules.open_data.actions.workflow import sha256_of
from lumbung.modules.open_data.events.data_lists import DataListAgreed, DataListAmended
from lumbung.modules.open_data.models import Agreement, Amendment, Attendance, DataList, Dataset, ListRow
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries.data_lists import RowFacts

LEAST_OFFICES = 2


@dataclass(frozen=True, slots=True)
class Present:
    """An office that was there, in which role, with how many people."""

    role: str
    office: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the record says of the meeting."""

    number: str
    held_on: date
    place: str
    decisions: str
    attendance: tuple[Present, ...]


def agree_list(*, data_list: DataList, meeting: MeetingFacts, by: Viewer, now: datetime) -> Agreement:
    """Fix a list as the Forum agreed on it. Every proposal has to be decided first."""
    portal = data_list.portal
    held = permissions.required_at(by, permissions.PLAN, region_code=portal.region_id)
    with transaction.atomic():
        current = known.locked(data_list)
        known.require_open(current)
        rows = _decided_rows(current)
        _require_meeting(meeting, clock.local_day(now))
        agreement = _record(current, rows, meeting, by, now)
        current.agreed_at = now
        current.save(update_fields=["agreed_at"])
        event = DataListAgreed(
            portal=portal.pk,
            year=current.year,
            rows=len(rows),
            priority=sum(row.is_priority for row in rows),
            held_on=meeting.held_on.isoformat(),
            listed_sha256=agreement.listed_sha256,
        )
        actor = by.acting_as(held)
        tell(current, event, actor, now)
        priorities.follow(portal=portal, actor=actor, now=now)
        return agreement


def amend_row(*, row: ListRow, facts: RowFacts, reason: str, by: Viewer, now: datetime) -> Amendment:
    """Change a row of an agreed list. What stood there stays readable."""
    held = _required_to_amend(by, row.data_list, reason)
    with transaction.atomic():
        row = known.locked_row(row)
        known.require_agreed(row.data_list)
        _require_listed(row)
        changes = row_writing.differences(row, facts)
        if not changes:
            raise Refused("nothing-was-changed", _("Nothing was changed. Change something, or go back."))
        row_writing.write(row, facts, row.data_list.year)
        return _amend(row, Amendment.Kind.CHANGED, changes, reason, by=by, held=held, now=now)


def add_by_amendment(*, data_list: DataList, facts: RowFacts, reason: str, by: Viewer, now: datetime) -> Amendment:
    """Add a row to an agreed list."""
    held = _required_to_amend(by, data_list, reason)
    with transaction.atomic():
        current = known.locked(data_list)
        known.require_agreed(current)
        row = row_writing.add(current, facts, state=ListRow.State.LISTED, by=by, now=now)
        changes = [{"field": name, "old": None, "new": told} for name, told in facts.told().items() if told]
        return _amend(row, Amendment.Kind.ADDED, changes, reason, by=by, held=held, now=now)


def drop_by_amendment(*, row: ListRow, reason: str, by: Viewer, now: datetime) -> Amendment:
    """Take a row off an agreed list. It stays readable with its reason, and its dataset stays published."""
    held = _required_to_amend(by, row.data_list, reason)
    with transaction.atomic():
        row = known.locked_row(row)
        known.require_agreed(row.data_list)
        _require_listed(row)
        row.state, row.left_out_reason = ListRow.State.LEFT_OUT, reason.strip()
        row.save(update_fields=["state", "left_out_reason"])
        changes = [{"field": "state", "old": ListRow.State.LISTED.value, "new": ListRow.State.LEFT_OUT.value}]
        return _amend(row, Amendment.Kind.LEFT_OUT, changes, reason, by=by, held=held, now=now)


def tie_by_amendment(*, row: ListRow, dataset: Dataset | None, reason: str, by: Viewer, now: datetime) -> Amendment:
    """Say that another dataset fulfils a row of an agreed list, or none: the priority goes with the row."""
    held = _required_to_amend(by, row.data_list, reason)
    with transaction.atomic():
        row = known.locked_row(row)
        known.require_agreed(row.data_list)
        _require_listed(row)
        if dataset is not None:
            connecting.require_fitting(row, dataset, is_any_agency=True)
        if row.dataset == dataset:
            raise Refused("nothing-was-changed", _("Nothing was changed. Change something, or go back."))
        changes = [{"field": "dataset", "old": _name_of(row.dataset), "new": _name_of(dataset)}]
        connecting.tie(row, dataset, actor=by.acting_as(held), now=now)
        return _amend(row, Amendment.Kind.CHANGED, changes, reason, by=by, held=held, now=now)


def _name_of(dataset: Dataset | None) -> str:
    return dataset.name if dataset is not None else ""


def _required_to_amend(by: Viewer, data_list: DataList, reason: str) -> HeldRole:
    held = permissions.required_at(by, permissions.PLAN, region_code=data_list.portal.region_id)
    row_writing.require_reason(reason)
    return held


def _require_listed(row: ListRow) -> None:
    if row.state != ListRow.State.LISTED:
        raise Refused("row-is-left-out", _("This row is not on the list any more."))


def _amend(
    row: ListRow,
    kind: Amendment.Kind,
    changes: list[dict[str, Any]],
    reason: str,
    *,
    by: Viewer,
    held: HeldRole,
    now: datetime,
) -> Amendment:
    current, actor = row.data_list, by.acting_as(held)
    made = Amendment.objects.create(
        data_list=current,
        number=(current.amendments.aggregate(last=Max("number"))["last"] or 0) + 1,
        row=row,
        kind=kind,
        changes=changes,
        reason=reason.strip(),
        made_at=now,
        made_by=by.account,
    )
    tell(current, _amended(made, current, row), actor, now)
    priorities.follow(portal=current.portal, actor=actor, now=now)
    return made


def _amended(made: Amendment, current: DataList, row: ListRow) -> DataListAmended:
    return DataListAmended(
        portal=current.portal_id,
        year=current.year,
        amendment=made.number,
        number=row.number,
        kind=made.kind,
        fields=[str(each["field"]) for each in made.changes],
        changes_sha256=sha256_of({"changes": made.changes, "reason": made.reason}),
    )


def _decided_rows(data_list: DataList) -> list[ListRow]:
    waiting = data_list.rows.filter(state=ListRow.State.PROPOSED).count()
    if waiting:
        raise Refused(
            "proposals-wait",
            _("%(count)s proposals still wait. Put each on the list, or leave it out with a reason."),
            count=waiting,
        )
    rows = list(known.listed_rows(data_list))
    if not rows:
        raise Refused("data-list-is-empty", _("There is no row on this list yet. Gather proposals first."))
    return rows


def _require_meeting(meeting: MeetingFacts, today: date) -> None:
    if meeting.held_on > today:
        raise Refused("meeting-is-to-come", _("The meeting has to be over before it is recorded."), field="held_on")
    if len(meeting.attendance) < LEAST_OFFICES:
        raise Refused("attendance-is-short", _("Name the offices that were there, at least two."), field="office_1")


def _record(
    data_list: DataList, rows: Sequence[ListRow], meeting: MeetingFacts, by: Viewer, now: datetime
) -> Agreement:
    listed = listed_of(data_list, rows)
    agreement = Agreement.objects.create(
        data_list=data_list,
        number=meeting.number,
        held_on=meeting.held_on,
        place=meeting.place,
        decisions=meeting.decisions,
        listed=rfc8785.dumps(listed).decode(),
        listed_sha256=sha256_of(listed),
        recorded_at=now,
        recorded_by=by.account,
    )
    Attendance.objects.bulk_create(
        Attendance(agreement=agreement, position=place, role=each.role, office=each.office, people=each.people)
        for place, each in enumerate(meeting.attendance, start=1)
    )
    return agreement


def listed_of(data_list: DataList, rows: Sequence[ListRow]) -> dict[str, Any]:
    """The list as its record keeps it."""
    return {
        "portal": data_list.portal_id,
        "year": data_list.year,
        "rows": [{"number": row.number, **known.facts_of(row).told()} for row in rows],
    }
