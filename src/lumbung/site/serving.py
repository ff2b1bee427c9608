"""One supervisor, two children: granian and the worker. Ctrl-C, or the end of either, stops both."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from django.conf import settings

from lumbung.site.settings import ENVIRONMENT

STOP_SECONDS = 15


def port_is_free(port: int) -> bool:
    """Whether 127.0.0.1:port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _granian(port: int) -> list[str]:
    return [
        *(str(Path(sys.executable).with_name("granian")), "lumbung.site.wsgi:application"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(ENVIRONMENT["LUMBUNG_WORKERS"]), "--blocking-threads", "4", "--backlog", "256"),
        *("--log-level", "warning", "--no-access-log", "--respawn-failed-workers"),
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "lumbung", "worker"]


def serve(*, port: int) -> int:
    """Run until stopped; returns the exit code for the shell."""
    if not port_is_free(port):
        print(
            f"Port {port} sedang dipakai: jalankan PORT={port + 1} make run. / "
            f"Port {port} is in use: run PORT={port + 1} make run.",
            file=sys.stderr,
        )
        return 1
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "PORT": str(port)}
    # Own process groups: Ctrl-C reaches us first, and we stop the children in order.
    children = [
        subprocess.Popen(command, env=environment, start_new_session=True) for command in (_granian(port), _worker())
    ]
    return _watch(children)


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while True:
            for child in children:
                if child.poll() is not None:
                    return child.returncode or 1
            time.sleep(0.3)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop_all(children)


def _stop_all(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
