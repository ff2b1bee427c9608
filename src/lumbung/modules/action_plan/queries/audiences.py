"""Which accounts are told about a commitment: its agency, its head, its monitoring body, whoever spoke."""

from datetime import date

from lumbung.core.access import queries as access
from lumbung.core.access import registry
from lumbung.core.access.models import Account
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.models import Assessment, Commitment, Note, Plan, PlanMember


def officers_of(commitment: Commitment, *, day: date) -> list[Account]:
    """Those who report for the institution in charge."""
    return _in_charge(permissions.REPORT, commitment, day)


def heads_of(commitment: Commitment, *, day: date) -> list[Account]:
    """Its head, Plt. and Plh. included."""
    return _in_charge(permissions.APPROVE_REPORT, commitment, day)


def monitors_of(plan: Plan, member: PlanMember, *, day: date) -> list[Account]:
    """The monitoring bodies of a member's part of a plan."""
    return _with(permissions.ASSESS, sorted(permissions.monitors_of(plan, member)), day)


def assessors_of(commitment: Commitment, *, day: date) -> list[Account]:
    """The same, but for a body that carries out part of the commitment: it may not assess it."""
    codes = permissions.monitors_of(commitment.plan, commitment.member) - commitment.carrying
    return _with(permissions.ASSESS, sorted(codes), day)


def hearers_of(answered: Assessment | Note, *, day: date) -> list[Account]:
    """Who hears of a reply: the monitoring body, and the organisation whose note was answered."""
    told = assessors_of(answered.commitment, day=day)
    if isinstance(answered, Note):
        told += _with(permissions.CONTRIBUTE, [answered.organisation_id], day)
    return _each_once(told)


def governing(government: Organisation, *, day: date) -> list[Account]:
    """The secretariat and the chair of a government: those who may say that it joins a plan."""
    roles = {*registry.roles_with(permissions.MANAGE), *registry.roles_with(permissions.APPROVE)}
    return access.accounts_with(sorted(roles), day=day, region_code=government.region_id or "-")


def deciding(plan: Plan, member: PlanMember | None, asked_for: PlanMember | None) -> list[Organisation]:
    """The governments of which a second person may decide (`permissions.role_to_grant`)."""
    if member is not None:
        return [member.organisation]
    members = list(plan.members.select_related("organisation"))
    others = [each for each in members if asked_for is None or each.pk != asked_for.pk]
    return [each.organisation for each in (others if len(members) > 1 else members)]


def chairs_of(government: Organisation, *, day: date) -> list[Account]:
    """Those who decide for its forum."""
    roles = sorted(registry.roles_with(permissions.APPROVE))
    return access.accounts_with(roles, day=day, region_code=government.region_id or "-")


def _in_charge(verb: str, commitment: Commitment, day: date) -> list[Account]:
    lead = permissions.lead_of(commitment)
    return _with(verb, [lead] if lead else [], day)


def _with(verb: str, codes: list[str], day: date) -> list[Account]:
    roles = registry.roles_with(verb)
    found = [access.accounts_with(roles, day=day, organisation_code=code) for code in codes]
    return _each_once([account for accounts in found for account in accounts])


def _each_once(accounts: list[Account]) -> list[Account]:
    return list({account.pk: account for account in accounts}.values())
