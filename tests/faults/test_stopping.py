"""Whatever ends `make run`, nothing it started stays behind."""

import signal
import subprocess
import sys
import time

import pytest

from tests.http_client import Browser
from tests.installation import ROOT, Installation

pytestmark = pytest.mark.fault


@pytest.mark.parametrize(
    "how", [signal.SIGTERM, *(pytest.param(each, marks=pytest.mark.heavy) for each in (signal.SIGINT, signal.SIGHUP))]
)
def test_a_stopped_supervisor_leaves_no_process_and_exits_well(served, how):
    assert len(served.processes()) >= 4

    assert served.stop(how) == 0

    served.wait_until_nothing_runs(seconds=1)


def test_a_killed_supervisor_takes_its_children_along(served):
    served.supervisor.kill()
    served.supervisor.wait()

    served.wait_until_nothing_runs()


def test_a_busy_port_is_one_sentence_with_the_way_out(served):
    second = served.run("serve", "--port", str(served.port))

    assert second.returncode == 1
    assert len(second.stderr.splitlines()) == 1
    assert f"Port {served.port} sedang dipakai" in second.stderr
    assert f"PORT={served.port + 1} make run" in second.stderr


def test_a_child_that_cannot_live_stops_everything_instead_of_circling(installation):
    (installation.home / "lumbung.sqlite3").write_bytes(b"not a database")  # the worker ends at once
    installation.database_url = ""
    installation.settings = {"DATABASE_URL": ""}
    command = [sys.executable, "-m", "lumbung", "serve", "--port", "8399"]

    done = subprocess.run(
        command, env=installation.environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )

    assert done.returncode == 1
    assert "lumbung doctor" in done.stderr
    installation.wait_until_nothing_runs(seconds=5)


def test_health_says_503_when_the_database_is_gone(served: Installation):
    if served.database_url:
        pytest.skip("the PostgreSQL server is shared by the tests")
    served.supervisor.send_signal(signal.SIGSTOP)  # nobody may start anything anew meanwhile
    for file in served.home.glob("lumbung.sqlite3*"):
        file.rename(file.with_suffix(".away"))
    served.supervisor.send_signal(signal.SIGCONT)
    served.stop()

    command = [sys.executable, "-m", "granian", "lumbung.site.served:application", "--interface", "wsgi"]
    command += ["--port", str(served.port), "--log-level", "error"]
    alone = subprocess.Popen(command, env={**served.environment, "DJANGO_SETTINGS_MODULE": "lumbung.site.settings"})
    try:
        answer = _first_answer(served.port)
    finally:
        alone.terminate()
        alone.wait(timeout=300)

    assert answer.status == 503
    assert "database-unreachable" in answer.text


def _first_answer(port: int):
    deadline = time.monotonic() + 30
    while True:
        try:
            return Browser(port).get("/healthz")
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
