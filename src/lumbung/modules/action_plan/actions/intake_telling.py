"""Telling the secretariat that something waits: once a day for a plan, however many came."""

from datetime import datetime

from lumbung.core.access import queries as access
from lumbung.core.access import registry
from lumbung.core.base import clock
from lumbung.core.notices import actions as notices
from lumbung.core.notices.recipients import Topic
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.letters import secretariat
from lumbung.modules.action_plan.models import Plan, PlanMember

TOPIC = "action_plan.intake"
KIND = "action_plan.words_wait"


def words_wait(*, plan: Plan, member: PlanMember | None, now: datetime) -> None:
    """Tell those who clear ideas and comments of this part of the plan, in the caller's transaction."""
    day = clock.local_day(now)
    roles = [role.key for role in registry.all_roles() if permissions.CONSULT in role.verbs]
    members = [member] if member else list(plan.members.select_related("organisation"))
    for each in members:
        for account in access.accounts_with(roles, day=day, region_code=each.organisation.region_id or ""):
            notices.tell_account(
                account=account,
                kind=KIND,
                occasion=f"{plan.pk}:{each.organisation_id}:{day:%Y-%m-%d}",
                write=lambda each=each: secretariat.words_wait(plan, each),  # type: ignore[misc]
                topic=Topic(TOPIC),
                now=now,
            )
