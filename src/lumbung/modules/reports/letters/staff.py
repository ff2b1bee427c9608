"""Mail and notices to those who handle a report.

They are built from number, topic and place alone, so that nothing a citizen wrote or said of themselves can be in them.
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.core.notices.letters import Letter
from lumbung.core.portals.models import Portal
from lumbung.core.web import formatting
from lumbung.modules.reports import events
from lumbung.modules.reports.models import Report


def _letter(report: Report, headline: str, *sentences: str) -> Letter:
    address = reverse("reports:work", kwargs={"portal_slug": report.handling_portal_id, "number": report.number})
    return Letter(
        f"{report.number}: {headline}",
        (*sentences, _facts(report)),
        ((_("Work on this report"), address),),
    )


def _facts(report: Report) -> str:
    """Number, topic and place; of an anonymous or confidential report no more than the district."""
    place = report.district.name
    if not (report.is_anonymous or report.is_confidential):
        place = f"{report.village.name}, {place}"
    return _("Report %(number)s · %(topic)s · %(place)s") % {
        "number": report.number,
        "topic": report.category.name,
        "place": place,
    }


def _submitted(report: Report) -> Letter:
    return _letter(report, _("a new report waits for verification"), _("Read it and make the version for the public."))


def _completed(report: Report) -> Letter:
    return _letter(report, _("the reporter has answered"), _("The clock goes on. Read it, then verify."))


def _added(report: Report) -> Letter:
    return _letter(report, _("the reporter added something"), _("Open the report to read what was added."))


def _assigned(report: Report) -> Letter:
    return _letter(report, _("assigned to your agency"), _("Accept it, or return it if it is not your duty."))


def _handed_on(report: Report) -> Letter:
    return _letter(report, _("an agency has returned it"), _("Choose the agency that has the duty. The clock goes on."))


def _confirmed(report: Report) -> Letter:
    return _letter(report, _("the reporter confirmed that it is done"), _("Nothing more is to be done."))


def _reopened(report: Report) -> Letter:
    return _letter(report, _("the reporter has opened it again"), _("Read what is still wrong."))


def _withdrawn(report: Report) -> Letter:
    return _letter(report, _("withdrawn by the reporter"), _("Nothing more is to be done."))


def _routed(report: Report) -> Letter:
    return _letter(report, _("a confidential report for your unit"), _("Nobody else reads it. Accept and examine it."))


def _passed_to_portal(report: Report) -> Letter:
    return _letter(report, _("another government handed it on to you"), _("Number and clock stay. Read it and verify."))


def _recused(report: Report) -> Letter:
    return _letter(
        report,
        _("an officer stepped back from it"),
        _("There may be a conflict of interest. See that somebody else handles it."),
    )


def _waits_for_approval(report: Report) -> Letter:
    return _letter(
        report, _("a response waits for your approval"), _("It is published once you approve it. Read it and decide.")
    )


def _sent_back(report: Report) -> Letter:
    return _letter(report, _("your response came back"), _("The head wrote what to mend. Open the report to read it."))


CHANGES: Mapping[str, Callable[[Report], Letter]] = {
    events.ReportSubmitted.key: _submitted,
    events.ReportCompleted.key: _completed,
    events.ReportAdded.key: _added,
    events.ReportAssigned.key: _assigned,
    events.ReportHandedOn.key: _handed_on,
    events.ReportHandedToAgency.key: _assigned,
    events.ReportRouted.key: _routed,
    events.ReportPassedToPortal.key: _passed_to_portal,
    events.OfficerRecused.key: _recused,
    events.ResponseWritten.key: _waits_for_approval,
    events.ResponseReturned.key: _sent_back,
    events.ReportConfirmed.key: _confirmed,
    events.ReportReopened.key: _reopened,
    events.ReportWithdrawn.key: _withdrawn,
}


def due_soon(report: Report, days: int) -> Letter:
    """To the agency, before the due date."""
    return _letter(
        report,
        formatting.working_days_left(days),
        _("The legal due date is near. Answer it, or say in which budget year the work is planned."),
    )


def late(report: Report, days: int) -> Letter:
    """To coordinator, agency and head, once the due date has passed."""
    return _letter(
        report,
        formatting.working_days_left(-days),
        _("The legal due date has passed without an answer. It counts as late in the public figures."),
    )


def unassigned(report: Report, days: int) -> Letter:
    """To the coordinator: nothing may lie around without an agency."""
    return _letter(
        report,
        ngettext("without an agency for %(days)s working day", "without an agency for %(days)s working days", days)
        % {"days": days},
        _("A report must not wait longer than three working days for its agency. Verify and assign it today."),
    )


def call_back_asked(report: Report) -> Letter:
    """To whoever may open the telephone number."""
    return _letter(
        report,
        _("the reporter asks to be called back"),
        _("They lost the link to it. Open the telephone number on its page, call, and ask for the code."),
    )


def call_back_needs_second(portal: Portal, until: date) -> Letter:
    """To those who give roles. Names the portal alone: they handle no report."""
    return Letter(
        _("%(portal)s: a second officer is needed for a call back") % {"portal": portal.name},
        (
            _("A protected report needs two officers for a new access code, and only one is there."),
            _("Name a second one for some days (Plh.) before %(day)s; then the request lapses.")
            % {"day": formatting.date_medium(until)},
        ),
        ((_("Accounts and roles"), reverse("administration")),),
    )


def call_back_second(report: Report) -> Letter:
    """To the second officer of a protected report."""
    return _letter(
        report,
        _("a call back waits for a second officer"),
        _("One officer has called and heard the right code. Nobody lets a reporter of such a report through alone."),
    )
