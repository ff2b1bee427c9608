"""What our keys have signed, remembered beside them and outside the database: a restored database may be older.

Without it a restored log would sign other entries at sizes its witnesses have seen: a fork nobody meant.
"""

import hashlib
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
    return _read(_path())


def signed_last_with(name: str) -> Signed | None:
    """The same of a key that was put away under that name."""
    return _read(_path().with_suffix(f".{name}.json"))


def _read(path: Path) -> Signed | None:
    try:
        stored = json.loads(path.read_text())
    except FileNotFoundError:
        return None
    return Signed(stored["size"], bytes.fromhex(stored["root"]))


def remember(size: int, root: bytes) -> None:
    """Keep it on the disk before the signature can be seen."""
    _write(_path(), json.dumps({"size": size, "root": root.hex()}))


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".new")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def put_away(name: str) -> None:
    """The log begins anew with another key: what the old one signed stays beside it, under the same name."""
    if _path().exists():
        _path().replace(_path().with_suffix(f".{name}.json"))


def peer_signed_last(origin: str) -> str:
    """The last checkpoint of a peer that we cosigned, as a note; empty when there is none."""
    try:
        return _path_of(origin).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def remember_peer(origin: str, note: str) -> None:
    """Keep what we are about to cosign: a restored database must not make us cosign what is older or other."""
    _write(_path_of(origin), note)


def forget() -> None:
    """Let the key begin anew: for tests, where every database begins anew."""
    _path().unlink(missing_ok=True)


def _path_of(origin: str) -> Path:
    digest = hashlib.sha256(origin.encode()).hexdigest()[:16]
    return _path().with_name(f"{_path().stem}-peer-{digest}.txt")


def _path() -> Path:
    return Path(settings.LUMBUNG_LOG_MEMORY)
