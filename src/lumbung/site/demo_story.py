"""Plays synthetic reports through the real actions, at the times their stories tell.

Nothing is written past an action: numbers, events, due dates and histories are what they would have been.
"""

import gc
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from lumbung.core.access.viewers import NOBODY, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import registry as events
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.kernels import personal_data
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import agency, reporter, routing, submission, triage
from lumbung.modules.reports.demo.generator import generate
from lumbung.modules.reports.demo.reports import DemoReport, Step
from lumbung.modules.reports.models import Category, Report, Response
from lumbung.site.demo_officers import Officers

SEED = 20210806
BATCH = 50
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a story needs, looked up once."""

    portals: dict[str, Portal]
    villages: dict[str, Region]
    categories: dict[str, Category]
    agencies: dict[tuple[str, str], Organisation]
    officers: Officers


def _stage(now: datetime) -> Stage:
    portals = {portal.slug: portal for portal in Portal.objects.all()}
    duties: dict[tuple[str, str], Organisation] = {}
    for office in Organisation.objects.exclude(agency_kind="").order_by("code"):
        duties.setdefault((office.region_id, office.agency_kind), office)
    return Stage(
        portals=portals,
        villages=Region.objects.filter(level="village").in_bulk(),
        categories=Category.objects.in_bulk(),
        agencies=duties,
        officers=Officers(now=now),
    )


def play(*, count: int, now: datetime, progress: Progress) -> int:
    """Play `count` reports of the three years before `now`; returns how many reports there are.

    Played again with the same `count` and `now` after an interruption, it goes on where it stopped.
    """
    stage = _stage(now)
    villages = [(region.code, region.name) for region in stage.villages.values()]
    reports = generate(seed=SEED, count=count, until=now, villages=villages)
    for batch in _batches(enumerate(reports)):
        # One transaction a batch: the demonstration may be lost and loaded again, a citizen's report may not.
        if not Report.objects.filter(draft_id=_draft_id(batch[0][0])).exists():
            with transaction.atomic(), events.telling_history(), _without_collecting():
                for place, told in batch:
                    _play_one(told, stage, _draft_id(place))
        progress(len(batch))
    return Report.objects.count()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A quarter of the time of loading goes into looking for circles that are hardly there; look between batches."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _draft_id(place: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"lumbung-demo:{SEED}:{place}")


def _batches(reports: Iterable[tuple[int, DemoReport]]) -> Iterator[list[tuple[int, DemoReport]]]:
    running = iter(reports)
    while batch := list(islice(running, BATCH)):
        yield batch


def _play_one(told: DemoReport, stage: Stage, draft_id: uuid.UUID) -> None:
    portal = stage.portals[told.portal]
    village = stage.villages[told.village_code]
    made = submission.Submission(
        category=stage.categories[told.category_key],
        village=village,
        text=told.original_text,
        landmark=told.landmark,
        latitude=told.lat,
        longitude=told.lon,
        is_anonymous=told.is_anonymous,
        is_confidential=told.is_confidential,
        name=told.reporter_name or "",
        # 0800 0000: no register can hold these numbers.
        phone=f"0800-0000-{told.sequence % 10_000:04d}" if told.reporter_name and not told.is_anonymous else "",
        email="",
        shows_name=False,
        channel=told.channel,
    )
    sent = submission.submit_report(
        submission=made, draft_id=draft_id, portal=portal, by=_sender(told, portal, stage), now=told.received_at
    )
    for step in told.steps:
        # A story may ask for a duty this government has no office for; it then ends where it stands.
        if not _take(
            step,
            Report.objects.select_related("agency", "handling_portal", "category").get(pk=sent.report.pk),
            told,
            stage,
        ):
            return


def _sender(told: DemoReport, portal: Portal, stage: Stage) -> Viewer:
    """The citizen, or whoever entered what was said at the counter, by telephone or to a kader."""
    if not told.entered_on_behalf:
        return NOBODY
    officers = stage.officers
    return officers.intake_agent(portal) if told.channel == "kader" else officers.coordinator(portal)


def _take(step: Step, report: Report, told: DemoReport, stage: Stage) -> bool:  # noqa: C901, PLR0912 - one case a step
    by, citizen = stage.officers.coordinator(report.handling_portal), Viewer(opened=frozenset({str(report.pk)}))
    office, now = _officer(report, stage), step.at
    match step.kind:
        case "verified" if report.is_protected:
            pass  # routed unread: the next step sends it to the unit that examines it
        case "verified":
            _verify(report, told, by, now)
        case "assigned" if report.is_protected:
            _route(report, by, now)
        case "assigned":
            duty = stage.agencies.get((report.handling_portal.region_id, step.agency_kind))
            if duty is None:
                return False
            routing.assign_report(report=report, by=by, agency=duty, now=now)
        case "needs_more":
            triage.ask_for_more(report=report, by=by, question=step.note, now=now)
        case "archived":
            triage.archive_report(report=report, by=by, reason=step.note[:500], now=now)
        case "handed_out":
            routing.hand_out_report(report=report, by=by, handed_to=step.note[:200], now=now)
        case "accepted":
            agency.accept_report(report=report, by=office, now=now)
        case "returned":
            agency.return_to_coordinator(report=report, by=office, reason=step.note, now=now)
        case "planned":
            agency.plan_report(report=report, by=office, year=now.year + 1, document=f"RKPD {now.year + 1}", now=now)
        case "answered" | "finished":
            _answer(step, report, stage)
        case "confirmed":
            reporter.confirm_finished(report=report, by=citizen, score=told.rating or 3, now=now)
        case "completed":
            reporter.add_to_report(report=report, by=citizen, text=step.note, now=now)
        case "reopened":
            reporter.reopen_report(report=report, by=citizen, text=step.note, now=now)
        case "withdrawn":
            reporter.withdraw_report(report=report, by=citizen, now=now)
    return True


def _officer(report: Report, stage: Stage) -> Viewer:
    office = report.agency
    return stage.officers.officer(office, is_receiving=report.is_protected) if office else NOBODY


def _head(report: Report, stage: Stage) -> Viewer:
    return stage.officers.head(report.agency) if report.agency else NOBODY


def _route(report: Report, by: Viewer, now: datetime) -> None:
    unit = queries.receiving_units(report, day=clock.local_day(now))[0]
    routing.route_report(report=report, by=by, agency=unit, reported_office=None, now=now)


def _verify(report: Report, told: DemoReport, by: Viewer, now: datetime) -> None:
    triage.verify_report(
        report=report,
        by=by,
        title=personal_data.mask(told.public_title or told.title)[:120],
        text=personal_data.mask(told.public_text or told.original_text)[:4000],
        place="",
        urgency=told.urgency,
        hides_person="",
        hides_text="",
        now=now,
    )


def _answer(step: Step, report: Report, stage: Stage) -> None:
    kind = Response.Kind.FINAL if step.kind == "finished" else Response.Kind.PROGRESS
    text = personal_data.mask(step.note)
    written = agency.write_response(report=report, by=_officer(report, stage), kind=kind, text=text, now=step.at)
    try:
        agency.approve_response(response=written, by=_head(report, stage), now=step.at)
    except Refused as refused:
        raise RuntimeError(f"{report.number}: {refused.code} at {step.kind}") from refused
