"""One port, one server.

granian opens its port so that several servers may share it (SO_REUSEPORT): a second one started in the same second
would find the port free and answer half of the first one's visitors. So whoever serves first takes a claim that the
kernel grants once, and takes back the moment its holder ends, however it ends.
"""

import contextlib
import fcntl
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ADDRESS = "127.0.0.1"


class PortTaken(Exception):  # noqa: N818 - reads as a sentence: "raise PortTaken"
    """Somebody serves on this port, or is about to."""


@contextlib.contextmanager
def claimed(port: int) -> Iterator[None]:
    """Hold a port against every other Lumbung on this machine, of whatever home and user; PortTaken when it is held."""
    with _claim(port):
        if not is_free(port):
            raise PortTaken
        yield


def is_free(port: int) -> bool:
    """Whether the port can be listened on now. Says nothing about the next moment: serving needs a claim."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


@contextlib.contextmanager
def _claim(port: int) -> Iterator[None]:
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(_named_socket(port) if sys.platform == "linux" else _locked_file(port))
        except OSError as error:
            raise PortTaken from error
        yield


def _named_socket(port: int) -> socket.socket:
    # A name without a file: seen by all users, in the same network namespace as the port itself.
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0lumbung:{ADDRESS}:{port}")
    except OSError:
        claim.close()
        raise
    return claim


@contextlib.contextmanager
def _locked_file(port: int) -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"lumbung-port-{port}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
