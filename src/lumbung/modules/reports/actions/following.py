"""Following a public report by mail: asked, confirmed by the owner of the address, stopped in one click."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock, ids, sealing
from lumbung.core.base.errors import NotFound
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.recipients import Recipient, Topic
from lumbung.modules.reports import queries, states
from lumbung.modules.reports.letters import followers as letters
from lumbung.modules.reports.models import Follower, OneTimeLink, Report
from lumbung.modules.reports.models.contacts import FOLLOW
from lumbung.modules.reports.queries import contacts

ASKED = "reports.follow_asked"
AT_MOST, WITHIN = 5, timedelta(days=1)
CONFIRM_WITHIN = timedelta(days=7)
# A finished report may be opened again for sixty days; a month later nothing more can happen to it.
KEEP_AFTER_CLOSING = timedelta(days=90)


def ask_to_follow(*, report: Report, email: str, language: str, now: datetime) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already."""
    index = outbox.address_index(email)
    if outbox.told_since(kind=ASKED, index=index, since=now - WITHIN) >= AT_MOST:
        return
    with transaction.atomic():
        follower = Follower.objects.select_for_update().filter(report=report, email_index=index).first()
        stopped = outbox.is_stopped(index, Topic(FOLLOW, str(report.pk)))
        if follower is not None and follower.confirmed_at is not None and not stopped:
            return
        _invite(follower or Follower(report=report, email_index=index), email, language, now)


def _invite(follower: Follower, email: str, language: str, now: datetime) -> None:
    token = ids.new_access_code()
    follower.email = sealing.seal(email, place=f"reports_follower.email:{follower.pk}")
    follower.token_index, follower.language = contacts.token_index(token), language
    follower.asked_at, follower.confirmed_at = now, None
    follower.save()
    notices.tell(
        to=Recipient(email, language),
        kind=ASKED,
        occasion=f"follow:{follower.pk}:{uuid.uuid4().hex}",
        write=lambda: letters.confirm(follower.report, token),
        now=now,
    )


def confirm(*, token: str, now: datetime) -> Follower:
    """The owner of the address meant it."""
    follower = contacts.follower_by_token(token)
    if follower is None or not queries.is_public(follower.report, day=clock.local_day(now)):
        raise NotFound(
            "follow-link-unknown",
            _("This link is not valid any more. Open the report and ask to follow it again."),
        )
    with transaction.atomic():
        Follower.objects.filter(pk=follower.pk, confirmed_at__isnull=True).update(confirmed_at=now)
        notices.resume(index=follower.email_index, topic=Topic(FOLLOW, str(follower.report_id)))
    return follower


def discard_addresses(*, now: datetime) -> int:
    """Destroy what is not needed any more; returns how many addresses.

    Never confirmed for seven days, stopped, or the report closed long ago; and links past their time.
    """
    unneeded = {follower.pk for follower in contacts.unconfirmed_since(now - CONFIRM_WITHIN)}
    unneeded |= {follower.pk for follower in contacts.stopped_followers(FOLLOW)}
    unneeded |= set(_of_reports_closed_before(now - KEEP_AFTER_CLOSING))
    OneTimeLink.objects.filter(expires_at__lt=now).delete()
    return Follower.objects.filter(pk__in=unneeded).delete()[0]


def _of_reports_closed_before(moment: datetime) -> list[uuid.UUID]:
    closed = Follower.objects.filter(report__state__in=sorted(states.CLOSED), asked_at__lt=moment)
    return list(closed.exclude(report__finished_at__gte=moment).values_list("pk", flat=True))
