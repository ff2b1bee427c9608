"""Tables that other modules declare and core/datasets publishes become datasets of the catalogue by themselves."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import Column
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions as versions
from lumbung.core.datasets import registry
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.organisations import queries as organisations
from lumbung.core.portals.models import Portal
from lumbung.core.tables.schemas import REGION_CODE
from lumbung.modules.open_data.actions import publishing, withdrawing
from lumbung.modules.open_data.models import Dataset, Release, ReleaseTable
from lumbung.modules.open_data.queries import declared, releases

SLUG = "data"
TYPES = {"text": "string", "integer": "integer", "decimal": "number", "date": "date"}
TOPIC = "pemerintahan"
REGIONS = "wilayah"


def take_in(*, version_id: uuid.UUID, now: datetime) -> list[Release]:
    """List a version of a declared table in every portal it belongs to; one already listed is left as it is."""
    version = DatasetVersion.objects.get(pk=version_id)
    if not registry.is_registered(version.dataset_key) or version.is_withdrawn:
        return []
    return [release for portal in declared.portals_of(version) if (release := _take_in(portal, version, now))]


def take_in_all(*, now: datetime) -> int:
    """Everything the catalogue does not list yet, oldest first; returns how many releases that made."""
    return sum(len(take_in(version_id=pk, now=now)) for pk in declared.versions_not_listed())


def publish_now(*, dataset: Dataset, by: Viewer, now: datetime) -> DatasetVersion:
    """Compare a declared table with its records and publish what changed, on the word of a steward."""
    if dataset.origin != Dataset.Origin.DECLARED:
        raise Refused("dataset-is-not-declared", _("This dataset is published by its draft. Open its desk."))
    newest = releases.last_of(dataset)
    place = releases.metadata_of(newest)["dataset"]["place"] if newest else dataset.portal.region_id
    return versions.publish_on_demand(dataset_key=dataset.key, place=place, by=by, now=now)


def follow_withdrawal(*, version_id: uuid.UUID, now: datetime) -> None:
    """A version withdrawn where it was made is withdrawn in the catalogue, too."""
    version = DatasetVersion.objects.get(pk=version_id)
    for table in ReleaseTable.objects.filter(version=version, release__withdrawn_at__isnull=True):
        withdrawing.mark(release=table.release, reason=version.withdrawn_reason, actor=SYSTEM, now=now)


def _take_in(portal: Portal, version: DatasetVersion, now: datetime) -> Release | None:
    declaration = registry.get(version.dataset_key)
    with transaction.atomic():
        dataset = _dataset_of(portal, declaration, version, now)
        if ReleaseTable.objects.filter(release__dataset=dataset, version=version).exists():
            return None
        table = (SLUG, told(declaration.title)["id"], 1, version, schema_of(declaration))
        metadata = metadata_of(declaration, version)
        return publishing.make_release(
            dataset, metadata, [table], note="", as_of=version.as_of, actor=SYSTEM, now=now, number=version.number
        )


def _dataset_of(portal: Portal, declaration: Declaration, version: DatasetVersion, now: datetime) -> Dataset:
    Portal.objects.select_for_update().get(pk=portal.pk)
    found = Dataset.objects.filter(portal=portal, key=declaration.key).first()
    return found or Dataset.objects.create(
        portal=portal,
        key=declaration.key,
        name=f"{declaration.key}-{portal.pk}",
        producer_id=version.publisher_code,
        origin=Dataset.Origin.DECLARED,
        begun_at=now,
    )


def metadata_of(declaration: Declaration, version: DatasetVersion) -> dict[str, Any]:
    """What the declaration says, in the shape of metadata. The period is filled from the day of the snapshot."""
    publisher = organisations.by_code(version.publisher_code)
    return {
        "dataset": {
            "title": told(declaration.title),
            "summary": told(declaration.summary),
            "note": told(declaration.note),
            "topic": TOPIC,
            "place": version.place,
            "licence": declaration.licence,
            "frequency": declaration.frequency,
            "contact": publisher.name_id if publisher else version.publisher_code,
            "made_by": "administration",
            "standard": told(_("Columns as declared by the service that keeps the records"))["id"],
        },
        "activity": {},
        "indicators": [],
        "variables": {SLUG: {column.name: _variable(column) for column in declaration.columns}},
    }


def schema_of(declaration: Declaration) -> dict[str, Any]:
    """The declared columns as a Table Schema."""
    return {"fields": [_field(column) for column in declaration.columns], "missingValues": [""]}


def told(label: str | Promise) -> dict[str, str]:
    """A label in both languages."""
    return {"id": _in("id", label), "en": _in("en", label)}


def _in(language: str, label: str | Promise) -> str:
    with translation.override(language):
        return str(label)


def _variable(column: Column) -> Mapping[str, Any]:
    description = told(column.description) if column.description else told(column.title)
    codes = {code: told(meaning) for code, meaning in column.codes.items()}
    variable = {"label": told(column.title), "definition": description, "unit": column.unit, "codes": codes}
    return variable | {"classification": column.reference, "combining": column.combining}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.kind], "title": told(column.title)["id"]}
    if column.reference == REGIONS:
        field["rdfType"] = REGION_CODE
    if column.codes:
        field["constraints"] = {"enum": sorted(column.codes)}
    return field
