"""Which office may receive a report whose words few may read."""

from datetime import date

from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports.models import Report

INSPECTORATE = "inspektorat"


def inspectorates_above(region_code: str, *, day: date) -> list[Organisation]:
    """The Inspectorate of a region and of each government above it, nearest first."""
    parts = region_code.split(".")
    regions = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = [organisations.agency_for_duty(region, INSPECTORATE, day=day) for region in regions]
    return [unit for unit in found if unit is not None]


def receiving_units(report: Report, *, day: date) -> list[Organisation]:
    """The offices that may examine a protected report, the one named by its topic first.

    An Inspectorate always stands in the list, so that there is a way when the first office is the one complained of.
    """
    region = report.handling_portal.region_id
    receiver = "inspectorate" if report.pressed_at else report.category.confidential_by_force
    first: Organisation | None = None
    if receiver == "uptd_ppa":
        first = organisations.agency_for_duty(region, "uptd_ppa", day=day)
    elif receiver == "district":
        first = organisations.agency_for_duty(report.district_id, "kecamatan", day=day)
    return ([first] if first else []) + inspectorates_above(region, day=day)


def shelter_for(report: Report, *, day: date) -> Organisation | None:
    """The Inspectorate that takes a report from an agency whose reporter is under pressure: never that agency."""
    named = {report.agency_id, report.reported_office_id}
    units = inspectorates_above(report.handling_portal.region_id, day=day)
    return next((unit for unit in units if unit.pk not in named), None)
