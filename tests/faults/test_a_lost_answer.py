"""The report is stored, and then the machine dies before the browser's session is: the reporter still gets the code."""

import os
import signal

import pytest

from tests import citizen
from tests.faults import conditions
from tests.http_client import Browser

pytestmark = pytest.mark.fault


def test_a_kill_between_report_and_session_leaves_the_receipt_to_the_browser_that_sent_it(served):
    screen = citizen.fill_in(Browser(served.port), portal="ksb", text="Jalan berlubang di depan pasar")
    before = conditions.numbers(served)

    served.change("ALTER TABLE django_session RENAME TO sessions_out_of_reach")
    assert screen.send() == "", "the session was stored after all"
    for pid in served.pids_of("lumbung.site.served"):
        os.kill(pid, signal.SIGKILL)
    [number] = set(conditions.numbers(served)) - set(before)
    served.change("ALTER TABLE sessions_out_of_reach RENAME TO django_session")
    served.wait_until_it_answers()

    assert screen.send() == number
    code = citizen.code_of_receipt(screen.browser, "ksb")
    opened = Browser(served.port).get(f"/ksb/laporan/buka/{code.replace(' ', '')}/", follow=False)
    assert number in opened.location
    assert citizen.code_of_receipt(Browser(served.port), "ksb") == ""
