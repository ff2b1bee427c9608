"""Plays every dataset of the demonstration over the desks: brought, read, described, checked, published.

Nothing is written past an action. Each dataset is one transaction, so that an interrupted demonstration goes on with
the next one.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.events import registry as events
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.core.tables.shapes import Look
from lumbung.modules.open_data.actions import datasets, drafting, publishing, tables, workflow
from lumbung.modules.open_data.demo import bringing, columns, figures, references, subjects
from lumbung.modules.open_data.demo.figures import Made, Place
from lumbung.modules.open_data.demo.references import Reference
from lumbung.modules.open_data.demo.subjects import Subject
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.states import DraftState

OFFICE_HOURS = time(9, 30)
STEPS = ("open_data.look", "open_data.read", "open_data.check")
NO_PERSON = "Nama wilayah, perangkat daerah, hari libur, atau pilar; bukan nama orang."
LEVEL_OF = {
    "province": {"level": "province"},
    "regencies": {"level": "regency"},
    "regency": {"level": "regency"},
    "districts": {"level": "district"},
    "villages": {"level": "village"},
    "desa": {"level": "village", "kind": "desa"},
}


class Desks(Protocol):
    """Who does it."""

    def data_producer(self, office: Organisation) -> Viewer: ...
    def supporting_steward(self, office: Organisation) -> Viewer: ...
    def data_steward(self, portal: Portal) -> Viewer: ...
    def data_supervisor(self, portal: Portal) -> Viewer: ...


def stories(most: int | None = None) -> list[Reference | Subject]:
    """What is to be published: figures, then reference tables; of a small demonstration some of each portal."""
    told: list[Reference | Subject] = [*subjects.every_subject(), *references.every_reference()]
    return told if most is None else _spread(told, most)


def play(*, most: int | None = None, desks: Desks, progress: Callable[[int], None]) -> None:
    """Publish what is not published yet."""
    portals = {portal.slug: portal for portal in Portal.objects.all()}
    for story in stories(most):
        # An installation of one government plays its own.
        if story.portal in portals and not Dataset.objects.filter(name=story.key).exists():
            with transaction.atomic(), events.telling_history():
                _publish(story, portals[story.portal], desks)
        progress(1)


def _spread(told: Sequence[Reference | Subject], most: int) -> list[Reference | Subject]:
    """The first of each portal in turn."""
    by_portal = [[story for story in reversed(told) if story.portal == slug] for slug in subjects.PORTALS]
    found: list[Reference | Subject] = []
    while len(found) < most and any(by_portal):
        found += [rest.pop() for rest in by_portal if rest]
    return found[:most]


def _publish(story: Reference | Subject, portal: Portal, desks: Desks) -> None:
    now = _moment(story.published)
    office = Organisation.objects.get(code=story.producer)
    producer = desks.data_producer(office)
    draft = datasets.begin_dataset(
        portal=portal, producer=office, key=story.key, title=story.title[0], by=producer, now=now
    )
    made = _made(story, portal)
    table = _read(draft, story, made, portal, producer, now)
    _decide_personal(table, producer, now)
    _confirm(table, story, producer, now)
    current, values = _open(draft.dataset), _metadata(story, made, portal)
    drafting.save_part(draft=current, part="dataset", values=values, seen=current.version, by=producer)
    _pass_desks(draft.dataset, portal, office, desks, now)


def _moment(day: date) -> datetime:
    return datetime.combine(day, OFFICE_HOURS, tzinfo=clock.WITA)


def _made(story: Reference | Subject, portal: Portal) -> Made:
    if isinstance(story, Reference):
        return references.made(story, portal.region_id)
    places = Region.objects.filter(code__under=portal.region_id, **LEVEL_OF[story.rows]).order_by("code")
    return figures.make(story, [Place(region.code, region.name) for region in places])


def _read(
    draft: Draft, story: Reference | Subject, made: Made, portal: Portal, producer: Viewer, now: datetime
) -> DraftTable:
    with tempfile.TemporaryDirectory(dir=_kept_beside_datasets()) as folder:
        file = bringing.write(story, made, Path(folder), place=portal.region.name)
        table = tables.bring_file(draft=draft, source=file, name=file.name, title=story.title[0], by=producer, now=now)
    _work()
    looked = _fresh(table)
    tables.choose_reading(table=looked, reading=Look.from_json(looked.look or {}).reading, by=producer, now=now)
    _work()
    return _fresh(table)


def _decide_personal(table: DraftTable, producer: Viewer, now: datetime) -> None:
    """Columns called like personal data: in these tables places, agencies and days have names, nobody else."""
    for finding in table.findings:
        drafting.decide_personal(
            table=table,
            column=finding["column"],
            kind=finding["kind"],
            choice=PersonalDecision.Choice.NOT_PERSONAL,
            reason=NO_PERSON,
            by=producer,
            now=now,
        )


def _confirm(table: DraftTable, story: Reference | Subject, producer: Viewer, now: datetime) -> None:
    draft, variables = _open(table.draft.dataset), columns.variables_of(story)
    names = [str(field["name"]) for field in (table.schema or {})["fields"]]
    tables.confirm_columns(
        table=table,
        schema=columns.confirmed(table.schema or {}, story),
        variables={name: variables[name] for name in names},
        seen=draft.version,
        by=producer,
        now=now,
    )
    _work()


def _metadata(story: Reference | Subject, made: Made, portal: Portal) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": _both(story.title),
        "summary": _both(story.summary),
        "topic": story.topic,
        "keywords": list(story.keywords),
        "place": portal.region_id,
        "period": {"from": made.period[0], "to": made.period[1]},
        "licence": "CC-BY-4.0",
        "frequency": story.frequency,
        "contact": story.contact,
        "made_by": "administration",
        "standard": story.standard,
    }
    if isinstance(story, Reference):
        return {**told, "made_by": "reference", "licence": story.licence, "note": _both(story.note)}
    return told


def _both(words: subjects.Words) -> dict[str, str]:
    return {"id": words[0], "en": words[1]}


def _pass_desks(dataset: Dataset, portal: Portal, office: Organisation, desks: Desks, now: datetime) -> None:
    """Hand it in, let every desk it comes to pass it, and publish it."""
    draft = _open(dataset)
    workflow.submit(draft=draft, seen=draft.version, note="", release_on=None, by=desks.data_producer(office), now=now)
    whose = {
        DraftState.SUBMITTED: lambda: desks.supporting_steward(office),
        DraftState.CHECKED: lambda: desks.data_steward(portal),
        DraftState.SECOND_CHECK: lambda: desks.data_supervisor(portal),
    }
    while (draft := _open(dataset)).state != DraftState.READY:
        workflow.pass_draft(draft=draft, seen=draft.version, by=whose[DraftState(draft.state)](), now=now)
    publishing.publish(draft=_open(dataset), by=desks.data_steward(portal), now=now)


def _open(dataset: Dataset) -> Draft:
    draft = known.open_draft_of(dataset)
    if draft is None:
        raise LookupError(dataset.name)
    return draft


def _work() -> None:
    """Do what a worker would do next: look, read, check."""
    for job in Job.objects.filter(state=Job.QUEUED, name__in=STEPS).order_by("pk"):
        runner.run(job_id=job.pk)


def _fresh(table: DraftTable) -> DraftTable:
    found = DraftTable.objects.select_related("draft__dataset__portal").get(pk=table.pk)
    if found.failure:
        raise LookupError(f"{found.source_name}: {found.failure['en']}")
    return found


def _kept_beside_datasets() -> Path:
    folder = Path(settings.LUMBUNG_DATASETS)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
