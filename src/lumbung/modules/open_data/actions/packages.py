"""Whole packages as programs send them: one transaction of the same actions people press on the desk."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import datasets, drafting, sent_tables
from lumbung.modules.open_data.models import Dataset, Draft
from lumbung.modules.open_data.queries import drafts as known

# Parts of the metadata as they are to be: "dataset" and, if something was said of it, "activity".
Parts = Mapping[str, Mapping[str, Any]]


def create_package(
    *, portal: Portal, producer: Organisation, key: str, parts: Parts, tables: Sequence[str], by: Viewer, now: datetime
) -> Draft:
    """A new dataset with its first draft, described as far as was sent, and its announced tables."""
    title = parts["dataset"]["title"]["id"]
    try:
        with transaction.atomic():
            draft = datasets.begin_dataset(portal=portal, producer=producer, key=key, title=title, by=by, now=now)
            return _write(draft, parts, tables, by=by, now=now)
    except IntegrityError as error:  # another program took the address between the look and the write
        raise Refused(
            "dataset-key-taken", _("Another dataset has this address. Choose another one."), field="key"
        ) from error


def write_package(
    *, dataset: Dataset, parts_of: Callable[[Draft], Parts], tables: Sequence[str], by: Viewer, now: datetime
) -> Draft:
    """Write in the open draft of a dataset, or in a new one. `parts_of` is asked what, while nobody else can write."""
    with transaction.atomic():
        draft = sent_tables.draft_of(dataset=dataset, by=by, now=now)
        return _write(draft, parts_of(draft), tables, by=by, now=now)


def _write(draft: Draft, parts: Parts, tables: Sequence[str], *, by: Viewer, now: datetime) -> Draft:
    current = draft
    for part, values in parts.items():
        if values and any(current.metadata.get(part, {}).get(key) != value for key, value in values.items()):
            current = drafting.save_part(draft=current, part=part, values=values, seen=current.version, by=by)
    for title in tables:
        sent_tables.announce_table(draft=current, title=title, by=by, now=now)
    return known.locked(current)
