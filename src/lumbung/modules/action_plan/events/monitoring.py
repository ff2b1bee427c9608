"""What is said and found about commitments. Words stand here as salted hashes, addresses not at all."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class EvidenceNamed(Event):
    """`named_hash` is the salted hash of its title and its address (v 2)."""

    key: ClassVar[str] = "action_plan.evidence_named"
    v: ClassVar[int] = 2
    plan: str
    commitment: str
    evidence: str
    licence: str
    personal_data: bool
    named_hash: str


@dataclass(frozen=True, slots=True)
class EvidenceCaptured(Event):
    """Captured for the first time: this is the hash that stays."""

    key: ClassVar[str] = "action_plan.evidence_captured"
    plan: str
    commitment: str
    evidence: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class EvidenceChanged(Event):
    """Something else stands at its address now than when it was captured."""

    key: ClassVar[str] = "action_plan.evidence_changed"
    plan: str
    commitment: str
    evidence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidenceGone(Event):
    """Nothing stands at its address any more; the hash of the first capture stays."""

    key: ClassVar[str] = "action_plan.evidence_gone"
    plan: str
    commitment: str
    evidence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SelfReportWritten(Event):
    """`milestones` maps the number of each to the day it was reached, "" for not yet; since version 2."""

    key: ClassVar[str] = "action_plan.self_report_written"
    v: ClassVar[int] = 2
    plan: str
    commitment: str
    report: str
    period: str
    completion: str
    words_hash: str
    evidence: list[str]
    milestones: dict[str, str]


@dataclass(frozen=True, slots=True)
class SelfReportApproved(Event):
    key: ClassVar[str] = "action_plan.self_report_approved"
    plan: str
    commitment: str
    report: str
    period: str
    completion: str


@dataclass(frozen=True, slots=True)
class SelfReportReturned(Event):
    key: ClassVar[str] = "action_plan.self_report_returned"
    plan: str
    commitment: str
    report: str


@dataclass(frozen=True, slots=True)
class CommitmentAssessed(Event):
    """`coding` maps each question to the key of its answer; "n/a" where it does not apply.

    lessons_hash  of the lessons, with the salt of the words; since version 2
    """

    key: ClassVar[str] = "action_plan.commitment_assessed"
    v: ClassVar[int] = 2
    plan: str
    commitment: str
    assessment: str
    kind: str
    coding: dict[str, str]
    words_hash: str
    lessons_hash: str
    evidence: list[str]
    reply_due_on: str


@dataclass(frozen=True, slots=True)
class NoteSigned(Event):
    key: ClassVar[str] = "action_plan.note_signed"
    plan: str
    commitment: str
    said: str
    organisation: str
    words_hash: str
    reply_due_on: str


@dataclass(frozen=True, slots=True)
class ReplyGiven(Event):
    key: ClassVar[str] = "action_plan.reply_given"
    plan: str
    commitment: str
    reply: str
    answers: str
    organisation: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class ReportFiled(Event):
    """`sha256` is empty where the report is only at an address.

    Since version 3: `member` is whose part it is about, `named_hash` the salted hash of title and address.
    """

    key: ClassVar[str] = "action_plan.report_filed"
    v: ClassVar[int] = 3
    plan: str
    commitment: str
    report: str
    kind: str
    organisation: str
    due_on: str
    sha256: str
    member: str
    named_hash: str


@dataclass(frozen=True, slots=True)
class LessonRecorded(Event):
    key: ClassVar[str] = "action_plan.lesson_recorded"
    plan: str
    commitment: str
    lesson: str
    organisation: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class PracticePublished(Event):
    key: ClassVar[str] = "action_plan.practice_published"
    plan: str
    practice: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PracticeChanged(Event):
    key: ClassVar[str] = "action_plan.practice_changed"
    plan: str
    practice: str
    sha256: str


TYPES = (
    EventType(EvidenceNamed, _("Evidence was named")),
    EventType(EvidenceCaptured, _("Evidence was captured, with its fingerprint")),
    EventType(EvidenceChanged, _("Evidence has changed at its address")),
    EventType(EvidenceGone, _("Evidence is gone from its address; its fingerprint stays")),
    EventType(SelfReportWritten, _("The agency wrote its report for %(period)s and put it before its head")),
    EventType(SelfReportApproved, _("The head of the agency approved its report for %(period)s")),
    EventType(SelfReportReturned, _("The head of the agency returned the report for correction")),
    EventType(CommitmentAssessed, _("The independent monitoring body assessed the commitment")),
    EventType(NoteSigned, _("A civil-society organisation signed a note")),
    EventType(ReplyGiven, _("The agency used its right of reply")),
    EventType(ReportFiled, _("The independent monitoring body filed its report, due on %(due_on)s")),
    EventType(LessonRecorded, _("A lesson of the plan was recorded")),
    EventType(PracticePublished, _("A good practice was published")),
    EventType(PracticeChanged, _("A good practice was changed")),
)
# What those who follow are told of.
TOLD = (
    EvidenceGone.key,
    SelfReportApproved.key,
    CommitmentAssessed.key,
    NoteSigned.key,
    ReplyGiven.key,
    ReportFiled.key,
    LessonRecorded.key,
)
