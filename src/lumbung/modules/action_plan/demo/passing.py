"""The illustrated plan leaves each stage that lacks nothing, on the last day announced for it."""

from collections.abc import Callable
from datetime import UTC, datetime, time

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.modules.action_plan.actions.stages import pass_stage
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.queries import stages
from lumbung.modules.action_plan.queries.stages import StageStanding


def pass_what_is_ready(viewer_of: Callable[[str], Viewer], now: datetime) -> None:
    """Take every member as far as its evidence carries it."""
    plan = Plan.objects.get(pk=KEY)
    for member in plan.members.select_related("organisation"):
        by = viewer_of(f"sekretariat.{member.organisation_id}")
        while (ready := _ready(plan, member, now)) is not None:
            pass_stage(plan=plan, member=member, stage=ready.stage.key, by=by, now=_last_moment(ready, now))


def _ready(plan: Plan, member: PlanMember, now: datetime) -> StageStanding | None:
    current = stages.track_standing(plan, member).current
    if current is None or (current.announced and current.announced.ends_on >= clock.local_day(now)):
        return None
    missing = stages.missing_of(plan, member, current.stage, today=clock.local_day(now))
    return None if missing else current


def _last_moment(standing: StageStanding, now: datetime) -> datetime:
    announced = standing.announced
    return min(now, datetime.combine(announced.ends_on, time(7), UTC)) if announced else now
