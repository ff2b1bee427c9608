"""Another release day for what passed every check: the steward moves it without giving the draft back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.notices import actions as notices
from lumbung.core.notices.recipients import Topic
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions.datasets import DRAFT
from lumbung.modules.open_data.actions.draft_telling import TOPIC
from lumbung.modules.open_data.events.classes import ReleaseDayMoved
from lumbung.modules.open_data.letters import drafts as letters
from lumbung.modules.open_data.models import Draft
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.states import DraftState

MOVED = "open_data.release_day_moved"


def move_release_day(*, draft: Draft, day: date, by: Viewer, now: datetime) -> Draft:
    """Give a draft that waits to be published its release day, today at the earliest; whoever handed it in is told."""
    held = permissions.required_in(by, permissions.PUBLISH, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        if current.state != DraftState.READY:
            raise Refused("draft-is-not-ready", _("This draft has not passed every check yet. Reload the page."))
        if day < clock.local_day(now):
            raise Refused("release-day-is-over", _("This day is over. Choose today or a day to come."), field="day")
        if day == current.release_on:
            return current
        before = current.release_on.isoformat() if current.release_on else ""
        current.release_on = day
        current.save(update_fields=["release_on"])
        event = ReleaseDayMoved(dataset=current.dataset.name, day=day.isoformat(), before=before)
        events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        _tell(current, now)
        return current


def _tell(draft: Draft, now: datetime) -> None:
    if draft.submitted_by is None:
        return
    notices.tell_account(
        account=draft.submitted_by,
        kind=MOVED,
        occasion=f"{draft.pk}:{draft.release_on}:{now:%Y%m%d%H%M%S}",
        write=lambda: letters.day_moved(draft),
        now=now,
        topic=Topic(TOPIC),
    )
