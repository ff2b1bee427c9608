"""Governments that make a plan together: one asks, the other joins by its own word."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions.telling import tell_accounts
from lumbung.modules.action_plan.events.invitations import GovernmentInvited, GovernmentJoined, InvitationDeclined
from lumbung.modules.action_plan.letters import invitations as letters
from lumbung.modules.action_plan.models import Plan, PlanInvitation, PlanMember
from lumbung.modules.action_plan.queries import audiences, invitations


def invite(*, plan: Plan, government: Organisation, template: str, by: Viewer, now: datetime) -> PlanInvitation:
    """Ask a government to join. Until it accepts the plan is not its own: no portal shows it, no stage is owed."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        _refuse_late(plan)
        if plan.members.filter(organisation=government).exists():
            raise Refused("government-is-a-member", _("This government makes the plan already."), field="government")
        if invitations.waiting(plan, government.pk) is not None:
            raise Refused("invitation-waits-already", _("This government was asked already; it has not answered yet."))
        asked = PlanInvitation.objects.create(
            plan=plan,
            organisation=government,
            template=template,
            invited_by=permissions.account_of(by),
            invited_role=held.role,
            invited_at=now,
        )
        event = GovernmentInvited(plan=plan.pk, government=government.pk, template=template)
        _record(event, plan, held, by, now)
        tell_accounts(
            audiences.governing(government, day=clock.local_day(now)),
            kind=GovernmentInvited.key,
            occasion=str(asked.pk),
            write=lambda: letters.invited(asked),
            now=now,
        )
        return asked


def answer_invitation(
    *, invitation: PlanInvitation, accepted: bool, by: Viewer, now: datetime, template: str = ""
) -> PlanInvitation:
    """The secretariat or the chair of the invited government accepts or declines for it, and whoever asked is told.

    template  the stages it passes, by its own choice; "": those that were proposed
    """
    held = permissions.required_to_join(by, invitation.organisation)
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=invitation.plan_id)
        current = PlanInvitation.objects.select_related("organisation").get(pk=invitation.pk)
        if current.decided_at is not None:
            raise Refused("invitation-answered-already", _("This was answered already. Reload the page."))
        if current.invited_by_id == permissions.account_of(by).pk:
            raise NotPermitted(
                "nobody-accepts-their-own-invitation",
                _("You asked for the other government. Somebody else answers for this one."),
            )
        if accepted:
            _refuse_late(plan)
            current.template = _chosen(template or current.template)
            _join(plan, current)
        current.decided_by, current.decided_role, current.decided_at = by.account, held.role, now
        current.is_accepted = accepted
        current.save()
        event = _told(current)
        _record(event, plan, held, by, now)
        lead = plan.members.select_related("organisation").get(is_lead=True).organisation
        tell_accounts(
            audiences.governing(lead, day=clock.local_day(now)),
            kind=event.key,
            occasion=str(current.pk),
            write=lambda: letters.answered(current),
            now=now,
        )
        return current


def _chosen(template: str) -> str:
    if template not in {each.key for each in states.member_templates()}:
        raise Refused("no-such-stages", _("Choose the stages of your government from the list."), field="template")
    return template


def _join(plan: Plan, accepted: PlanInvitation) -> None:
    PlanMember.objects.create(
        plan=plan,
        organisation=accepted.organisation,
        is_lead=False,
        template=accepted.template,
        position=plan.members.count(),
    )


def _told(answered: PlanInvitation) -> Event:
    plan, government = answered.plan_id, answered.organisation_id
    if answered.is_accepted:
        return GovernmentJoined(plan=plan, government=government, template=answered.template)
    return InvitationDeclined(plan=plan, government=government)


def _refuse_late(plan: Plan) -> None:
    permissions.refuse_withdrawn(plan)
    if not invitations.can_be_joined(plan):
        raise Refused(
            "plan-cannot-be-joined",
            _("A part of this plan is enacted already, so its governments stay as they are. Begin another plan."),
        )


def _record(event: Event, plan: Plan, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
