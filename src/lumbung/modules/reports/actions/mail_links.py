"""Links in mail: the access code once at the start, then links that open the report one time each."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import ids
from lumbung.core.base.errors import NotFound
from lumbung.core.notices import actions as notices
from lumbung.core.notices.recipients import Recipient, Topic
from lumbung.modules.reports.actions import reporter
from lumbung.modules.reports.letters import reporter as letters_to_reporter
from lumbung.modules.reports.models import OneTimeLink, Report
from lumbung.modules.reports.queries import contacts

MINE = "reports.mine"
# As long as a finished report may be opened again; older mail is no key any more.
LINK_LIFE = reporter.REOPEN_WITHIN
Purpose = OneTimeLink.Purpose


def acknowledge(*, report: Report, code: str, email: str, language: str, now: datetime) -> None:
    """Send number and secret link to the reporter who gave an address, in the transaction of the sending.

    The access code is known only now. It goes into the sealed outbox and nowhere else, and is destroyed with the body.
    """
    if not email:
        return
    link = reverse("reports:open", kwargs={"portal_slug": report.portal_id, "code": code})
    notices.tell(
        to=Recipient(email, language),
        kind="reports.acknowledged",
        occasion=f"report:{report.pk}",
        write=lambda: letters_to_reporter.received(report, link, ids.spaced_access_code(code)),
        topic=Topic(MINE, str(report.pk)),
        now=now,
    )


def new_link(*, report: Report, purpose: str, now: datetime, life: timedelta = LINK_LIFE) -> str:
    """Make a link for one mail and return its token; only a fingerprint of it is kept."""
    token = ids.new_access_code()
    OneTimeLink.objects.create(
        report=report,
        token_index=contacts.token_index(token),
        purpose=purpose,
        made_at=now,
        expires_at=now + life,
    )
    return token


def open_by_link(*, token: str, now: datetime) -> Report:
    """Use the link up and give its report."""
    with transaction.atomic():
        return use_up(token, now)


def rate_by_link(*, token: str, score: int, now: datetime) -> Report:
    """The second tap of "yes, it is solved": use the link up and rate, both or neither."""
    return _with_link(
        token, now, lambda report, by: reporter.confirm_finished(report=report, by=by, score=score, now=now)
    )


def reopen_by_link(*, token: str, text: str, now: datetime) -> Report:
    """The second tap of "no, not yet": use the link up and open the report again, both or neither."""
    return _with_link(token, now, lambda report, by: reporter.reopen_report(report=report, by=by, text=text, now=now))


def _with_link(token: str, now: datetime, step: Callable[[Report, Viewer], Report]) -> Report:
    with transaction.atomic():
        report = use_up(token, now)
        return step(report, Viewer(opened=frozenset({str(report.pk)})))


def use_up(token: str, now: datetime) -> Report:
    """Take the link of a token, once; call it in the transaction of what the link is for."""
    link = (
        OneTimeLink.objects.select_for_update(of=("self",))
        .filter(token_index=contacts.token_index(token), used_at__isnull=True, expires_at__gt=now)
        .select_related("report")
        .first()
    )
    if link is None:
        raise NotFound(
            "link-used-or-expired",
            _("This link was used already or is too old. Use your access code, or ask for a new link."),
        )
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link.report
