"""The catalogue as anyone sees it: lists, counts by facet, one dataset with its releases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, QuerySet, When

from lumbung.core.base import clock
from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.portals.models import Portal
from lumbung.core.search import queries as search
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Listing, Release, ReleaseTable
from lumbung.modules.open_data.queries import releases

KIND = "dataset"
ORDERS = {"": ("-published_at", "pk"), "title": ("title_id", "pk"), "oldest": ("published_at", "pk")}
FACETS = ("topic", "producer", "licence", "frequency")
MOST_RANKED = 1000


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


def filtered(rows: QuerySet[Listing], wanted: Mapping[str, str]) -> QuerySet[Listing]:
    """What a person asked for: words, facets, an order."""
    for name in FACETS:
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("q"):
        return _matching(rows, wanted["q"], wanted.get("sort", ""))
    return rows.order_by(*ORDERS.get(wanted.get("sort", ""), ORDERS[""]))


def _matching(rows: QuerySet[Listing], words: str, order: str) -> QuerySet[Listing]:
    """Those that match, best first unless another order is asked for."""
    found = [UUID(each) for each in search.ranked_ids(KIND, words, most=MOST_RANKED)]
    rows = rows.filter(pk__in=found)
    if order:
        return rows.order_by(*ORDERS.get(order, ORDERS[""]))
    return rows.order_by(Case(*(When(pk=pk, then=place) for place, pk in enumerate(found)), default=len(found)))


def counts(rows: QuerySet[Listing], facet: str) -> dict[str, int]:
    """How many datasets there are for each value of a facet."""
    found = rows.order_by().values_list(facet).annotate(count=Count("pk"))
    return {str(value): count for value, count in found if value}


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


def facet_words(facet: str) -> Iterator[tuple[str, str]]:
    """What the values of a facet are called, where they come from a list of choices."""
    lists = {"topic": "topics", "licence": "licences", "frequency": "frequencies"}
    for choice in shape.choices(lists[facet]):
        yield choice.key, str(choice.words)
