"""Plays one table over the desks: brought, read, described, checked by everyone whose turn it is, published.

Nothing is written past an action.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from lumbung.core.access.viewers import Viewer
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.tables import descriptors
from lumbung.core.tables.shapes import Look
from lumbung.modules.open_data.actions import datasets, drafting, publishing, tables, workflow
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.states import DraftState

STEPS = ("open_data.look", "open_data.read", "open_data.check")
NO_PERSON = "Nama wilayah, perangkat daerah, hari libur, atau pilar; bukan nama orang."


class Desks(Protocol):
    """Who does it."""

    def data_producer(self, office: Organisation) -> Viewer: ...
    def supporting_steward(self, office: Organisation) -> Viewer: ...
    def data_steward(self, portal: Portal) -> Viewer: ...
    def data_supervisor(self, portal: Portal) -> Viewer: ...


@dataclass(frozen=True, slots=True)
class Told:
    """One dataset with one table.

    file       writes what the officer brings into a folder
    confirmed  the proposed schema as the producer confirms it
    variables  what is said of each of these columns
    values     what is said of the dataset
    activity   what is said of the statistical activity it comes from, if it does
    indicators what is said of the indicators it holds, if it does
    """

    portal: Portal
    office: Organisation
    key: str
    title: str
    file: Callable[[Path], Path]
    confirmed: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    variables: Callable[[list[str]], Mapping[str, Mapping[str, Any]]]
    values: Mapping[str, Any]
    activity: Mapping[str, Any] = field(default_factory=dict)
    indicators: Sequence[Mapping[str, Any]] = ()


def publish(told: Told, desks: Desks, now: datetime) -> None:
    """Its first release."""
    producer = desks.data_producer(told.office)
    draft = datasets.begin_dataset(
        portal=told.portal, producer=told.office, key=told.key, title=told.title, by=producer, now=now
    )
    table = _read(draft, told, producer, now)
    _decide_personal(table, producer, now)
    _confirm(table, told, producer, now)
    _describe(draft.dataset, told, producer)
    _pass_desks(draft.dataset, told, desks, now)


def _describe(dataset: Dataset, told: Told, producer: Viewer) -> None:
    current = _open(dataset)
    current = drafting.save_part(draft=current, part="dataset", values=told.values, seen=current.version, by=producer)
    if told.activity:
        current = drafting.save_part(
            draft=current, part="activity", values=told.activity, seen=current.version, by=producer
        )
    if told.indicators:
        drafting.save_indicators(draft=current, indicators=told.indicators, seen=current.version, by=producer)


def _read(draft: Draft, told: Told, producer: Viewer, now: datetime) -> DraftTable:
    with tempfile.TemporaryDirectory(dir=_kept_beside_datasets()) as folder:
        file = told.file(Path(folder))
        table = tables.bring_file(draft=draft, source=file, name=file.name, title=told.title, by=producer, now=now)
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


def _confirm(table: DraftTable, told: Told, producer: Viewer, now: datetime) -> None:
    proposed = table.schema or {}
    variables = told.variables([str(field["name"]) for field in proposed["fields"]])
    tables.confirm_columns(
        table=table,
        schema=_with_lists(told.confirmed(proposed), variables),
        variables=dict(variables),
        seen=_open(table.draft.dataset).version,
        by=producer,
        now=now,
    )
    _work()


def _with_lists(confirmed: Mapping[str, Any], variables: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Every cell is held against the code list its column names."""
    schema = descriptors.read(confirmed)
    fields = tuple(
        replace(column, code_list=str(variables[column.name].get("classification") or "")) for column in schema.fields
    )
    return descriptors.write(replace(schema, fields=fields))


def _pass_desks(dataset: Dataset, told: Told, desks: Desks, now: datetime) -> None:
    """Hand it in, let every desk it comes to pass it, and publish it."""
    draft, producer = _open(dataset), desks.data_producer(told.office)
    workflow.submit(draft=draft, seen=draft.version, note="", release_on=None, by=producer, now=now)
    whose = {
        DraftState.SUBMITTED: lambda: desks.supporting_steward(told.office),
        DraftState.CHECKED: lambda: desks.data_steward(told.portal),
        DraftState.SECOND_CHECK: lambda: desks.data_supervisor(told.portal),
    }
    while (draft := _open(dataset)).state != DraftState.READY:
        workflow.pass_draft(draft=draft, seen=draft.version, by=whose[DraftState(draft.state)](), now=now)
    publishing.publish(draft=_open(dataset), by=desks.data_steward(told.portal), now=now)


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
