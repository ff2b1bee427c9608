"""A worker killed in the middle of a job: the job is done, once, by the next one."""

import os
import signal
import time

import pytest

from tests import citizen
from tests.http_client import Browser
from tests.installation import Installation

pytestmark = pytest.mark.fault


def _wait(condition, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def test_events_get_their_place_in_the_log_once_though_the_worker_is_killed_again_and_again(served: Installation):
    browser = Browser(served.port)
    for turn in range(4):
        citizen.send_report(browser, portal="ksb", text=f"Lampu jalan mati {turn}")
        browser.cookies.pop("draft", None)
        for pid in served.pids_of("lumbung worker"):
            os.kill(pid, signal.SIGKILL)

    served.change("UPDATE events_waiting SET joins_log_on = NULL")  # a citizen's act enters the day after: it has come
    _wait(lambda: served.pids_of("lumbung worker"))
    # What a killed worker held comes back when its lease ends; here the lease ends now.
    _wait(lambda: _end_leases_and_count(served) == 0, seconds=600)

    leaves = [index for (index,) in served.rows('SELECT "index" FROM events_logleaf ORDER BY "index"')]
    assert leaves == list(range(len(leaves)))
    assert served.value("SELECT count(*) - count(DISTINCT event_id) FROM events_logleaf") == 0


def _end_leases_and_count(installation: Installation) -> int:
    installation.change("UPDATE jobs_job SET lease_until = created_at WHERE state = 'running'")
    installation.change("UPDATE jobs_schedulemark SET last_enqueued_at = '2026-01-01 00:00:00+00:00'")
    return int(
        installation.value(
            "SELECT count(*) FROM events_eventrecord e WHERE NOT EXISTS"
            " (SELECT 1 FROM events_logleaf l WHERE l.event_id = e.id)"
        )
    )
