"""Requests to be called back: what their holder, the officers and the holder of the access code may know of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.events import queries as log
from lumbung.modules.reports import call_secrets, permissions
from lumbung.modules.reports.models import CallBack, Report, Reporter
from lumbung.modules.reports.queries import audiences

# Why the number was opened and what came of it, as the access events keep it; the words stand in `queries.reporters`.
NUMBER_OPENED, CODE_RIGHT, LET_THROUGH = "reports.call_back", "reports.call_back_right", "reports.call_back_released"
Standing = CallBack.Standing
OPEN = (Standing.WAITING, Standing.CALLED, Standing.RELEASED)


def has_telephone(report: Report) -> bool:
    """Whether the reporter gave a telephone number."""
    return Reporter.objects.filter(report=report, phone__isnull=False).exists()


def asked_since(report: Report, moment: datetime) -> int:
    """How often a call back was asked for since a moment."""
    return CallBack.objects.filter(report=report, asked_at__gt=moment).count()


def open_call_backs(now: datetime) -> QuerySet[CallBack]:
    """Requests that lead to a new code or still may."""
    return CallBack.objects.filter(standing__in=OPEN, expires_at__gt=now).select_related("report", "report__category")


def is_released(call_back: CallBack, report: Report) -> bool:
    """Whether its holder may make a new code: of a protected report only after a second officer has looked.

    Asked anew each time: a report may become protected after one call was enough.
    """
    alone = call_back.released_by_id is None
    return call_back.standing == Standing.RELEASED and not (alone and report.is_protected)


def of_secret(secret: str) -> CallBack | None:
    """The request behind a secret, whatever has become of it; none where there is no such report."""
    index = call_secrets.index(secret)
    return CallBack.objects.filter(secret_index=index).select_related("report", "report__category").first()


def is_asked_for(report: Report, *, now: datetime) -> bool:
    """Whether somebody asks for a new code by telephone: the holder of the old one must learn of it."""
    return open_call_backs(now).filter(report=report).exists()


def to_be_called(report: Report, *, now: datetime) -> list[CallBack]:
    """The requests for one report that wait for an officer, oldest first."""
    found = open_call_backs(now).filter(report=report)
    return [each for each in found if not is_released(each, report)]


def has_opened_number(viewer: Viewer, report: Report, *, since: datetime) -> bool:
    """Whether this officer opened the telephone number for these requests: whoever has not, has not called."""
    me = str(viewer.account.pk) if viewer.account else ""
    history = log.access_history_of("report", str(report.pk))
    return bool(me) and any(
        entry.account_id == me and entry.reason == NUMBER_OPENED and entry.at >= since for entry in history
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """The requests for one report as this officer meets them: since when, how many, and what is theirs to do."""

    days: int
    count: int
    unanswered_at: datetime | None
    may_call: bool
    may_release: bool
    waits_for_second: bool
    has_called: bool
    number_open: bool
    lacks_second: bool
    lapses_on: date


def desk_for(report: Report, viewer: Viewer, *, now: datetime) -> Desk | None:
    """What waits of one report for this officer, or None."""
    found = to_be_called(report, now=now)
    may_call, may_release = permissions.may_open_identity(viewer, report), permissions.may_release_call(viewer, report)
    if not found or not (may_call or may_release):
        return None
    called = [each for each in found if each.standing != Standing.WAITING]
    mine = viewer.account is not None and any(each.called_by_id == viewer.account.pk for each in called)
    return Desk(
        days=_days(found[0], now),
        count=len(found),
        unanswered_at=max((each.unanswered_at for each in found if each.unanswered_at), default=None),
        may_call=may_call and not mine,
        may_release=may_release and bool(called) and not mine,
        waits_for_second=bool(called),
        has_called=mine,
        number_open=has_opened_number(viewer, report, since=found[0].asked_at),
        lacks_second=audiences.lacks_second_caller(report, day=clock.local_day(now)),
        lapses_on=clock.local_day(found[0].expires_at),
    )


def _days(call_back: CallBack, now: datetime) -> int:
    return (clock.local_day(now) - clock.local_day(call_back.asked_at)).days


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report in the inbox for which a call back was asked, the first time so many days ago."""

    report: Report
    days: int
    waits_for_second: bool


def waiting_for(viewer: Viewer, *, now: datetime) -> list[Waiting]:
    """Every report for which a call back waits for this officer, the one asked first on top."""
    found = (
        open_call_backs(now)
        .filter(_in_reach(viewer))
        .select_related("report__category", "report__handling_portal", "report__agency")
    )
    first: dict[Any, Waiting] = {}
    for each in found:
        if not is_released(each, each.report) and each.called_by_id != (viewer.account and viewer.account.pk):
            is_second = each.standing != Standing.WAITING
            first.setdefault(each.report_id, Waiting(each.report, _days(each, now), is_second))
    return [waiting for waiting in first.values() if _is_for(viewer, waiting)]


def _is_for(viewer: Viewer, waiting: Waiting) -> bool:
    releases = waiting.waits_for_second and permissions.may_release_call(viewer, waiting.report)
    return releases or permissions.may_open_identity(viewer, waiting.report)


def _in_reach(viewer: Viewer) -> Q:
    mine = Q(pk__in=[])
    for held in [*viewer.roles_with(permissions.OPEN_IDENTITY), *viewer.roles_with(permissions.APPROVE)]:
        mine |= Q(report__handling_portal__region_id=held.region_code) if held.region_code else Q()
        mine |= Q(report__agency_id=held.organisation_code) if held.organisation_code else Q()
    return mine
