"""The catalogue as anyone sees it: what is listed, one dataset with its releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class Shares:
    """Of what a portal lists: anybody may download it, it is this list itself, only described, another portal's."""

    opened: int
    itself: int
    described: int
    elsewhere: int


def shares_of(portal: Portal, newest: Listing, total: int, *, itself: str) -> Shares:
    """How the whole list of a portal is made up. A list with the same number and the same newest entry is the same.

    itself  the key of the dataset that is the list: the figure of open datasets cannot count it
    """
    return _shares(str(portal.pk), (newest.pk, newest.release_id), total, itself)


@lru_cache(maxsize=32)
def _shares(portal_id: str, newest: object, total: int, itself: str) -> Shares:
    ours, is_open = Q(harvested_from=""), Q(release__access=Dataset.Access.OPEN)
    told = Listing.objects.filter(portal_id=portal_id).aggregate(
        ours=Count("pk", filter=ours),
        described=Count("pk", filter=ours & ~is_open),
        itself=Count("pk", filter=ours & is_open & Q(dataset__key=itself)),
    )
    opened = told["ours"] - told["described"] - told["itself"]
    return Shares(opened, told["itself"], told["described"], total - told["ours"])


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
