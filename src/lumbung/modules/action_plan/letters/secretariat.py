"""To the secretariat. Built from the plan's name alone: nothing anybody wrote can be in it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.portals import queries as portals
from lumbung.modules.action_plan.models import Plan, PlanMember


def words_wait(plan: Plan, member: PlanMember) -> Letter:
    """Ideas or comments wait to be cleared."""
    portal = portals.portal_for_region(member.organisation.region_id or "")
    slug = portal.slug if portal else ""
    address = reverse("action_plan:clearing", kwargs={"portal_slug": slug, "plan_key": plan.pk}) if slug else "/"
    return Letter(
        _("Ideas or comments wait to be cleared"),
        (
            _("For the plan “%(plan)s” something new came in today.") % {"plan": plan.title},
            _("Nobody reads it before you have cleared it of personal data."),
        ),
        ((_("Clear them"), address),),
    )
