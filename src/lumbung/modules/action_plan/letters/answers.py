"""To those who sent a comment and left an address. Built from its number alone: nothing anybody wrote can be in it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.portals import queries as portals
from lumbung.modules.action_plan.models import Comment


def answered(comment: Comment) -> Letter:
    """It has its reasoned answer."""
    return Letter(
        _("Your comment %(number)s was answered") % {"number": comment.number},
        (_("The answer and its reason stand on the page of your comment, for everybody."),),
        _links(comment),
    )


def corrected(comment: Comment) -> Letter:
    """Its answer was corrected."""
    return Letter(
        _("The answer to your comment %(number)s was corrected") % {"number": comment.number},
        (_("The new answer, the reason of the correction and the answer before stand beside each other on its page."),),
        _links(comment),
    )


def _links(comment: Comment) -> tuple[tuple[str, str], ...]:
    member = comment.consultation.member if comment.consultation else None
    portal = portals.portal_for_region(member.organisation.region_id or "") if member else None
    if portal is None:
        return ()
    kwargs = {"portal_slug": portal.slug, "plan_key": comment.plan_id, "comment_number": comment.number}
    return ((_("Open the page"), reverse("action_plan:comment", kwargs=kwargs)),)
