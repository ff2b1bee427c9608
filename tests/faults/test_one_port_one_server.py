"""Two servers never share a port, whatever moment and folder they are started from."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation, free_port

pytestmark = pytest.mark.fault

LOSERS_END_WITHIN_SECONDS = 60


@pytest.fixture
def neighbour(prepared_installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A second home on the same machine."""
    made = prepared_installation.copy(tmp_path / "neighbour")  # of one that serves PostgreSQL gives no copy
    yield made
    if made.supervisor is not None:
        made.stop()


def start_serving(house: Installation, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "lumbung", "serve", "--port", str(port)]
    return subprocess.Popen(
        command, env=house.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def test_of_servers_started_in_one_moment_on_one_port_one_serves(installation, neighbour):
    installation.port = neighbour.port = free_port()
    started = [start_serving(house, installation.port) for house in (installation, neighbour, installation, neighbour)]
    try:
        installation.wait_until_it_answers()
        deadline = time.monotonic() + LOSERS_END_WITHIN_SECONDS
        while len(serving := [one for one in started if one.poll() is None]) > 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        lost = [one for one in started if one not in serving]

        assert len(serving) == 1
        assert [one.returncode for one in lost] == [1, 1, 1]
        assert all(f"Port {installation.port} sedang dipakai" in one.stderr.read() for one in lost)
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.communicate(timeout=300)


@pytest.mark.heavy
def test_a_neighbour_cannot_serve_on_a_port_that_is_served(served, neighbour):
    assert neighbour.run("serve", "--port", str(served.port)).returncode == 1


@pytest.mark.heavy
def test_a_killed_server_gives_its_port_back(served):
    served.supervisor.kill()
    served.supervisor.wait()
    served.wait_until_nothing_runs()

    served.start()
