"""Retryable entry points of reports."""

from lumbung.core.base import clock
from lumbung.modules.reports.actions import (
    call_backs,
    deadlines,
    following,
    indexing,
    lost_link,
    reminding,
    submission,
    telling,
)


def discard_drafts() -> None:
    """Destroy drafts past their seven days."""
    submission.discard_drafts(now=clock.now())


def index_appeared() -> None:
    """Make anonymous reports findable from the Monday on which they appear."""
    indexing.index_appeared(now=clock.now())


def recompute_deadlines(subject_id: str) -> None:
    """A day of the calendar changed: count every open deadline anew."""
    deadlines.recompute_open_deadlines(now=clock.now())


def tell_of_event(event_id: str) -> None:
    """Tell everyone concerned what happened to a report."""
    telling.tell_of_event(event_id=event_id, now=clock.now())


def watch_due_dates() -> None:
    """Remind before due dates, alarm after them, and alarm for reports without an agency."""
    reminding.watch(now=clock.now())


def renew_code(number: str, request_id: str) -> None:
    """Somebody lost the link to a report and typed its number."""
    lost_link.answer_number(number=number, request_id=request_id, now=clock.now())


def renew_codes_of(address_index: str, request_id: str) -> None:
    """Somebody lost the link to a report and typed an address."""
    lost_link.answer_address(address_index=address_index, request_id=request_id, now=clock.now())


def discard_addresses() -> None:
    """Destroy addresses of followers and links nobody needs any more."""
    following.discard_addresses(now=clock.now())


def take_call_back(number: str, secret_index: str, code_index: str, asked: int) -> None:
    """Somebody asks to be called back about a report and typed its number."""
    call_backs.take(number=number, secret_index=secret_index, code_index=code_index, asked=asked, now=clock.now())


def discard_call_backs() -> None:
    """Destroy requests to be called back that have lapsed."""
    call_backs.discard(now=clock.now())
