"""The master data every other table is joined by: regions and agencies, as tables with versions of their own.

A coded column is checked against the same rows (`queries/code_lists.py`); a version of these tables shows what they
were on a day, and a new one is made only when something changed.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.declarations import Column, Label
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals import queries as portals
from lumbung.core.regions.models import Region
from lumbung.modules.open_data.datasets.activity import AGENCY, MASTER_ACTIVITY

# Whose codes stand in published tables; associations, companies and posyandu are no part of government.
GOVERNMENT = (
    Organisation.Kind.AGENCY,
    Organisation.Kind.INSPECTORATE,
    Organisation.Kind.COUNCIL,
    Organisation.Kind.VILLAGE,
)
REGION: Mapping[str, Label] = {"concept": _("Administrative region"), "reference": "Kepmendagri 100.1.1-6117/2022"}

BEGINS = Column("valid_from", _("Valid from"), "date", description=_("Empty where the day is not known"))
ENDS = Column("valid_to", _("Valid to"), "date", description=_("Empty while it lasts"))
AS_OF = Column("as_of", _("Day of the snapshot"), "date")


def _regions(as_of: datetime, place: str) -> Iterator[dict[str, Any]]:
    """Every region of a place down to villages, a parent before its parts."""
    today = clock.local_day(as_of)
    for region in Region.objects.filter(code__under=place).exclude(level=Region.Level.BLOCK).order_by("code"):
        yield {
            "region_code": region.code,
            "name": region.name,
            "kind": region.kind,
            "parent_code": region.parent_id or "",
            "valid_from": region.valid_from,
            "valid_to": region.valid_to,
            "as_of": today,
        }


def _agencies(as_of: datetime, place: str) -> Iterator[dict[str, Any]]:
    """Every part of government in a place, by its code; one that ended stays, since tables go on naming it."""
    today = clock.local_day(as_of)
    for agency in Organisation.objects.filter(kind__in=GOVERNMENT, region__code__under=place).order_by("code"):
        yield {
            "agency_code": agency.code,
            "name": agency.name_id,
            "name_en": agency.name_en,
            "kind": agency.kind,
            "region_code": agency.region_id,
            "parent_code": agency.parent_id or "",
            "valid_from": agency.valid_from,
            "valid_to": agency.valid_to,
            "as_of": today,
        }


REGIONS_PUBLIC = Declaration(
    key="regions_public",
    title=_("Codes and names of regions"),
    summary=_("Provinces, regencies, cities, districts and villages with the codes every table of this portal uses."),
    note=_(
        "Contains information from idn-area-data, after the codes of the Ministry of Home Affairs; databases derived"
        " from it keep the same licence. Codes are texts: 52.10 and 52.1 are two things."
    ),
    licence="ODbL-1.0",
    columns=(
        Column(
            "region_code",
            _("Region code"),
            description=_("Code of the Ministry of Home Affairs, as text"),
            reference="wilayah",
        ),
        Column("name", _("Name")),
        Column("kind", _("Kind"), codes=dict(Region.Kind.choices)),
        Column(
            "parent_code",
            _("Code of the region it belongs to"),
            description=_("Empty for a province"),
            reference="wilayah",
        ),
        BEGINS,
        ENDS,
        AS_OF,
    ),
    rows=_regions,
    places=portals.governments_by_region,
    disclosure="public_records",
    activity=MASTER_ACTIVITY,
    variables={"region_code": REGION, "parent_code": REGION},
    period_column=AS_OF.name,
)
AGENCIES_PUBLIC = Declaration(
    key="agencies_public",
    title=_("Codes and names of agencies"),
    summary=_("Agencies, councils and village governments with the codes every table of this portal uses."),
    note=_("A code is never given twice. An agency that ended keeps its row."),
    columns=(
        Column("agency_code", _("Agency code")),
        Column("name", _("Name")),
        Column("name_en", _("Name in English")),
        Column("kind", _("Kind"), codes={each.value: each.label for each in GOVERNMENT}),
        Column("region_code", _("Region code"), reference="wilayah"),
        Column("parent_code", _("Code of the agency it belongs to"), description=_("Empty at the top")),
        BEGINS,
        ENDS,
        AS_OF,
    ),
    rows=_agencies,
    places=portals.governments_by_region,
    disclosure="public_records",
    activity=MASTER_ACTIVITY,
    variables={"agency_code": AGENCY, "parent_code": AGENCY, "region_code": REGION},
    period_column=AS_OF.name,
)
