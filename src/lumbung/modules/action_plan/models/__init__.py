"""A plan, its members and commitments, each fact with its source; and how a plan is drawn up."""

from lumbung.modules.action_plan.models.addresses import AddressCapture
from lumbung.modules.action_plan.models.amendments import Amendment
from lumbung.modules.action_plan.models.comments import (
    Comment,
    CommentPlace,
    Consultation,
    Prolongation,
    Response,
)
from lumbung.modules.action_plan.models.commitments import Commitment, CommitmentFact, Institution, Milestone
from lumbung.modules.action_plan.models.drafting import Draft, DraftVersion, Freeze
from lumbung.modules.action_plan.models.enactment import CommitmentText, Enactment, Endorsement, PlanText
from lumbung.modules.action_plan.models.evidence import Capture, Evidence
from lumbung.modules.action_plan.models.followers import PlanFollower
from lumbung.modules.action_plan.models.forum import Seat
from lumbung.modules.action_plan.models.hiding import Hiding
from lumbung.modules.action_plan.models.ideas import Idea, IdeaTie
from lumbung.modules.action_plan.models.intake import Channel, Clearing, IntakeCounter
from lumbung.modules.action_plan.models.invitations import PlanInvitation
from lumbung.modules.action_plan.models.legal import LegalProduct
from lumbung.modules.action_plan.models.meetings import Attendance, Decision, Material, Meeting
from lumbung.modules.action_plan.models.monitoring import (
    Assessment,
    FiledReport,
    Lesson,
    MilestoneReport,
    Note,
    Reply,
    ReportDecision,
    SelfReport,
)
from lumbung.modules.action_plan.models.partnerships import Partnership, Realisation
from lumbung.modules.action_plan.models.plans import Partner, Plan, PlanEvent, PlanMember
from lumbung.modules.action_plan.models.practices import GoodPractice
from lumbung.modules.action_plan.models.remarks import Remark, RemarkAnswer
from lumbung.modules.action_plan.models.scales import Term
from lumbung.modules.action_plan.models.stages import StageDate, StageException, StagePassage, StageWord
from lumbung.modules.action_plan.models.submission import (
    Export,
    OgpAnswer,
    Review,
    ReviewNote,
    Submission,
    WebFormEntry,
)
from lumbung.modules.action_plan.models.withdrawal import PlanWithdrawal

__all__ = [
    "AddressCapture",
    "Amendment",
    "Assessment",
    "Attendance",
    "Capture",
    "Channel",
    "Clearing",
    "Comment",
    "CommentPlace",
    "Commitment",
    "CommitmentFact",
    "CommitmentText",
    "Consultation",
    "Decision",
    "Draft",
    "DraftVersion",
    "Enactment",
    "Endorsement",
    "Evidence",
    "Export",
    "FiledReport",
    "Freeze",
    "GoodPractice",
    "Hiding",
    "Idea",
    "IdeaTie",
    "Institution",
    "IntakeCounter",
    "LegalProduct",
    "Lesson",
    "Material",
    "Meeting",
    "Milestone",
    "MilestoneReport",
    "Note",
    "OgpAnswer",
    "Partner",
    "Partnership",
    "Plan",
    "PlanEvent",
    "PlanFollower",
    "PlanInvitation",
    "PlanMember",
    "PlanText",
    "PlanWithdrawal",
    "Prolongation",
    "Realisation",
    "Remark",
    "RemarkAnswer",
    "Reply",
    "ReportDecision",
    "Response",
    "Review",
    "ReviewNote",
    "Seat",
    "SelfReport",
    "StageDate",
    "StageException",
    "StagePassage",
    "StageWord",
    "Submission",
    "Term",
    "WebFormEntry",
]
