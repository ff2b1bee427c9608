"""What the guards put into the addresses of open data: a dataset a service publishes, and nothing."""

import uuid
from typing import Any

from tests.cast import NOW
from tests.world import World

from lumbung.modules.open_data.actions import asking
from lumbung.modules.open_data.actions.asking import Sender
from lumbung.modules.open_data.models import Asking, Resource
from lumbung.modules.open_data.queries.askings import Words

NOWHERE = uuid.UUID(int=0)
# The same key is one request however often the samples are asked for.
ASKED = uuid.UUID(int=1)
POSTED = {"open_data": {"text": "Data sumur per desa", "draft_key": str(uuid.UUID(int=2)), "reason": "Keliru"}}


def samples(world: World) -> dict[str, dict[str, Any]]:
    """What stands behind each parameter."""
    resource = Resource.objects.filter(dataset__key="reports_public").order_by("dataset__portal_id").first()
    asked = asking.send(
        portal=world.people.ksb,
        kind=Asking.Kind.DATA,
        dataset=None,
        words=Words("Data sumur per desa"),
        sender=Sender(),
        draft_key=ASKED,
        now=NOW,
    )
    return {
        "asking_number": {"own": asked.asking.number, "missing": "PD-2026-9999"},
        "asking_code": {"own": asked.code, "missing": "0000000000000000"},
        "sharing_id": {"missing": NOWHERE},
        "reuse_id": {"missing": NOWHERE},
        "ckan_action": {"own": "package_list", "missing": "tidak-ada"},
        "datastore_id": {"missing": NOWHERE} | ({"own": resource.pk} if resource else {}),
        "open_data:key": {"own": "reports_public", "missing": "tidak-ada"},
        "open_data:number": {"own": 1, "missing": 999},
        "open_data:resource": {"own": "data", "missing": "tidak-ada"},
        "dataset_name": {"own": "reports_public-ksb", "missing": "tidak-ada"},
        "kind": {"own": "ttl", "missing": "exe"},
        "open_data:kind": {"own": "csv", "missing": "exe"},
    }
