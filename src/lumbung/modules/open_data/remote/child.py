"""The limited process: what another portal answered on standard input, the records in it on standard output.

Started by `parsing.py`. It may not open a connection, and a hostile answer ends this process and nothing else.
"""

import importlib
import json
import resource
import socket
import sys
from typing import Any

from lumbung.modules.open_data.remote.records import Page, Unreadable

READERS = "lumbung.modules.open_data.remote."


def main() -> None:
    """One request: a line of JSON, then the answer of the portal."""
    asked = json.loads(sys.stdin.buffer.readline())
    # Imported before the limits count: rdflib is large, and ours.
    reader = importlib.import_module(READERS + asked["kind"])
    _limit(**asked["limits"])
    sys.stdout.write(json.dumps(answer(reader, sys.stdin.buffer.read(), asked["told"])))


def answer(reader: Any, content: bytes, told: dict[str, Any]) -> dict[str, Any]:
    """The page, or what is wrong with it."""
    try:
        page: Page = reader.read(content, **told)
    except Unreadable as error:
        return {"refused": error.code}
    except MemoryError:
        return {"refused": "too-much"}
    except Exception:  # noqa: BLE001 - whatever a hostile answer provokes means: it cannot be read
        return {"refused": "damaged"}
    return {"page": page.to_json()}


def _limit(*, memory_bytes: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    socket.socket = _Refused  # type: ignore[assignment,misc]


class _Refused:
    """Nothing that is read here may lead anywhere."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        raise OSError("no connections from here")


if __name__ == "__main__":
    main()
