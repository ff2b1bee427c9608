"""Following a public report by mail."""

import uuid
from datetime import datetime, timedelta

from lumbung.core.base import clock
from lumbung.core.notices.actions import following
from lumbung.modules.reports import queries, states
from lumbung.modules.reports.models import Follower, OneTimeLink, Report
from lumbung.modules.reports.queries import contacts
from lumbung.modules.reports.queries.contacts import FOLLOWING

# A finished report may be opened again for sixty days; a month later nothing more can happen to it.
KEEP_AFTER_CLOSING = timedelta(days=90)


def ask_to_follow(*, report: Report, email: str, language: str, now: datetime) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already."""

    def find(index: str) -> Follower:
        mine = Follower.objects.select_for_update().filter(report=report, email_index=index)
        return mine.first() or Follower(report=report, email_index=index)

    following.ask(FOLLOWING, find=find, email=email, language=language, now=now)


def confirm(*, token: str, now: datetime) -> Follower:
    """The owner of the address meant it; a report that is not public any more cannot be followed."""
    found = contacts.follower_by_token(token)
    is_public = found is not None and queries.is_public(found.report, day=clock.local_day(now))
    return following.confirm(FOLLOWING, found if is_public else None, now=now)


def discard_addresses(*, now: datetime) -> int:
    """Destroy what is not needed any more, of reports closed long ago too, and links past their time."""
    OneTimeLink.objects.filter(expires_at__lt=now).delete()
    return following.discard(FOLLOWING, now=now, also=_of_reports_closed_before(now - KEEP_AFTER_CLOSING))


def _of_reports_closed_before(moment: datetime) -> list[uuid.UUID]:
    closed = Follower.objects.filter(report__state__in=sorted(states.CLOSED), asked_at__lt=moment)
    return list(closed.exclude(report__finished_at__gte=moment).values_list("pk", flat=True))
