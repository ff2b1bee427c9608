"""Who may do which verb to which report."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Scope, Viewer, may, role_for
from lumbung.core.base.errors import NotPermitted
from lumbung.modules.reports.models import Report

VERIFY = "reports.verify"
ASSIGN = "reports.assign"
ANSWER = "reports.answer"
APPROVE = "reports.approve"
ENTER_FOR_OTHERS = "reports.enter_for_others"
OPEN_IDENTITY = "reports.open_identity"
WORK = "reports.work"


def scope_of(report: Report) -> Scope:
    """Where a report belongs: the government that handles it and the agency in charge."""
    return Scope(region_code=report.handling_portal.region_id, organisation_code=report.agency_id or "")


def required_role(viewer: Viewer, verb: str, report: Report) -> HeldRole:
    """The viewer's role that allows the verb on this report, or a refusal."""
    held = role_for(viewer, verb, scope_of(report))
    if held is None:
        raise NotPermitted(
            "not-your-report",
            _("This report is not in your hands. Ask the coordinator who handles it."),
        )
    return held


def holds_code(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer opened this report with its access code."""
    return str(report.pk) in viewer.opened


def require_code(viewer: Viewer, report: Report) -> None:
    """Only the reporter may go on."""
    if not holds_code(viewer, report):
        raise NotPermitted(
            "access-code-needed", _("Open the report with your access code first. It is on your receipt.")
        )


def may_work_on(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer handles this report as coordinator or agency."""
    return any(may(viewer, verb, scope_of(report)) for verb in (VERIFY, ANSWER, APPROVE))


def may_see_words(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may read the sealed original: its reporter, or whoever handles it."""
    return holds_code(viewer, report) or may_work_on(viewer, report)
