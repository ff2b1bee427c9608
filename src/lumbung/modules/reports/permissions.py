"""Who may do which verb to which report, and how much of its words each may read."""

from enum import Enum

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Scope, Viewer, may, role_for
from lumbung.core.base.errors import NotPermitted
from lumbung.modules.reports.models import Recusal, Report

VERIFY = "reports.verify"
ASSIGN = "reports.assign"
ANSWER = "reports.answer"
APPROVE = "reports.approve"
ENTER_FOR_OTHERS = "reports.enter_for_others"
OPEN_IDENTITY = "reports.open_identity"
WORK = "reports.work"


class Reading(Enum):
    """How much of the sealed original a viewer reads."""

    NOTHING = "nothing"
    MASKED = "masked"
    ALL = "all"


def scope_of(report: Report) -> Scope:
    """Where a report belongs: the government that handles it and the agency in charge."""
    return Scope(region_code=report.handling_portal.region_id, organisation_code=report.agency_id or "")


def required_role(viewer: Viewer, verb: str, report: Report) -> HeldRole:
    """The viewer's role that allows the verb on this report, or a refusal."""
    held = role_for(viewer, verb, scope_of(report))
    if held is None or has_recused(viewer, report):
        raise NotPermitted(
            "not-your-report",
            _("This report is not in your hands. Ask the coordinator who handles it."),
        )
    return held


def has_recused(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer withdrew from handling this report."""
    return viewer.account is not None and Recusal.objects.filter(report=report, account=viewer.account).exists()


def holds_code(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer opened this report with its access code."""
    return str(report.pk) in viewer.opened


def require_code(viewer: Viewer, report: Report) -> None:
    """Only the reporter may go on."""
    if not holds_code(viewer, report):
        raise code_needed()


def code_needed() -> NotPermitted:
    """The refusal of whoever does not hold the code; the same for a number that does not exist."""
    return NotPermitted("access-code-needed", _("Open the report with your access code first. It is on your receipt."))


def coordinates(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer is a coordinator of the government that handles it."""
    return may(viewer, VERIFY, scope_of(report))


def is_of_agency(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer works at the agency that has it now, as officer or as head."""
    return any(may(viewer, verb, scope_of(report)) for verb in (ANSWER, APPROVE))


def may_work_on(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer handles this report as coordinator or agency, and has not stepped back from it."""
    handles = coordinates(viewer, report) or is_of_agency(viewer, report)
    return handles and not has_recused(viewer, report)


def reading_of(viewer: Viewer, report: Report) -> Reading:
    """How much of the sealed original this viewer may read.

    The reporter reads all. A protected report is read by the unit that examines it and by nobody else, and
    without personal data if it is anonymous too. Otherwise the coordinator reads all, and the agency reads it
    without personal data; of an anonymous or confidential report the agency has the version for the public only.
    """
    if holds_code(viewer, report):
        return Reading.ALL
    if not may_work_on(viewer, report):
        return Reading.NOTHING
    if report.is_protected:
        return _reading_of_protected(viewer, report)
    if coordinates(viewer, report):
        return Reading.ALL
    return Reading.NOTHING if report.is_anonymous or report.is_confidential else Reading.MASKED


def _reading_of_protected(viewer: Viewer, report: Report) -> Reading:
    if not is_of_agency(viewer, report):
        return Reading.NOTHING
    return Reading.MASKED if report.is_anonymous else Reading.ALL


def may_see_words(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may read the sealed original word for word."""
    return reading_of(viewer, report) is Reading.ALL


def may_see_village(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may know the village: of a protected report only its reporter and the receiving unit."""
    return not report.is_protected or holds_code(viewer, report) or is_of_agency(viewer, report)


def may_see_channel(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may know through whose hands it came: never the agency of an anonymous report."""
    if report.is_protected:
        return is_of_agency(viewer, report) and not report.is_anonymous
    return not report.is_anonymous or coordinates(viewer, report)


def required_opener(viewer: Viewer, report: Report) -> HeldRole:
    """The role in which this viewer may open who reported, or a refusal.

    Of a protected report the unit that reads the words opens it; if it is anonymous too, only the coordinator,
    who does not read the words: nobody holds both words and person.
    """
    scope = scope_of(report)
    if report.is_protected and not report.is_anonymous:
        scope = Scope(organisation_code=report.agency_id or "none")
    elif report.is_anonymous:
        scope = Scope(region_code=report.handling_portal.region_id)
    held = role_for(viewer, OPEN_IDENTITY, scope)
    if held is None or has_recused(viewer, report):
        raise NotPermitted(
            "identity-not-yours-to-open",
            _("Who wrote this report is closed to your role. Ask the unit that examines it."),
        )
    return held


def may_open_identity(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may open who reported, giving a reason."""
    try:
        required_opener(viewer, report)
    except NotPermitted:
        return False
    return True


def required_releaser(viewer: Viewer, report: Report) -> HeldRole:
    """The role in which this viewer may let a reporter through whom somebody else called, or a refusal.

    Of a protected report the head of the unit that reads it. If it is anonymous too, nobody may without having called:
    the caller does not read the words, and one who asks in the reporter's name would come to hold both.
    """
    held = None
    if report.is_protected and not report.is_anonymous:
        held = role_for(viewer, APPROVE, Scope(organisation_code=report.agency_id or "none"))
    if held is None or has_recused(viewer, report):
        raise NotPermitted(
            "call-back-not-yours-to-release",
            _("Another officer who may open the telephone number has to call too. Ask them."),
        )
    return held


def may_release_call(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer may let a reporter through whom somebody else called."""
    try:
        required_releaser(viewer, report)
    except NotPermitted:
        return False
    return True
