"""Tables that other modules declare and core/datasets publishes become datasets of the catalogue by themselves."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions as versions
from lumbung.core.datasets import queries as datasets
from lumbung.core.datasets import registry
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import publishing, withdrawing
from lumbung.modules.open_data.models import Dataset, Release, ReleaseTable
from lumbung.modules.open_data.queries import declared, releases


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


def correct_period(*, dataset: Dataset, period: str, reason: str, by: Viewer, now: datetime) -> DatasetVersion:
    """Make a published period of a declared table anew, on the word of a steward."""
    place = dataset.portal.region_id
    return versions.correct_period(dataset_key=dataset.key, place=place, period=period, reason=reason, by=by, now=now)


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
        table = (declared.SLUG, declared.told(declaration.title)["id"], version, declared.schema_of(declaration))
        parquet = datasets.path_of(version, "parquet")
        metadata = declared.metadata_of(declaration, version.place, version.publisher_code, parquet)
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
