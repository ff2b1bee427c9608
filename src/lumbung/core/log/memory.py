"""What this key has signed, remembered beside it and outside the database: a restored database may be older.

Without it a restored log would sign other entries at sizes its witnesses have seen: a fork nobody meant.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Signed:
    """The size and root signed last."""

    size: int
    root: bytes


def signed_last() -> Signed | None:
    """What was signed last with the key here; None when nothing was, or the key came without its memory."""
    try:
        stored = json.loads(_path().read_text())
    except FileNotFoundError:
        return None
    return Signed(stored["size"], bytes.fromhex(stored["root"]))


def remember(size: int, root: bytes) -> None:
    """Keep it on the disk before the signature can be seen."""
    temporary = _path().with_suffix(".new")
    with temporary.open("w") as file:
        file.write(json.dumps({"size": size, "root": root.hex()}))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(_path())


def forget() -> None:
    """Let the key begin anew: for tests, where every database begins anew."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.LUMBUNG_LOG_MEMORY)
