"""`make run` stopped half-way through the demonstration goes on with it the next time."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.faults import conditions
from tests.installation import ROOT, Installation, new_database

pytestmark = [pytest.mark.fault, pytest.mark.heavy]  # most of a minute each

REPORTS = 150


def _empty(tmp_path) -> Installation:
    url = os.environ.get("DATABASE_URL", "")
    (tmp_path / "home").mkdir()
    return Installation(tmp_path / "home", new_database(url) if url else "")


def test_an_interrupted_demonstration_is_completed_not_doubled(tmp_path):
    installation = _empty(tmp_path)
    command = [sys.executable, "-m", "lumbung", "demo", "--reports", str(REPORTS), "--datasets", "2"]
    first = subprocess.Popen(command, env=installation.environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    _wait_for_first_reports(installation)
    first.send_signal(signal.SIGKILL)
    first.wait()
    half = len(conditions.numbers(installation))
    assert 0 < half < REPORTS, "the test came too early or too late"

    again = installation.run("demo", "--reports", "3000")

    assert again.returncode == 0, again.stderr
    assert len(conditions.numbers(installation)) == REPORTS
    assert conditions.half_reports(installation) == []
    assert (installation.home / ".demo-loaded").exists()


def _wait_for_first_reports(installation: Installation) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        try:
            if conditions.numbers(installation):
                return
        except Exception:  # noqa: BLE001 - the table is not there yet
            pass
        time.sleep(0.02)
    raise AssertionError("no report appeared")
