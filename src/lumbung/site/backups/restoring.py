"""`lumbung restore`: an archive into an empty home, checked before anything is served."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

import lumbung
from lumbung.core.events.verification import event_count
from lumbung.core.log import memory, queries, verification
from lumbung.site.backups import archives, copies, inventory
from lumbung.site.backups.archives import Advance
from lumbung.site.backups.inventory import BackupRefused, Inventory

KEEPS = {"keys", ".writable"}
DEMO_MARK = ".demo-loaded"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `keys` is "same", "missing", "other" or "none" when the archive never had sealed texts.

    covered  entries under the newest checkpoint that came back
    signed   entries the key here has signed, as far as it remembers; more than `covered` means that some are lost
    """

    inventory: Inventory
    events: int
    keys: str
    covered: int
    signed: int


def restore(path: Path, *, say: Callable[[str], None], advance: Advance) -> Restored:
    """Bring an archive back. Refuses when the home is not empty, the archive altered, or the log does not add up."""
    home: Path = settings.LUMBUNG_HOME
    _refuse_what_cannot_be(held := archives.read_inventory(path), home)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as room:
        say("Memeriksa arsip / checking the archive")
        archives.unpack(path, held, Path(room), advance)
        placed = _place(Path(room), held, home)
    try:
        say("Menyesuaikan struktur / bringing the structure up to date")
        call_command("migrate", interactive=False, verbosity=0)
        say("Memeriksa catatan publik / checking the public log")
        events = _check_log()
        (home / DEMO_MARK).touch()  # `make run` must not play the demonstration into somebody's reports
    except BaseException:
        _take_away(placed)
        raise
    newest, signed = queries.newest_checkpoint(), memory.signed_last()
    return Restored(held, events, _keys_of(held), newest.size if newest else 0, signed.size if signed else 0)


def _refuse_what_cannot_be(held: Inventory, home: Path) -> None:
    if _numbers(held.version) > _numbers(lumbung.VERSION):
        raise BackupRefused(
            f"Cadangan ini dari Lumbung {held.version}, sedangkan ini {lumbung.VERSION}: perbarui Lumbung dahulu.",
            f"This backup is of Lumbung {held.version} and this is {lumbung.VERSION}: upgrade Lumbung first.",
        )
    if held.database != connection.vendor:
        raise BackupRefused(
            f"Cadangan ini berisi {held.database}, sedangkan DATABASE_URL menunjuk {connection.vendor}: samakan.",
            f"This backup holds {held.database} and DATABASE_URL names {connection.vendor}: make them the same.",
            exit_code=2,
        )
    found = sorted(entry.name for entry in home.iterdir() if entry.name not in KEEPS) if home.exists() else []
    if found:
        raise BackupRefused(
            f"{home} tidak kosong (ada {found[0]}): beri LUMBUNG_HOME folder kosong.",
            f"{home} is not empty (it has {found[0]}): point LUMBUNG_HOME to an empty folder.",
            exit_code=2,
        )
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise BackupRefused(
            "Basis data PostgreSQL tidak kosong: buat basis data baru, lalu ganti DATABASE_URL.",
            "The PostgreSQL database is not empty: create a new one and change DATABASE_URL.",
            exit_code=2,
        )


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _place(room: Path, held: Inventory, home: Path) -> list[Path]:
    if held.database == "postgresql":
        copies.load_postgresql(settings.DATABASES["default"], room / inventory.DATABASES["postgresql"])
    targets = {
        inventory.DATABASES["sqlite"]: Path(settings.DATABASES["default"]["NAME"]),
        "files": Path(settings.LUMBUNG_FILES),
        "datasets": Path(settings.LUMBUNG_DATASETS),
    }
    placed = []
    for name, target in targets.items():
        if (room / name).exists():
            (room / name).rename(target)
            placed.append(target)
    return placed


def _take_away(placed: list[Path]) -> None:
    connection.close()
    for path in placed:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()


def _check_log() -> int:
    fault = next(verification.faults(older_than_key=True), None)
    if fault is not None:
        raise BackupRefused(
            f"Catatan publik tidak utuh ({fault}): cadangan ini tidak dipulihkan. Pakai yang lain.",
            f"The public log does not add up ({fault}): this backup was not restored. Use another one.",
        )
    return event_count()


def _keys_of(held: Inventory) -> str:
    if not held.sealing_key:
        return "none"
    found = inventory.fingerprint_in(settings.LUMBUNG_KEYS)
    if not found:
        return "missing"
    return "same" if found == held.sealing_key else "other"
