"""To whoever decides as the second person, and to whoever asked: what waits, what was decided. Names and days alone."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals import queries as portals
from lumbung.modules.action_plan.models import Amendment, Plan, PlanWithdrawal, StageException
from lumbung.modules.action_plan.queries import standing_behind


def exception_waits(asked: StageException, government: Organisation) -> Letter:
    """To the chair: a stage is to be left although something is missing."""
    headline = _("An exception for the stage “%(stage)s” waits for your decision") % {
        "stage": standing_behind.stage_title(asked)
    }
    return _letter(asked.plan, government, headline, "plan-desk")


def exception_decided(asked: StageException, government: Organisation) -> Letter:
    """To whoever asked."""
    said = (
        _("The exception for the stage “%(stage)s” was granted")
        if asked.is_granted
        else _("The exception for the stage “%(stage)s” was declined")
    )
    return _letter(asked.plan, government, said % {"stage": standing_behind.stage_title(asked)}, "plan-desk")


def amendment_waits(proposed: Amendment, government: Organisation) -> Letter:
    """To the chair: enacted text is to be changed."""
    headline = _("An amendment of the commitment “%(commitment)s” waits for your decision")
    return _letter(proposed.commitment.plan, government, headline % _commitment(proposed), "amendments-desk")


def amendment_decided(proposed: Amendment, government: Organisation) -> Letter:
    """To whoever proposed it."""
    said = (
        _("The amendment of the commitment “%(commitment)s” was approved")
        if proposed.state == Amendment.State.APPROVED
        else _("The amendment of the commitment “%(commitment)s” was declined")
    )
    return _letter(proposed.commitment.plan, government, said % _commitment(proposed), "amendments-desk")


def withdrawal_waits(asked: PlanWithdrawal, government: Organisation) -> Letter:
    """To the chair: the plan is to be given up."""
    return _letter(asked.plan, government, _("The withdrawal of a plan waits for your decision"), "plan-desk")


def withdrawal_decided(asked: PlanWithdrawal, government: Organisation) -> Letter:
    """To whoever asked."""
    said = _("The plan was withdrawn") if asked.is_granted else _("The withdrawal of the plan was declined")
    return _letter(asked.plan, government, said, "plan-desk")


def _commitment(proposed: Amendment) -> dict[str, str]:
    return {"commitment": proposed.commitment.short}


def _letter(plan: Plan, government: Organisation, headline: str, page: str) -> Letter:
    portal = portals.portal_for_region(government.region_id or "")
    told = {"plan_key": plan.pk}
    address = reverse(f"action_plan:{page}", kwargs={"portal_slug": portal.slug, **told}) if portal else "/"
    about = _("Action plan: %(title)s") % {"title": plan.title}
    return Letter(headline, (about,), ((_("Open the desk of the plan"), address),))
