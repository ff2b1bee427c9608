"""A draft that passed becomes a release: frozen metadata, versions of its tables, one event, a row of the catalogue."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.datasets.snapshots import Written
from lumbung.core.events import actions as events
from lumbung.core.web import formatting
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import clearing, draft_telling, listing
from lumbung.modules.open_data.actions.workflow import sha256_of
from lumbung.modules.open_data.events import ReleasePublished
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, Release, ReleaseTable, Resource
from lumbung.modules.open_data.queries import dcat, dcat_rules, descriptions, gates, releases, resource_ids, workplace
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.states import DraftState

RELEASE = "dataset_release"
FAILED = _("A fault of the application stopped it. Tell those who run the installation; their log names this draft.")
Table = tuple[str, str, DatasetVersion, Mapping[str, Any]]
logger = logging.getLogger("lumbung.open_data")


def publish(*, draft: Draft, by: Viewer, now: datetime) -> Release:
    """Publish a draft that passed every check. Who submitted it may not be the one who publishes it."""
    held = permissions.required_in(by, permissions.PUBLISH, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        if by.account is not None and current.submitted_by_id == by.account.pk:
            raise Refused("own-draft", _("You submitted this draft yourself. Somebody else has to publish it."))
        return _publish(current, actor=by.acting_as(held), now=now)


def publish_due(*, now: datetime) -> list[Release]:
    """Publish what passed and whose release day has come, by the calendar the stewards agreed on.

    Each by itself: one that cannot be published stays as it was, is told, and stops no other.
    """
    due = list(known.due(clock.local_day(now)))
    return [release for draft in due if (release := _publish_alone(draft, now)) is not None]


def _publish_alone(draft: Draft, now: datetime) -> Release | None:
    try:
        return _publish_if_open(draft, now)
    except Refused as refused:
        reason = refused
    except Exception as error:  # noqa: BLE001 - whatever it is, the other drafts have their day
        # Its words may hold what stands in a table.
        logger.error("draft %s could not be published on its day: %s", draft.pk, type(error).__name__)  # noqa: TRY400
        reason = Refused("publishing-failed", FAILED)
    draft_telling.tell_failed(draft=draft, refused=reason, now=now)
    return None


def _publish_if_open(draft: Draft, now: datetime) -> Release | None:
    with transaction.atomic():
        current = known.locked(draft)
        if current.state != DraftState.READY or gates.first_gap(current) is not None:
            return None
        return _publish(current, actor=SYSTEM, now=now)


def _publish(draft: Draft, *, actor: Actor, now: datetime) -> Release:
    # Whoever withdraws one of them waits, or is waited for.
    versions.hold(DatasetVersion.objects.filter(pk__in=draft.tables.values("kept_version")))
    _require_ready(draft, clock.local_day(now))
    tables = [_version_of(draft, table, actor=actor, now=now) for table in known.tables_of(draft)]
    release = make_release(
        draft.dataset, draft.metadata, tables, note=draft.note, as_of=clock.local_day(now), actor=actor, now=now
    )
    draft.state, draft.release, draft.closed_at = DraftState.PUBLISHED, release, now
    draft.save(update_fields=["state", "release", "closed_at"])
    brought = [table.pk for table in draft.tables.all()]
    transaction.on_commit(lambda: clearing.clear(*brought))
    return release


def _require_ready(draft: Draft, today: date) -> None:
    if draft.state != DraftState.READY:
        raise Refused("draft-is-not-ready", _("This draft has not passed every check yet. Reload the page."))
    if draft.release_on is not None and draft.release_on > today:
        raise Refused(
            "release-day-has-not-come",
            _("Its release day is %(day)s; it is published by itself on that day."),
            day=formatting.date_medium(draft.release_on),
        )
    gap = gates.first_gap(draft)
    if gap is not None:
        raise Refused("gate-is-closed", _("Not yet: %(gap)s"), gap=str(gap))


def _version_of(draft: Draft, table: DraftTable, *, actor: Actor, now: datetime) -> Table:
    """The version a table of the draft becomes; the one before where nobody brought anything new."""
    schema = table.schema or {}
    if table.kept_version is not None:
        return table.slug, table.title, table.kept_version, schema
    version = versions.publish_prepared(
        table_key=table_key(draft.dataset, table.slug),
        place=draft.dataset.portal.region_id,
        publisher_code=draft.dataset.producer_id,
        column_names=[str(field["name"]) for field in schema["fields"]],
        written=Written(**(table.written or {})),
        files=workplace.checked_of(table.pk),
        as_of=clock.local_day(now),
        actor=actor,
        now=now,
    )
    return table.slug, table.title, version, schema


def table_key(dataset: Dataset, slug: str) -> str:
    """What core/datasets calls a table: the dataset's name, and the table's own after the first."""
    found = Resource.objects.filter(dataset=dataset, slug=slug).first()
    if found is not None:
        return found.table_key
    first = not Resource.objects.filter(dataset=dataset).exists()
    return dataset.name if first else f"{dataset.name}--{slug}"


def make_release(
    dataset: Dataset,
    metadata: Mapping[str, Any],
    tables: list[Table],
    *,
    note: str,
    as_of: date,
    actor: Actor,
    now: datetime,
    number: int | None = None,
) -> Release:
    """The release itself, in the caller's transaction: frozen, listed, told to the log.

    number  that of the version it is made of, where links to figures already name it; else the next one
    """
    last = releases.last_of(dataset)
    release = Release.objects.create(
        dataset=dataset,
        number=number or (last.number + 1 if last else 1),
        metadata=rfc8785.dumps(dict(metadata)).decode(),
        metadata_sha256=sha256_of(metadata),
        access=dataset.access,
        note=note,
        as_of=as_of,
        published_at=now,
    )
    for table in tables:
        _add_table(release, table)
    _require_listable(release)
    listing.refresh(dataset, releases.newest_of(dataset) or release)
    names = [f"{slug}:{version.number}:{version.csv_sha256}" for slug, _title, version, _schema in tables]
    event = ReleasePublished(
        dataset=dataset.name,
        portal=dataset.portal_id,
        number=release.number,
        metadata_sha256=release.metadata_sha256,
        tables=names,
    )
    events.record(event, subject_type=RELEASE, subject_id=str(release.pk), actor=actor, now=now)
    return release


def _require_listable(release: Release) -> None:
    """Declared tables pass no desk: whatever publishes, what other catalogues ask for has to be there."""
    fault = next(dcat_rules.faults(dcat.dataset_graph(descriptions.of_release(release))), None)
    if fault is not None:
        raise Refused(
            "not-listable",
            _("Other catalogues could not list this dataset: %(property)s is missing or wrong. Correct it."),
            property=str(fault.property),
        )


def _add_table(release: Release, table: Table) -> None:
    slug, title, version, schema = table
    resource, _new = Resource.objects.get_or_create(
        dataset=release.dataset,
        slug=slug,
        defaults={
            "id": resource_ids.resource_id(release.dataset_id, slug),
            "position": _next_position(release.dataset),
            "table_key": version.dataset_key,
        },
    )
    ReleaseTable.objects.create(
        release=release, resource=resource, version=version, title=title, schema=rfc8785.dumps(dict(schema)).decode()
    )


def _next_position(dataset: Dataset) -> int:
    """After every table the dataset has or had: those keep their place for the releases they stand in."""
    return (Resource.objects.filter(dataset=dataset).aggregate(last=Max("position"))["last"] or 0) + 1
