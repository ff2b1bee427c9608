"""What can happen to a report. Public facts only; before verification nothing but the number and the day."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class ReportSubmitted(Event):
    key: ClassVar[str] = "reports.report_submitted"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class ReportVerified(Event):
    key: ClassVar[str] = "reports.report_verified"
    number: str
    due_on: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class MoreAsked(Event):
    key: ClassVar[str] = "reports.more_asked"
    number: str


@dataclass(frozen=True, slots=True)
class ReportCompleted(Event):
    key: ClassVar[str] = "reports.report_completed"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str
    due_before: str
    due_on: str


@dataclass(frozen=True, slots=True)
class ReportAdded(Event):
    key: ClassVar[str] = "reports.report_added_to"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str


@dataclass(frozen=True, slots=True)
class ReportAssigned(Event):
    key: ClassVar[str] = "reports.report_assigned"
    number: str
    agency: str
    agency_code: str


@dataclass(frozen=True, slots=True)
class ReportHandedOn(Event):
    key: ClassVar[str] = "reports.report_handed_on"
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class ReportAccepted(Event):
    key: ClassVar[str] = "reports.report_accepted"
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class ReportPlanned(Event):
    key: ClassVar[str] = "reports.report_planned"
    number: str
    year: int


@dataclass(frozen=True, slots=True)
class ResponseApproved(Event):
    key: ClassVar[str] = "reports.response_approved"
    number: str
    agency: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class ReportFinished(Event):
    key: ClassVar[str] = "reports.report_finished"
    number: str
    agency: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class ReportConfirmed(Event):
    key: ClassVar[str] = "reports.report_confirmed"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str


@dataclass(frozen=True, slots=True)
class ReportReopened(Event):
    key: ClassVar[str] = "reports.report_reopened"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str
    times: int


@dataclass(frozen=True, slots=True)
class ReportArchived(Event):
    key: ClassVar[str] = "reports.report_archived"
    number: str


@dataclass(frozen=True, slots=True)
class ReportHandedOut(Event):
    key: ClassVar[str] = "reports.report_handed_out"
    number: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn(Event):
    key: ClassVar[str] = "reports.report_withdrawn"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str


@dataclass(frozen=True, slots=True)
class IdentityOpened(Event):
    key: ClassVar[str] = "reports.identity_opened"
    number: str


@dataclass(frozen=True, slots=True)
class AccessCodeRenewed(Event):
    key: ClassVar[str] = "reports.access_code_renewed"
    joins_log: ClassVar[JoinsLog] = "the day after"
    number: str


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Event):
    key: ClassVar[str] = "reports.deadline_moved"
    number: str
    due_before: str
    due_on: str


@dataclass(frozen=True, slots=True)
class PhotoCleared(Event):
    key: ClassVar[str] = "reports.photo_cleared"
    number: str
    photo: str


@dataclass(frozen=True, slots=True)
class PhotoHidden(Event):
    key: ClassVar[str] = "reports.photo_hidden"
    number: str
    photo: str


@dataclass(frozen=True, slots=True)
class EvidencePublished(Event):
    key: ClassVar[str] = "reports.evidence_published"
    number: str
    agency: str
    photos: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class PublicVersionCorrected(Event):
    key: ClassVar[str] = "reports.public_version_corrected"
    number: str
    hash_before: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class OutsideNumberNoted(Event):
    key: ClassVar[str] = "reports.outside_number_noted"
    number: str


@dataclass(frozen=True, slots=True)
class ReportRouted(Event):
    key: ClassVar[str] = "reports.report_routed"
    number: str


@dataclass(frozen=True, slots=True)
class UnitWrote(Event):
    key: ClassVar[str] = "reports.unit_wrote"
    number: str


@dataclass(frozen=True, slots=True)
class ReportTakenBack(Event):
    key: ClassVar[str] = "reports.report_taken_back"
    number: str


@dataclass(frozen=True, slots=True)
class ReportPassedToPortal(Event):
    key: ClassVar[str] = "reports.report_passed_to_portal"
    number: str
    portal: str


@dataclass(frozen=True, slots=True)
class ReportHandedToAgency(Event):
    key: ClassVar[str] = "reports.report_handed_to_agency"
    number: str
    agency: str
    to_agency: str


@dataclass(frozen=True, slots=True)
class ReportResumed(Event):
    key: ClassVar[str] = "reports.report_resumed"
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class ResponseWritten(Event):
    key: ClassVar[str] = "reports.response_written"
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class ResponseReturned(Event):
    key: ClassVar[str] = "reports.response_returned"
    number: str
    agency: str


@dataclass(frozen=True, slots=True)
class OfficerRecused(Event):
    key: ClassVar[str] = "reports.officer_recused"
    number: str
