"""Reading what was published. Everything here is public."""

import json
from typing import Any

from lumbung.modules.open_data.models import Dataset, Release, ReleaseTable


def newest_of(dataset: Dataset) -> Release | None:
    """The newest release that was not withdrawn."""
    return dataset.releases.filter(withdrawn_at__isnull=True).order_by("-number").first()


def newest_named(name: str, *, number: int | None = None) -> Release | None:
    """The newest release of the dataset of that name that was not withdrawn, or the one of that number; one query."""
    found = Release.objects.filter(dataset__name=name).select_related("dataset__portal", "dataset__producer")
    if number is not None:
        return found.filter(number=number).first()
    return found.filter(withdrawn_at__isnull=True).order_by("-number").first()


def last_of(dataset: Dataset) -> Release | None:
    """The last release made, withdrawn or not."""
    return dataset.releases.order_by("-number").first()


def metadata_of(release: Release) -> dict[str, Any]:
    """The metadata of a release, as they were frozen."""
    found: dict[str, Any] = json.loads(release.metadata)
    return found


def schema_of(table: ReleaseTable) -> dict[str, Any]:
    """The Table Schema a table was checked by."""
    found: dict[str, Any] = json.loads(table.schema)
    return found


def is_held_elsewhere(table: ReleaseTable) -> bool:
    """Whether another release that was not withdrawn holds the same version of a table."""
    return bool(holders_of(table.release, version=table.version_id))


def holders_of(release: Release, **narrowed: Any) -> list[int]:
    """Numbers of the standing releases that hold a file of this one, too."""
    own = ReleaseTable.objects.filter(release=release, **narrowed).values("version")
    others = ReleaseTable.objects.filter(version__in=own, release__withdrawn_at__isnull=True)
    found = others.exclude(release=release).values_list("release__number", flat=True)
    return sorted(set(found))
