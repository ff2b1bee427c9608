"""What granian loads under `lumbung serve`: the application, in a process that ends with its parent."""

import os
import signal

from lumbung.site import tether
from lumbung.site.wsgi import application

__all__ = ["application"]

# Killed at once: every acknowledged write is on disk before its answer leaves.
tether.end_with_parent(os.getppid(), signal.SIGKILL)
