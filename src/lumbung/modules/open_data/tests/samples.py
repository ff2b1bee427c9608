"""What the guards put into the addresses of open data: a dataset a service publishes, and nothing."""

import uuid
from typing import Any

from tests.world import World

from lumbung.modules.open_data.models import Resource


def samples(world: World) -> dict[str, dict[str, Any]]:
    """What stands behind each parameter."""
    resource = Resource.objects.filter(dataset__key="reports_public").order_by("dataset__portal_id").first()
    return {
        "ckan_action": {"own": "package_list", "missing": "tidak-ada"},
        "datastore_id": {"missing": uuid.UUID(int=0)} | ({"own": resource.pk} if resource else {}),
        "open_data:key": {"own": "reports_public", "missing": "tidak-ada"},
        "open_data:source_key": {"missing": "tidak-ada"},
        "open_data:run_number": {"missing": 999},
        "open_data:number": {"own": 1, "missing": 999},
        "open_data:resource": {"own": "data", "missing": "tidak-ada"},
        "dataset_name": {"own": "reports_public-ksb", "missing": "tidak-ada"},
        "kind": {"own": "ttl", "missing": "exe"},
        "open_data:kind": {"own": "csv", "missing": "exe"},
    }
