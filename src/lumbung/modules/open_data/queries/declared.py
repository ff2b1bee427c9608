"""Tables other modules declare: what their declaration says in the shape of metadata, and which portals list them."""

import uuid
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Column
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.datasets import registry
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.organisations import queries as organisations
from lumbung.core.portals.models import Portal
from lumbung.core.tables.schemas import REGION_CODE
from lumbung.modules.open_data.models import ReleaseTable

SLUG = "data"
TYPES = {"text": "string", "integer": "integer", "decimal": "number", "date": "date", "year": "year"}
TOPIC = "pemerintahan"
REGIONS = "wilayah"
AS_OF = "as_of"


def portals_at(place: str) -> list[Portal]:
    """The portal of a region; tables of the whole installation stand in the first portal."""
    portals = Portal.objects.order_by("position", "slug")
    return list(portals.filter(region_id=place) if place else portals[:1])


def portals_of(version: DatasetVersion) -> list[Portal]:
    """The portals that list a version."""
    return portals_at(version.place)


def versions_not_listed() -> list[uuid.UUID]:
    """Versions of declared tables that no release holds, oldest first."""
    keys = [dataset.key for dataset in registry.all_datasets()]
    held = ReleaseTable.objects.filter(version__dataset_key__in=keys).values("version_id")
    versions = DatasetVersion.objects.filter(dataset_key__in=keys, withdrawn_at__isnull=True).exclude(pk__in=held)
    return list(versions.order_by("published_at", "number").values_list("pk", flat=True))


def metadata_of(declaration: Declaration, place: str, publisher_code: str, parquet: Path) -> dict[str, Any]:
    """What the declaration says, in the shape of metadata; the period comes from the rows themselves."""
    publisher = organisations.by_code(publisher_code)
    name = publisher.name_id if publisher else publisher_code
    activity = {key: _plain(value) for key, value in declaration.activity.items()}
    return {
        "dataset": {
            "title": told(declaration.title),
            "summary": told(declaration.summary),
            "note": told(declaration.note),
            "topic": TOPIC,
            "place": place,
            "period": period_in(declaration, parquet),
            "licence": declaration.licence,
            "frequency": declaration.frequency,
            "contact": name,
            "made_by": "administration",
            "standard": told(_("Columns as declared by the service that keeps the records"))["id"],
        },
        "activity": {"organiser": name, "unit_in_charge": name, **activity} if activity else {},
        "indicators": [],
        "variables": {
            SLUG: {each.name: _variable(each, declaration.variables.get(each.name, {})) for each in declaration.columns}
        },
    }


def period_in(declaration: Declaration, parquet: Path) -> dict[str, str]:
    """First and last month the rows are about, by the declared period or the first date; nothing without rows."""
    dates = [column.name for column in declaration.columns if column.kind == "date" and column.name != AS_OF]
    first_date = declaration.protection.period if declaration.protection else next(iter(dates), AS_OF)
    named = declaration.period_column or first_date
    if named not in {column.name for column in declaration.columns}:
        return {}
    question = f'SELECT min("{named}"), max("{named}") FROM read_parquet(?)'  # noqa: S608 - a declared name
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        found = connection.execute(question, [str(parquet)]).fetchone() or (None, None)
    if None in found:
        return {}
    first, last = (each.isoformat()[:7] if isinstance(each, date) else str(each) for each in found)
    return {"from": _month(first, 1), "to": _month(last, 3)}


def _month(period: str, place: int) -> str:
    """A quarter as its first or third month; a month or a year as it is."""
    year, is_quarter, quarter = period.partition("-Q")
    return f"{year}-{3 * (int(quarter) - 1) + place:02d}" if is_quarter else period


def schema_of(declaration: Declaration) -> dict[str, Any]:
    """The declared columns as a Table Schema."""
    fields = [_field(each, declaration.variables.get(each.name, {})) for each in declaration.columns]
    return {"fields": fields, "missingValues": [""]}


def told(label: str | Promise) -> dict[str, str]:
    """A label in both languages."""
    return {"id": _in("id", label), "en": _in("en", label)}


def _plain(label: str | Promise) -> str:
    return told(label)["id"]


def _in(language: str, label: str | Promise) -> str:
    with translation.override(language):
        return str(label)


def _variable(column: Column, more: Mapping[str, str | Promise]) -> Mapping[str, Any]:
    description = told(column.description) if column.description else told(column.title)
    codes = {code: told(meaning) for code, meaning in column.codes.items()}
    beyond = {key: _plain(value) for key, value in more.items()}
    variable = {"label": told(column.title), "definition": description, "unit": column.unit, "codes": codes}
    return variable | {"classification": column.reference, "combining": column.combining} | beyond


def _field(column: Column, more: Mapping[str, str | Promise]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.kind], "title": _plain(column.title)}
    if column.codes:
        field["constraints"] = {"enum": sorted(column.codes)}
    if REGIONS in {column.reference, more.get("classification")}:
        field["rdfType"] = REGION_CODE
    return field
