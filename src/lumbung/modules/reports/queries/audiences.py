"""Which accounts are told about a report."""

from datetime import date

from lumbung.core.access import permissions as access_permissions
from lumbung.core.access import queries as access
from lumbung.core.access import registry
from lumbung.core.access.models import Account
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import Recusal, Report
from lumbung.modules.reports.queries.officers import waiting_response
from lumbung.modules.reports.queries.units import receiving_units

TWO = 2


def coordinators_of(report: Report, *, day: date) -> list[Account]:
    """The coordinators of the government that handles it."""
    roles = registry.roles_with(permissions.VERIFY)
    return _not_recused(report, access.accounts_with(roles, day=day, region_code=report.handling_portal.region_id))


def officers_of(report: Report, *, day: date) -> list[Account]:
    """The liaison officers of the agency in charge."""
    return _in_agency(permissions.ANSWER, report, day)


def heads_of(report: Report, *, day: date) -> list[Account]:
    """The head of the agency in charge, Plt. and Plh. included."""
    return _in_agency(permissions.APPROVE, report, day)


def heads_asked(report: Report, *, day: date) -> list[Account]:
    """The head, as long as a response waits."""
    return heads_of(report, day=day) if waiting_response(report) else []


def handlers_of(report: Report, *, day: date) -> list[Account]:
    """Whoever has it in hand: the agency, or the coordinator as long as there is none."""
    return officers_of(report, day=day) if report.agency_id else coordinators_of(report, day=day)


def openers_of(report: Report, *, day: date) -> list[Account]:
    """Those who may open who reported (`permissions.required_opener`): the coordinators, or the receiving unit."""
    if report.is_protected and not report.is_anonymous:
        return _in_agency(permissions.OPEN_IDENTITY, report, day)
    roles = registry.roles_with(permissions.OPEN_IDENTITY)
    return _not_recused(report, access.accounts_with(roles, day=day, region_code=report.handling_portal.region_id))


def second_callers_of(report: Report, *, day: date) -> list[Account]:
    """Those who may decide of a protected report after a first call; the head of the unit unless it is anonymous."""
    heads = [] if report.is_anonymous else heads_of(report, day=day)
    return list({account.pk: account for account in [*openers_of(report, day=day), *heads]}.values())


def lacks_second_caller(report: Report, *, day: date) -> bool:
    """Whether a call back about a protected report cannot come to its end: nobody is there beside the first caller."""
    return report.is_protected and len(second_callers_of(report, day=day)) < TWO


def administrators(*, day: date) -> list[Account]:
    """Those who give roles."""
    return access.accounts_with(registry.roles_with(access_permissions.MANAGE), day=day)


def _in_agency(verb: str, report: Report, day: date) -> list[Account]:
    if report.agency is None or not may_be_told(report, day=day):
        return []
    return _not_recused(
        report, access.accounts_with(registry.roles_with(verb), day=day, organisation_code=report.agency.pk)
    )


def _not_recused(report: Report, accounts: list[Account]) -> list[Account]:
    recused = set(Recusal.objects.filter(report=report).values_list("account_id", flat=True))
    return [account for account in accounts if account.pk not in recused]


def may_be_told(report: Report, *, day: date) -> bool:
    """Whether the agency in charge may get notices about it.

    A protected report goes to the Inspectorate, UPTD PPA or the district, never to the office it is about (decision
    32): an agency that may not examine it is told nothing, even if somebody put it there.
    """
    if report.agency_id is not None and report.agency_id == report.reported_office_id:
        return False
    return not report.is_protected or report.agency_id in {unit.pk for unit in receiving_units(report, day=day)}
