"""Ties a child process to the life of its parent, so that even `kill -9` of the parent leaves nothing running.

python -m lumbung.site.tether 4711 granian …      becomes granian, and ends when process 4711 ends
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int, how: signal.Signals) -> None:
    """Ask the kernel to send `how` to this process when `parent` ends. Linux only; elsewhere it does nothing."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)  # it ended before we asked


def main() -> None:
    """Tie this process, then become the command."""
    end_with_parent(int(sys.argv[1]), signal.SIGTERM)
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the supervisor's own command, no shell


if __name__ == "__main__":
    main()
