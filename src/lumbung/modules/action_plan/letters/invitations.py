"""To the secretariat and the chair of a government that is asked to make a plan together with others."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.portals import queries as portals
from lumbung.modules.action_plan.models import PlanInvitation


def invited(invitation: PlanInvitation) -> Letter:
    """The plan, and where it is answered."""
    title = invitation.plan.title
    portal = portals.portal_for_region(invitation.organisation.region_id or "")
    told = {"plan_key": invitation.plan_id}
    address = reverse("action_plan:invitation", kwargs={"portal_slug": portal.slug, **told}) if portal else "/"
    return Letter(
        _("Your government is asked to make an action plan together: %(title)s") % {"title": title},
        (
            _("It joins once its secretariat or the chair of its forum says so. Until then the plan is not its own."),
            _("Joined, it passes its own stages and enacts its own commitments."),
        ),
        ((_("Read and answer"), address),),
    )
