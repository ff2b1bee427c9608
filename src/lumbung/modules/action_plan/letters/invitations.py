"""To the secretariats and chairs of governments that make a plan together: what is asked, and what was answered."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals import queries as portals
from lumbung.modules.action_plan.models import PlanInvitation


def invited(invitation: PlanInvitation) -> Letter:
    """The plan, and where it is answered."""
    title = invitation.plan.title
    return Letter(
        _("Your government is asked to make an action plan together: %(title)s") % {"title": title},
        (
            _("It joins once its secretariat or the chair of its forum says so. Until then the plan is not its own."),
            _("Joined, it passes its own stages and enacts its own commitments."),
        ),
        ((_("Read and answer"), _address(invitation, invitation.organisation, "invitation")),),
    )


def answered(invitation: PlanInvitation) -> Letter:
    """To whoever asked: what the other government said, and where the plan goes on."""
    lead = invitation.plan.members.select_related("organisation").get(is_lead=True).organisation
    told = {"government": invitation.organisation.name, "title": invitation.plan.title}
    said = (
        _("%(government)s joined the plan: %(title)s")
        if invitation.is_accepted
        else _("%(government)s declined to make the plan together: %(title)s")
    )
    goes_on = (
        _("It passes its own stages from now on, and leaving the stages of all members needs its word, too.")
        if invitation.is_accepted
        else _("The plan goes on without it. It may be asked again while nothing is enacted.")
    )
    return Letter(said % told, (goes_on,), ((_("Open the plan"), _address(invitation, lead, "plan-desk")),))


def _address(invitation: PlanInvitation, government: Organisation, page: str) -> str:
    portal = portals.portal_for_region(government.region_id or "")
    if portal is None:
        return "/"
    return reverse(f"action_plan:{page}", kwargs={"portal_slug": portal.slug, "plan_key": invitation.plan_id})
