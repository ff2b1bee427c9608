"""Many reports, written straight into the tables: only here, where the number matters and the story does not."""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.core.management import call_command

from lumbung.core.base import clock
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.reports.models import Category, PublicVersion, Report
from lumbung.site import demo

SEED = 52
DAYS = 1095
BATCH = 1000
STATES = ["verified", "assigned", "in_progress", "finished", "finished", "confirmed"]
TITLE = "Jalan berlubang di depan sekolah dan pasar, {number}"
TEXT = "Jalan berlubang sejak musim hujan; pengendara sering jatuh. Mohon ditambal sebelum anak sekolah celaka."


def build(count: int) -> None:
    """A demonstration's reference data and `count` public reports over three years."""
    call_command("migrate", interactive=False, verbosity=0)
    demo.load(now=clock.now(), say=lambda _text: None)
    batch: list[tuple[Report, PublicVersion]] = []
    for pair in _pairs(count):
        batch.append(pair)
        if len(batch) == BATCH:
            _store(batch)
            batch = []
    _store(batch)


def _store(batch: list[tuple[Report, PublicVersion]]) -> None:
    Report.objects.bulk_create([report for report, _version in batch])
    PublicVersion.objects.bulk_create([version for _report, version in batch])


def _pairs(count: int) -> Iterator[tuple[Report, PublicVersion]]:
    chance, now = random.Random(SEED), clock.now()
    portal = Portal.objects.get(pk="ntb")
    villages = list(Region.objects.filter(level="village").values_list("code", "parent_id"))
    categories = list(Category.objects.filter(confidential_by_force=""))
    agencies = list(Organisation.objects.exclude(agency_kind="").values_list("pk", flat=True))
    for place in range(count):
        received_at = now - timedelta(days=DAYS * (count - place) / count)
        received_on = clock.local_day(received_at)
        category, state = chance.choice(categories), chance.choice(STATES)
        village, district = chance.choice(villages)
        report = Report(
            number=f"NTB-{received_on.year}-{place + 1:06d}",
            draft_id=uuid.UUID(int=chance.getrandbits(128)),
            portal=portal,
            handling_portal=portal,
            category=category,
            report_class=category.report_class,
            urgency=category.urgency,
            state=state,
            village_id=village,
            district_id=district,
            agency_id=None if state == "verified" else chance.choice(agencies),
            received_at=received_at,
            received_on=received_on,
            told_on=received_on,
            due_on=received_on + timedelta(days=20),
            rule_key=category.rule_key,
            finished_at=received_at + timedelta(days=9) if state in {"finished", "confirmed"} else None,
        )
        title = TITLE.format(number=report.number)
        yield report, PublicVersion(report=report, title=title, text=TEXT, confirmed_at=received_at)
