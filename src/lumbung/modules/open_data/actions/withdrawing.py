"""Taking back what was published, with a reason everybody reads: one release, or a dataset with all of them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import listing
from lumbung.modules.open_data.actions.datasets import DATASET
from lumbung.modules.open_data.actions.publishing import RELEASE
from lumbung.modules.open_data.events import DatasetWithdrawn, ReleaseWithdrawn
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import drafts, releases


def withdraw_release(*, release: Release, reason: str, by: Viewer, now: datetime) -> Release:
    """Withdraw one release for the sake of somebody's privacy: the bytes only it holds go, hashes and reason stay."""
    held = permissions.required_in(by, permissions.WITHDRAW, release.dataset)
    _require_reason(reason)
    with transaction.atomic():
        # A draft that keeps one of them and is published right now waits, or is waited for.
        versions.hold(DatasetVersion.objects.filter(pk__in=release.tables.values("version")))
        for table in release.tables.select_related("version"):
            if not table.version.is_withdrawn and not releases.is_held_elsewhere(table):
                versions.withdraw_prepared(
                    version=table.version, reason=reason.strip(), actor=by.acting_as(held), now=now
                )
        return mark(release=release, reason=reason.strip(), actor=by.acting_as(held), now=now)


def withdraw_dataset(*, dataset: Dataset, reason: str, by: Viewer, now: datetime) -> Dataset:
    """Take a dataset out of the catalogue. A tombstone with the reason stays at its address, the bytes stay, too."""
    held = permissions.required_in(by, permissions.WITHDRAW, dataset)
    _require_reason(reason)
    with transaction.atomic():
        current = Dataset.objects.select_for_update().get(pk=dataset.pk)
        if current.withdrawn_at is not None:
            raise Refused("dataset-withdrawn-already", _("This dataset was withdrawn already. Nothing was changed."))
        if drafts.open_draft_of(current) is not None:
            raise Refused(
                "dataset-has-a-draft", _("A draft of its next release is open. Its producer has to discard it first.")
            )
        current.withdrawn_at, current.withdrawn_reason = now, reason.strip()
        current.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        listing.remove(current)
        event = DatasetWithdrawn(dataset=current.name)
        events.record(event, subject_type=DATASET, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def mark(*, release: Release, reason: str, actor: Actor, now: datetime) -> Release:
    """Mark a release as withdrawn, and list the dataset by the newest one that is left."""
    with transaction.atomic():
        current = Release.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=release.pk)
        if current.withdrawn_at is not None:
            raise Refused("release-withdrawn-already", _("This release was withdrawn already. Nothing was changed."))
        current.withdrawn_at, current.withdrawn_reason = now, reason
        current.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        newest = releases.newest_of(current.dataset)
        if newest is None:
            listing.remove(current.dataset)
        elif current.dataset.withdrawn_at is None:
            listing.refresh(current.dataset, newest)
        event = ReleaseWithdrawn(
            dataset=current.dataset.name, number=current.number, metadata_sha256=current.metadata_sha256
        )
        events.record(event, subject_type=RELEASE, subject_id=str(current.pk), actor=actor, now=now)
        return current


def _require_reason(reason: str) -> None:
    public_words.refuse_personal_data("reason", reason)
    if not reason.strip():
        raise Refused("withdrawal-needs-a-reason", _("Say why it is withdrawn. The reason is public."), field="reason")
