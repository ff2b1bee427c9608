"""What the guards put into the addresses of open data: a dataset a service publishes, and nothing."""

from typing import Any

from tests.world import World


def samples(world: World) -> dict[str, dict[str, Any]]:
    """What stands behind each parameter."""
    return {
        "open_data:key": {"own": "reports_public", "missing": "tidak-ada"},
        "open_data:number": {"own": 1, "missing": 999},
        "open_data:resource": {"own": "data", "missing": "tidak-ada"},
        "dataset_name": {"own": "reports_public-ksb", "missing": "tidak-ada"},
        "kind": {"own": "ttl", "missing": "exe"},
        "open_data:kind": {"own": "csv", "missing": "exe"},
    }
