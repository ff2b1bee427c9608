"""Which page tells of a fault of the machine: storage full, database away, or a mistake of ours."""

import errno

from django.db import InterfaceError, OperationalError

MISTAKE, UNREACHABLE, STORAGE_FULL = 500, 503, 507
FULL_SQLITE = "database or disk is full"
FULL_POSTGRESQL = "53100"


def status_of(error: BaseException | None) -> int:
    """507 when nothing more fits, 503 when the database does not answer, else 500."""
    while error is not None:
        if _is_full(error):
            return STORAGE_FULL
        if isinstance(error, OperationalError | InterfaceError):
            return STORAGE_FULL if _is_full(error.__cause__) else UNREACHABLE
        error = error.__cause__
    return MISTAKE


def _is_full(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return getattr(error, "sqlstate", None) == FULL_POSTGRESQL or (error is not None and FULL_SQLITE in str(error))
