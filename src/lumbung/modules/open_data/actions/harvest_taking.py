"""What becomes of one dataset of another portal: taken in, changed, left, missed, taken out. One transaction each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction
from django.db.models import F
from django.utils import formats, translation
from django.utils.translation import gettext as _

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as events
from lumbung.modules.open_data.actions import listing
from lumbung.modules.open_data.actions.datasets import DATASET
from lumbung.modules.open_data.actions.publishing import RELEASE
from lumbung.modules.open_data.actions.workflow import sha256_of
from lumbung.modules.open_data.events.harvest import HarvestedDatasetGone, HarvestedDatasetTold
from lumbung.modules.open_data.models import (
    Dataset,
    HarvestItem,
    HarvestPending,
    HarvestRun,
    HarvestSource,
    Release,
    RemoteFile,
)
from lumbung.modules.open_data.queries import harvested, releases
from lumbung.modules.open_data.remote.rules import rules

State = HarvestItem.State
MOST_REASON = 300


def take(*, run: HarvestRun, pending_id: int, now: datetime) -> None:
    """Compare one dataset a run has read with what is known of it, and take in what is new."""
    with transaction.atomic():
        pending = HarvestPending.objects.select_for_update().filter(pk=pending_id).first()
        if pending is None:  # somebody else was faster
            return
        outcome = _taken(run, pending, now)
        pending.delete()
        _count(run, "seen", outcome)


def miss(*, run: HarvestRun, item_id: int, now: datetime) -> None:
    """Note that a run no longer found a dataset, and take it out once it was missing often enough."""
    with transaction.atomic():
        item = HarvestItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        if item.state != State.SHOWN or run.number in {item.seen_in, item.missed_in}:
            return
        item.missing_runs, item.missed_in = item.missing_runs + 1, run.number
        if item.missing_runs >= rules().missing_runs:
            _entomb(item, run.source, _no_longer_there(item, run.source), now)
            _count(run, "gone")
        else:
            _count(run, "missing")
        item.save(update_fields=["missing_runs", "missed_in", "state"])


def clear(*, run: HarvestRun, item_id: int, now: datetime) -> None:
    """Take a dataset out because its source was ended."""
    with transaction.atomic():
        item = HarvestItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        if item.state == State.SHOWN:
            _entomb(item, run.source, run.source.ended_reason, now)
            item.save(update_fields=["state"])
            _count(run, "gone")


def _count(run: HarvestRun, *names: str) -> None:
    HarvestRun.objects.filter(pk=run.pk).update(**{name: F(name) + 1 for name in names})


def _taken(run: HarvestRun, pending: HarvestPending, now: datetime) -> str:
    """What became of it, as the run counts it."""
    if not pending.identity:
        return "refused"
    item = _item_of(run.source, pending, now)
    item.seen_in, item.seen_at, item.missing_runs = run.number, now, 0
    item.title, item.why = pending.title, pending.why or _why_not(item)
    outcome = "refused" if item.why else _shown(run, item, pending, now)
    item.save()
    return outcome


def _item_of(source: HarvestSource, pending: HarvestPending, now: datetime) -> HarvestItem:
    rows = HarvestItem.objects.select_for_update(of=("self",)).select_related("dataset")
    found = rows.filter(source=source, identity=pending.identity).first()
    return found or HarvestItem(source=source, identity=pending.identity, state=State.REFUSED, seen_at=now)


def _why_not(item: HarvestItem) -> str:
    """What a steward withdrew here is not shown again, whatever the other portal says."""
    is_withdrawn = item.state == State.SHOWN and item.dataset is not None and item.dataset.withdrawn_at is not None
    return "withdrawn-here" if is_withdrawn else ""


def _shown(run: HarvestRun, item: HarvestItem, pending: HarvestPending, now: datetime) -> str:
    if item.state == State.SHOWN and item.sha256 == pending.sha256:
        return "unchanged"
    outcome, record = "new" if item.dataset is None else "changed", dict(pending.record or {})
    dataset = item.dataset or _begun(run.source, record, now)
    if dataset.withdrawn_at is not None:  # it was gone over there, and came back
        dataset.withdrawn_at, dataset.withdrawn_reason = None, ""
        dataset.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _tell(dataset, record, run.source, now)
    item.dataset, item.state, item.sha256 = dataset, State.SHOWN, pending.sha256
    return outcome


def _begun(source: HarvestSource, record: Mapping[str, Any], now: datetime) -> Dataset:
    key = harvested.key_for(source, record)
    return Dataset.objects.create(
        portal=source.portal,
        key=key,
        name=key,
        producer=source.producer,
        origin=Dataset.Origin.HARVESTED,
        begun_at=now,
    )


def _tell(dataset: Dataset, record: Mapping[str, Any], source: HarvestSource, now: datetime) -> None:
    """A release of what the other portal says now. It passes no gate of ours and never claims to."""
    metadata = harvested.metadata_of(record, source)
    if dataset.access != record["access"]:
        dataset.access = record["access"]
        dataset.save(update_fields=["access"])
    last = releases.last_of(dataset)
    release = Release.objects.create(
        dataset=dataset,
        number=last.number + 1 if last else 1,
        metadata=rfc8785.dumps(metadata).decode(),
        metadata_sha256=sha256_of(metadata),
        access=dataset.access,
        as_of=date.fromisoformat(record["modified"]) if record["modified"] else clock.local_day(now),
        published_at=now,
    )
    _name_files(dataset, record["files"])
    listing.refresh(dataset, release)
    event = HarvestedDatasetTold(
        dataset=dataset.name,
        portal=dataset.portal_id,
        source=source.key,
        number=release.number,
        metadata_sha256=release.metadata_sha256,
    )
    events.record(event, subject_type=RELEASE, subject_id=str(release.pk), actor=SYSTEM, now=now)


def _name_files(dataset: Dataset, told: list[Mapping[str, Any]]) -> None:
    found: dict[UUID, RemoteFile] = {}
    for position, file in enumerate(told, start=1):
        known = harvested.file_id(dataset, file["url"])
        found.setdefault(known, RemoteFile(id=known, dataset=dataset, position=position, **file))
    dataset.remote_files.exclude(pk__in=found).delete()
    fields = ["position", "title", "format", "bytes", "sha256"]
    RemoteFile.objects.bulk_create(found.values(), update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _entomb(item: HarvestItem, source: HarvestSource, reason: str, now: datetime) -> None:
    """Out of lists and search; its address goes on telling why."""
    dataset = Dataset.objects.select_for_update(of=("self",)).get(harvest_item=item)
    item.state = State.GONE
    if dataset.withdrawn_at is not None:
        return
    dataset.withdrawn_at, dataset.withdrawn_reason = now, reason[:MOST_REASON]
    dataset.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    listing.remove(dataset)
    event = HarvestedDatasetGone(dataset=dataset.name, source=source.key)
    events.record(event, subject_type=DATASET, subject_id=str(dataset.pk), actor=SYSTEM, now=now)


def _no_longer_there(item: HarvestItem, source: HarvestSource) -> str:
    with translation.override("id"):
        told = {
            "portal": source.title,
            "day": formats.date_format(clock.local_day(item.seen_at), "j F Y"),
            "runs": item.missing_runs,
        }
        return _("No longer listed by %(portal)s. Last seen on %(day)s, missing in %(runs)s runs.") % told
