"""Telling the desk which draft waits for it, and whoever handed one in what became of it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Q

from lumbung.core.access import queries as accounts
from lumbung.core.access import registry
from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.notices import actions as notices
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Topic
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.letters import drafts as letters
from lumbung.modules.open_data.models import Check, Draft
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates
from lumbung.modules.open_data.queries.gates.gaps import Gap
from lumbung.modules.open_data.states import DraftState

TOPIC = "open_data.drafts"
WAITS, MOVED, STOPPED = "open_data.draft_waits", "open_data.draft_moved", "open_data.draft_stopped"
# Whose turn it is: those of the producing agency, or those of the portal.
TURNS = {
    DraftState.SUBMITTED: permissions.PRECHECK,
    DraftState.CHECKED: permissions.CHECK,
    DraftState.SECOND_CHECK: permissions.SECOND_CHECK,
    DraftState.READY: permissions.PUBLISH,
}
NEWS = frozenset({DraftState.RETURNED, DraftState.READY, DraftState.PUBLISHED})


def tell(*, subject_id: str, now: datetime) -> None:
    """Of a draft, or of the release it became. Once for each state it comes to after it was handed in."""
    draft = _draft(uuid.UUID(subject_id))
    if draft is None or draft.submitted_at is None:
        return
    if draft.state in TURNS:
        for account in _whose_turn(draft, now):
            _send(draft, account, WAITS, now)
    if draft.state in NEWS and draft.submitted_by is not None:
        _send(draft, draft.submitted_by, MOVED, now)


def tell_of_stopped(*, now: datetime) -> None:
    """A release day came and a gate had closed meanwhile: whoever publishes and whoever handed it in hear why, once."""
    for draft in known.due(clock.local_day(now)):
        gap = gates.first_gap(draft)
        if gap is not None:
            _tell_stopped(draft, partial(_because_of, draft, gap), now)


def tell_failed(*, draft: Draft, refused: Refused, now: datetime) -> None:
    """A release day came and the draft could not be published: the same people hear why, once."""
    _tell_stopped(draft, lambda: letters.failed(draft, refused.sentence), now)


def _because_of(draft: Draft, gap: Gap) -> Letter:
    return letters.stopped(draft, str(gap))


def _tell_stopped(draft: Draft, write: Callable[[], Letter], now: datetime) -> None:
    for account in _who_hear(draft, now):
        _tell_one_stopped(draft, account, write, now)


def _tell_one_stopped(draft: Draft, account: Account, write: Callable[[], Letter], now: datetime) -> None:
    notices.tell_account(
        account=account,
        kind=STOPPED,
        occasion=f"{draft.pk}:{draft.release_on}:{draft.submitted_at:%Y%m%d%H%M%S}",
        write=write,
        now=now,
        topic=Topic(TOPIC),
    )


def _draft(key: uuid.UUID) -> Draft | None:
    found = Draft.objects.filter(Q(pk=key) | Q(release_id=key))
    return found.select_related("dataset__portal", "dataset__producer", "submitted_by").first()


def _who_hear(draft: Draft, now: datetime) -> set[Account]:
    return {*_who_may(draft, now), *([draft.submitted_by] if draft.submitted_by else [])}


def _whose_turn(draft: Draft, now: datetime) -> list[Account]:
    """Everybody who may take the next step, but for those who took the last one."""
    last = next(iter(known.checks_of(draft)), None)
    knows = {draft.submitted_by_id, last.checked_by_id if last else None}
    return [account for account in _who_may(draft, now) if account.pk not in knows]


def _who_may(draft: Draft, now: datetime) -> list[Account]:
    verb, dataset = TURNS[DraftState(draft.state)], draft.dataset
    roles = [role.key for role in registry.all_roles() if verb in role.verbs]
    where = {"region_code": dataset.portal.region_id}
    if draft.state == DraftState.SUBMITTED:
        where = {"organisation_code": dataset.producer_id}
    return list(accounts.accounts_with(roles, day=clock.local_day(now), **where))


def _send(draft: Draft, account: Account, kind: str, now: datetime) -> None:
    returned = next((each for each in known.checks_of(draft) if each.verdict == Check.Verdict.RETURNED), None)
    reason = returned.reason if returned else ""
    notices.tell_account(
        account=account,
        kind=kind,
        occasion=f"{draft.pk}:{draft.state}:{draft.submitted_at:%Y%m%d%H%M%S}",
        write=lambda: letters.waits(draft) if kind == WAITS else letters.moved(draft, reason),
        now=now,
        topic=Topic(TOPIC),
    )
