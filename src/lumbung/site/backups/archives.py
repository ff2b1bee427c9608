"""Archives on disk: written whole or not at all, read only when nothing in them is altered or points outside."""

import hashlib
import io
import os
import secrets
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from lumbung.site.backups import inventory
from lumbung.site.backups.inventory import BackupRefused, Inventory, Member

Advance = Callable[[int], None]
LARGEST_INVENTORY_BYTES = 256 * 1024 * 1024


@contextmanager
def fresh_archive(path: Path) -> Iterator[tarfile.TarFile]:
    """A new archive at `path`; an existing one is never overwritten, a failed one leaves nothing behind."""
    _reserve(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=5) as tar:
                yield tar
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def _reserve(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise BackupRefused(
            f"{path} sudah ada: pilih nama lain.", f"{path} exists already: choose another name.", exit_code=2
        ) from error


def add_file(tar: tarfile.TarFile, path: Path, name: str, advance: Advance) -> Member:
    """Put one file into the archive; returns its line of the inventory."""
    with path.open("rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        reader = _Hashing(file, advance)
        tar.addfile(entry, reader)
    return Member(name, entry.size, reader.digest.hexdigest())


def add_inventory(tar: tarfile.TarFile, made: Inventory) -> None:
    """The last member: what the archive holds."""
    entry = tarfile.TarInfo(inventory.NAME)
    entry.size, entry.mode = len(made.as_json()), 0o600
    tar.addfile(entry, io.BytesIO(made.as_json()))


class _Hashing(io.RawIOBase):
    """A file that is hashed and counted while tarfile reads it."""

    def __init__(self, file: IO[bytes], advance: Advance) -> None:
        self.file, self.advance, self.digest = file, advance, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        self.advance(len(block))
        return block


def read_inventory(path: Path) -> Inventory:
    """What the archive says it holds."""
    with _opened(path) as tar:
        try:
            entry = tar.getmember(inventory.NAME)
        except KeyError as error:
            raise BackupRefused(
                f"{path} bukan cadangan Lumbung: daftar isinya tidak ada.",
                f"{path} is not a backup of Lumbung: it has no inventory.",
            ) from error
        file = tar.extractfile(entry) if entry.isreg() and entry.size <= LARGEST_INVENTORY_BYTES else None
        return inventory.read(file.read() if file else b"")


def unpack(path: Path, held: Inventory, into: Path, advance: Advance) -> None:
    """Unpack every member named by the inventory into `into`, or refuse: nothing altered, missing, added or outside."""
    expected = {member.name: member for member in held.members}
    with _opened(path) as tar:
        for entry in tar:
            if entry.name != inventory.NAME:
                _unpack_one(tar, entry, expected.pop(entry.name, None), into, advance)
        _read_to_the_end(tar)
    if expected:
        raise _altered(next(iter(expected)), "hilang", "is missing")


def _read_to_the_end(tar: tarfile.TarFile) -> None:
    # Only at its very end does the compressed stream tell its checksum, which covers the inventory as well.
    while tar.fileobj is not None and tar.fileobj.read(inventory.CHUNK):
        pass


def _unpack_one(
    tar: tarfile.TarFile, entry: tarfile.TarInfo, member: Member | None, into: Path, advance: Advance
) -> None:
    if not _is_ours(entry.name) or not entry.isreg():
        raise _altered(entry.name, "menunjuk ke luar folder tujuan", "points outside the folder it belongs to")
    if member is None:
        raise _altered(entry.name, "tidak ada dalam daftar isi", "is not in the inventory")
    source = tar.extractfile(entry)
    if source is None or entry.size != member.size_bytes:
        raise _altered(entry.name, "berubah ukuran", "has another size")
    target = into / entry.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := source.read(inventory.CHUNK):
            digest.update(block)
            file.write(block)
            advance(len(block))
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != member.sha256:
        raise _altered(entry.name, "berubah isi", "was altered")


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        return False
    return name in inventory.DATABASES.values() or (len(path.parts) > 1 and path.parts[0] in inventory.FOLDERS)


def _altered(name: str, indonesian: str, english: str) -> BackupRefused:
    return BackupRefused(
        f"Arsip ditolak: {name!r} {indonesian}. Pakai salinan arsip yang lain.",
        f"The archive is refused: {name!r} {english}. Use another copy of it.",
    )


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:gz") as tar:
            yield tar
    except FileNotFoundError as error:
        raise BackupRefused(f"{path} tidak ada.", f"{path} does not exist.", exit_code=2) from error
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BackupRefused(
            f"{path} rusak atau bukan arsip cadangan.", f"{path} is damaged or is not a backup archive."
        ) from error
    except Exception as error:
        # A flipped bit inside the compressed stream shows as zlib.error, which shares no class with the others.
        if type(error).__module__ == "zlib":
            raise BackupRefused(f"{path} rusak.", f"{path} is damaged.") from error
        raise
