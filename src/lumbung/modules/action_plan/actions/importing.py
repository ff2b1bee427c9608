"""Taking a file over into drafts: all of it or nothing, and only what the person may write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import drafting
from lumbung.modules.action_plan.events.drafting import DraftsImported
from lumbung.modules.action_plan.models import Draft, DraftVersion, Plan
from lumbung.modules.action_plan.queries import drafts
from lumbung.modules.action_plan.reading.outcome import Row


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from: the kind of the file and the SHA-256 of its bytes."""

    kind: str
    sha256: str


def import_drafts(
    *, plan: Plan, source: Source, rows: Sequence[Row], note: str, by: Viewer, now: datetime
) -> list[DraftVersion]:
    """Take over every row, or refuse and change nothing. The rows are those of the dry run, without errors."""
    if any(row.errors for row in rows) or not rows:
        raise Refused(
            "import-has-errors", _("Nothing was taken over: correct the rows that are marked, then try again.")
        )
    held = permissions.required_in_plan(by, permissions.DRAFT, plan)
    members = {each.organisation_id: each for each in plan.members.select_related("organisation", "plan")}
    with transaction.atomic():
        versions = []
        for row in rows:
            if row.kind == Draft.Kind.PLAN:
                versions.append(_narrative(plan, row, note, by, now))
            else:
                member = members[row.member]
                version = drafting.begin_commitment(
                    member=member, slug=row.slug, body=row.body, by=by, now=now, number=row.number
                )
                versions.append(version)
        told = [version.draft.slug or "plan" for version in versions]
        event = DraftsImported(plan=plan.pk, source=source.kind, drafts=told, sha256=source.sha256)
        events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
    return versions


def _narrative(plan: Plan, row: Row, note: str, by: Viewer, now: datetime) -> DraftVersion:
    draft = Draft.objects.select_related("plan").get(plan=plan, kind=Draft.Kind.PLAN)
    newest = drafts.newest_version(draft)
    seen = newest.number if newest else 0
    return drafting.save_version(draft=draft, body=row.body, seen=seen, note=note, by=by, now=now)
