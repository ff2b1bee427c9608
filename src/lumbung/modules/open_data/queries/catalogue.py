"""The catalogue as anyone sees it: what is listed, one dataset with its releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from lumbung.core.base import clock
from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Listing, Release, ReleaseTable
from lumbung.modules.open_data.queries import releases

KIND = "dataset"


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table of a release, as its page shows it."""

    table: ReleaseTable
    version: DatasetVersion
    schema: Mapping[str, Any]
    variables: Mapping[str, Any]

    @property
    def slug(self) -> str:
        return str(self.table.resource.slug)


def listed(portal: Portal) -> QuerySet[Listing]:
    """Everything a portal lists, restricted and excluded datasets with their description only."""
    return Listing.objects.filter(portal=portal).select_related("dataset", "producer", "release")


def dataset_at(portal: Portal, key: str) -> Dataset | None:
    """The dataset at an address of a portal, also a withdrawn one."""
    return Dataset.objects.filter(portal=portal, key=key).select_related("producer", "portal__region").first()


def release_at(dataset: Dataset, number: int) -> Release | None:
    """One release by its number, withdrawn or not."""
    return dataset.releases.filter(number=number).first()


def releases_of(dataset: Dataset) -> list[Release]:
    """Every release, newest first."""
    return list(dataset.releases.prefetch_related("tables__version", "tables__resource"))


def tables_of(release: Release) -> list[TableShown]:
    """The tables of a release with what their columns mean."""
    described = releases.metadata_of(release)["variables"]
    found = release.tables.select_related("resource", "version")
    return [
        TableShown(table, table.version, releases.schema_of(table), described.get(table.resource.slug, {}))
        for table in found
    ]


def due_on(release: Release) -> date | None:
    """The last day on which this release is still up to date; None when it is not updated."""
    return due_after(release, checked_on(release))


def due_after(release: Release, looked_on: date) -> date | None:
    """The same for a release last compared or published on that day."""
    frequency = shape.choice_of("frequencies", releases.metadata_of(release)["dataset"].get("frequency", ""))
    if frequency is None or frequency.days is None:
        return None
    return looked_on + timedelta(days=frequency.days)


def checked_on(release: Release) -> date:
    """The day on which the tables were last compared with the records behind them, or published."""
    days = [versions.checked_on(table.version) for table in release.tables.select_related("version")]
    return max((day for day in days if day), default=clock.local_day(release.published_at))
