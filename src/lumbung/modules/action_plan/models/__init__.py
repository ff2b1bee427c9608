"""A plan, its members and commitments, each fact with its source; and how a plan is drawn up."""

from lumbung.modules.action_plan.models.comments import Comment, CommentPlace, Consultation, Response
from lumbung.modules.action_plan.models.commitments import Commitment, CommitmentFact, Institution, Milestone
from lumbung.modules.action_plan.models.drafting import Draft, DraftVersion, Freeze
from lumbung.modules.action_plan.models.evidence import Capture, Evidence
from lumbung.modules.action_plan.models.followers import PlanFollower
from lumbung.modules.action_plan.models.forum import LegalProduct, Meeting, Seat
from lumbung.modules.action_plan.models.ideas import Idea, IdeaTie
from lumbung.modules.action_plan.models.intake import Channel, Clearing, IntakeCounter
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
from lumbung.modules.action_plan.models.plans import Partner, Plan, PlanEvent, PlanMember
from lumbung.modules.action_plan.models.practices import GoodPractice
from lumbung.modules.action_plan.models.scales import Term
from lumbung.modules.action_plan.models.stages import StageDate, StageException, StagePassage

__all__ = [
    "Assessment",
    "Capture",
    "Channel",
    "Clearing",
    "Comment",
    "CommentPlace",
    "Commitment",
    "CommitmentFact",
    "Consultation",
    "Draft",
    "DraftVersion",
    "Evidence",
    "FiledReport",
    "Freeze",
    "GoodPractice",
    "Idea",
    "IdeaTie",
    "Institution",
    "IntakeCounter",
    "LegalProduct",
    "Lesson",
    "Meeting",
    "Milestone",
    "MilestoneReport",
    "Note",
    "Partner",
    "Plan",
    "PlanEvent",
    "PlanFollower",
    "PlanMember",
    "Reply",
    "ReportDecision",
    "Response",
    "Seat",
    "SelfReport",
    "StageDate",
    "StageException",
    "StagePassage",
    "Term",
]
