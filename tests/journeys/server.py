"""A small demonstration served by real processes, in a folder and on a port of its own, stopped by its process id."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lumbung.core.base import clock
from lumbung.site import environment
from tests import demonstration

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_SECONDS = 600
CALENDAR = Path(__file__).parent / "calendar"
DATABASE = "lumbung.sqlite3"


@dataclass(frozen=True)
class Server:
    """Where it answers, and where it keeps its things."""

    address: str
    home: Path
    pid: int
    # Where the portal of somebody else may answer: a port of this machine it is allowed to fetch from.
    beside: int = 0

    def passes_days(self, days: int) -> None:
        """Turn the calendar of a copy; the server looks at it with every question."""
        turned = (self.today - clock.local_day(clock.now())).days + days
        _days_ahead(self.home).write_text(str(turned), encoding="ascii")

    @property
    def today(self) -> date:
        """The day it is there."""
        file = _days_ahead(self.home)
        ahead = int(file.read_text(encoding="ascii")) if file.exists() else 0
        return clock.local_day(clock.now()) + timedelta(days=ahead)


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Load a demonstration into `home` and serve it until the block ends."""
    settings = _settings(home)
    demonstration.brought_to(home, settings)
    with _started(home, settings) as server:
        yield server


@contextmanager
def serving_a_copy(original: Server, home: Path) -> Iterator[Server]:
    """Serve a copy of what another server keeps, with a calendar that can be turned, until the block ends."""
    shutil.copytree(original.home, home, ignore=shutil.ignore_patterns(f"{DATABASE}*", "server.log"))
    with (
        closing(sqlite3.connect(original.home / DATABASE)) as theirs,
        closing(sqlite3.connect(home / DATABASE)) as ours,
    ):
        theirs.backup(ours)
    _days_ahead(home).write_text("0", encoding="ascii")
    settings = _settings(home)
    settings["JOURNEY_DAYS_AHEAD"] = str(_days_ahead(home))
    settings["PYTHONPATH"] = os.pathsep.join([str(CALENDAR), settings["PYTHONPATH"]])
    with _started(home, settings) as server:
        yield server


def brings_in(server: Server, story: str) -> None:
    """Let the `bring()` of a module put something into what a copy keeps, past the browser."""
    program = f"import django; django.setup(); from {story} import bring; bring()"
    settings = _settings(server.home) | {"DJANGO_SETTINGS_MODULE": "lumbung.site.settings"}
    told = [sys.executable, "-c", program]
    done = subprocess.run(told, env=settings, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{story}\n{done.stderr[-4000:]}"


def _days_ahead(home: Path) -> Path:
    return home / "days-ahead"


@contextmanager
def _started(home: Path, settings: dict[str, str]) -> Iterator[Server]:
    port, beside = _free_port(), _free_port(0)
    settings = settings | {"LUMBUNG_HARVEST_INSIDE": f"127.0.0.1:{beside}"}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "lumbung", "serve", "--port", str(port)],
            env=settings,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait_for(port, process, home)
        yield Server(f"http://127.0.0.1:{port}", home, process.pid, beside)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=900)


def _settings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUMBUNG_", "DATABASE_"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    own = {"LUMBUNG_HOME": str(home), "LUMBUNG_WORKERS": "1", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    # A story sends more from one address than a neighbourhood does in an hour.
    if "LUMBUNG_LIMIT_FACTOR" in {variable.name for variable in environment.VARIABLES}:
        own["LUMBUNG_LIMIT_FACTOR"] = "100"
    return {**kept, **own}


def _free_port(first: int | None = None) -> int:
    first = int(os.environ.get("JOURNEY_PORT", "0")) if first is None else first
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", first))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                if json.load(answer)["status"] == "ok":
                    return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)  # between two looks at a condition, not instead of one
    raise AssertionError(f"the server does not answer on {port}\n{(home / 'server.log').read_text()[-4000:]}")
