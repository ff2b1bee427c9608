"""The folder of files: each under the SHA-256 of its content, written and synced before any row names it."""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Callable, Collection, Iterator
from errno import EDQUOT, ENOSPC
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.disks import settle
from lumbung.core.base.errors import Refused

ADDRESS_LENGTH = 64
HALF_WRITTEN = ".new-"
TAKEN_OUT = ".out-"


class StorageFull(Refused):
    """There is no room on the disk."""

    status = 507


def put(content: bytes) -> str:
    """Write content under its address, durably; returns the address. Writing the same content again is harmless."""
    address = hashlib.sha256(content).hexdigest()
    path = path_of(address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, content)
    except OSError as error:
        if error.errno not in {ENOSPC, EDQUOT}:
            raise
        raise StorageFull(
            "storage-full",
            _("Our storage is full, so the photo could not be kept. Send the report without it, or try again later."),
            field="photos",
        ) from error
    return address


def _write(path: Path, content: bytes) -> None:
    # Also when it is there already: its fresh time tells the sweeper that somebody needs it.
    fresh = path.with_name(f"{HALF_WRITTEN}{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        for folder in (path.parent, path.parent.parent):
            settle(folder)
    finally:
        fresh.unlink(missing_ok=True)


def read(address: str) -> bytes | None:
    """The content, or None when the folder has lost it."""
    try:
        return path_of(address).read_bytes()
    except FileNotFoundError:
        return None


def path_of(address: str) -> Path:
    """Where content of that address lies."""
    if len(address) != ADDRESS_LENGTH or not set(address) <= set("0123456789abcdef"):
        raise ValueError(f"{address!r} is not a SHA-256 in 64 small hexadecimal digits")
    return Path(settings.LUMBUNG_FILES) / address[:2] / address[2:4] / address


def older_than(moment: float) -> Iterator[Path]:
    """Everything in the folder last written before a moment (seconds since 1970), half-written files included."""
    for path in Path(settings.LUMBUNG_FILES).glob("??/??/*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < moment:
                yield path


def remove_unneeded(paths: Collection[Path], *, moment: float, needed: Callable[[str], bool]) -> int:
    """Remove files that no row names; returns how many. A file written again meanwhile is put back."""
    return sum(_removed(path, moment, needed) for path in paths)


def _removed(path: Path, moment: float, needed: Callable[[str], bool]) -> bool:
    if path.name.startswith(HALF_WRITTEN):
        path.unlink(missing_ok=True)
        return True
    # Taken out first and asked afterwards: an upload of the same picture in between leaves a fresh time or a row.
    address = path.name.removeprefix(TAKEN_OUT)
    home, out = path.with_name(address), path.with_name(f"{TAKEN_OUT}{address}")
    try:
        path.rename(out)
    except FileNotFoundError:
        return False
    if out.stat().st_mtime >= moment or needed(address):
        out.rename(home)
        return False
    out.unlink()
    return True
