"""Telling the second person that something waits, and whoever asked what was decided; an illustration asks nobody."""

from collections.abc import Callable
from datetime import datetime

from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.notices.letters import Letter
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.actions.telling import tell_accounts
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.queries import audiences


def tell_deciders(
    plan: Plan,
    member: PlanMember | None,
    *,
    asked_for: PlanMember | None,
    kind: str,
    occasion: str,
    write: Callable[[Organisation], Letter],
    now: datetime,
) -> None:
    """Tell the chairs who may decide; of what all members pass together, those of the other governments."""
    if plan.is_illustration:
        return
    for government in audiences.deciding(plan, member, asked_for):
        accounts = audiences.chairs_of(government, day=clock.local_day(now))
        _tell(accounts, government, kind=kind, occasion=occasion, write=write, now=now)


def tell_asker(
    plan: Plan,
    member: PlanMember | None,
    account: Account,
    *,
    kind: str,
    occasion: str,
    write: Callable[[Organisation], Letter],
    now: datetime,
) -> None:
    """Tell whoever asked what the second person decided."""
    if not plan.is_illustration:
        government = (member or plan.members.select_related("organisation").get(is_lead=True)).organisation
        _tell([account], government, kind=kind, occasion=occasion, write=write, now=now)


def _tell(
    accounts: list[Account],
    government: Organisation,
    *,
    kind: str,
    occasion: str,
    write: Callable[[Organisation], Letter],
    now: datetime,
) -> None:
    tell_accounts(accounts, kind=kind, occasion=occasion, write=lambda: write(government), now=now)
