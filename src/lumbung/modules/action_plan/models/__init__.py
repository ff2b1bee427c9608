"""A plan, its members and commitments, each fact with its source."""

from lumbung.modules.action_plan.models.commitments import Commitment, CommitmentFact, Institution, Milestone
from lumbung.modules.action_plan.models.plans import Partner, Plan, PlanEvent, PlanMember
from lumbung.modules.action_plan.models.scales import Term

__all__ = [
    "Commitment",
    "CommitmentFact",
    "Institution",
    "Milestone",
    "Partner",
    "Plan",
    "PlanEvent",
    "PlanMember",
    "Term",
]
