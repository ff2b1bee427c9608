"""A way back for those who gave only a telephone number: an officer calls it and hears a short code (ADR 18).

Asking looks nothing up and changes nothing. The page of whoever asked is the same whether the report exists or not,
until an officer has called the number in the report and heard the code of that page.
"""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, may
from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound, NotPermitted
from lumbung.core.jobs import actions as jobs
from lumbung.modules.reports import call_secrets, permissions, queries
from lumbung.modules.reports.actions import access_codes, passages
from lumbung.modules.reports.actions.telling import ask_for_second_caller, tell_accounts
from lumbung.modules.reports.letters import staff as letters
from lumbung.modules.reports.models import CallBack, Report
from lumbung.modules.reports.queries import audiences, call_backs
from lumbung.modules.reports.states import State

ASKED = "reports.call_back_asked"
TAKE = "reports.take_call_back"
LIFE = timedelta(days=7)
# Enough for somebody who mistypes or loses the page; too few to make an officer disturb anybody all day.
AT_MOST, WITHIN = 3, timedelta(days=1)
Standing = CallBack.Standing


def lapses_at(asked_at: datetime) -> datetime:
    """When a request asked then is over."""
    return asked_at + LIFE


def ask(*, number: str, now: datetime) -> str:
    """Put the request on the queue without looking anything up, and return its secret: the only copy there is."""
    secret = call_secrets.new(now=now)
    index = call_secrets.index(secret)
    jobs.enqueue(
        TAKE,
        key=f"{TAKE}:{index[:40]}",
        now=now,
        number=number,
        secret_index=index,
        code_index=call_secrets.code_index(call_secrets.code_of(secret), secret_index=index),
        asked=int(now.timestamp()),
    )
    return secret


def take(*, number: str, secret_index: str, code_index: str, asked: int, now: datetime) -> None:
    """Keep the request, if there is such a report with a telephone number; tell those who may call."""
    report = queries.report_by_number(number)
    if report is None:
        return
    asked_at = datetime.fromtimestamp(asked, tz=UTC)
    with transaction.atomic():
        current = passages.locked(report)
        if not _leads_anywhere(current, now) or asked_at + LIFE <= now:
            return
        made, is_new = CallBack.objects.get_or_create(
            secret_index=secret_index,
            defaults={
                "report": current,
                "code_index": code_index,
                "asked_at": asked_at,
                "expires_at": lapses_at(asked_at),
            },
        )
        if is_new:
            _tell_callers(current, made, now)
            ask_for_second_caller(current, made, now=now)


def _leads_anywhere(report: Report, now: datetime) -> bool:
    return (
        report.state != State.WITHDRAWN
        and call_backs.has_telephone(report)
        and call_backs.asked_since(report, now - WITHIN) < AT_MOST
    )


def _tell_callers(report: Report, made: CallBack, now: datetime) -> None:
    tell_accounts(
        audiences.openers_of(report, day=clock.local_day(now)),
        kind=ASKED,
        occasion=f"call-back:{made.pk}",
        write=lambda: letters.call_back_asked(report),
        now=now,
    )


def cancel(*, report: Report, by: Viewer) -> int:
    """The holder of the access code did not ask: no request leads anywhere any more. Returns how many there were."""
    with transaction.atomic():
        current, _actor = passages.locked_for_reporter(report, by=by)
        return access_codes.end_call_backs(current)


def renew_by_call(*, secret: str, by: Viewer, now: datetime) -> tuple[Report, str]:
    """Use a released request up and give its report a new access code; the old one and all older ways are dead."""
    _refuse_officers(by)
    found = call_backs.of_secret(secret)
    # Before anything is locked: pressing too early takes as long as pressing for a report that does not exist.
    if found is None or not call_backs.is_released(found, found.report):
        raise _not_released()
    with transaction.atomic():
        current = passages.locked(found.report)
        held = CallBack.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if not call_backs.is_released(held, current) or held.expires_at <= now:
            raise _not_released()
        held.standing = Standing.USED
        held.save(update_fields=["standing"])
        return current, access_codes.renew(current, now=now)


def _refuse_officers(by: Viewer) -> None:
    # Whoever handles reports must not come to a code even by asking on this page from their own desk.
    if may(by, permissions.WORK):
        raise NotPermitted(
            "officers-get-no-code", _("You are signed in as an officer. Sign out; only the reporter gets the code.")
        )


def _not_released() -> NotFound:
    return NotFound(
        "call-back-not-released",
        _("No new access code can be made here yet. Wait for the call, or ask again on the page for lost links."),
    )


def discard(*, now: datetime) -> int:
    """Destroy requests that have lapsed; returns how many."""
    return CallBack.objects.filter(expires_at__lte=now).delete()[0]
