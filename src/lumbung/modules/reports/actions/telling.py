"""Who is told of what happened to a report: its reporter, those who handle it, those who follow it.

Each job tells of one event. The event's id is the occasion, so a job that runs twice tells once.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time

from lumbung.core.access import registry as roles
from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.events import queries as log
from lumbung.core.events.queries import HistoryEntry
from lumbung.core.notices import actions as notices
from lumbung.core.notices.actions import following
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import ALWAYS, Topic
from lumbung.modules.reports import events, queries
from lumbung.modules.reports.actions import mail_links
from lumbung.modules.reports.letters import followers as to_followers
from lumbung.modules.reports.letters import reporter as to_reporter
from lumbung.modules.reports.letters import staff as to_staff
from lumbung.modules.reports.models import CallBack, Report
from lumbung.modules.reports.queries import audiences, contacts
from lumbung.modules.reports.queries.contacts import FOLLOWING

WORK = Topic("reports.work")
Audience = Callable[..., list[Account]]

AUDIENCES: Mapping[str, tuple[Audience, ...]] = {
    events.ReportSubmitted.key: (audiences.coordinators_of,),
    events.ReportCompleted.key: (audiences.coordinators_of,),
    events.ReportAdded.key: (audiences.handlers_of,),
    events.ReportAssigned.key: (audiences.officers_of,),
    events.ReportHandedToAgency.key: (audiences.officers_of,),
    events.ReportRouted.key: (audiences.officers_of,),
    events.ReportPassedToPortal.key: (audiences.coordinators_of,),
    events.OfficerRecused.key: (audiences.coordinators_of,),
    events.ResponseWritten.key: (audiences.heads_asked,),
    events.ResponseReturned.key: (audiences.officers_of,),
    events.ReportHandedOn.key: (audiences.coordinators_of,),
    events.ReportConfirmed.key: (audiences.officers_of,),
    events.ReportReopened.key: (audiences.coordinators_of, audiences.officers_of, audiences.heads_of),
    events.ReportWithdrawn.key: (audiences.handlers_of,),
}
FOLLOWED = frozenset(
    {events.ReportAssigned.key, events.ReportHandedOn.key, events.ReportAccepted.key, events.ReportPlanned.key}
    | {events.ReportPassedToPortal.key, events.ReportHandedToAgency.key, events.ReportTakenBack.key}
    | {events.ReportResumed.key}
    | {events.ResponseApproved.key, events.ReportFinished.key, events.ReportConfirmed.key, events.ReportReopened.key}
)
# Every event somebody is told of; the manifest declares a reaction for each.
TOLD = sorted(set(to_reporter.CHANGES) | set(AUDIENCES) | FOLLOWED | {events.IdentityOpened.key})
MORNING = time(8)
NEEDS_SECOND = "reports.call_back_needs_second"


def tell_of_event(*, event_id: str, now: datetime) -> None:
    """Tell everyone concerned of one event of a report."""
    found = log.entry_by_id(event_id)
    report = contacts.report_by_id(found.subject_id) if found else None
    if found is None or report is None:
        return
    _tell_reporter(report, found.entry, now)
    _tell_staff(report, found.entry, now)
    _tell_followers(report, found.entry, now)


def _tell_reporter(report: Report, entry: HistoryEntry, now: datetime) -> None:
    to = contacts.reporter_contact(report)
    if to is None:
        return
    topic = Topic(mail_links.MINE, str(report.pk))
    if entry.key == events.IdentityOpened.key:
        topic = ALWAYS  # whoever reported is always told that they were looked at
    elif entry.key not in to_reporter.CHANGES:
        return
    notices.tell(
        to=to,
        kind=entry.key,
        occasion=entry.uid,
        write=lambda: _letter_to_reporter(report, entry, now),
        topic=topic,
        now=now,
    )


def _letter_to_reporter(report: Report, entry: HistoryEntry, now: datetime) -> Letter:
    """Runs inside the transaction of its message: link and message are made together or not at all."""
    is_question = entry.key == events.ReportFinished.key
    purpose = mail_links.Purpose.RATE if is_question else mail_links.Purpose.OPEN
    token = mail_links.new_link(report=report, purpose=purpose, now=now)
    if entry.key != events.IdentityOpened.key:
        return to_reporter.changed(report, entry, token)
    opening = contacts.opening_of(entry.uid, report)
    if opening is None:
        raise LookupError(f"event {entry.uid} has no access event beside it (events_accessevent)")
    return to_reporter.identity_opened(report, str(roles.role(opening.role).title), queries.said(opening.reason), token)


def _tell_staff(report: Report, entry: HistoryEntry, now: datetime) -> None:
    for audience in AUDIENCES.get(entry.key, ()):
        tell_accounts(
            audience(report, day=clock.local_day(now)),
            kind=entry.key,
            occasion=entry.uid,
            write=lambda: to_staff.CHANGES[entry.key](report),
            now=now,
        )


def tell_accounts(
    accounts: list[Account], *, kind: str, occasion: str, write: Callable[[], Letter], now: datetime
) -> None:
    """Tell these accounts on their page and by mail."""
    for account in accounts:
        notices.tell_account(account=account, kind=kind, occasion=occasion, write=write, topic=WORK, now=now)


def ask_for_second_caller(report: Report, call_back: CallBack, *, now: datetime) -> None:
    """Tell those who give roles, once a request, that nobody is there to be the second officer; ADR 23."""
    day = clock.local_day(now)
    if audiences.lacks_second_caller(report, day=day):
        tell_accounts(
            audiences.administrators(day=day),
            kind=NEEDS_SECOND,
            occasion=f"call-back:{call_back.pk}",
            write=lambda: to_staff.call_back_needs_second(
                report.handling_portal, clock.local_day(call_back.expires_at)
            ),
            now=now,
        )


def _tell_followers(report: Report, entry: HistoryEntry, now: datetime) -> None:
    if entry.key not in FOLLOWED or not queries.is_public(report, day=clock.local_day(now)):
        return
    following.tell(
        FOLLOWING,
        contacts.followers_of(report),
        occasion=entry.uid,
        write=lambda _row: to_followers.changed(report, entry),
        not_before=_told_at(report, now),
        now=now,
    )


def _told_at(report: Report, now: datetime) -> datetime | None:
    """At once; of an anonymous report on Monday morning, when its page tells it too."""
    if report.precision != "week":
        return None
    return datetime.combine(clock.monday_after(clock.local_day(now)), MORNING, tzinfo=clock.WITA)
