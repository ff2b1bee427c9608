"""Mail to those who follow a public report: what its public page says, and nothing else."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.events.queries import HistoryEntry
from lumbung.core.notices.letters import Letter
from lumbung.modules.reports.models import Report


def confirm(report: Report, token: str) -> Letter:
    """Ask the owner of the address whether they meant it."""
    address = reverse("reports:follow-confirm", kwargs={"portal_slug": report.portal_id, "token": token})
    return Letter(
        _("Confirm that you want to follow %(number)s") % {"number": report.number},
        (
            _("Somebody asked to send news about report %(number)s to this address.") % {"number": report.number},
            _("If it was you, confirm below. If not, do nothing: the address is destroyed in 7 days."),
        ),
        ((_("Yes, I want to follow this report"), address),),
    )


def changed(report: Report, entry: HistoryEntry) -> Letter:
    """One public change."""
    address = reverse("reports:detail", kwargs={"portal_slug": report.portal_id, "number": report.number})
    return Letter(
        f"{report.number}: {entry.sentence}",
        (report.public_version.title, entry.sentence),
        ((_("Open the report"), address),),
    )
