"""An older release made the newest again: as a new release with the same bytes, never by rewriting history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import publishing
from lumbung.modules.open_data.events.askings import ReleaseRestored
from lumbung.modules.open_data.models import Dataset, Release, ReleaseTable
from lumbung.modules.open_data.queries import releases

NOTE = 300


def restore(*, release: Release, reason: str, by: Viewer, now: datetime) -> Release:
    """Publish an older release anew, with the reason as its note; what came between stays at its address."""
    held = permissions.required_in(by, permissions.PUBLISH, release.dataset)
    public_words.refuse_personal_data("reason", reason)
    if not reason.strip():
        raise Refused("restoring-needs-a-reason", _("Say why the older release stands again."), field="reason")
    with transaction.atomic():
        dataset = Dataset.objects.select_for_update(of=("self",)).select_related("portal").get(pk=release.dataset_id)
        _refuse_unfit(dataset, release)
        actor = by.acting_as(held)
        again = publishing.make_release(
            dataset,
            releases.metadata_of(release),
            [_table(table) for table in release.tables.select_related("resource", "version")],
            note=f"v{release.number}: {reason.strip()}"[:NOTE],
            as_of=clock.local_day(now),
            actor=actor,
            now=now,
        )
        event = ReleaseRestored(dataset=dataset.name, number=again.number, older=release.number)
        events.record(event, subject_type=publishing.RELEASE, subject_id=str(again.pk), actor=actor, now=now)
        return again


def _table(table: ReleaseTable) -> publishing.Table:
    return table.resource.slug, table.title, table.version, releases.schema_of(table)


def _refuse_unfit(dataset: Dataset, release: Release) -> None:
    newest = releases.newest_of(dataset)
    if dataset.origin != Dataset.Origin.BROUGHT:
        raise Refused(
            "dataset-is-kept-elsewhere",
            _("This dataset is made from records of a service or another portal. It is mended there, not here."),
        )
    if dataset.withdrawn_at is not None or release.withdrawn_at is not None:
        raise Refused("release-withdrawn-already", _("This release was withdrawn already. Nothing was changed."))
    if newest is None or newest.pk == release.pk:
        raise Refused("release-is-the-newest", _("This release is the newest already. Nothing was changed."))
    if release.access != dataset.access:
        raise Refused(
            "release-was-of-another-class",
            _("This release was published under another class. Publish a new draft instead."),
        )
    if release.tables.filter(version__withdrawn_at__isnull=False).exists():
        raise Refused(
            "release-lost-its-files", _("The files of this release were withdrawn, so it cannot stand again.")
        )
