"""What the guards put into the addresses of open data: a dataset a service publishes, and nothing."""

import uuid
from typing import Any

from tests.cast import NOW
from tests.world import World

from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import agreeing, asking, data_lists
from lumbung.modules.open_data.actions.asking import Sender
from lumbung.modules.open_data.models import ApiKey, Asking, HarvestSource, Resource
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries.askings import Words
from lumbung.modules.open_data.tests import planning

NOWHERE = uuid.UUID(int=0)
# The same key is one request however often the samples are asked for.
ASKED = uuid.UUID(int=1)
POSTED = {
    "open_data": {
        "text": "Data sumur per desa",
        "draft_key": str(uuid.UUID(int=2)),
        "reason": "Keliru",
        "year": "2027",
        "carried": "",
        "dataset": "",
    }
}


def samples(world: World) -> dict[str, dict[str, Any]]:
    """What stands behind each parameter."""
    _agree_on_a_list(world)
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
        "open_data:key_id": {"missing": uuid.UUID(int=0)} | _key(),
        "datastore_id": {"missing": NOWHERE} | ({"own": resource.pk} if resource else {}),
        "open_data:key": {"own": "reports_public", "missing": "tidak-ada"},
        "open_data:source_key": {"own": _source().key, "missing": "tidak-ada"},
        "open_data:run_number": {"own": 1, "missing": 999},
        "open_data:number": {"own": 1, "missing": 999},
        "open_data:resource": {"own": "data", "missing": "tidak-ada"},
        "open_data:story": {"missing": "tidak-ada"},
        "dataset_key": {"own": "reports_public", "missing": "tidak-ada"},
        "release_number": {"own": 1, "missing": 999},
        "dataset_name": {"own": "reports_public-ksb", "missing": "tidak-ada"},
        "kind": {"own": "ttl", "missing": "exe"},
        "open_data:kind": {"own": "csv", "missing": "exe"},
    }


def _key() -> dict[str, Any]:
    """A key of an agency, if the world has one."""
    key = ApiKey.objects.first()
    return {"own": key.pk} if key else {}


def _source() -> HarvestSource:
    """A portal the regency harvests; it was never asked."""
    facts = {"title": "Portal Contoh", "kind": "csv_lists", "address": "https://data.example/daftar.csv"}
    where = {"portal": Portal.objects.get(pk="ksb"), "producer": Organisation.objects.get(pk="ksb")}
    return HarvestSource.objects.get_or_create(key="contoh", defaults={**facts, **where, "begun_at": NOW})[0]


def _agree_on_a_list(world: World) -> None:
    """The list of this year of the regency, with one row; made once in a world."""
    portal, year = world.people.ksb, NOW.year
    if known.list_at(portal, year) is not None:
        return
    by = world.people.viewer("forum.data.ksb")
    made = data_lists.open_list(portal=portal, year=year, carried=None, by=by, now=NOW)
    data_lists.propose_row(data_list=made, facts=planning.facts(producer="ksb-pupr"), by=by, now=NOW)
    agreeing.agree_list(data_list=made, meeting=planning.meeting(), by=by, now=NOW)
