"""Looks at a source file, and reads it into a plain file, each in a limited process of its own.

`look` proposes, a person confirms or changes, `read` follows to the letter. Nothing here knows settings or a database.
"""

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lumbung.core.base.errors import Refused
from lumbung.core.tables import reading_words
from lumbung.core.tables.shapes import Look, Outcome, Reading
from lumbung.core.tables.sources.base import Caps

SOURCE_ROOT = Path(__file__).parents[3]
START = "import sys; sys.path.insert(0, sys.argv[1]); from lumbung.core.tables.sources import child; child.main()"
# A look of ten thousand columns is about three megabytes.
MOST_ANSWER = 64 * 1024 * 1024
AT_ONCE = 2
WAIT_SECONDS = 60.0
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost. A million rows of CSV take 3.4 s and 82 MB; sheets 85 bytes a cell."""

    memory_bytes: int = 1536 * 1024 * 1024
    cpu_seconds: int = 120
    wall_seconds: float = 240.0
    output_bytes: int = 4 * 1024 * 1024 * 1024
    caps: Caps = field(default_factory=Caps)


LIMITS = Limits()
Progress = Callable[[int], None]


def _silent(rows: int) -> None:
    """Nobody watches."""


def look(
    source: Path,
    *,
    name: str,
    sheet: str = "",
    encoding: str = "",
    separator: str = "",
    header_rows: Sequence[int] | None = None,
    leave_out: Sequence[str] = (),
    progress: Progress = _silent,
    limits: Limits = LIMITS,
) -> Look:
    """What a source holds and how it might be read.

    name                        what the file was called: a hint only
    sheet, encoding, separator  what a person chose instead of what was proposed
    header_rows                 row numbers a person chose; empty: the table has no header; None: propose
    leave_out                   further rows a person named: row numbers, or the first words in them
    progress                    told the rows read so far, a few times a second
    """
    wanted = {
        "sheet": sheet,
        "encoding": encoding,
        "separator": separator,
        "header_rows": None if header_rows is None else list(header_rows),
        "leave_out": list(leave_out),
    }
    with tempfile.TemporaryDirectory(prefix="lumbung-look-") as scratch:
        request = {"source": str(source.resolve()), "name": name, "scratch": scratch, "wanted": wanted}
        return Look.from_json(_ask(request, progress, limits))


def read(
    source: Path, *, name: str, reading: Reading, into: Path, progress: Progress = _silent, limits: Limits = LIMITS
) -> Outcome:
    """The plain file of a confirmed reading, in the folder `into`; refused with row, column and rule if it cannot be.

    into  an existing folder made for this table alone: the plain file lies in it afterwards, or nothing
    """
    into = into.absolute()
    request = {"source": str(source.resolve()), "name": name, "scratch": str(into)}
    try:
        outcome = Outcome.from_json(_ask({**request, "reading": reading.to_json()}, progress, limits))
    except Refused:
        for left in into.iterdir():
            left.unlink()
        raise
    # What had to be unpacked or unrolled on the way.
    for left in set(into.iterdir()) - {outcome.plain.path, outcome.plain.row_numbers}:
        left.unlink()
    return outcome


def _ask(request: dict[str, Any], progress: Progress, limits: Limits) -> dict[str, Any]:
    told = {
        "limits": {key: getattr(limits, key) for key in ("memory_bytes", "cpu_seconds", "output_bytes")},
        "caps": asdict(limits.caps),
    }
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise reading_words.refusal("busy", {})
    try:
        answer = _answer_of_child(json.dumps({**request, **told}).encode(), progress, limits.wall_seconds)
    finally:
        _places.release()
    if "refused" in answer:
        raise reading_words.refusal(answer["refused"], answer["params"])
    done: dict[str, Any] = answer["done"]
    return done


def _answer_of_child(request: bytes, progress: Progress, seconds: float) -> dict[str, Any]:
    with _child(seconds) as child:
        answer = _listen(child, request, progress)
    if answer is not None:
        return answer
    # A library that finds no memory ends the process; one that a file has led astray crashes.
    crashed = {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL, -signal.SIGFPE}
    refused = "out-of-time" if child.returncode in {-signal.SIGXCPU, -signal.SIGKILL} else "heavy"
    return {"refused": "damaged" if child.returncode in crashed else refused, "params": {}}


@contextmanager
def _child(seconds: float) -> Iterator["subprocess.Popen[bytes]"]:
    """A started child that is ended when its time is over, and when the caller is done with it."""
    command = [sys.executable, "-I", "-c", START, str(SOURCE_ROOT)]
    # No environment: keys and passwords of the server are not the child's business.
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own file
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    )
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        timer.join()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


def _listen(child: "subprocess.Popen[bytes]", request: bytes, progress: Progress) -> dict[str, Any] | None:
    """Pass on what the child tells until it answers; None when it ends without an answer."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(request)
        child.stdin.close()
    except BrokenPipeError:
        pass
    while line := child.stdout.readline(MOST_ANSWER):
        try:
            told = json.loads(line)
        except ValueError:
            break
        if "rows" in told:
            progress(int(told["rows"]))
        else:
            child.wait()
            return dict(told)
    child.wait()
    return None
