"""A lost link has a way back, for those who gave an address: a link in the mail that makes a new access code.

Asking changes nothing. The old code works until the owner of the mailbox opens the link and presses (ADR 16): whoever
knows a number, and even the address in it, can send its reporter a letter and cannot lock anybody out.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from lumbung.core.jobs import actions as jobs
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.recipients import Recipient
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import access_codes, mail_links, passages
from lumbung.modules.reports.letters import reporter as letters
from lumbung.modules.reports.models import OneTimeLink, Report
from lumbung.modules.reports.queries import contacts

KIND = "reports.link_lost"
BY_NUMBER, BY_ADDRESS = "reports.renew_code", "reports.renew_codes_of"
# Enough for somebody who mistypes; too few to fill a stranger's mailbox.
AT_MOST, WITHIN = 3, timedelta(days=1)
LINK_LIFE = timedelta(days=7)
MOST_REPORTS = 10


def ask(*, typed: str, now: datetime) -> None:
    """Put the request on the queue, without looking anything up.

    Whoever asks sees the same answer after the same work, whether such a report exists or not.
    """
    request_id = uuid.uuid4().hex
    if "@" in typed:
        index = outbox.address_index(typed)
        jobs.enqueue(BY_ADDRESS, key=f"{BY_ADDRESS}:{index}", now=now, address_index=index, request_id=request_id)
    else:
        jobs.enqueue(BY_NUMBER, key=f"{BY_NUMBER}:{typed}", now=now, number=typed, request_id=request_id)


def answer_number(*, number: str, request_id: str, now: datetime) -> None:
    """A way back to one report, if its reporter gave an address."""
    report = queries.report_by_number(number)
    if report is not None:
        send_links(reports=[report], request_id=request_id, now=now)


def answer_address(*, address_index: str, request_id: str, now: datetime) -> None:
    """A way back to the newest reports of an address, in one message."""
    reports = contacts.reports_of_address(address_index, limit=MOST_REPORTS)
    send_links(reports=reports, request_id=request_id, now=now)


def send_links(*, reports: list[Report], request_id: str, now: datetime) -> None:
    """Mail the reporter a link for each of these reports; once for a request, a few times a day."""
    to = contacts.reporter_contact(reports[0]) if reports else None
    if to is None or _is_enough(to, request_id, now):
        return
    notices.tell(
        to=to, kind=KIND, occasion=f"lost:{request_id}", write=lambda: letters.way_back(_links(reports, now)), now=now
    )


def _links(reports: list[Report], now: datetime) -> list[tuple[Report, str]]:
    purpose = OneTimeLink.Purpose.NEW_CODE
    return [(each, mail_links.new_link(report=each, purpose=purpose, now=now, life=LINK_LIFE)) for each in reports]


def _is_enough(to: Recipient, request_id: str, now: datetime) -> bool:
    index = outbox.address_index(to.address)
    return (
        outbox.was_told(occasion=f"lost:{request_id}", kind=KIND, index=index)
        or outbox.told_since(kind=KIND, index=index, since=now - WITHIN) >= AT_MOST
    )


def renew_by_link(*, token: str, now: datetime) -> tuple[Report, str]:
    """Use the link up and give its report a new access code; from now on the old one and all older links are dead."""
    with transaction.atomic():
        link = contacts.link_by_token(token)
        if link is not None:
            passages.locked(link.report)  # before the link: a call back holds them in this order too
        report = mail_links.use_up(token, now)
        return report, access_codes.renew(report, now=now)
