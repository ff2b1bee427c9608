"""The limited process: a request as JSON on standard input, progress and one answer as lines on standard output.

Started by `reading.py`. A hostile file ends this process and nothing else.
"""

import errno
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lumbung.core.tables.shapes import Reading
from lumbung.core.tables.sources import looking, opening, plain
from lumbung.core.tables.sources.base import Caps, Unreadable, Wanted

BETWEEN_TELLINGS = 0.2
Answer = dict[str, Any]
Say = Callable[[Answer], None]


def limit_this_process(*, memory_bytes: int, cpu_seconds: int, output_bytes: int) -> None:
    """From here on: so much memory, time and output, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(request: Answer, say: Say) -> Answer:
    """What was asked, or the name of what is wrong."""
    try:
        return {"done": _do(request, say)}
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}
    except BaseException as error:  # noqa: BLE001 - whatever a hostile file provokes, panics too, means: not readable
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return {"refused": _named(error), "params": {"row": 0}}


def _named(error: BaseException) -> str:
    full = {errno.ENOSPC: "disk-full", errno.EDQUOT: "disk-full", errno.EFBIG: "heavy"}
    if isinstance(error, OSError):
        return full.get(error.errno or 0, "damaged")
    names: dict[type[BaseException], str] = {MemoryError: "heavy", RecursionError: "json-too-deep"}
    return "not-text" if isinstance(error, UnicodeError) else names.get(type(error), "damaged")


def _do(request: Answer, say: Say) -> Answer:
    caps, path, scratch = Caps(**request["caps"]), Path(request["source"]), Path(request["scratch"])
    if "reading" in request:
        reading = Reading.from_json(request["reading"])
        wanted = Wanted(reading.sheet, reading.encoding, reading.separator)
        source = opening.open_source(path, request["name"], caps=caps, wanted=wanted, scratch=scratch)
        if source.kind != reading.kind:
            raise Unreadable("other-kind", kind=source.kind, confirmed=reading.kind)
        return plain.read(source, reading, scratch, _teller(say)).to_json()
    chosen = request["wanted"]
    rows = chosen["header_rows"]
    told = {"header_rows": None if rows is None else tuple(rows), "leave_out": tuple(chosen["leave_out"])}
    wanted = Wanted(**{**chosen, **told})
    source = opening.open_source(path, request["name"], caps=caps, wanted=wanted, scratch=scratch)
    return looking.look(source, wanted, _teller(say)).to_json()


def _teller(say: Say) -> Callable[[int], None]:
    """Tells how many rows are read, a few times a second."""
    last = time.monotonic()

    def tell(rows: int) -> None:
        nonlocal last
        if time.monotonic() - last > BETWEEN_TELLINGS:
            last = time.monotonic()
            say({"rows": rows})

    return tell


def own_voice() -> Say:
    """The pipe to the parent for our own words alone: what a library prints goes where errors go."""
    pipe = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(told: Answer) -> None:
        pipe.write(json.dumps(told) + "\n")
        pipe.flush()

    return say


def main() -> None:
    """One request, one answer."""
    request, say = json.loads(sys.stdin.buffer.read()), own_voice()
    limit_this_process(**request["limits"])
    say(answer(request, say))


if __name__ == "__main__":
    main()
