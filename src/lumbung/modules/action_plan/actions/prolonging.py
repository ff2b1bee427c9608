"""A public test that stays open longer: announced while it is not over, with its reason, never the other way."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.events.consultation import ConsultationProlonged
from lumbung.modules.action_plan.models import Consultation, PlanMember, Prolongation

SHORTEST_REASON = 20


def prolong_consultation(
    *, consultation: Consultation, closes_on: date, reason: str, by: Viewer, now: datetime
) -> Prolongation:
    """Keep a public test open until a later day. One that is over stays over: a new one is opened instead."""
    held = permissions.required_in_member(by, permissions.MANAGE, consultation.member)
    _refuse_thin(reason)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=consultation.member_id)
        current = Consultation.objects.select_related("member").get(pk=consultation.pk)
        _refuse_days(current, closes_on, clock.local_day(now))
        salt = secrets.token_bytes(16)
        made = Prolongation.objects.create(
            consultation=current,
            closed_on_before=current.closes_on,
            closes_on=closes_on,
            reason=reason,
            salt=salt,
            prolonged_at=now,
            prolonged_by=permissions.account_of(by),
        )
        current.closes_on = closes_on
        current.save(update_fields=["closes_on"])
        event = ConsultationProlonged(
            plan=current.member.plan_id,
            member=current.member.organisation_id,
            consultation=str(current.pk),
            before_on=made.closed_on_before.isoformat(),
            closes_on=closes_on.isoformat(),
            reason_hash=sealing.salted_hash(reason, salt),
        )
        events.record(event, subject_type="plan", subject_id=event.plan, actor=by.acting_as(held), now=now)
    return made


def _refuse_thin(reason: str) -> None:
    public_words.refuse_personal_data("reason", reason)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(
            "prolongation-without-reason", _("Say in one full sentence why people get more time."), field="reason"
        )


def _refuse_days(consultation: Consultation, closes_on: date, today: date) -> None:
    if today > consultation.closes_on:
        raise Refused("public-test-is-over", _("This public test is over and stays over. Open a new one instead."))
    if closes_on <= consultation.closes_on:
        raise Refused(
            "public-test-never-shortened",
            _("A public test is never shortened. Choose a day after the last day announced so far."),
            field="closes_on",
        )
    beside = Consultation.objects.filter(member=consultation.member_id, opens_on__lte=closes_on)
    if beside.filter(closes_on__gte=consultation.opens_on).exclude(pk=consultation.pk).exists():
        raise Refused(
            "public-tests-overlap",
            _("Another public test of this government runs in these days. Choose other days."),
            field="closes_on",
        )
