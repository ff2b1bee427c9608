"""What reports give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import (
    EventType,
    FilePurpose,
    JobType,
    Manifest,
    NavigationItem,
    Reaction,
    Role,
    SearchKind,
    Verb,
)
from lumbung.modules.reports import events, jobs, permissions, telling
from lumbung.modules.reports.actions import originals
from lumbung.modules.reports.datasets import DATASETS
from lumbung.modules.reports.indicators import INDICATORS
from lumbung.modules.reports.queries import photos

MANIFEST = Manifest(
    name="reports",
    title=_("Reports"),
    verbs=(
        Verb(permissions.WORK, _("Work on reports")),
        Verb(permissions.VERIFY, _("Verify reports")),
        Verb(permissions.ASSIGN, _("Assign reports to agencies")),
        Verb(permissions.ANSWER, _("Answer reports")),
        Verb(permissions.APPROVE, _("Approve responses")),
        Verb(permissions.ENTER_FOR_OTHERS, _("Enter reports for others")),
        Verb(permissions.OPEN_IDENTITY, _("Open a reporter's identity")),
    ),
    roles=(
        Role(
            "coordinator",
            _("Coordinator"),
            "portal",
            (
                permissions.WORK,
                permissions.VERIFY,
                permissions.ASSIGN,
                permissions.ENTER_FOR_OTHERS,
                permissions.OPEN_IDENTITY,
            ),
            personal_data="sees",
        ),
        Role("agency_officer", _("Liaison officer"), "organisation", (permissions.WORK, permissions.ANSWER)),
        Role("agency_head", _("Head of agency"), "organisation", (permissions.WORK, permissions.APPROVE)),
        Role(
            "receiving_officer",
            _("Officer receiving confidential reports"),
            "organisation",
            (permissions.WORK, permissions.ANSWER, permissions.OPEN_IDENTITY),
            personal_data="sees",
        ),
        Role("intake_agent", _("Kader or mutual-aid agent"), "portal", (permissions.ENTER_FOR_OTHERS,)),
    ),
    navigation=(
        NavigationItem(_("Send a report"), "reports:what"),
        NavigationItem(_("Reports"), "reports:list"),
        NavigationItem(_("Map"), "reports:map"),
        NavigationItem(_("Monthly summary"), "reports:summary"),
        NavigationItem(_("Track a report"), "reports:track"),
        NavigationItem(_("Inbox"), "reports:inbox", audience=permissions.WORK),
    ),
    events=(
        EventType(events.ReportSubmitted, _("Received")),
        EventType(events.ReportVerified, _("Verified")),
        EventType(events.MoreAsked, _("The reporter was asked for more; the clock stands still")),
        EventType(events.ReportCompleted, _("Completed by the reporter; due date %(due_before)s became %(due_on)s")),
        EventType(events.ReportAdded, _("The reporter added something")),
        EventType(events.ReportAssigned, _("Assigned to %(agency)s")),
        EventType(events.ReportHandedOn, _("%(agency)s returned it: outside its duty")),
        EventType(events.ReportAccepted, _("Accepted by %(agency)s")),
        EventType(events.ReportPlanned, _("Planned for budget year %(year)s")),
        EventType(events.ResponseApproved, _("%(agency)s responded, approved by its head")),
        EventType(events.ReportFinished, _("Finished by %(agency)s, approved by its head")),
        EventType(events.ReportConfirmed, _("The reporter confirmed that it is done")),
        EventType(events.ReportReopened, _("Reopened by the reporter")),
        EventType(events.ReportArchived, _("Archived with a reason")),
        EventType(events.ReportHandedOut, _("Handed over to another body")),
        EventType(events.ReportWithdrawn, _("Withdrawn by the reporter")),
        EventType(events.PublicVersionCorrected, _("The version for the public was corrected and confirmed again")),
        EventType(events.OutsideNumberNoted, _("Its number at SP4N-LAPOR! was noted")),
        EventType(events.ReportRouted, _("Sent unread to the unit that examines such reports")),
        EventType(events.UnitWrote, _("The unit that examines it wrote to the reporter")),
        EventType(events.ReportTakenBack, _("Taken back by the coordinator")),
        EventType(events.ReportPassedToPortal, _("Now handled by %(portal)s; number and clock stay")),
        EventType(events.ReportHandedToAgency, _("%(agency)s handed it on to %(to_agency)s")),
        EventType(events.ReportResumed, _("%(agency)s began the planned work")),
        EventType(events.ResponseWritten, _("%(agency)s put a response before its head")),
        EventType(events.ResponseReturned, _("The head of %(agency)s returned the response for correction")),
        EventType(events.OfficerRecused, _("An officer stepped back from this report (conflict of interest)")),
        EventType(events.DeadlineMoved, _("A changed holiday moved the due date from %(due_before)s to %(due_on)s")),
        EventType(events.AccessCodeRenewed, _("The reporter got a new access code; the old one no longer works")),
        EventType(events.PhotoCleared, _("An officer examined a photo of this report and cleared it")),
        EventType(events.PhotoHidden, _("An officer examined a photo of this report and keeps it hidden")),
        EventType(events.EvidencePublished, _("Evidence of action from %(agency)s: %(count)s photos")),
        EventType(events.IdentityOpened, _("The reporter's identity was opened by an officer, for a reason")),
    ),
    jobs=(
        JobType("reports.discard_drafts", jobs.discard_drafts, every_seconds=3600),
        JobType("reports.recompute_deadlines", jobs.recompute_deadlines),
        *telling.JOBS,
    ),
    reactions=(
        Reaction("calendar.day_changed", "reports.recompute_deadlines"),
        Reaction("calendar.year_seeded", "reports.recompute_deadlines"),
        *telling.REACTIONS,
    ),
    notices=telling.TOPICS,
    file_purposes=(
        FilePurpose(photos.PHOTO, photos.may_see_photo, photos.photo_files_in_use, originals.note_photo),
        FilePurpose(photos.EVIDENCE, photos.may_see_evidence, photos.evidence_files_in_use),
    ),
    datasets=DATASETS,
    indicators=INDICATORS,
    search_kinds=(SearchKind("report", _("Report"), "reports:detail", "reports:work", permissions.WORK),),
)
