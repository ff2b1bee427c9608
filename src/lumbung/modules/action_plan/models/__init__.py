"""A plan, its members and commitments, each fact with its source; and how a plan is drawn up."""

from lumbung.modules.action_plan.models.amendments import Amendment
from lumbung.modules.action_plan.models.comments import Comment, CommentPlace, Consultation, Response
from lumbung.modules.action_plan.models.commitments import Commitment, CommitmentFact, Institution, Milestone
from lumbung.modules.action_plan.models.drafting import Draft, DraftVersion, Freeze
from lumbung.modules.action_plan.models.enactment import CommitmentText, Enactment, Endorsement, PlanText
from lumbung.modules.action_plan.models.forum import Seat
from lumbung.modules.action_plan.models.ideas import Idea, IdeaTie
from lumbung.modules.action_plan.models.intake import Channel, Clearing, IntakeCounter
from lumbung.modules.action_plan.models.legal import LegalProduct
from lumbung.modules.action_plan.models.meetings import Attendance, Decision, Material, Meeting
from lumbung.modules.action_plan.models.partnerships import Partnership, Realisation
from lumbung.modules.action_plan.models.plans import Partner, Plan, PlanEvent, PlanMember
from lumbung.modules.action_plan.models.scales import Term
from lumbung.modules.action_plan.models.stages import StageDate, StageException, StagePassage
from lumbung.modules.action_plan.models.submission import Export, Review, ReviewNote, Submission, WebFormEntry

__all__ = [
    "Amendment",
    "Attendance",
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
    "Export",
    "Freeze",
    "Idea",
    "IdeaTie",
    "Institution",
    "IntakeCounter",
    "LegalProduct",
    "Material",
    "Meeting",
    "Milestone",
    "Partner",
    "Partnership",
    "Plan",
    "PlanEvent",
    "PlanMember",
    "PlanText",
    "Realisation",
    "Response",
    "Review",
    "ReviewNote",
    "Seat",
    "StageDate",
    "StageException",
    "StagePassage",
    "Submission",
    "Term",
    "WebFormEntry",
]
