"""Following a plan or a commitment by mail."""

from datetime import datetime

from lumbung.core.events import queries as log
from lumbung.core.notices.actions import following
from lumbung.modules.action_plan.letters import followers as letters
from lumbung.modules.action_plan.models import Commitment, Plan, PlanFollower
from lumbung.modules.action_plan.queries import followers as known
from lumbung.modules.action_plan.queries.followers import FOLLOWING


def ask_to_follow(
    *, plan: Plan, commitment: Commitment | None, portal: str, email: str, language: str, now: datetime
) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already."""

    def find(index: str) -> PlanFollower:
        mine = PlanFollower.objects.select_for_update().filter(plan=plan, commitment=commitment, email_index=index)
        row = mine.first() or PlanFollower(plan=plan, commitment=commitment, email_index=index)
        row.portal_slug = portal
        return row

    following.ask(FOLLOWING, find=find, email=email, language=language, now=now)


def confirm(*, token: str, now: datetime) -> PlanFollower:
    """The owner of the address meant it."""
    return following.confirm(FOLLOWING, known.follower_by_token(token), now=now)


def tell_followers(*, event_id: str, now: datetime) -> None:
    """Tell those who follow the plan or the commitment what happened. The event is the occasion: once for each."""
    found = log.entry_by_id(event_id)
    plan = Plan.objects.filter(pk=found.entry.data["plan"]).first() if found else None
    if found is None or plan is None:
        return
    entry = found.entry
    commitment = Commitment.objects.filter(pk=entry.data.get("commitment", "")).first()
    following.tell(
        FOLLOWING,
        known.followers_of(plan, commitment),
        occasion=entry.uid,
        write=lambda row: letters.changed(row, commitment, entry),
        now=now,
    )


def discard_addresses(*, now: datetime) -> int:
    """Destroy addresses that are not needed any more; returns how many."""
    return following.discard(FOLLOWING, now=now)
