"""kill -9 at any transaction of a harvest: whoever comes after goes on there, and nothing is there twice."""

import json
from dataclasses import replace

import pytest

from lumbung.modules.open_data.tests.remote_portal import Remote, listed

# Minutes of loading before anything is asked: in the heavy run.
pytestmark = [pytest.mark.django_db, pytest.mark.fault, pytest.mark.heavy]

# Forks a worker that dies before its nth transaction ends, lets its lease end, and lets another worker go on.
KILLED = r"""
import json, os, signal, sys
from datetime import date, timedelta
from django.db import connection, connections, transaction
from lumbung.core.base import clock
from lumbung.core.jobs import actions as jobs, runner
from lumbung.core.jobs.models import Job
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.open_data.actions import harvesting
from lumbung.modules.open_data.models import (
    Dataset, HarvestItem, HarvestPending, HarvestRun, HarvestSource, Listing, Release)

address, first, stride = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
region, _ = Region.objects.get_or_create(code="99", defaults={"level": "province", "name": "Uji", "kind": "provinsi"})
one, _ = Organisation.objects.get_or_create(code="uji", defaults={
    "name_id": "Uji", "name_en": "Uji", "kind": "agency", "region": region, "valid_from": date(2020, 1, 1)})
portal, _ = Portal.objects.get_or_create(slug="uji", defaults={
    "region": region, "government": one, "name_id": "Uji", "name_en": "Uji", "number_prefix": "UJI",
    "report_service_id": "Uji", "report_service_en": "Uji", "accent": "teal"})

def work(kill_at):
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # else the child would speak through its parent's socket, and die in the middle
    pid = os.fork()
    if pid == 0:
        left, seen = transaction.Atomic.__exit__, [0]
        def counted(self, *told):
            seen[0] += 1
            if seen[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return left(self, *told)
        transaction.Atomic.__exit__ = counted
        runner.run_due()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def after_a_kill():
    now = clock.now()
    Job.objects.filter(state="running").update(lease_until=now - timedelta(seconds=1))
    jobs.reclaim_abandoned(now=now)
    harvesting.begin_due(now=now)
    runner.run_due()

def state_of(source):
    runs = source.runs.order_by("number")
    held = Dataset.objects.filter(harvest_item__source=source)
    return {
        "runs": [[run.state, run.seen, run.new, run.changed] for run in runs],
        "pending": HarvestPending.objects.filter(run__source=source).count(),
        "items": source.items.filter(state="shown").count(),
        "datasets": held.count(),
        "listed": Listing.objects.filter(dataset__in=held).count(),
        "releases": Release.objects.filter(dataset__in=held).count(),
        "waiting": Job.objects.filter(name=harvesting.STEP, state__in=["queued", "running"]).count(),
    }

runner.run_due()
at, kills, wrong = first, 0, []
while True:
    source = HarvestSource.objects.create(portal=portal, key=f"s{os.getpid()}-{at}", title="Sumber", kind="csv_lists",
        address=f"{address}/daftar.csv", producer=one, every="hand", begun_at=clock.now())
    harvesting.begin_run(source=source, by=None, now=clock.now())
    code = work(at)
    after_a_kill()
    told = state_of(source)
    kills += code == -9
    if told != json.loads(sys.argv[4]):
        wrong.append((at, code, told))
    if code != -9 or not stride:
        break
    at += stride
print(json.dumps({"kills": kills, "wrong": wrong}))
"""
NAMES = ("jalan", "sekolah", "pasar")
WHOLE = {"runs": [["done", 3, 3, 0]], "pending": 0, "items": 3, "datasets": 3, "listed": 3, "releases": 3, "waiting": 0}


def killed(house, *, first, stride):
    remote = Remote()
    try:
        remote.answer("/daftar.csv", listed(*NAMES))
        inside = replace(house, environment=house.environment | {"LUMBUNG_HARVEST_INSIDE": remote.socket})
        return json.loads(inside.run(KILLED, remote.address, str(first), str(stride), json.dumps(WHOLE)))
    finally:
        remote.end()


def test_a_worker_killed_between_two_datasets_leaves_neither_a_stuck_run_nor_a_twin(house):
    assert killed(house, first=25, stride=0) == {"kills": 1, "wrong": []}


def test_killed_at_any_transaction_a_run_ends_as_if_nothing_had_happened(house):
    told = killed(house, first=1, stride=1)
    assert told["wrong"] == []
    assert told["kills"] > 20
