"""Telling those who work on a commitment what happened to it. The event is the occasion: once for each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.events import queries as log
from lumbung.core.events.queries import HistoryEntry
from lumbung.core.notices import actions as notices
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Topic
from lumbung.modules.action_plan.events.monitoring import (
    CommitmentAssessed,
    NoteSigned,
    ReplyGiven,
    SelfReportReturned,
    SelfReportWritten,
)
from lumbung.modules.action_plan.letters import offices as letters
from lumbung.modules.action_plan.models import Assessment, Commitment, Note
from lumbung.modules.action_plan.queries import audiences, monitoring

WORK = Topic("action_plan.work")
Audience = Callable[[Commitment, HistoryEntry, date], list[Account]]
Write = Callable[[Commitment, HistoryEntry], Letter]


def tell_accounts(
    accounts: Iterable[Account], *, kind: str, occasion: str, write: Callable[[], Letter], now: datetime
) -> None:
    """Tell these accounts on their page and by mail."""
    for account in accounts:
        notices.tell_account(account=account, kind=kind, occasion=occasion, write=write, topic=WORK, now=now)


def tell_of_event(*, event_id: str, now: datetime) -> None:
    """Tell whoever has to do something because of one event of a commitment, or waited for it."""
    found = log.entry_by_id(event_id)
    if found is None or found.entry.key not in CONCERNED:
        return
    commitment = monitoring.commitment_for_work(found.entry.data["plan"], found.entry.data["commitment"])
    if commitment is None:
        return
    audience, write = CONCERNED[found.entry.key]
    tell_accounts(
        audience(commitment, found.entry, clock.local_day(now)),
        kind=found.entry.key,
        occasion=found.entry.uid,
        write=lambda: write(commitment, found.entry),
        now=now,
    )


def _heads_asked(commitment: Commitment, entry: HistoryEntry, day: date) -> list[Account]:
    """The head, as long as this report waits."""
    waiting = monitoring.sayings_of(commitment).waiting
    waits = waiting is not None and str(waiting.pk) == entry.data["report"]
    return audiences.heads_of(commitment, day=day) if waits else []


def _hearers(commitment: Commitment, entry: HistoryEntry, day: date) -> list[Account]:
    key = entry.data["answers"]
    said: tuple[Assessment | Note, ...] = (
        *Assessment.objects.filter(commitment=commitment, pk=key),
        *Note.objects.filter(commitment=commitment, pk=key),
    )
    return audiences.hearers_of(said[0], day=day) if said else []


def _reply_begins(commitment: Commitment, entry: HistoryEntry) -> Letter:
    return letters.reply_begins(commitment, date.fromisoformat(entry.data["reply_due_on"]))


def _heads(commitment: Commitment, _entry: HistoryEntry, day: date) -> list[Account]:
    return audiences.heads_of(commitment, day=day)


def _officers(commitment: Commitment, _entry: HistoryEntry, day: date) -> list[Account]:
    return audiences.officers_of(commitment, day=day)


CONCERNED: Mapping[str, tuple[Audience, Write]] = {
    SelfReportWritten.key: (_heads_asked, lambda about, entry: letters.report_waits(about, entry.data["period"])),
    SelfReportReturned.key: (_officers, lambda about, _entry: letters.report_returned(about)),
    CommitmentAssessed.key: (_heads, _reply_begins),
    NoteSigned.key: (_heads, _reply_begins),
    ReplyGiven.key: (_hearers, lambda about, _entry: letters.reply_came(about)),
}
