"""Giving up a plan of which nothing was enacted: asked with a reason, agreed to by a second person, told for ever."""

import secrets
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import second_person
from lumbung.modules.action_plan.events.withdrawal import PlanWithdrawn, WithdrawalAsked, WithdrawalDeclined
from lumbung.modules.action_plan.letters import decisions as letters
from lumbung.modules.action_plan.models import Plan, PlanWithdrawal
from lumbung.modules.action_plan.queries import withdrawals

Told = WithdrawalAsked | WithdrawalDeclined | PlanWithdrawn


def ask_withdrawal(*, plan: Plan, reason: str, by: Viewer, now: datetime) -> PlanWithdrawal:
    """Ask to withdraw a plan. Nothing changes until a second person agrees."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        _refuse_enacted(Plan.objects.select_for_update().get(pk=plan.pk))
        if withdrawals.waiting_withdrawal(plan) is not None:
            raise Refused("withdrawal-waits-already", _("A withdrawal of this plan already waits for a second person."))
        salt = secrets.token_bytes(16)
        asked = PlanWithdrawal.objects.create(
            plan=plan,
            reason=reason,
            reason_salt=salt,
            asked_by=permissions.account_of(by),
            asked_role=held.role,
            asked_for=permissions.member_of_role(plan, held),
            asked_at=now,
        )
        event = WithdrawalAsked(plan=plan.pk, reason_hash=sealing.salted_hash(reason, salt))
        _record(event, held, by, now)
        second_person.tell_deciders(
            plan,
            None,
            asked_for=asked.asked_for,
            kind=event.key,
            occasion=str(asked.pk),
            write=partial(letters.withdrawal_waits, asked),
            now=now,
        )
        return asked


def decide_withdrawal(*, withdrawal: PlanWithdrawal, granted: bool, by: Viewer, now: datetime) -> PlanWithdrawal:
    """The second person agrees or declines. A plan of several governments is not given up by one of them alone."""
    plan = withdrawal.plan
    permissions.required_in_plan(by, permissions.APPROVE, plan)
    held = permissions.role_to_grant(by, withdrawal, plan, None)
    if held is None:
        raise NotPermitted(
            "withdrawal-needs-another-government",
            _("This plan is made together, so another government of the plan agrees: ask its chair."),
        )
    with transaction.atomic():
        current = _held(withdrawal, by)
        if granted:
            _refuse_enacted(plan)
            Plan.objects.filter(pk=plan.pk).update(withdrawn_at=now)
        current.decided_by, current.decided_role, current.decided_at = by.account, held.role, now
        current.is_granted = granted
        current.save()
        event = _told(current, plan)
        _record(event, held, by, now)
        second_person.tell_asker(
            plan,
            current.asked_for,
            current.asked_by,
            kind=event.key,
            occasion=str(current.pk),
            write=partial(letters.withdrawal_decided, current),
            now=now,
        )
        return current


def _held(withdrawal: PlanWithdrawal, by: Viewer) -> PlanWithdrawal:
    Plan.objects.select_for_update().get(pk=withdrawal.plan_id)
    current = PlanWithdrawal.objects.select_for_update(of=("self",)).get(pk=withdrawal.pk)
    if current.decided_at is not None:
        raise Refused("withdrawal-decided-already", _("This was decided already. Reload the page."))
    if current.asked_by_id == permissions.account_of(by).pk:
        raise NotPermitted(
            "withdrawal-needs-a-second-person",
            _("Whoever asked to withdraw a plan cannot agree to it. A second person has to decide."),
        )
    return current


def _told(decided: PlanWithdrawal, plan: Plan) -> Told:
    if decided.is_granted:
        return PlanWithdrawn(plan=plan.pk, asked_role=decided.asked_role)
    return WithdrawalDeclined(plan=plan.pk, asked_role=decided.asked_role)


def _refuse_enacted(plan: Plan) -> None:
    if not withdrawals.can_be_withdrawn(plan):
        raise Refused(
            "enacted-plan-stays",
            _("A part of this plan was enacted, and what was enacted stays. Change it by amendments instead."),
        )


def _record(event: Told, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="plan", subject_id=event.plan, actor=by.acting_as(held), now=now)
