"""A lost link has a way back, for those who gave an address: a new access code, and the old one stops working."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from lumbung.core.base import ids
from lumbung.core.base.actors import SYSTEM
from lumbung.core.jobs import actions as jobs
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.recipients import Recipient
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.events import AccessCodeRenewed
from lumbung.modules.reports.letters import reporter as letters
from lumbung.modules.reports.models import OneTimeLink, Report, Reporter
from lumbung.modules.reports.queries import contacts

KIND = "reports.code_renewed"
BY_NUMBER, BY_ADDRESS = "reports.renew_code", "reports.renew_codes_of"
# Enough for somebody who mistypes; too few to fill a stranger's mailbox or to keep a reporter locked out.
AT_MOST, WITHIN = 3, timedelta(days=1)
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


def renew_by_number(*, number: str, request_id: str, now: datetime) -> None:
    """A new code for one report, if its reporter gave an address."""
    report = queries.report_by_number(number)
    if report is not None:
        renew(reports=[report], request_id=request_id, now=now)


def renew_by_address(*, address_index: str, request_id: str, now: datetime) -> None:
    """New codes for the newest reports of an address, in one message."""
    reports = contacts.reports_of_address(address_index, limit=MOST_REPORTS)
    renew(reports=reports, request_id=request_id, now=now)


def renew(*, reports: list[Report], request_id: str, now: datetime) -> None:
    """Give these reports of one reporter new codes and mail them; once for a request, a few times a day."""
    to = contacts.reporter_contact(reports[0]) if reports else None
    if to is None or _is_enough(to, request_id, now):
        return
    with transaction.atomic():
        opened = [(report, *_new_code(report, now)) for report in reports]
        notices.tell(
            to=to, kind=KIND, occasion=f"renew:{request_id}", write=lambda: letters.code_renewed(opened), now=now
        )


def _is_enough(to: Recipient, request_id: str, now: datetime) -> bool:
    index = outbox.address_index(to.address)
    return (
        outbox.was_told(occasion=f"renew:{request_id}", kind=KIND, index=index)
        or outbox.told_since(kind=KIND, index=index, since=now - WITHIN) >= AT_MOST
    )


def _new_code(report: Report, now: datetime) -> tuple[str, str]:
    code = ids.new_access_code()
    Reporter.objects.filter(report=report).update(code_index=queries.code_index(code))
    # Links in older mail may be in the hands of whoever has the old code.
    OneTimeLink.objects.filter(report=report).delete()
    passages.record(report, AccessCodeRenewed(report.number), actor=SYSTEM, now=now)
    link = reverse("reports:open", kwargs={"portal_slug": report.portal_id, "code": code})
    return link, ids.spaced_access_code(code)
