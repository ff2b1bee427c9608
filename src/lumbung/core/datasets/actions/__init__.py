"""Publishing a table, and withdrawing a version for the sake of somebody's privacy."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.declarations import Dataset
from lumbung.core.base.disks import settle
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import permissions, protecting, queries, registry, snapshots
from lumbung.core.datasets.actions import holding
from lumbung.core.datasets.events import PeriodCorrected, VersionPublished, VersionWithdrawn
from lumbung.core.datasets.models import DatasetVersion, LastCheck, PeriodCorrection, ProtectedVersion
from lumbung.core.datasets.protecting import Prepared
from lumbung.core.datasets.snapshots import Written
from lumbung.core.events import actions as events

SUBJECT = "dataset_version"
ORPHAN_AGE = timedelta(days=1)


def publish_on_schedule(*, dataset_key: str, place: str, now: datetime) -> DatasetVersion | None:
    """Publish a table if it changed. After a withdrawal the schedule waits until a person says the fault is mended.

    What a gate holds back is told to those who can mend it, and tried again the next night.
    """
    last = queries.last_version(dataset_key, place)
    if last is not None and last.is_withdrawn:
        return None
    try:
        return _publish(registry.get(dataset_key), place, actor=SYSTEM, now=now)
    except HeldBackNow:
        return None


def publish_on_demand(*, dataset_key: str, place: str, by: Viewer, now: datetime) -> DatasetVersion:
    """Publish a table now, if it changed; also the way on after a withdrawal."""
    dataset = registry.get(dataset_key)
    publisher = dataset.places().get(place, "")
    actor = permissions.required_actor(by, permissions.PUBLISH, place=place, publisher_code=publisher)
    return _publish(dataset, place, actor=actor, now=now)


def publish_at_the_console(*, dataset_key: str, place: str, now: datetime) -> DatasetVersion:
    """Publish from the command line, by whoever runs the machine; also the way on after a withdrawal."""
    return _publish(registry.get(dataset_key), place, actor=SYSTEM, now=now)


class HeldBackNow(Refused):
    """A gate stopped the publication; the reason is kept, and what was published before stays."""


def correct_period(
    *, dataset_key: str, place: str, period: str, reason: str, by: Viewer, now: datetime
) -> DatasetVersion:
    """Make a published period anew from the records, because what was published of it is wrong. The reason is public.

    What was hidden in it stays hidden, and no change of a few is shown.
    """
    dataset = registry.get(dataset_key)
    publisher = dataset.places().get(place, "")
    actor = permissions.required_actor(by, permissions.PUBLISH, place=place, publisher_code=publisher)
    last = queries.newest_version(dataset_key, place)
    if not reason.strip():
        raise Refused("correction-needs-a-reason", _("Say what was wrong. The reason is public."), field="reason")
    if dataset.protection is None or dataset.protection.is_growing:
        raise Refused("table-has-no-periods-to-correct", _("Periods of this table are not corrected one by one."))
    if last is None or period not in protecting.periods_of(dataset, last):
        raise Refused("no-such-period", _("This period was never published. Choose another one."), field="period")
    correction = _Correction(period, reason.strip(), by.account)
    version = _publish(dataset, place, actor=actor, now=now, correction=correction)
    if version.pk == last.pk:
        raise Refused("nothing-to-correct", _("The records give the same numbers. Nothing was changed."))
    return version


def publish_prepared(
    *,
    table_key: str,
    place: str,
    publisher_code: str,
    column_names: Sequence[str],
    written: Written,
    files: tuple[Path, Path],
    as_of: date,
    actor: Actor,
    now: datetime,
) -> DatasetVersion:
    """A version of a table whose files were written and checked by whoever calls, in the caller's transaction.

    files    CSV and Parquet, on the file system of the datasets; they stay with the caller, who removes them once
             the transaction has ended well
    returns  the version before when the content has not changed since
    """
    version_id = uuid.uuid4()
    targets = _files_of(table_key, version_id)
    targets[0].parent.mkdir(parents=True, exist_ok=True)
    for source, target in zip(files, targets, strict=True):
        target.hardlink_to(source)
    settle(targets[0].parent)
    table = _Table(table_key, place, publisher_code, tuple(column_names), as_of)
    try:
        version = _record(table, version_id, written, actor=actor, now=now)
    except BaseException:
        _remove(*targets)
        raise
    if version.pk != version_id:
        _remove(*targets)
    return version


@dataclass(frozen=True, slots=True)
class _Table:
    """What a version says of the table it belongs to."""

    key: str
    place: str
    publisher_code: str
    column_names: tuple[str, ...]
    as_of: date
    prepared: Prepared | None = None
    correction: "_Correction | None" = None


@dataclass(frozen=True, slots=True)
class _Correction:
    period: str
    reason: str
    account: Any


def _publish(
    dataset: Dataset, place: str, *, actor: Actor, now: datetime, correction: _Correction | None = None
) -> DatasetVersion:
    publishers = dataset.places()
    if place not in publishers:
        raise Refused("dataset-not-of-this-place", _("This table is not published for this region."))
    version_id = uuid.uuid4()
    csv_file, parquet_file = _files_of(dataset.key, version_id)
    try:
        prepared, rows = _rows_of(dataset, place, correction, now)
        written = snapshots.write(dataset.columns, rows, csv_file=csv_file, parquet_file=parquet_file)
        registry.publish_policy()(dataset, place, written, csv_file)
        names = tuple(column.name for column in dataset.columns)
        table = _Table(dataset.key, place, publishers[place], names, clock.local_day(now), prepared, correction)
        version = _record(table, version_id, written, actor=actor, now=now)
    except Refused as refused:
        _remove(csv_file, parquet_file)
        holding.hold(dataset.key, place, refused, now)
        raise HeldBackNow(refused.code, refused.message, **refused.params) from refused
    except BaseException:
        _remove(csv_file, parquet_file)
        raise
    if version.pk != version_id:
        _remove(csv_file, parquet_file)
    return version


def _rows_of(
    dataset: Dataset, place: str, correction: _Correction | None, now: datetime
) -> tuple[Prepared | None, Iterable[Mapping[str, Any]]]:
    if dataset.protection is None:
        return None, dataset.rows(now, place)
    before = queries.newest_version(dataset.key, place)
    reopened = (correction.period,) if correction else ()
    prepared = protecting.prepared(dataset, place, before=before, reopened=reopened, now=now)
    return prepared, prepared.rows


def _files_of(dataset_key: str, version_id: uuid.UUID) -> tuple[Path, Path]:
    folder = settings.LUMBUNG_DATASETS / dataset_key
    return folder / f"{version_id}.csv", folder / f"{version_id}.parquet"


def _remove(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _record(table: _Table, version_id: uuid.UUID, written: Written, *, actor: Actor, now: datetime) -> DatasetVersion:
    """The row and its event, once both files are on disk; the version before when nothing has changed."""
    with transaction.atomic():
        check, _new = LastCheck.objects.select_for_update().update_or_create(
            dataset_key=table.key, place=table.place, defaults={"checked_at": now}
        )
        holding.release(table.key, table.place, now)
        last = queries.last_version(table.key, table.place)
        if last is not None and not last.is_withdrawn and last.content_sha256 == written.content_sha256:
            return last
        version = DatasetVersion.objects.create(
            id=version_id,
            dataset_key=table.key,
            place=table.place,
            number=last.number + 1 if last else 1,
            as_of=table.as_of,
            published_at=check.checked_at,
            publisher_code=table.publisher_code,
            column_names=list(table.column_names),
            row_count=written.row_count,
            content_sha256=written.content_sha256,
            csv_sha256=written.csv_sha256,
            csv_bytes=written.csv_bytes,
            parquet_sha256=written.parquet_sha256,
            parquet_bytes=written.parquet_bytes,
        )
        _record_protection(table, version, actor, now)
        _tell_published(version, actor, now)
    return version


def _record_protection(table: _Table, version: DatasetVersion, actor: Actor, now: datetime) -> None:
    told, correction = table.prepared, table.correction
    if told is not None:
        ProtectedVersion.objects.create(version=version, cells=told.cells, hidden=told.hidden, narrow=told.narrow)
    if correction is not None:
        PeriodCorrection.objects.create(
            version=version,
            period=correction.period,
            reason=correction.reason,
            corrected_by=correction.account,
            corrected_at=now,
        )
        event = PeriodCorrected(dataset=table.key, place=table.place, period=correction.period, number=version.number)
        events.record(event, subject_type=SUBJECT, subject_id=str(version.pk), actor=actor, now=now)


def _tell_published(version: DatasetVersion, actor: Actor, now: datetime) -> None:
    event = VersionPublished(
        dataset=version.dataset_key,
        place=version.place,
        number=version.number,
        as_of=version.as_of.isoformat(),
        rows=version.row_count,
        csv_sha256=version.csv_sha256,
        parquet_sha256=version.parquet_sha256,
    )
    events.record(event, subject_type=SUBJECT, subject_id=str(version.pk), actor=actor, now=now)


def hold(wanted: QuerySet[DatasetVersion]) -> None:
    """Hold versions until the caller's transaction ends: none of them is withdrawn meanwhile."""
    list(wanted.order_by("pk").select_for_update())


def withdraw_version(*, version: DatasetVersion, by: Viewer, reason: str, now: datetime) -> DatasetVersion:
    """Take a version back for the sake of somebody's privacy: the bytes go, number, hashes and reason stay."""
    actor = permissions.required_actor(
        by, permissions.WITHDRAW, place=version.place, publisher_code=version.publisher_code
    )
    return _withdraw(version, reason=reason, actor=actor, now=now)


def withdraw_at_the_console(*, version: DatasetVersion, reason: str, now: datetime) -> DatasetVersion:
    """Withdraw from the command line, by whoever runs the machine."""
    return _withdraw(version, reason=reason, actor=SYSTEM, now=now)


def withdraw_prepared(*, version: DatasetVersion, reason: str, actor: Actor, now: datetime) -> DatasetVersion:
    """Withdraw a version in the caller's transaction, who has asked whether this person may."""
    return _withdraw(version, reason=reason, actor=actor, now=now)


def _withdraw(version: DatasetVersion, *, reason: str, actor: Actor, now: datetime) -> DatasetVersion:
    if not reason.strip():
        raise Refused("withdrawal-needs-a-reason", _("Say why this version is withdrawn. The reason is public."))
    with transaction.atomic():
        current = DatasetVersion.objects.select_for_update().get(pk=version.pk)
        if current.is_withdrawn:
            raise Refused("version-already-withdrawn", _("This version was withdrawn already. Nothing was changed."))
        current.withdrawn_at, current.withdrawn_reason = now, reason.strip()
        current.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        event = VersionWithdrawn(current.dataset_key, current.place, current.number, current.csv_sha256)
        events.record(event, subject_type=SUBJECT, subject_id=str(current.pk), actor=actor, now=now)
        transaction.on_commit(lambda: _remove(*_files_of(current.dataset_key, current.pk)))
    return current


def sweep_files(*, now: datetime) -> int:
    """Remove files no version needs: of withdrawn ones, and of publications cut short; returns how many."""
    needed = {str(pk) for pk in DatasetVersion.objects.filter(withdrawn_at__isnull=True).values_list("pk", flat=True)}
    files = [file for file in settings.LUMBUNG_DATASETS.glob("*/*") if file.is_file()]
    gone = [file for file in files if file.stem.strip(".").split(".")[0] not in needed and _is_old(file, now)]
    _remove(*gone)
    return len(gone)


def _is_old(file: Path, now: datetime) -> bool:
    # A publication that is running right now has files and no row yet.
    return now.timestamp() - file.stat().st_mtime > ORPHAN_AGE.total_seconds()
