"""Writing in a draft: its metadata, block by block, and decisions about columns that look like personal data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.events import actions as events
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import tables
from lumbung.modules.open_data.actions.datasets import DRAFT, count_save
from lumbung.modules.open_data.actions.workflow import require_seen
from lumbung.modules.open_data.events import PersonalColumnDecided
from lumbung.modules.open_data.models import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import personal_columns


def save_part(*, draft: Draft, part: str, values: Mapping[str, Any], seen: int, by: Viewer) -> Draft:
    """Save one part of the metadata: "dataset" or "activity". `seen` is the version the writer started from."""
    return _save(draft, {part: {**draft.metadata.get(part, {}), **values}}, seen=seen, by=by)


def save_indicators(*, draft: Draft, indicators: Sequence[Mapping[str, Any]], seen: int, by: Viewer) -> Draft:
    """Save the description of the indicators a dataset holds."""
    return _save(draft, {"indicators": [dict(each) for each in indicators]}, seen=seen, by=by)


def decide_personal(
    *, table: DraftTable, column: str, kind: str, choice: str, reason: str, by: Viewer, now: datetime
) -> PersonalDecision:
    """Say about a column that looks like personal data what is to become of it, and why. The person is named inside."""
    held = permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    if not reason.strip():
        raise Refused("decision-needs-a-reason", _("Say why. Whoever checks this draft reads it."), field="reason")
    with transaction.atomic():
        draft = known.locked(table.draft)
        known.require_writable(draft)
        table.refresh_from_db()
        if not any(each["column"] == column and each["kind"] == kind for each in table.findings):
            raise NotFound("no-such-finding", _("Nothing was found in this column. Reload the page."))
        decision, _new = PersonalDecision.objects.update_or_create(
            table=table,
            column=column,
            kind=kind,
            defaults={
                "choice": choice,
                "reason": reason.strip(),
                "looked_at": personal_columns.looked_at(table, column),
                "decided_by_id": permissions.account_id_of(by),
                "decided_at": now,
            },
        )
        count_save(draft)
        event = PersonalColumnDecided(
            dataset=draft.dataset.name, table=table.slug, column=column, kind=kind, choice=choice
        )
        events.record(event, subject_type=DRAFT, subject_id=str(draft.pk), actor=by.acting_as(held), now=now)
        if choice == PersonalDecision.Choice.DROPPED:
            tables.leave_column_out(table=table, column=column, by=by, now=now)
        return decision


def _save(draft: Draft, changed: Mapping[str, Any], *, seen: int, by: Viewer) -> Draft:
    permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        known.require_writable(current)
        require_seen(current, seen)
        current.metadata = {**current.metadata, **changed}
        current.version += 1
        current.save(update_fields=["metadata", "version"])
        return current
