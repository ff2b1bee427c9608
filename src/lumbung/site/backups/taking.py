"""`lumbung backup`: database, files and datasets into one archive, consistent while the site is in use."""

import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import lumbung
from lumbung.site.backups import archives, copies, inventory
from lumbung.site.backups.archives import Advance
from lumbung.site.backups.inventory import Inventory, Member


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written, and where."""

    path: Path
    inventory: Inventory


def archive_path(wanted: Path | None, *, now: datetime) -> Path:
    """Where the archive goes: the file named, a dated name in the folder named, or one in the current folder."""
    name = f"lumbung-{now:%Y%m%d-%H%M%S}.tar.gz"
    if wanted is None:
        return Path.cwd() / name
    return wanted / name if wanted.is_dir() else wanted


def size_estimate() -> int:
    """Bytes to be read, for the progress bar."""
    database = Path(settings.DATABASES["default"]["NAME"])
    sizes = [path.stat().st_size for path, _name in _files()]
    if connection.vendor == "sqlite" and database.exists():
        sizes.append(database.stat().st_size)
    return sum(sizes)


def take(path: Path, *, now: datetime, advance: Advance) -> Taken:
    """Write the archive; it appears under its name only when it is whole."""
    with archives.fresh_archive(path) as tar, tempfile.TemporaryDirectory(dir=path.parent, prefix=".lumbung-") as room:
        copied = _copy_database(Path(room))
        members = [archives.add_file(tar, copied, copied.name, advance)]
        copied.unlink()
        # After the database: a file is stored before the row that names it, so no row of the copy lacks its file.
        members += _add_files(tar, advance)
        made = _inventory(tuple(members), now)
        archives.add_inventory(tar, made)
    return Taken(path, made)


def _copy_database(room: Path) -> Path:
    database: dict[str, Any] = settings.DATABASES["default"]
    target = room / inventory.DATABASES[connection.vendor]
    if connection.vendor == "sqlite":
        copies.copy_sqlite(Path(database["NAME"]), target, lambda _done, _total: None)
    else:
        copies.dump_postgresql(database, target)
    return target


def _add_files(tar: tarfile.TarFile, advance: Advance) -> list[Member]:
    members = []
    for path, name in _files():
        try:
            members.append(archives.add_file(tar, path, name, advance))
        except FileNotFoundError:
            continue  # swept or withdrawn since the folder was listed; no row of the copy may still need it
    return members


def _files() -> Iterator[tuple[Path, str]]:
    folders = {"files": settings.LUMBUNG_FILES, "datasets": settings.LUMBUNG_DATASETS}
    for name, folder in folders.items():
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, f"{name}/{path.relative_to(folder).as_posix()}"


def _inventory(members: tuple[Member, ...], now: datetime) -> Inventory:
    return Inventory(
        version=lumbung.VERSION,
        made_at=now.isoformat(timespec="seconds"),
        database=connection.vendor,
        sealing_key=inventory.fingerprint_in(settings.LUMBUNG_KEYS),
        members=members,
    )
