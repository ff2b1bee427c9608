"""One supervisor, two children: granian and the worker. A child that dies is started anew; Ctrl-C stops everything."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from lumbung.core.files import sending
from lumbung.site import ports
from lumbung.site.settings import ENVIRONMENT

STOP_SECONDS = 15
LOOK_SECONDS = 0.2
DEATHS_TO_GIVE_UP = 5
WITHIN_SECONDS = 60


@dataclass(slots=True)
class Child:
    """One process we answer for, with the times it died."""

    name: str
    command: list[str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    # Where it lives when not with us; whether it may end without being started anew.
    environment: Mapping[str, str] | None = None
    ends_by_itself: bool = False
    # Whether the site goes on without it.
    is_guest: bool = False

    def start(self) -> None:
        given = os.environ if self.environment is None else self.environment
        environment = {**given, "DJANGO_SETTINGS_MODULE": "lumbung.site.settings"}
        environment["PORT"] = str(self.port)  # the addresses in messages name it
        tied = [sys.executable, "-m", "lumbung.site.tether", str(os.getpid()), *self.command]
        # Own process group: Ctrl-C reaches us first, and we stop the children in order.
        self.process = subprocess.Popen(tied, env=environment, start_new_session=True)

    def kill_group(self) -> None:
        """End whatever is left of the child and its own children."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    @property
    def is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def has_done_its_work(self) -> bool:
        return self.ends_by_itself and self.is_dead

    def keeps_dying(self, now: float) -> bool:
        """Whether it died so often of late that starting it again would not help."""
        self.deaths = [*(death for death in self.deaths if now - death < WITHIN_SECONDS), now]
        return len(self.deaths) >= DEATHS_TO_GIVE_UP


def _granian(port: int) -> list[str]:
    return [
        *(str(Path(sys.executable).with_name("granian")), "lumbung.site.served:application"),
        *("--interface", "wsgi", "--host", ports.ADDRESS, "--port", str(port)),
        *("--workers", str(ENVIRONMENT["LUMBUNG_WORKERS"]), "--blocking-threads", str(sending.THREADS)),
        *("--backlog", "256"),
        *("--log-level", "warning", "--no-access-log", "--respawn-failed-workers"),
        # A process told to stop while it is still starting does not hear it.
        *("--workers-kill-timeout", "5"),
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "lumbung", "worker"]


def serve(*, port: int, guests: Sequence[Child] = ()) -> int:
    """Run until stopped; returns the exit code for the shell.

    guests  further processes to run beside it; they start once the site answers, and end with it
    """
    try:
        with ports.claimed(port):
            return _serve(port, guests)
    except ports.PortTaken:
        return say_port_is_taken(port)


def say_port_is_taken(port: int) -> int:
    """One sentence with the way out; returns the exit code for the shell."""
    print(
        f"Port {port} sedang dipakai: jalankan PORT={port + 1} make run. / "
        f"Port {port} is in use: run PORT={port + 1} make run.",
        file=sys.stderr,
    )
    return 1


def _serve(port: int, guests: Sequence[Child]) -> int:
    children = [Child("server", _granian(port), port), Child("worker", _worker(), port)]
    signal.signal(signal.SIGINT, _stop)  # also where a shell told its background jobs to ignore it
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)  # a closed terminal window
    try:
        for child in children:
            child.start()
        return _watch(children, guests)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop_all([*children, *guests])


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _watch(children: list[Child], guests: Sequence[Child]) -> int:
    waiting = list(guests)
    while True:
        if waiting and not ports.is_free(children[0].port):
            started, waiting = waiting, []
            for guest in started:
                guest.start()
            children = [*children, *started]
        for child in children:
            if not child.is_dead or child.has_done_its_work:
                continue
            child.kill_group()
            if child.keeps_dying(time.monotonic()):
                print(
                    f"{child.name} berhenti {DEATHS_TO_GIVE_UP} kali dalam satu menit; periksa dengan 'lumbung doctor'."
                    f" / {child.name} ended {DEATHS_TO_GIVE_UP} times within a minute; look with 'lumbung doctor'.",
                    file=sys.stderr,
                )
                if not child.is_guest:
                    return 1
                children = [each for each in children if each is not child]
                continue
            print(f"{child.name} berhenti, dijalankan lagi / ended, started anew", file=sys.stderr)
            child.start()
        time.sleep(LOOK_SECONDS)


def _stop_all(children: list[Child]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
    started = [child for child in children if child.process is not None]
    for child in started:
        child.process.terminate()  # type: ignore[union-attr]
    deadline = time.monotonic() + STOP_SECONDS
    for child in started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=max(0.1, deadline - time.monotonic()))  # type: ignore[union-attr]
        child.kill_group()
