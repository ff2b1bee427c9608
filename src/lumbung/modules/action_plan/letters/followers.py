"""Mail to those who follow a plan or a commitment: what its public page says, and nothing else."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.events.queries import HistoryEntry
from lumbung.core.notices.letters import Letter
from lumbung.modules.action_plan.models import Commitment, PlanFollower


def confirm(follower: PlanFollower, token: str) -> Letter:
    """Ask the owner of the address whether they meant it."""
    about = _name(follower, follower.commitment)
    kwargs = {"portal_slug": follower.portal_slug, "token": token}
    return Letter(
        _("Confirm that you want to follow: %(about)s") % {"about": about},
        (
            _("Somebody asked to send news about “%(about)s” to this address.") % {"about": about},
            _("If it was you, confirm below. If not, do nothing: the address is destroyed in 7 days."),
        ),
        ((_("Yes, I want to follow this"), reverse("action_plan:follow-confirm", kwargs=kwargs)),),
    )


def changed(follower: PlanFollower, commitment: Commitment | None, entry: HistoryEntry) -> Letter:
    """One thing that happened."""
    about = _name(follower, commitment)
    address = page_of(follower, commitment)
    if consultation := str(entry.data.get("consultation", "")):
        kwargs = {"portal_slug": follower.portal_slug, "plan_key": follower.plan_id, "test_id": consultation}
        address = reverse("action_plan:consultation", kwargs=kwargs)
    return Letter(f"{about}: {entry.sentence}", (about, entry.sentence), ((_("Open the page"), address),))


def page_of(follower: PlanFollower, commitment: Commitment | None) -> str:
    """The page of what is followed: a commitment, a plan, or a plan that is still being drawn up."""
    kwargs = {"portal_slug": follower.portal_slug}
    if commitment is not None:
        return reverse("action_plan:commitment", kwargs=kwargs | {"slug": commitment.pk})
    if follower.plan.submitted_on is None:
        return reverse("action_plan:making", kwargs=kwargs | {"plan_key": follower.plan_id})
    return reverse("action_plan:plan", kwargs=kwargs)


def _name(follower: PlanFollower, commitment: Commitment | None) -> str:
    return commitment.short if commitment else follower.plan.title
