"""Which accounts are told about a report."""

from datetime import date

from lumbung.core.access import queries as access
from lumbung.core.access import registry
from lumbung.core.access.models import Account
from lumbung.modules.reports import permissions
from lumbung.modules.reports.models import Report


def coordinators_of(report: Report, *, day: date) -> list[Account]:
    """The coordinators of the government that handles it."""
    roles = registry.roles_with(permissions.VERIFY)
    return access.accounts_with(roles, day=day, region_code=report.handling_portal.region_id)


def officers_of(report: Report, *, day: date) -> list[Account]:
    """The liaison officers of the agency in charge."""
    return _in_agency(permissions.ANSWER, report, day)


def heads_of(report: Report, *, day: date) -> list[Account]:
    """The head of the agency in charge, Plt. and Plh. included."""
    return _in_agency(permissions.APPROVE, report, day)


def handlers_of(report: Report, *, day: date) -> list[Account]:
    """Whoever has it in hand: the agency, or the coordinator as long as there is none."""
    return officers_of(report, day=day) if report.agency_id else coordinators_of(report, day=day)


def _in_agency(verb: str, report: Report, day: date) -> list[Account]:
    if report.agency is None or not may_be_told(report):
        return []
    return access.accounts_with(registry.roles_with(verb), day=day, organisation_code=report.agency.pk)


def may_be_told(report: Report) -> bool:
    """Whether the agency in charge may get notices about it.

    A report that is confidential by force goes to the Inspectorate, UPTD PPA or the district, never to the office it
    is about (decision 32): an agency without that very duty is told nothing, even if somebody assigned it there.
    """
    category = report.category
    if not category.confidential_by_force or report.agency is None:
        return True
    return report.agency.agency_kind == category.agency_kind
