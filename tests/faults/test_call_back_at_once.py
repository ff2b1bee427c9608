"""A call back against real processes: many presses at the same moment make one new access code."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from lumbung.site import demo
from tests import citizen
from tests.http_client import Browser, Form, Page
from tests.installation import Installation

pytestmark = [pytest.mark.fault, pytest.mark.heavy]

PRESSES = 8
WORKER_SECONDS = 30
CODE = re.compile(r"\b(\d{3}) (\d{3})\b")


def form_to(page: Page, end: str) -> Form:
    """The form of a page that is sent to an address with this end; the empty end is the page itself."""
    return next(form for form in page.forms() if form.method == "post" and (form.action or page.path).endswith(end))


def press(browser: Browser, page: Page, end: str, **values: str) -> Page:
    form = form_to(page, end)
    return browser.post(form.action or page.path, {**form.fields, **values})


def asked(installation: Installation, number: str) -> tuple[Browser, Page]:
    """Ask to be called back; the page with the code, once the worker has taken the request."""
    browser = Browser(installation.port)
    page = browser.submit(browser.get("/ksb/laporan/tautan-hilang/telepon/"), {"number": number})
    deadline = time.monotonic() + WORKER_SECONDS
    count = "SELECT count(*) FROM reports_callback c JOIN reports_report r ON r.id = c.report_id WHERE r.number = "
    while not installation.value(f"{count}'{number}'"):
        assert time.monotonic() < deadline, "the worker did not take the request"
        time.sleep(0.2)
    return browser, page


def test_eight_presses_at_once_let_through_once_and_make_one_code(served):
    number = citizen.fill_in(Browser(served.port), portal="ksb", text="Jalan berlubang").send(phone="0800 0000 0018")
    browser, waiting = asked(served, number)
    code = "".join(CODE.findall(waiting.text)[0])
    officer = Browser(served.port)
    officer.submit(officer.get("/akun/login/"), {"login": "koordinator.ksb@contoh.id", "password": demo.PASSWORD})
    work = press(officer, officer.get(f"/ksb/laporan/{number}/kerja/"), "/telepon-balik/nomor/")
    assert "0800 0000 0018" in work.text

    with ThreadPoolExecutor(PRESSES) as impatient:
        checks = impatient.map(
            lambda _press: press(officer, work, "/telepon-balik/hasil/", outcome="code", code=code).status,
            range(PRESSES),
        )
        assert set(checks) == {302}
    assert served.rows("SELECT standing, wrong_count FROM reports_callback WHERE standing = 'released'") == [
        ("released", 0)
    ]

    released = browser.get(waiting.path)
    with ThreadPoolExecutor(PRESSES) as impatient:
        answers = list(impatient.map(lambda _press: press(browser, released, released.path), range(PRESSES)))
    led_to = [answer.location for answer in answers]
    assert sum("tanda-terima" in address for address in led_to) == 1, led_to
    renewed = "SELECT count(*) FROM events_eventrecord WHERE key = 'reports.access_code_renewed'"
    assert served.value(renewed) == 1
