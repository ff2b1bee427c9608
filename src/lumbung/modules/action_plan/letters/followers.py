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
    kwargs = {"portal_slug": follower.portal_slug}
    address = (
        reverse("action_plan:commitment", kwargs=kwargs | {"slug": commitment.pk})
        if commitment
        else reverse("action_plan:plan", kwargs=kwargs)
    )
    return Letter(f"{about}: {entry.sentence}", (about, entry.sentence), ((_("Open the page"), address),))


def _name(follower: PlanFollower, commitment: Commitment | None) -> str:
    return commitment.short if commitment else follower.plan.title
