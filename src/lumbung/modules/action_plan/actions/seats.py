"""Places in the forum: asked for by anybody, given with a decree, declined with a reason, ended with a day."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock, sealing
from lumbung.core.base.actors import GUEST
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.notices import actions as notices
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Recipient
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions import papers, seat_rules
from lumbung.modules.action_plan.actions.seat_rules import Place
from lumbung.modules.action_plan.events.seats import MonitorContactSaid, SeatAsked, SeatDeclined, SeatEnded, SeatTaken
from lumbung.modules.action_plan.letters import seats as letters
from lumbung.modules.action_plan.models import PlanMember, Seat

DECIDED = "action_plan.seat_decided"


@dataclass(frozen=True, slots=True)
class Application:
    """What an institution that wants to join tells. `draft_key` is the form's own: sent twice it is one seat."""

    institution: str
    sector: str
    email: str
    language: str
    draft_key: uuid.UUID


def ask_for_seat(*, member: PlanMember, application: Application, now: datetime) -> Seat:
    """An institution asks to join. Only the secretariat sees it until it is decided."""
    permissions.refuse_withdrawn(member.plan)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        known = Seat.objects.filter(draft_key=application.draft_key).first()
        return known or _ask(member, application, now)


def _ask(member: PlanMember, application: Application, now: datetime) -> Seat:
    seat = Seat(
        plan_id=member.plan_id,
        member=member,
        institution=application.institution,
        sector=application.sector,
        state=Seat.State.APPLIED,
        contact_language=application.language,
        draft_key=application.draft_key,
        asked_at=now,
    )
    seat.contact = sealing.seal(application.email, place=_place_of(seat))
    name_hash, seat.reason_salt = papers.hashed(seat.institution)
    seat.save(force_insert=True)
    event = SeatAsked(
        plan=seat.plan_id,
        member=member.organisation_id,
        seat=str(seat.pk),
        sector=application.sector,
        name_hash=name_hash,
    )
    events.record(event, subject_type="seat", subject_id=str(seat.pk), actor=GUEST, now=now)
    return seat


def give_seat(
    *, member: PlanMember, place: Place, by: Viewer, now: datetime, draft_key: uuid.UUID | None = None
) -> Seat:
    """Seat an institution that did not have to ask. The same form sent twice is one seat."""
    held = _required(by, member, place.duty)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        known = Seat.objects.filter(member=member, draft_key=draft_key).first() if draft_key else None
        if known is not None:
            return known
        seat = Seat(plan_id=member.plan_id, member=member, asked_at=now, draft_key=draft_key)
        _sit_down(seat, place, held=held, by=by, now=now)
    return seat


def admit_seat(*, seat: Seat, place: Place, by: Viewer, now: datetime) -> Seat:
    """Say yes to an institution that asked; its address is told, then destroyed."""
    held = _required(by, seat.member, place.duty)
    with transaction.atomic():
        current = _held(seat, Seat.State.SEATED)
        email = _contact_of(current)
        _sit_down(current, place, held=held, by=by, now=now)
        _tell(current, email, lambda: letters.admitted(current), now)
    return current


def decline_seat(*, seat: Seat, reason: str, by: Viewer, now: datetime) -> Seat:
    """Say no, with a reason the institution is told."""
    held = permissions.required_in_member(by, permissions.MANAGE, seat.member)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = _held(seat, Seat.State.DECLINED)
        email = _contact_of(current)
        reason_hash, current.reason_salt = papers.hashed(reason, current.reason_salt)
        current.state, current.reason, current.contact, current.decided_at = Seat.State.DECLINED, reason, None, now
        current.save()
        event = SeatDeclined(
            plan=current.plan_id,
            member=current.member.organisation_id,
            seat=str(current.pk),
            sector=current.sector,
            reason_hash=reason_hash,
        )
        _record(current, event, held, by, now)
        _tell(current, email, lambda: letters.declined(current), now)
    return current


def end_seat(*, seat: Seat, until: date, reason: str, by: Viewer, now: datetime) -> Seat:
    """An institution leaves the forum on a day. It stays on the page among those who left."""
    held = _required(by, seat.member, seat.duty)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = _held(seat, Seat.State.ENDED)
        if current.since is not None and until < current.since:
            raise Refused(
                "seat-ends-before-it-begins", _("The seat began on a later day. Correct the day."), field="until"
            )
        reason_hash, current.reason_salt = papers.hashed(reason, current.reason_salt)
        current.state, current.until, current.reason = Seat.State.ENDED, until, reason
        current.save(update_fields=["state", "until", "reason", "reason_salt"])
        event = SeatEnded(
            plan=current.plan_id,
            member=current.member.organisation_id,
            seat=str(current.pk),
            institution=current.organisation_id or "",
            duty=current.duty,
            until=until.isoformat(),
            reason_hash=reason_hash,
        )
        _record(current, event, held, by, now)
    return current


def say_contact(*, seat: Seat, contact: str, by: Viewer, now: datetime) -> Seat:
    """The chair says how everybody reaches whoever monitors; the newest contact holds."""
    held = _required(by, seat.member, seat.duty)
    with transaction.atomic():
        current = Seat.objects.select_for_update(of=("self",)).select_related("member__organisation").get(pk=seat.pk)
        if current.duty != Seat.Duty.MONITOR or current.state != Seat.State.SEATED:
            raise Refused(
                "contact-of-the-monitor-only",
                _("Only whoever monitors has a contact for everybody. Name the monitoring body first."),
            )
        current.public_contact = contact.strip()
        current.save(update_fields=["public_contact"])
        event = MonitorContactSaid(
            plan=current.plan_id,
            member=current.member.organisation_id,
            seat=str(current.pk),
            institution=current.organisation_id or "",
        )
        _record(current, event, held, by, now)
    return current


def forget_contacts(*, now: datetime) -> int:
    """Erase the address of whoever asked and was never answered; the request and its event stay. Returns how many."""
    oldest = now - timedelta(days=states.rules().contact_days)
    waiting = Seat.objects.filter(state=Seat.State.APPLIED, contact__isnull=False)
    ended = Q(plan__ends_on__lt=clock.local_day(now)) | Q(plan__withdrawn_at__isnull=False)
    over = waiting.filter(Q(asked_at__lt=oldest) | ended)
    return over.update(contact=None, contact_language="")


def _required(by: Viewer, member: PlanMember, duty: str) -> HeldRole:
    """The secretariat seats members; who monitors is named by the chair, not by those whose work is monitored."""
    verb = permissions.APPROVE if duty == Seat.Duty.MONITOR else permissions.MANAGE
    return permissions.required_in_member(by, verb, member)


def _held(seat: Seat, wanted: str) -> Seat:
    current = Seat.objects.select_for_update(of=("self",)).select_related("member__organisation").get(pk=seat.pk)
    PlanMember.objects.select_for_update().get(pk=current.member_id)
    if not states.may_become(states.SEAT_STATES, current.state, wanted):
        raise Refused("seat-decided-already", _("This seat was decided already. Reload the page."))
    return current


def _sit_down(seat: Seat, place: Place, *, held: HeldRole, by: Viewer, now: datetime) -> None:
    seat_rules.refuse_misplaced(seat.member, place)
    public_words.refuse_personal_data("note", place.note)
    seat.organisation = place.organisation
    seat.institution = "" if place.organisation else place.institution or seat.institution
    seat.sector, seat.duty, seat.decree, seat.note = place.sector, place.duty, place.decree, place.note
    seat.state, seat.since, seat.contact, seat.decided_at = Seat.State.SEATED, place.since, None, now
    event = taken(seat)
    seat.save()
    _record(seat, event, held, by, now)


def taken(seat: Seat) -> SeatTaken:
    """What the log is told of a seat that is held; gives the row the salt of its hashes."""
    name_hash, seat.reason_salt = papers.hashed(seat.institution, seat.reason_salt)
    note_hash, _salt = papers.hashed(seat.note, seat.reason_salt)
    return SeatTaken(
        plan=seat.plan_id,
        member=seat.member.organisation_id,
        seat=str(seat.pk),
        institution=seat.organisation_id or "",
        sector=seat.sector,
        duty=seat.duty,
        since=seat.since.isoformat() if seat.since else "",
        decree=str(seat.decree_id or ""),
        name_hash=name_hash,
        note_hash=note_hash,
    )


def _place_of(seat: Seat) -> str:
    return f"action_plan_seat.contact:{seat.pk}"


def _contact_of(seat: Seat) -> str:
    return sealing.unseal(seat.contact, place=_place_of(seat)) if seat.contact else ""


def _tell(seat: Seat, email: str, write: Callable[[], Letter], now: datetime) -> None:
    if email:
        to = Recipient(email, seat.contact_language or "id")
        notices.tell(to=to, kind=DECIDED, occasion=f"seat:{seat.pk}", write=write, now=now)


def _record(seat: Seat, event: Event, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="seat", subject_id=str(seat.pk), actor=by.acting_as(held), now=now)
