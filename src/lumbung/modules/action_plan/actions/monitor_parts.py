"""Saying whose part of a loaded plan a body monitors, where its file did not; the hashes of the plan are said anew."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.events.plans import PlanLoaded
from lumbung.modules.action_plan.models import Partner, Plan, PlanMember
from lumbung.modules.action_plan.queries import claims, monitor_parts


def name_what_is_plain(*, now: datetime) -> int:
    """A plan of one government leaves no doubt whose part is monitored; returns how many bodies were given it."""
    named = 0
    for partner in monitor_parts.unnamed():
        members = list(partner.plan.members.all())
        if len(members) == 1:
            _name(partner, members[0], SYSTEM, now)
            named += 1
    return named


def name_part(*, partner: Partner, member: PlanMember, by: Viewer, now: datetime) -> Partner:
    """The chair of a member says that a body monitors its part."""
    held = permissions.required_in_member(by, permissions.APPROVE, member)
    if partner.member_id is not None or member.plan_id != partner.plan_id:
        raise Refused("monitor-has-its-part", _("It was said already whose part this body monitors. Reload the page."))
    carrying = {code for each in member.commitments.all() for code in each.carrying}
    if partner.organisation_id in carrying:
        raise Refused(
            "monitor-carries-it-out",
            _("Your institution carries out part of this commitment and cannot assess it. Another body has to."),
        )
    return _name(partner, member, by.acting_as(held), now)


def _name(partner: Partner, member: PlanMember, actor: Actor, now: datetime) -> Partner:
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=partner.plan_id)
        partner.member = member
        partner.save(update_fields=["member"])
        if plan.origin == Plan.Origin.LOADED:
            objects = claims.loaded_objects(plan)
            event = PlanLoaded(
                plan=plan.pk, commitments=plan.commitments.count(), sha256=plan.loaded_sha256, objects=objects
            )
            events.record(event, subject_type="plan", subject_id=plan.pk, actor=actor, now=now)
    return partner
