"""What an officer does when a reporter asks to be called back: open the number, call, type the code that was read out.

The officer meets neither the secret of whoever asked nor the new access code. One call answers every open request for a
report, so that a stranger who asks too takes nothing from its reporter.
"""

import hmac
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import registry as roles
from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound, NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.models import AccessEvent
from lumbung.core.notices import actions as notices
from lumbung.modules.reports import call_secrets, permissions, queries
from lumbung.modules.reports.actions import access_codes, identity, mail_links, passages
from lumbung.modules.reports.actions.telling import ask_for_second_caller, tell_accounts
from lumbung.modules.reports.events import IdentityOpened
from lumbung.modules.reports.letters import reporter as to_reporter
from lumbung.modules.reports.letters import staff as letters
from lumbung.modules.reports.models import CallBack, Report
from lumbung.modules.reports.queries import audiences, call_backs, contacts

SECOND = "reports.call_back_second"
MOST_WRONG = 3
Standing = CallBack.Standing


def open_number(*, report: Report, by: Viewer, now: datetime) -> str:
    """Show the telephone number and nothing else; an access event is written before, and the reporter is told.

    No event of the public log: whoever asked for a call only to find out would read there that there is a number.
    """
    with transaction.atomic():
        current, held, found = _held(report, by, now)
        _refuse_the_first_caller(found, by)
        entry = _note(current, by, held, fields=("phone",), reason=call_backs.NUMBER_OPENED, now=now)
        _tell_reporter(current, entry, now)
    return identity.unsealed(current, "phone")


def check_code(*, report: Report, by: Viewer, typed: str, now: datetime) -> CallBack | None:
    """Compare the code that was read out; the request it belongs to, or None when it was wrong.

    Right, and of a protected report right a second time for a second officer: a new access code may be made. Three
    wrong codes end a request.
    """
    with transaction.atomic():
        current, held, found = _held(report, by, now)
        _refuse_the_first_caller(found, by)
        _refuse_without_call(current, found, by)
        right = next((each for each in found if _is_code_of(each, typed)), None)
        if right is None:
            _count_wrong(found)
            return None
        _note(current, by, held, fields=("call_back",), reason=call_backs.CODE_RIGHT, now=now)
        _put_aside(found, right)
        return _go_on(right, current, by, now)


def release(*, report: Report, by: Viewer, now: datetime) -> CallBack:
    """The head of the unit lets a reporter through whom one of its officers called."""
    held = permissions.required_releaser(by, report)
    with transaction.atomic():
        current = passages.locked(report)
        permissions.required_releaser(by, current)
        called = [each for each in _locked_rows(current, now) if each.standing != Standing.WAITING]
        if not called:
            raise Refused(
                "call-back-not-called", _("Nobody has called yet, or somebody else has decided. Reload the page.")
            )
        _refuse_the_first_caller(called, by)
        _note(current, by, held, fields=("call_back",), reason=call_backs.LET_THROUGH, now=now)
        return _let_through(called[0], by, now)


def note_no_answer(*, report: Report, by: Viewer, now: datetime) -> None:
    """Nobody answered the telephone; the request stays."""
    with transaction.atomic():
        _current, _role, found = _held(report, by, now)
        _refuse_without_call(report, found, by)
        CallBack.objects.filter(pk__in=[each.pk for each in found]).update(unanswered_at=now)


def refuse_stranger(*, report: Report, by: Viewer, now: datetime) -> None:
    """Whoever answered did not ask, or was told the code by somebody: all requests for this report end."""
    with transaction.atomic():
        current, _role, found = _held(report, by, now)
        _refuse_without_call(current, found, by)
        access_codes.end_call_backs(current)


def _tell_reporter(report: Report, entry: AccessEvent, now: datetime) -> None:
    to = contacts.reporter_contact(report)
    if to is None:
        return
    notices.tell(
        to=to,
        kind=IdentityOpened.key,
        occasion=f"access:{entry.pk}",
        write=lambda: to_reporter.identity_opened(
            report,
            str(roles.role(entry.role).title),
            queries.said(entry.reason),
            mail_links.new_link(report=report, purpose=mail_links.Purpose.OPEN, now=now),
        ),
        now=now,
    )


def _held(report: Report, by: Viewer, now: datetime) -> tuple[Report, HeldRole, list[CallBack]]:
    """The report and its requests, held, for an officer who may open who reported."""
    permissions.required_opener(by, report)
    current = passages.locked(report)
    held = permissions.required_opener(by, current)
    found = _locked_rows(current, now)
    if not found:
        raise NotFound("no-call-back-waits", _("Nobody waits for a call about this report any more. Reload the page."))
    return current, held, found


def _locked_rows(report: Report, now: datetime) -> list[CallBack]:
    rows = CallBack.objects.select_for_update(of=("self",)).filter(report=report, standing__in=list(call_backs.OPEN))
    return [each for each in rows.filter(expires_at__gt=now) if not call_backs.is_released(each, report)]


def _refuse_the_first_caller(found: list[CallBack], by: Viewer) -> None:
    if by.account is not None and by.account.pk in {each.called_by_id for each in found}:
        raise NotPermitted(
            "second-officer-needed", _("You have called already. Of this report a second officer has to decide.")
        )


def _refuse_without_call(report: Report, found: list[CallBack], by: Viewer) -> None:
    if not call_backs.has_opened_number(by, report, since=found[0].asked_at):
        raise Refused("number-not-opened", _("Open the telephone number and call it first."))


def _is_code_of(call_back: CallBack, typed: str) -> bool:
    digits = "".join(letter for letter in typed if letter.isdecimal())
    index = call_secrets.code_index(digits, secret_index=call_back.secret_index)
    return hmac.compare_digest(index, call_back.code_index)


def _count_wrong(found: list[CallBack]) -> None:
    for each in found:
        each.wrong_count += 1
        if each.wrong_count >= MOST_WRONG:
            each.standing = Standing.CLOSED
        each.save(update_fields=["wrong_count", "standing"])


def _put_aside(found: list[CallBack], right: CallBack) -> None:
    others = [each.pk for each in found if each.pk != right.pk]
    CallBack.objects.filter(pk__in=others).update(standing=Standing.CLOSED)


def _go_on(right: CallBack, report: Report, by: Viewer, now: datetime) -> CallBack:
    if right.standing != Standing.WAITING:
        return _let_through(right, by, now)
    right.standing, right.called_by, right.called_at = Standing.CALLED, by.account, now
    if not report.is_protected:
        right.standing, right.released_at = Standing.RELEASED, now
    right.save()
    if report.is_protected:
        _tell_second(report, right, now)
    return right


def _let_through(call_back: CallBack, by: Viewer, now: datetime) -> CallBack:
    call_back.standing, call_back.released_by, call_back.released_at = Standing.RELEASED, by.account, now
    call_back.save()
    return call_back


def _tell_second(report: Report, call_back: CallBack, now: datetime) -> None:
    seconds = audiences.second_callers_of(report, day=clock.local_day(now))
    tell_accounts(
        [account for account in seconds if account.pk != call_back.called_by_id],
        kind=SECOND,
        occasion=f"call-back:{call_back.pk}",
        write=lambda: letters.call_back_second(report),
        now=now,
    )
    ask_for_second_caller(report, call_back, now=now)


def _note(
    report: Report, by: Viewer, held: HeldRole, *, fields: tuple[str, ...], reason: str, now: datetime
) -> AccessEvent:
    return events.record_access(
        account_id=str(by.account.pk) if by.account else "",
        role=held.role,
        subject_type="report",
        subject_id=str(report.pk),
        fields=fields,
        channel="telephone",
        reason=reason,
        now=now,
    )
