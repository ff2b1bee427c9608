"""Answers that take as long as their reader: a slow one holds a thread of the server until the last byte.

Whoever wants a page must never wait for them, so one thread of each process is kept for pages. A proxy that keeps
answers for slow readers (docs/howto/install-on-a-server.md) makes this rare.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import TooMany

# What one server process is started with.
THREADS = 4
PLACES = threading.BoundedSemaphore(THREADS - 1)
# So much leaves at once, however slowly it is read: it waits in the buffers of server and kernel.
SHORT_BYTES = 200_000
RETRY_SECONDS = 30

CROWDED = _("Many files are being downloaded right now. Try again in %(seconds)s seconds.")


class Place:
    """A place among the answers that take long, held until it is given to one."""

    def __init__(self, held: ExitStack) -> None:
        self._held = held

    def until_sent(self, content: Any) -> Any:
        """What an answer is made of, pieces or a file; it keeps the place until it is sent or its reader has gone."""
        return _Placed(content, self._held.pop_all())


@contextmanager
def place() -> Iterator[Place]:
    """A place from before an answer is made; given back at the end of the block where no answer took it.

    raises  TooMany when every place is taken
    """
    if not PLACES.acquire(blocking=False):
        raise TooMany("many-downloads", CROWDED, retry_after_seconds=RETRY_SECONDS, seconds=RETRY_SECONDS)
    with ExitStack() as held:
        held.callback(PLACES.release)
        yield Place(held)


class _Placed:
    """What is sent. The answer closes it in the end; where an answer is dropped before it is sent, nobody else does."""

    def __init__(self, content: Any, held: ExitStack) -> None:
        self._content, self._held = content, held
        if hasattr(content, "close"):
            held.callback(content.close)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._content)

    def read(self, size: int) -> bytes:
        return bytes(self._content.read(size))

    def close(self) -> None:
        self._held.close()

    __del__ = close
