"""Meetings: planned, announced with their materials, held, written down. Nobody who came is named."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions import announcing, papers
from lumbung.modules.action_plan.actions.announcing import MeetingFacts
from lumbung.modules.action_plan.actions.papers import SHARED, Upload
from lumbung.modules.action_plan.events.meetings import (
    MaterialShared,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingInvited,
    MeetingMoved,
    MeetingPlanned,
)
from lumbung.modules.action_plan.models import Attendance, Decision, Material, Meeting, Plan, PlanMember
from lumbung.modules.action_plan.queries import meetings, told_words

State = Meeting.State


@dataclass(frozen=True, slots=True)
class Came:
    """How many women and men came for an institution."""

    sector: str
    women: int
    men: int
    organisation: Organisation | None = None
    institution: str = ""


def plan_meeting(
    *,
    plan: Plan,
    member: PlanMember | None,
    facts: MeetingFacts,
    by: Viewer,
    now: datetime,
    draft_key: uuid.UUID | None = None,
) -> Meeting:
    """Put a meeting into the calendar; of one member, or of all together. The same form sent twice is one meeting."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan, member)
    announcing.refuse_impossible(facts)
    _refuse_personal_data(title=facts.title, place=facts.place, agenda=facts.agenda)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        known = Meeting.objects.filter(plan=plan, draft_key=draft_key).first() if draft_key else None
        if known is not None:
            return known
        meeting = Meeting(plan=plan, member=member, draft_key=draft_key)
        announcing.write(meeting, facts)
        hashes = announcing.hashes(meeting)
        meeting.save(force_insert=True)
        event = MeetingPlanned(**_names(meeting), kind=facts.kind, starts_on=_day(facts.starts_at), **hashes)
        _record(meeting, event, held, by, now)
    return meeting


def change_meeting(*, meeting: Meeting, facts: MeetingFacts, by: Viewer, now: datetime) -> Meeting:
    """Correct what is announced, as long as the meeting was not held. Another day is told in its history."""
    held = _required(by, meeting)
    announcing.refuse_impossible(facts)
    _refuse_personal_data(title=facts.title, place=facts.place, agenda=facts.agenda)
    with transaction.atomic():
        current = _held(meeting)
        _refuse_settled(current)
        before = (current.starts_at, current.kind, told_words.announced(current), current.agenda)
        announcing.write(current, facts)
        names, hashes = {**_names(current), "kind": current.kind}, announcing.hashes(current)
        current.save()
        if before[0] != facts.starts_at:
            days = {"before_on": _day(before[0]), "starts_on": _day(facts.starts_at)}
            _record(current, MeetingMoved(**names, **days, **hashes), held, by, now)
        elif before[1:] != (current.kind, told_words.announced(current), current.agenda):
            _record(current, MeetingCorrected(**names, **hashes), held, by, now)
    return current


def invite(*, meeting: Meeting, invitation: str, by: Viewer, now: datetime) -> Meeting:
    """Send the invitation out: from now on it is on the meeting's page, with the day it was sent."""
    held = _required(by, meeting)
    _refuse_personal_data(invitation=invitation)
    with transaction.atomic():
        current = _to(meeting, State.INVITED)
        if current.starts_at <= now:
            raise Refused(
                "meeting-began-already",
                _("The meeting began already, so nobody can be invited to it. Move it, or write down how it was held."),
            )
        invitation_hash, current.invitation_salt = papers.hashed(invitation, current.invitation_salt)
        current.state, current.invitation, current.invited_at = State.INVITED, invitation, now
        current.save(update_fields=["state", "invitation", "invited_at", "invitation_salt"])
        days = (current.starts_at - now).days
        event = MeetingInvited(**_names(current), kind=current.kind, days_before=days, invitation_hash=invitation_hash)
        _record(current, event, held, by, now)
    return current


def share_material(
    *, meeting: Meeting, title: str, url: str, upload: Upload | None, by: Viewer, now: datetime
) -> Material:
    """Share a document or a link with everybody. Whether it came before the meeting is counted, not claimed."""
    held = _required(by, meeting)
    if (upload is None) == (not url):
        raise Refused(
            "material-is-one-thing", _("Choose a document, or write an address: one of the two."), field="url"
        )
    written = papers.write(upload, accepted=SHARED)
    with transaction.atomic():
        current = _held(meeting)
        if current.state == State.CANCELLED:
            raise _settled()
        material = Material.objects.create(
            meeting=current,
            title=title,
            url=url,
            document=papers.keep(written, title=f"{current.title} {title}", now=now),
            shared_at=now,
        )
        shared_hash, current.announced_salt = papers.hashed(told_words.shared(material), current.announced_salt)
        current.save(update_fields=["announced_salt"])
        event = MaterialShared(
            **_names(current),
            sha256=written.sha256 if written else "",
            before=now < current.starts_at,
            shared_hash=shared_hash,
        )
        _record(current, event, held, by, now)
    return material


def write_down_who_came(*, meeting: Meeting, rows: Sequence[Came], by: Viewer, now: datetime) -> None:
    """Replace the numbers of those who came, as long as the meeting is not closed with its minutes."""
    _required(by, meeting)
    with transaction.atomic():
        current = _held(meeting)
        _refuse_settled(current)
        if now < current.starts_at:
            raise Refused(
                "meeting-has-not-begun", _("The meeting has not begun. Come back here when people are there.")
            )
        names = [row.organisation.pk if row.organisation else row.institution.casefold() for row in rows]
        if len(set(names)) != len(names):
            raise Refused("institution-stands-twice", _("An institution stands there twice. Add its numbers together."))
        current.attendance.all().delete()
        for row in rows:
            Attendance.objects.create(
                meeting=current,
                organisation=row.organisation,
                institution="" if row.organisation else row.institution,
                sector=row.sector,
                women=row.women,
                men=row.men,
            )


def hold_meeting(*, meeting: Meeting, minutes: str, decisions: Sequence[str], by: Viewer, now: datetime) -> Meeting:
    """Close a meeting with its minutes and decisions. From now on nobody changes what was written down."""
    held = _required(by, meeting)
    _refuse_personal_data(minutes=minutes, decisions="\n".join(decisions))
    with transaction.atomic():
        current = _to(meeting, State.HELD)
        if now < current.starts_at:
            raise Refused(
                "meeting-has-not-begun", _("The meeting has not begun. Come back here when people are there.")
            )
        sheet = meetings.sheet_of(current)
        if not sheet.attendance:
            raise Refused(
                "nobody-came-yet", _("Write down first who came: each institution with its number of women and men.")
            )
        minutes_hash, current.salt = papers.hashed(minutes, current.salt)
        came = told_words.attendance(sheet.attendance)
        attendance_hash, current.announced_salt = papers.hashed(came, current.announced_salt)
        current.state, current.minutes, current.held_at = State.HELD, minutes, now
        current.save(update_fields=["state", "minutes", "held_at", "salt", "announced_salt"])
        event = MeetingHeld(
            **_names(current),
            kind=current.kind,
            held_on=_day(current.starts_at),
            institutions=len(sheet.attendance),
            women=sheet.women,
            men=sheet.men,
            sectors=_people_by_sector(sheet.attendance),
            decisions=len(decisions),
            minutes_hash=minutes_hash,
            decision_hashes=_decide(current, decisions),
            attendance_hash=attendance_hash,
        )
        _record(current, event, held, by, now)
    return current


def _decide(meeting: Meeting, decisions: Sequence[str]) -> dict[str, str]:
    """Write the decisions down; the hash of each by its number."""
    hashes: dict[str, str] = {}
    for number, text in enumerate(decisions, start=1):
        hashes[str(number)], salt = papers.hashed(text)
        Decision.objects.create(meeting=meeting, number=number, text=text, salt=salt)
    return hashes


def cancel_meeting(*, meeting: Meeting, reason: str, by: Viewer, now: datetime) -> Meeting:
    """Call a meeting off, with the reason everybody reads."""
    held = _required(by, meeting)
    _refuse_personal_data(reason=reason)
    with transaction.atomic():
        current = _to(meeting, State.CANCELLED)
        reason_hash, current.salt = papers.hashed(reason, current.salt)
        current.state, current.cancelled_reason = State.CANCELLED, reason
        current.save(update_fields=["state", "cancelled_reason", "salt"])
        event = MeetingCancelled(**_names(current), kind=current.kind, reason_hash=reason_hash)
        _record(current, event, held, by, now)
    return current


def _required(by: Viewer, meeting: Meeting) -> HeldRole:
    return permissions.required_in_plan(by, permissions.MANAGE, meeting.plan, meeting.member)


def _held(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("member__organisation")
    return rows.get(pk=meeting.pk)


def _to(meeting: Meeting, wanted: str) -> Meeting:
    current = _held(meeting)
    if not states.may_become(states.MEETING_STATES, current.state, wanted):
        raise _settled()
    return current


def _refuse_settled(meeting: Meeting) -> None:
    if not states.MEETING_STATES[meeting.state]:
        raise _settled()


def _settled() -> Refused:
    return Refused("meeting-is-settled", _("This meeting was closed or cancelled already. Reload the page."))


def _refuse_personal_data(**texts: str) -> None:
    for field, text in texts.items():
        public_words.refuse_personal_data(field, text)


def _names(meeting: Meeting) -> dict[str, str]:
    member = meeting.member.organisation_id if meeting.member else ""
    return {"plan": meeting.plan_id, "member": member, "meeting": str(meeting.pk)}


def _people_by_sector(rows: Sequence[Attendance]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in rows:
        counted[row.sector] = counted.get(row.sector, 0) + row.people
    return counted


def _day(moment: datetime) -> str:
    return clock.local_day(moment).isoformat()


def _record(meeting: Meeting, event: Event, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="meeting", subject_id=str(meeting.pk), actor=by.acting_as(held), now=now)
