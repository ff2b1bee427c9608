"""Who follows a plan or a commitment."""

from django.db.models import Q, QuerySet

from lumbung.core.notices.followers import Following
from lumbung.modules.action_plan.letters import followers as letters
from lumbung.modules.action_plan.models import Commitment, Plan, PlanFollower
from lumbung.modules.action_plan.models.followers import FOLLOW

FOLLOWING = Following(
    rows=PlanFollower.objects.all,
    topic=FOLLOW,
    asked="action_plan.follow_asked",
    told="action_plan.followed",
    purpose="plan-mail-token",
    write=letters.confirm,
)


def follower_by_token(token: str) -> PlanFollower | None:
    """The follower whose confirmation link this is."""
    return FOLLOWING.with_token(token).select_related("plan", "commitment").first()


def followers_of(plan: Plan, commitment: Commitment | None) -> QuerySet[PlanFollower]:
    """Confirmed followers of the plan, and of the commitment if it is about one."""
    whole = Q(plan=plan, commitment__isnull=True)
    chosen = whole | Q(commitment=commitment) if commitment else whole
    return FOLLOWING.confirmed().filter(chosen).select_related("plan")
