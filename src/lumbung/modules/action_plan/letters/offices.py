"""To those who report, approve and assess. Built from the commitment's public name and days alone.

Nothing anybody wrote can be in them: whoever wants to read it opens the page.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.portals import queries as portals
from lumbung.core.web import formatting
from lumbung.modules.action_plan.models import Commitment, PlanMember


def _of_commitment(commitment: Commitment, headline: str, *sentences: str) -> Letter:
    address = _address(commitment.member, "monitoring-work", monitored=commitment.plan_id, slug=commitment.pk)
    about = _("Commitment: %(title)s") % {"title": commitment.short}
    return Letter(f"{commitment.short}: {headline}", (*sentences, about), ((_("Open the commitment"), address),))


def _address(member: PlanMember, route: str, **kwargs: str) -> str:
    portal = portals.portal_for_region(member.organisation.region_id or "")
    return reverse(f"action_plan:{route}", kwargs={"portal_slug": portal.slug, **kwargs}) if portal else "/"


def report_waits(commitment: Commitment, period: str) -> Letter:
    """To the head: a self-report waits."""
    return _of_commitment(
        commitment,
        _("the report for %(period)s waits for your approval") % {"period": period},
        _("It is public once you approve it. Read it, then approve it or return it with a reason."),
    )


def report_returned(commitment: Commitment) -> Letter:
    """To the officer: the head returned it."""
    return _of_commitment(
        commitment,
        _("your report was returned for correction"),
        _("The head wrote what to mend. Open the page, read it, and write the report again."),
    )


def reply_begins(commitment: Commitment, until: date) -> Letter:
    """To the head: something was said of the commitment, and the agency may reply."""
    return _of_commitment(
        commitment,
        _("right of reply until %(day)s") % {"day": formatting.date_medium(until)},
        _("An assessment or a note about this commitment was published. Your reply stands beside it, for everybody."),
    )


def reply_ends(commitment: Commitment, until: date) -> Letter:
    """To the head, some days before."""
    return _of_commitment(
        commitment,
        _("the right of reply ends on %(day)s") % {"day": formatting.date_medium(until)},
        _("Nobody has replied yet. Reply now, or the page will say that the agency gave none."),
    )


def reply_ended(commitment: Commitment, until: date) -> Letter:
    """To the head, once it is over."""
    return _of_commitment(
        commitment,
        _("the right of reply ended without a reply"),
        _("It ended on %(day)s. You may still reply; the page then says that the reply came late.")
        % {"day": formatting.date_medium(until)},
    )


def reply_came(commitment: Commitment) -> Letter:
    """To whoever was answered."""
    return _of_commitment(
        commitment,
        _("the agency used its right of reply"),
        _("The reply stands beside what it answers. Nothing of yours has been changed."),
    )


def report_due(commitment: Commitment, period: str, due_on: date) -> Letter:
    """To the officer: a quarter is over."""
    return _of_commitment(
        commitment,
        _("the report for %(period)s is due by %(day)s") % {"period": period, "day": formatting.date_medium(due_on)},
        _("Write what was done in the quarter and name the evidence. It is public once the head approved it."),
    )


def report_late(commitment: Commitment, period: str, due_on: date) -> Letter:
    """To officer and head: nobody has reported."""
    return _of_commitment(
        commitment,
        _("the report for %(period)s is overdue") % {"period": period},
        _("It was due by %(day)s. Until it comes, the public page shows what was last known.")
        % {"day": formatting.date_medium(due_on)},
    )


def went_stale(commitment: Commitment, since: date) -> Letter:
    """To officer and head: the public page says that nothing new was shown for four months."""
    return _of_commitment(
        commitment,
        _("its page says that it was not updated"),
        _("Nothing new was shown since %(day)s, longer than the four months OGP asks for. Report what was done.")
        % {"day": formatting.date_medium(since)},
    )


def first_report_due(member: PlanMember, due_on: date, *, is_late: bool) -> Letter:
    """To the monitoring body: its first report on a member's part of the plan."""
    address = _address(member, "monitoring", plan_key=member.plan_id)
    said = _told_due(due_on, is_late=is_late)
    about = f"{member.plan.title} · {member.organisation.name}"
    headline = _("Your first report on the action plan is overdue") if is_late else _("Your first report is due soon")
    return Letter(headline, (said, about), ((_("Open monitoring"), address),))


def last_report_due(commitment: Commitment, due_on: date, *, is_late: bool) -> Letter:
    """To the monitoring body: assessment and report at the end of a commitment."""
    headline = _("your assessment at the end is overdue") if is_late else _("your assessment at the end is due soon")
    return _of_commitment(commitment, headline, _told_due(due_on, is_late=is_late))


def _told_due(due_on: date, *, is_late: bool) -> str:
    day = {"day": formatting.date_medium(due_on)}
    if is_late:
        return _("It was due on %(day)s, and everybody sees that it is missing. A late report is still wanted.") % day
    return _("It is due on %(day)s. Write the assessment and file the report on the page.") % day
