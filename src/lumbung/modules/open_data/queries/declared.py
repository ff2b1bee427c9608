"""Tables other modules declare: which portals list them, and which versions the catalogue does not know yet."""

import uuid

from lumbung.core.datasets import registry
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.models import ReleaseTable


def portals_of(version: DatasetVersion) -> list[Portal]:
    """The portal of the table's region; tables of the whole installation stand in the first portal."""
    portals = Portal.objects.order_by("position", "slug")
    return list(portals.filter(region_id=version.place) if version.place else portals[:1])


def versions_not_listed() -> list[uuid.UUID]:
    """Versions of declared tables that no release holds, oldest first."""
    keys = [dataset.key for dataset in registry.all_datasets()]
    held = ReleaseTable.objects.filter(version__dataset_key__in=keys).values("version_id")
    versions = DatasetVersion.objects.filter(dataset_key__in=keys, withdrawn_at__isnull=True).exclude(pk__in=held)
    return list(versions.order_by("published_at", "number").values_list("pk", flat=True))
