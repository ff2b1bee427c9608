"""A dataset is begun by its producer; each later release begins with a draft of its own."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import registry
from lumbung.core.events import actions as events
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions, shape
from lumbung.modules.open_data.events import DatasetBegun, DraftBegun, DraftDiscarded
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, Release
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import releases
from lumbung.modules.open_data.states import DraftState

DATASET, DRAFT = "dataset", "dataset_draft"
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SHORTEST, LONGEST = 3, 60
# First words of addresses beside the key of a dataset.
RESERVED = frozenset(
    {
        *("kelola", "baru", "sumber", "umpan", "kunci", "cerita", "permohonan", "jadwal", "daftar"),
        *("topik", "api", "catalog", "pemanfaatan", "langganan", "akses"),
    }
)


def begin_dataset(*, portal: Portal, producer: Organisation, key: str, title: str, by: Viewer, now: datetime) -> Draft:
    """A new dataset of an agency, with its first draft. The key becomes its address and never changes."""
    held = permissions.required_at(
        by, permissions.PRODUCE, region_code=portal.region_id, organisation_code=producer.code
    )
    refuse_key(portal, key)
    with transaction.atomic():
        dataset = Dataset.objects.create(portal=portal, producer=producer, key=key, name=key, begun_at=now)
        metadata = shape.empty()
        metadata["dataset"]["title"] = {"id": title, "en": ""}
        event = DatasetBegun(dataset=dataset.name, portal=portal.pk, producer=producer.pk)
        actor = by.acting_as(held)
        events.record(event, subject_type=DATASET, subject_id=str(dataset.pk), actor=actor, now=now)
        return _begin(dataset, metadata, None, by=by, actor=actor, now=now)


def refuse_key(portal: Portal, key: str) -> None:
    """Refuse a key that is no word of an address, or that something else has: addresses are given once."""
    if not (SHORTEST <= len(key) <= LONGEST and KEY.match(key)):
        raise Refused(
            "dataset-key-malformed",
            _("Use 3 to 60 small letters, digits and hyphens, such as jumlah-penduduk."),
            field="key",
        )
    taken = Dataset.objects.filter(name=key).exists() or Dataset.objects.filter(portal=portal, key=key).exists()
    if taken or key in RESERVED or registry.is_registered(key):
        raise Refused("dataset-key-taken", _("Another dataset has this address. Choose another one."), field="key")


def begin_draft(*, dataset: Dataset, by: Viewer, now: datetime) -> Draft:
    """The draft of the next release, starting from what the newest one says. An open draft is returned as it is."""
    held = permissions.required_in(by, permissions.PRODUCE, dataset)
    with transaction.atomic():
        current = Dataset.objects.select_for_update().get(pk=dataset.pk)
        require_brought(current)
        found = known.open_draft_of(current)
        if found is not None:
            return found
        newest = releases.newest_of(current)
        metadata = releases.metadata_of(newest) if newest else shape.empty()
        return _begin(current, metadata, newest, by=by, actor=by.acting_as(held), now=now)


def require_brought(dataset: Dataset) -> None:
    """Refuse to draft what another module or portal keeps, and what was withdrawn."""
    if dataset.origin != Dataset.Origin.BROUGHT:
        raise Refused(
            "dataset-is-kept-elsewhere",
            _("This dataset is made from records of a service or another portal. It is mended there, not here."),
        )
    if dataset.withdrawn_at is not None:
        raise Refused("dataset-was-withdrawn", _("This dataset was withdrawn. Begin a new one."))


def discard_draft(*, draft: Draft, by: Viewer, now: datetime) -> Draft:
    """Give a draft up before anybody else has it on their desk. Published releases stay as they are."""
    held = permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        known.require_writable(current)
        current.state, current.closed_at = DraftState.DISCARDED, now
        current.save(update_fields=["state", "closed_at"])
        event = DraftDiscarded(dataset=current.dataset.name)
        events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def _begin(
    dataset: Dataset, metadata: shape.Metadata, base: Release | None, *, by: Viewer, actor: Actor, now: datetime
) -> Draft:
    draft = Draft.objects.create(dataset=dataset, metadata=dict(metadata), base=base, begun_at=now, begun_by=by.account)
    if base is not None:
        _keep_tables(draft, base)
    event = DraftBegun(dataset=dataset.name)
    events.record(event, subject_type=DRAFT, subject_id=str(draft.pk), actor=actor, now=now)
    return draft


def _keep_tables(draft: Draft, base: Release) -> None:
    """The tables of the release before, unchanged until the producer brings new ones."""
    DraftTable.objects.bulk_create(
        DraftTable(
            draft=draft,
            slug=table.resource.slug,
            title=table.title,
            position=table.resource.position,
            stage=DraftTable.Stage.KEPT,
            kept_version=table.version,
            schema=releases.schema_of(table),
        )
        for table in base.tables.select_related("resource", "version")
    )


def count_save(draft: Draft) -> None:
    """Count a save, so that whoever had the draft open before is told."""
    draft.version += 1
    draft.save(update_fields=["version"])
