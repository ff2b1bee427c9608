"""Following a plan or a commitment by mail: asked, confirmed by the owner of the address, stopped in one click."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import ids, sealing
from lumbung.core.base.errors import NotFound
from lumbung.core.events import queries as log
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.recipients import Recipient, Topic
from lumbung.modules.action_plan.letters import followers as letters
from lumbung.modules.action_plan.models import Commitment, Plan, PlanFollower
from lumbung.modules.action_plan.models.followers import FOLLOW, subject_of
from lumbung.modules.action_plan.queries import followers as known

ASKED = "action_plan.follow_asked"
FOLLOWED = "action_plan.followed"
AT_MOST, WITHIN = 5, timedelta(days=1)
CONFIRM_WITHIN = timedelta(days=7)


def ask_to_follow(
    *, plan: Plan, commitment: Commitment | None, portal: str, email: str, language: str, now: datetime
) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already."""
    index = outbox.address_index(email)
    if outbox.told_since(kind=ASKED, index=index, since=now - WITHIN) >= AT_MOST:
        return
    topic = Topic(FOLLOW, subject_of(plan.pk, commitment.pk if commitment else None))
    with transaction.atomic():
        mine = PlanFollower.objects.select_for_update().filter(plan=plan, commitment=commitment, email_index=index)
        follower = mine.first()
        if follower is not None and follower.confirmed_at is not None and not outbox.is_stopped(index, topic):
            return
        fresh = follower or PlanFollower(plan=plan, commitment=commitment, email_index=index)
        fresh.portal_slug, fresh.language = portal, language
        _invite(fresh, email, now)


def _invite(follower: PlanFollower, email: str, now: datetime) -> None:
    token = ids.new_access_code()
    follower.email = sealing.seal(email, place=f"action_plan_planfollower.email:{follower.pk}")
    follower.token_index = known.token_index(token)
    follower.asked_at, follower.confirmed_at = now, None
    follower.save()
    notices.tell(
        to=Recipient(email, follower.language),
        kind=ASKED,
        occasion=f"follow:{follower.pk}:{uuid.uuid4().hex}",
        write=lambda: letters.confirm(follower, token),
        now=now,
    )


def confirm(*, token: str, now: datetime) -> PlanFollower:
    """The owner of the address meant it."""
    follower = known.follower_by_token(token)
    if follower is None:
        raise NotFound(
            "follow-link-unknown", _("This link is not valid any more. Open the page and ask to follow it again.")
        )
    with transaction.atomic():
        PlanFollower.objects.filter(pk=follower.pk, confirmed_at__isnull=True).update(confirmed_at=now)
        notices.resume(index=follower.email_index, topic=Topic(FOLLOW, follower.topic_subject))
    return follower


def tell_followers(*, event_id: str, now: datetime) -> None:
    """Tell those who follow the plan or the commitment what happened. The event is the occasion: once for each."""
    found = log.entry_by_id(event_id)
    plan = Plan.objects.filter(pk=found.entry.data["plan"]).first() if found else None
    if found is None or plan is None:
        return
    commitment = Commitment.objects.filter(pk=found.entry.data.get("commitment", "")).first()
    for follower in known.followers_of(plan, commitment):
        _tell(follower, commitment, found.entry, now)


def _tell(follower: PlanFollower, commitment: Commitment | None, entry: log.HistoryEntry, now: datetime) -> None:
    notices.tell(
        to=known.contact_of(follower),
        kind=FOLLOWED,
        occasion=entry.uid,
        write=lambda: letters.changed(follower, commitment, entry),
        topic=Topic(FOLLOW, follower.topic_subject),
        now=now,
    )


def discard_addresses(*, now: datetime) -> int:
    """Destroy addresses never confirmed for seven days, and those that stopped; returns how many."""
    unneeded = {each.pk for each in known.unconfirmed_since(now - CONFIRM_WITHIN)}
    unneeded |= {each.pk for each in known.stopped_followers()}
    return PlanFollower.objects.filter(pk__in=unneeded).delete()[0]
