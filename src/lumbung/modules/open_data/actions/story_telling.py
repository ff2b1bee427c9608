"""Telling those who publish that a story waits, and its writers what became of it."""

import uuid
from datetime import datetime

from lumbung.core.access import queries as accounts
from lumbung.core.access import registry
from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.notices import actions as notices
from lumbung.core.notices.recipients import Topic
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions.draft_telling import TOPIC
from lumbung.modules.open_data.letters import stories as letters
from lumbung.modules.open_data.models import Story

WAITS, MOVED = "open_data.story_waits", "open_data.story_moved"


def tell(*, subject_id: str, now: datetime) -> None:
    """Once for each time it was handed in, and once for what came of that."""
    story = Story.objects.filter(pk=uuid.UUID(subject_id)).select_related("portal", "organisation").first()
    if story is None or story.submitted_at is None:
        return
    if story.state == Story.State.SUBMITTED:
        for account in _publishers(story, now):
            _send(story, account, WAITS, now)
    elif story.state == Story.State.PUBLISHED or story.returned_reason:
        for key in story.writers:
            writer = accounts.account_by_id(key)
            if writer is not None and writer.is_active:
                _send(story, writer, MOVED, now)


def _publishers(story: Story, now: datetime) -> list[Account]:
    """Stewards of the portal, but for those who wrote on it: they may not publish it."""
    roles = [role.key for role in registry.all_roles() if permissions.PUBLISH in role.verbs]
    found = accounts.accounts_with(roles, day=clock.local_day(now), region_code=story.portal.region_id)
    return [account for account in found if str(account.pk) not in story.writers]


def _send(story: Story, account: Account, kind: str, now: datetime) -> None:
    notices.tell_account(
        account=account,
        kind=kind,
        occasion=f"{story.pk}:{story.state}:{story.submitted_at:%Y%m%d%H%M%S}",
        write=lambda: letters.waits(story) if kind == WAITS else letters.moved(story),
        now=now,
        topic=Topic(TOPIC),
    )
