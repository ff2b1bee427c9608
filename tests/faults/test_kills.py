"""kill -9 while citizens send reports: nothing acknowledged is lost, nothing is stored by half, no number twice."""

import os
import signal
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle

import pytest

from tests import citizen
from tests.faults import conditions
from tests.http_client import Browser
from tests.installation import Installation

pytestmark = pytest.mark.fault

CITIZENS = 3
VICTIMS = ("a server process", "the supervisor", "the job worker", "the server's parent")
GIVES_UP_AFTER_SECONDS = 600
HOUR = 3600
PHOTOS = "SELECT count(*) FROM reports_reportphoto WHERE report_id IS NOT NULL"


@dataclass
class Crowd:
    """Citizens who report one after the other, and press the button again when the line breaks."""

    port: int
    acknowledged: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    drafts_filled: int = 0
    failures: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._report, args=(place,)) for place in range(CITIZENS)]
        for thread in threads:
            thread.start()
        return threads

    def _report(self, place: int) -> None:
        turn = 0
        while not self.closing.is_set():
            turn += 1
            browser = Browser(self.port, address=f"10.{place}.{turn // 250}.{turn % 250 + 1}")
            photos = [citizen.photo(place * 10_000 + turn)] if turn % 2 else []
            screen = self._again(lambda b=browser, p=photos: citizen.fill_in(b, portal="ksb", text="Jalan", photos=p))
            if screen is None:
                return
            with self.lock:
                self.drafts_filled += 1
            number = self._again(screen.send)
            with self.lock:
                self.acknowledged.append(number or "")
            # The receipt may be cut off too: pressing again brings it back, to this browser.
            code = self._again(lambda b=browser: citizen.code_of_receipt(b, "ksb"))
            with self.lock:
                self.codes[number or ""] = code or ""

    def _again(self, step):
        deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
        while time.monotonic() < deadline:
            try:
                done = step()
            except (OSError, HTTPException):
                done = None
            except AssertionError as error:
                self.failures.append(str(error))
                return None
            if done:
                return done
            time.sleep(0.1)
        self.failures.append("no answer")
        return None


def _kill(installation: Installation, victim: str) -> None:
    if victim == "the supervisor":
        assert installation.supervisor is not None
        installation.supervisor.kill()
        installation.supervisor.wait()
        installation.wait_until_nothing_runs()
        installation.start()
        return
    word = "lumbung worker" if victim == "the job worker" else "lumbung.site.served"
    found = installation.pids_of(word)
    os.kill(found[0] if victim == "the server's parent" else found[-1], signal.SIGKILL)
    installation.wait_until_it_answers()


def _kill_during_submits(installation: Installation, kills: int) -> None:
    before, photos_before = len(conditions.numbers(installation)), installation.value(PHOTOS)
    crowd = Crowd(installation.port)
    threads = crowd.start()
    for count, victim in zip(range(kills), cycle(VICTIMS), strict=False):
        wanted = len(crowd.acknowledged) + 2
        deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
        while len(crowd.acknowledged) < wanted and time.monotonic() < deadline:
            time.sleep(0.01 * (count % 7 + 1))  # never at the same point of a request
        _kill(installation, victim)
    crowd.closing.set()
    for thread in threads:
        thread.join(timeout=GIVES_UP_AFTER_SECONDS)

    stored = conditions.numbers(installation)
    assert crowd.failures == []
    assert len(crowd.acknowledged) >= 2 * kills
    assert set(crowd.acknowledged) <= set(stored), "an acknowledged report is lost"
    assert len(set(stored)) == len(stored), "a number was given twice"
    assert len(stored) - before == crowd.drafts_filled, "a draft sent again became two reports, or none"
    _every_code_opens_its_report(crowd)
    assert conditions.half_reports(installation) == []
    assert conditions.gaps_in_numbers(installation) == []
    assert installation.value(PHOTOS) > photos_before
    _start_up_sweep(installation)
    assert conditions.lost_photos(installation) == set()


def _every_code_opens_its_report(crowd: Crowd) -> None:
    assert set(crowd.codes) == set(crowd.acknowledged)
    for number, code in crowd.codes.items():
        opened = Browser(crowd.port).get(f"/ksb/laporan/buka/{code.replace(' ', '')}/", follow=False)
        assert number in opened.location, f"the code of {number} opens nothing"


def _start_up_sweep(installation: Installation) -> None:
    """What the kills left in the folder is gone after the next start of the worker, once it is old enough."""
    left_behind = installation.home / "files" / "ab" / "cd" / ("abcd" + "0" * 60)
    left_behind.parent.mkdir(parents=True, exist_ok=True)
    left_behind.write_bytes(b"what a kill between file and row leaves")
    for path in (installation.home / "files").glob("??/??/*"):
        os.utime(path, (time.time() - HOUR, time.time() - HOUR))
    os.kill(installation.pids_of("lumbung worker")[-1], signal.SIGKILL)
    deadline = time.monotonic() + 30
    while left := conditions.orphan_photos(installation):
        assert time.monotonic() < deadline, f"orphan photos: {left}"
        time.sleep(0.2)


def test_no_acknowledged_report_is_lost_and_none_is_half_when_processes_are_killed(served):
    _kill_during_submits(served, kills=3)


@pytest.mark.heavy
def test_the_same_holds_for_a_hundred_kills(served):
    _kill_during_submits(served, kills=100)
