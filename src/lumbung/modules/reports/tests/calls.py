"""Asking to be called back, calling and hearing a code, for tests."""

import uuid
from datetime import date

from django.test import Client

from lumbung.core.access import actions as access
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.jobs import runner
from lumbung.modules.reports import call_secrets
from lumbung.modules.reports.actions import calling
from lumbung.modules.reports.models import CallBack
from lumbung.modules.reports.tests import steps

SINCE = date(2026, 1, 1)
TELEPHONE = "081234567890"
FIRST, SECOND = "koordinator.ksb", "koordinator-dua.ksb"


def sent(people, **given):
    """A report whose reporter gave a telephone number and no address; (report, access code)."""
    return steps.sent(people, **{"email": "", **given})


def ask(report, number=""):
    """Ask on the page; (the browser that asked, its secret)."""
    browser = Client()
    answer = browser.post(steps.page("call-back-ask", report), {"number": number or report.number})
    runner.run_due()
    return browser, answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]


def row_of(secret):
    return CallBack.objects.get(secret_index=call_secrets.index(secret))


def code_of(secret):
    return call_secrets.code_of(secret)


def another(secret):
    """Six digits that are not the code."""
    return f"{(int(code_of(secret)) + 1) % 10**6:06d}"


def call(report, by, code, now=None):
    """Open the number as this officer and type what was read out."""
    moment = now or clock.now()
    calling.open_number(report=report, by=by, now=moment)
    return calling.check_code(report=report, by=by, typed=code, now=moment)


def wait_page(report, secret):
    return steps.page("call-back", report, secret=secret)


def second_coordinator(people):
    """Another coordinator of the regency, whom the demonstration does not have."""
    account = access.invite_account(
        email=f"{SECOND}@contoh.id", name="Koordinator kedua", password=uuid.uuid4().hex, actor=SYSTEM, now=clock.now()
    )
    access.grant_role(
        account=account,
        role="coordinator",
        organisation_code="",
        region_code="52.07",
        since=SINCE,
        until=None,
        standing="holder",
        by=None,
        actor=SYSTEM,
        now=clock.now(),
    )
    return people.viewer(SECOND)
