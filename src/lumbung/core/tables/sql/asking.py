"""Asks a copy a stranger's SQL: a fresh process for each question, few at once, ended whatever it does."""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.py")
ENDED = {-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may take. `hard_seconds` ends what one long step of SQLite holds up."""

    seconds: float = 1.0
    hard_seconds: float = 1.25
    heap_bytes: int = 64 * 1024 * 1024
    memory_bytes: int = 512 * 1024 * 1024
    most_rows: int = 1_000
    most_bytes: int = 4 * 1024 * 1024


LIMITS = Limits()
# From the start of the process to its last word, on a machine that has much else to do.
PATIENCE_SECONDS = 15.0
AT_ONCE, WAIT_SECONDS = 2, 2.0
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows as SQLite gives them, and how many there are in all: more than `rows` where the answer was cut."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer: busy, slow, memory, long, forbidden, several, empty, wrong; and what SQLite says."""

    kind: str
    detail: str = ""


def ask(copy: Path, sql: str, *, limits: Limits = LIMITS) -> Answer | Fault:
    """The answer of one question to one copy."""
    if not _places.acquire(timeout=WAIT_SECONDS):
        return Fault("busy")
    try:
        code, told = _told(copy, sql, limits)
    finally:
        _places.release()
    try:
        answer = json.loads(told)
    except ValueError:
        return Fault("slow" if code in ENDED else "memory")
    if "refused" in answer:
        return Fault(answer["refused"], answer["detail"])
    rows = tuple(tuple(map(_written, row)) for row in answer["rows"])
    return Answer(tuple(answer["columns"]), rows, answer["total"])


def _written(cell: Any) -> Any:
    """A number as SQLite itself writes it, in 15 digits: a sum of 0.1 and 0.2 reads 0.3."""
    return float(f"{cell:.15g}") if isinstance(cell, float) else cell


def _told(copy: Path, sql: str, limits: Limits) -> tuple[int, bytes]:
    """How the process ended and what it said. No environment: keys and passwords of the server are not its business."""
    request = {name: getattr(limits, name) for name in Limits.__slots__} | {"copy": str(copy), "sql": sql}
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own file
        [sys.executable, "-I", "-S", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    try:
        told, _nothing = child.communicate(json.dumps(request).encode(), timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return -signal.SIGKILL, b""
    return child.returncode, told
