"""What falls due without anybody doing anything: reports, rights of reply, assessments, pages nobody updates.

Each reminder and alarm has its own occasion, so the job may run as often as it likes. It looks back some days, for a
worker that stood still, and not further: nobody is helped by an alarm about a plan of years ago.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.notices.letters import Letter
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions.telling import tell_accounts
from lumbung.modules.action_plan.letters import offices as letters
from lumbung.modules.action_plan.models import Assessment, Commitment, Note, Plan, PlanMember
from lumbung.modules.action_plan.queries import audiences, clocks, monitoring, plans
from lumbung.modules.action_plan.queries import filed as filed_reports
from lumbung.modules.action_plan.queries.clocks import Clock
from lumbung.modules.action_plan.queries.plans import Card

FIRST_HOUR = 7
LOOK_BACK = timedelta(days=14)


def watch(*, now: datetime) -> None:
    """Remind and alarm, in the morning or later."""
    if now.astimezone(clock.WITA).hour < FIRST_HOUR:
        return
    for plan in monitoring.monitored_plans():
        cards = plans.recorded_cards(plan, today=clock.local_day(now))
        _watch_first_reports(plan, cards, now)
        for card in cards:
            _watch_quarter(card, now)
            _watch_freshness(card, now)
            _watch_replies(card, now)
            _watch_last_report(card, now)


def _watch_quarter(card: Card, now: datetime) -> None:
    """The agency reports on the quarter that has ended."""
    today, about = clock.local_day(now), card.commitment
    quarter = clocks.quarter_before(today)
    due_on = quarter.ends_on + timedelta(days=states.monitoring_rules().report_days)
    if not clocks.owes_report(about, quarter) or card.sayings.reports_on(quarter.year, quarter.number):
        return
    named = f"{about.pk}:{quarter.year}:{quarter.number}"
    if today <= due_on:
        officers = audiences.officers_of(about, day=today)
        _tell(officers, "report_due", named, lambda: letters.report_due(about, quarter.name, due_on), now)
    elif _is_recent(due_on, today):
        both = _agency_of(about, today)
        _tell(both, "report_late", named, lambda: letters.report_late(about, quarter.name, due_on), now)


def _watch_freshness(card: Card, now: datetime) -> None:
    """The public page begins to say that nothing new was shown."""
    today, about, since = clock.local_day(now), card.commitment, card.freshness.since
    if card.freshness.is_stale and _is_recent(clocks.stale_from(since), today):
        both = _agency_of(about, today)
        _tell(both, "went_stale", f"{about.pk}:{since}", lambda: letters.went_stale(about, since), now)


def _watch_replies(card: Card, now: datetime) -> None:
    """The agency may still reply to what was said, or could have."""
    for assessment in card.sayings.assessments:
        if not list(assessment.replies.all()):
            _remind_to_reply(card.commitment, assessment, now)
    for note in card.sayings.notes:
        if not list(note.replies.all()):
            _remind_to_reply(card.commitment, note, now)


def _remind_to_reply(about: Commitment, said: Assessment | Note, now: datetime) -> None:
    """Once some days before the right of reply ends, once when it has ended."""
    today, until = clock.local_day(now), said.reply_due_on
    days = timedelta(days=states.monitoring_rules().reply_reminder_days)
    heads = audiences.heads_of(about, day=today)
    if until - days <= today <= until:
        _tell(heads, "reply_ends", str(said.pk), lambda: letters.reply_ends(about, until), now)
    elif until < today and _is_recent(until, today):
        _tell(heads, "reply_ended", str(said.pk), lambda: letters.reply_ended(about, until), now)


def _watch_first_reports(plan: Plan, cards: list[Card], now: datetime) -> None:
    """The monitoring body owes a report on each member's part of the plan."""
    today, filed = clock.local_day(now), filed_reports.filed_on(plan)
    found = {card.commitment.member_id for card in cards if card.commitment.ambition}
    for member in plan.members.select_related("organisation", "plan"):
        mine = [each for each in filed if each.member_id == member.pk]
        _ask_for_first(member, clocks.inception_clock(plan, mine, found=member.pk in found, today=today), now)


def _ask_for_first(member: PlanMember, due: Clock, now: datetime) -> None:
    day = clock.local_day(now)
    if _is_to_be_told(due, day):
        _tell(
            audiences.monitors_of(member.plan, member, day=day),
            _kind(due),
            f"{member.plan_id}:{member.organisation_id}:{due.due_on}",
            lambda: letters.first_report_due(member, due.due_on, is_late=due.standing == "overdue"),
            now,
        )


def _watch_last_report(card: Card, now: datetime) -> None:
    """It owes an assessment and a report at the end of each commitment."""
    today, about = clock.local_day(now), card.commitment
    for due in clocks.clocks_of(about, filed=filed_reports.filed_about(about), was_assessed=True, today=today):
        if due.kind == "end" and _is_to_be_told(due, today):
            _ask_for_last(about, due, now)


def _ask_for_last(about: Commitment, due: Clock, now: datetime) -> None:
    _tell(
        audiences.assessors_of(about, day=clock.local_day(now)),
        _kind(due),
        f"{about.pk}:{due.due_on}",
        lambda: letters.last_report_due(about, due.due_on, is_late=due.standing == "overdue"),
        now,
    )


def _is_to_be_told(due: Clock, today: date) -> bool:
    """Some days before a report of the monitoring body is due, and when it has become overdue."""
    days = timedelta(days=states.monitoring_rules().assessment_reminder_days)
    if due.standing == "running":
        return due.due_on - days <= today
    return due.standing == "overdue" and _is_recent(due.due_on, today)


def _kind(due: Clock) -> str:
    return f"{due.kind}_{'late' if due.standing == 'overdue' else 'due'}"


def _agency_of(commitment: Commitment, day: date) -> list[Account]:
    return [*audiences.officers_of(commitment, day=day), *audiences.heads_of(commitment, day=day)]


def _is_recent(day: date, today: date) -> bool:
    return day <= today <= day + LOOK_BACK


def _tell(accounts: Iterable[Account], kind: str, occasion: str, write: Callable[[], Letter], now: datetime) -> None:
    tell_accounts(accounts, kind=f"action_plan.{kind}", occasion=occasion, write=write, now=now)
