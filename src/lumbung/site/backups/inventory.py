"""What an archive says of itself: who made it, when, and the size and hash of every member."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
NAME = "inventory.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
FOLDERS = ("files", "datasets")
CHUNK = 1 << 20


class BackupRefused(Exception):  # noqa: N818 - reads as a sentence: "raise BackupRefused(...)"
    """Nothing was written. One sentence in each language, and the exit code of the command."""

    def __init__(self, indonesian: str, english: str, *, exit_code: int = 1) -> None:
        super().__init__(f"{indonesian} / {english}")
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """The archive's table of contents. `sealing_key` is a fingerprint, never the key; empty when none was made yet."""

    version: str
    made_at: str
    database: str
    sealing_key: str
    members: tuple[Member, ...]
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @property
    def size_bytes(self) -> int:
        """Bytes of all members together, unpacked."""
        return sum(member.size_bytes for member in self.members)


def read(text: bytes) -> Inventory:
    """The inventory of an archive, or a refusal when it is not one this version can read."""
    try:
        told = json.loads(text)
        members = tuple(Member(**member) for member in told.pop("members"))
        inventory = Inventory(members=members, **told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupRefused("Daftar isi arsip tidak terbaca.", "The archive's inventory cannot be read.") from error
    if inventory.format != FORMAT or inventory.database not in DATABASES:
        raise BackupRefused(
            f"Arsip ini berformat {inventory.format}; versi ini membaca format {FORMAT}.",
            f"This archive has format {inventory.format}; this version reads format {FORMAT}.",
        )
    return inventory


def fingerprint(key: bytes) -> str:
    """Tells two keys apart without telling anything about either."""
    return hashlib.sha256(b"lumbung key fingerprint\0" + key).hexdigest()[:16]


def fingerprint_in(folder: Path) -> str:
    """Fingerprint of the sealing key in a key folder; empty when there is none. Never makes a key."""
    path = folder / "sealing.key"
    return fingerprint(path.read_bytes()) if path.exists() else ""
