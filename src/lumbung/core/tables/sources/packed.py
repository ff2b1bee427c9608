"""Opens ZIP packages (XLSX, ODS, Data Package) only after their list has been read and found bearable."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumbung.core.tables.sources.base import Caps, Unreadable

ZIP = b"PK\x03\x04"
END = b"PK\x05\x06"
END_BYTES = 22
COMMENT = 1 << 16
BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError, struct.error)
BLOCK = 1 << 20


@contextmanager
def opened(path: Path, caps: Caps) -> Iterator[zipfile.ZipFile]:
    """The package; refused when damaged, locked, or more than may be unpacked."""
    _refuse_long_list(path, caps)
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_heavy(package.infolist(), caps)
            yield package
    except (Unreadable, MemoryError):
        raise
    except BROKEN as error:
        raise Unreadable("damaged") from error


def _refuse_long_list(path: Path, caps: Caps) -> None:
    """Before the list is read: a million members would fill the memory by their names alone."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - COMMENT - END_BYTES))
        tail = file.read()
    end = tail.rfind(END)
    if end < 0 or len(tail) - end < END_BYTES:
        raise Unreadable("damaged")
    (members,) = struct.unpack("<H", tail[end + 10 : end + 12])
    if members > caps.members:
        raise Unreadable("too-much-inside", limit_mb=caps.unpacked_bytes // 1_000_000)


def _refuse_heavy(members: list[zipfile.ZipInfo], caps: Caps) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("protected")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise Unreadable("damaged")
    if len(members) > caps.members or sum(member.file_size for member in members) > caps.unpacked_bytes:
        raise Unreadable("too-much-inside", limit_mb=caps.unpacked_bytes // 1_000_000)


def blocks(package: zipfile.ZipFile, name: str, caps: Caps) -> Iterator[bytes]:
    """A member in blocks, by what it really unpacks to: what its list says may be a lie."""
    seen = 0
    with package.open(name) as member:
        while block := member.read(BLOCK):
            seen += len(block)
            if seen > caps.unpacked_bytes:
                raise Unreadable("too-much-inside", limit_mb=caps.unpacked_bytes // 1_000_000)
            yield block


def text_of(package: zipfile.ZipFile, name: str, *, most: int) -> bytes:
    """A small member, whole; refused when it is not small."""
    with package.open(name) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise Unreadable("damaged")
    return data
