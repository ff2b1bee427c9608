"""A dataset as other machines are told of it: DCAT, schema.org and Data Package are written from this.

Restricted and excluded data are described without files; a withdrawn file is not told of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.regions.models import Region
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, Listing, Release, ReleaseTable
from lumbung.modules.open_data.queries import harvested, releases

KINDS = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class FileTold:
    """One file of a table."""

    kind: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class TableTold:
    """One table of a release, with its files."""

    slug: str
    title: str
    schema: Mapping[str, Any]
    variables: Mapping[str, Any]
    files: tuple[FileTold, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """One release of a dataset. `begun` is the day of its first release, None when that was not looked up."""

    dataset: Dataset
    number: int
    access: str
    metadata: Mapping[str, Any]
    modified: datetime
    note: str
    tables: tuple[TableTold, ...]
    region: Region | None
    begun: datetime | None = None

    @property
    def told(self) -> Mapping[str, Any]:
        """What was said about the dataset itself."""
        found: Mapping[str, Any] = self.metadata["dataset"]
        return found

    @property
    def remote(self) -> Mapping[str, Any]:
        """What another portal says of it, empty for what is ours."""
        return harvested.remote_of(self.metadata)

    @property
    def is_open(self) -> bool:
        return self.access == Dataset.Access.OPEN

    def choice(self, field: str, listed: str) -> shape.Choice | None:
        """What a field says, as an entry of a list."""
        return shape.choice_of(listed, str(self.told.get(field) or ""))


def of_release(release: Release) -> Description:
    """One release."""
    first = release.dataset.releases.order_by("number").first()
    found = _of_release(release, _regions([release]))
    return replace(found, begun=first.published_at if first else None)


def of_listings(rows: QuerySet[Listing] | Iterable[Listing]) -> list[Description]:
    """The newest release of each listed dataset, in a handful of queries for all."""
    found = [row.release for row in rows]
    regions = _regions(found)
    firsts = _firsts([release.dataset_id for release in found])
    return [replace(_of_release(release, regions), begun=firsts.get(release.dataset_id)) for release in found]


def with_everything(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """Listings with what a description reads."""
    rows = rows.select_related("release__dataset__portal__region", "release__dataset__producer")
    return rows.prefetch_related("release__tables__version", "release__tables__resource")


def of_draft(draft: Draft, tables: Iterable[DraftTable]) -> Description:
    """What the next release would say; files as far as they are made."""
    place = str(draft.metadata.get("dataset", {}).get("place") or "")
    return Description(
        dataset=draft.dataset,
        number=1,
        access=draft.dataset.access,
        metadata={"dataset": {}} | draft.metadata,
        modified=draft.begun_at,
        note=draft.note,
        tables=tuple(_of_draft_table(table) for table in tables) if draft.dataset.access == "open" else (),
        region=Region.objects.filter(pk=place).first(),
        begun=draft.begun_at,
    )


def _of_release(release: Release, regions: Mapping[str, Region]) -> Description:
    metadata = releases.metadata_of(release)
    tables = release.tables.all() if release.access == Dataset.Access.OPEN else ()
    return Description(
        dataset=release.dataset,
        number=release.number,
        access=release.access,
        metadata=metadata,
        modified=release.published_at,
        note=release.note,
        tables=tuple(_table(table, metadata) for table in tables if not table.version.is_withdrawn),
        region=regions.get(str(metadata["dataset"].get("place") or "")),
    )


def _table(table: ReleaseTable, metadata: Mapping[str, Any]) -> TableTold:
    slug = str(table.resource.slug)
    described = metadata.get("variables", {}).get(slug, {})
    return TableTold(slug, table.title, releases.schema_of(table), described, _files(table.version))


def _files(version: DatasetVersion) -> tuple[FileTold, ...]:
    return (
        FileTold("csv", version.csv_sha256, version.csv_bytes),
        FileTold("parquet", version.parquet_sha256, version.parquet_bytes),
    )


def _of_draft_table(table: DraftTable) -> TableTold:
    written = table.written or {}
    files = tuple(FileTold(kind, written[f"{kind}_sha256"], written[f"{kind}_bytes"]) for kind in KINDS if written)
    if table.kept_version is not None:
        files = _files(table.kept_version)
    return TableTold(table.slug, table.title, table.schema or {}, {}, files)


def _regions(found: Iterable[Release]) -> dict[str, Region]:
    codes = {str(releases.metadata_of(release)["dataset"].get("place") or "") for release in found}
    return Region.objects.in_bulk(codes)


def _firsts(dataset_ids: Iterable[Any]) -> dict[Any, datetime]:
    first = Release.objects.filter(dataset__in=list(dataset_ids), number=1)
    return dict(first.values_list("dataset_id", "published_at"))
