"""Reading an answer in a child process with limits: memory, time, no network, no environment."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from lumbung.modules.open_data.remote.records import Page, Unreadable

SOURCE_ROOT = Path(__file__).parents[4]
START = "import sys; sys.path.insert(0, sys.argv[1]); from lumbung.modules.open_data.remote import child; child.main()"
LIMITS = {"memory_bytes": 1_200 * 1024 * 1024, "cpu_seconds": 60}
WALL_SECONDS = 90.0
AT_ONCE = 2
WAIT_SECONDS = 60.0
_places = threading.BoundedSemaphore(AT_ONCE)


def read(kind: str, content: bytes, **told: Any) -> Page:
    """What one answer holds; raises Unreadable with the reason.

    kind  the reader: ckan, dcat, data_packages, csv_lists or lumbung
    """
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Unreadable("busy")
    try:
        answered = _asked(kind, content, told)
    finally:
        _places.release()
    if "refused" in answered:
        raise Unreadable(answered["refused"])
    return Page.from_json(answered["page"])


def _asked(kind: str, content: bytes, told: dict[str, Any]) -> dict[str, Any]:
    request = json.dumps({"kind": kind, "told": told, "limits": LIMITS}).encode() + b"\n" + content
    command = [sys.executable, "-I", "-c", START, str(SOURCE_ROOT)]
    try:
        # No environment: keys and passwords of the server are not the child's business.
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own file
            command, input=request, capture_output=True, timeout=WALL_SECONDS, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        return {"refused": "too-much"}
    if done.returncode in {-signal.SIGKILL, -signal.SIGXCPU}:
        return {"refused": "too-much"}
    try:
        answered: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"refused": "damaged"}
    return answered
