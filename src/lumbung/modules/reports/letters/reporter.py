"""Mail to the reporter. Never the topic, never their words: a family may share the mailbox."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.events.queries import HistoryEntry
from lumbung.core.notices.letters import Letter, Link
from lumbung.core.web import formatting
from lumbung.modules.reports import events
from lumbung.modules.reports.models import Report

Told = tuple[str, tuple[str, ...]]


def _subject(report: Report, headline: str) -> str:
    if report.is_confidential:
        return _("News about number %(number)s") % {"number": report.number}
    return f"{report.number}: {headline}"


def received(report: Report, code_link: str, spaced_code: str) -> Letter:
    """Number, access code and secret link, right after sending."""
    return Letter(
        _subject(report, _("your report was received")),
        (
            _("Your report has the number %(number)s.") % {"number": report.number},
            _("Access code: %(code)s") % {"code": spaced_code},
            _("Keep this message. Whoever holds the code or the link below can open your report."),
            _("Legal due date: %(day)s.") % {"day": formatting.date_long(report.due_on)},
        ),
        ((_("Open my report"), code_link),),
    )


def way_back(opened: Sequence[tuple[Report, str]]) -> Letter:
    """Links that make a new access code: (report, token) for each; nothing changes before one is opened."""
    links = tuple(
        (_("Open %(number)s and get a new code") % {"number": report.number}, _one_time(report, token))
        for report, token in opened
    )
    return Letter(
        _("The way back to your report"),
        (
            _("Somebody said that the link to your report was lost. The link below makes a new access code."),
            _("Until you open it, the old code works as before. The link works once, for 7 days."),
            _("If it was not you, do nothing. Whoever reads this message can open your report."),
        ),
        links,
    )


def _one_time(report: Report, token: str) -> str:
    return reverse("reports:one-time", kwargs={"portal_slug": report.portal_id, "token": token})


def _due(report: Report) -> str:
    return _("Legal due date: %(day)s.") % {"day": formatting.date_long(report.due_on)}


def _verified(report: Report, entry: HistoryEntry) -> Told:
    shown = (
        _("What you wrote is not shown to the public.")
        if report.is_confidential
        else _("A version without personal data is public now.")
    )
    return _("verified"), (_("The coordinator has read and verified your report."), shown, _due(report))


def _more_asked(report: Report, entry: HistoryEntry) -> Told:
    return _("the coordinator asks you something"), (
        _("The coordinator needs more from you before the report can go on. Open it to read the question and answer."),
        _("The clock stands still until your answer."),
    )


def _assigned(report: Report, entry: HistoryEntry) -> Told:
    return _("assigned to an agency"), (_("Your report was assigned to %(agency)s.") % entry.data, _due(report))


def _handed_on(report: Report, entry: HistoryEntry) -> Told:
    return _("back with the coordinator"), (
        _("%(agency)s says that this is not its duty. The coordinator looks for the right agency.") % entry.data,
        _("Your report keeps its number, and its clock goes on."),
    )


def _accepted(report: Report, entry: HistoryEntry) -> Told:
    return _("being worked on"), (_("%(agency)s has accepted your report and works on it.") % entry.data, _due(report))


def _planned(report: Report, entry: HistoryEntry) -> Told:
    return _("planned for a later budget"), (
        _("The work is planned for budget year %(year)s. The report stays open until it is done.") % entry.data,
    )


def _responded(report: Report, entry: HistoryEntry) -> Told:
    return _("there is a response"), (
        _("%(agency)s has responded; the head of the agency approved the response. Open your report to read it.")
        % entry.data,
    )


def _finished(report: Report, entry: HistoryEntry) -> Told:
    return _("finished: is the problem solved?"), (
        _("%(agency)s says that the work on your report is finished. Open your report to read the response.")
        % entry.data,
        _("Is the problem solved? Tap one answer below. Nobody in the agency sees who answered."),
    )


def _archived(report: Report, entry: HistoryEntry) -> Told:
    return _("archived"), (_("The coordinator has archived your report. Open it to read the reason."),)


def _handed_out(report: Report, entry: HistoryEntry) -> Told:
    return _("handed over"), (
        _("Your report belongs to another body and was handed over to it. Open it to read to whom."),
        _("It keeps its number and the date it was received."),
    )


def _deadline_moved(report: Report, entry: HistoryEntry) -> Told:
    days = {name: formatting.date_long(date.fromisoformat(entry.data[name])) for name in ("due_before", "due_on")}
    return _("the due date has moved"), (
        _("A changed holiday moved the legal due date of your report from %(due_before)s to %(due_on)s.") % days,
    )


def _routed(report: Report, entry: HistoryEntry) -> Told:
    return _("with the unit that examines it"), (
        _("Your report went unread to the unit that examines such reports. Nobody else reads what you wrote."),
        _due(report),
    )


def _unit_wrote(report: Report, entry: HistoryEntry) -> Told:
    return _("there is a message for you"), (_("The unit that examines your report wrote to you. Open it to read it."),)


def _taken_back(report: Report, entry: HistoryEntry) -> Told:
    return _("back with the coordinator"), (
        _("The coordinator has taken your report back and looks for the right agency."),
        _("Your report keeps its number, and its clock goes on."),
    )


def _passed_to_portal(report: Report, entry: HistoryEntry) -> Told:
    return _("now handled by another government"), (
        _("Your report is now handled by %(portal)s, which has the authority.") % entry.data,
        _("Your report keeps its number, and its clock goes on."),
    )


def _handed_to_agency(report: Report, entry: HistoryEntry) -> Told:
    return _("with another agency"), (
        _("%(agency)s handed your report on to %(to_agency)s.") % entry.data,
        _("Your report keeps its number, and its clock goes on."),
    )


def _resumed(report: Report, entry: HistoryEntry) -> Told:
    return _("being worked on"), (_("%(agency)s has begun the planned work.") % entry.data,)


CHANGES: Mapping[str, Callable[[Report, HistoryEntry], Told]] = {
    events.ReportVerified.key: _verified,
    events.MoreAsked.key: _more_asked,
    events.ReportAssigned.key: _assigned,
    events.ReportHandedOn.key: _handed_on,
    events.ReportRouted.key: _routed,
    events.UnitWrote.key: _unit_wrote,
    events.ReportTakenBack.key: _taken_back,
    events.ReportPassedToPortal.key: _passed_to_portal,
    events.ReportHandedToAgency.key: _handed_to_agency,
    events.ReportResumed.key: _resumed,
    events.ReportAccepted.key: _accepted,
    events.ReportPlanned.key: _planned,
    events.ResponseApproved.key: _responded,
    events.ReportFinished.key: _finished,
    events.ReportArchived.key: _archived,
    events.ReportHandedOut.key: _handed_out,
    events.DeadlineMoved.key: _deadline_moved,
}


def changed(report: Report, entry: HistoryEntry, token: str) -> Letter:
    """What happened to the report, with a link that opens it once."""
    headline, paragraphs = CHANGES[entry.key](report, entry)
    address = _one_time(report, token)
    links: tuple[Link, ...] = ((_("Open my report (this link works once)"), address),)
    if entry.key == events.ReportFinished.key:
        links = ((_("Yes, it is solved"), f"{address}?jawab=sudah"), (_("No, not yet"), f"{address}?jawab=belum"))
    return Letter(_subject(report, headline), paragraphs, links)


def identity_opened(report: Report, role: str, reason: str, token: str) -> Letter:
    """Who looked at the hidden identity, in which role and why (decision 32)."""
    address = _one_time(report, token)
    return Letter(
        _subject(report, _("your identity was opened")),
        (
            _("Somebody in the role “%(role)s” opened the name and contact of your report %(number)s.")
            % {"role": role, "number": report.number},
            _("Reason given: %(reason)s") % {"reason": reason},
            _("It is on record. If you feel pressure because of your report, open it and write to us."),
        ),
        ((_("Open my report (this link works once)"), address),),
    )
