"""A consistent copy of the database while others write, and the way back. One function a kind of database."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from lumbung.site.backups.inventory import BackupRefused

Progress = Callable[[int, int], None]
PAGES_A_STEP = 512


def copy_sqlite(source: Path, target: Path, progress: Progress) -> None:
    """Copy a live SQLite database. Everything committed before the start is in it, nothing half.

    The read transaction keeps one snapshot: without it every foreign write would start the copy anew.
    """
    if not source.exists():
        raise BackupRefused(
            f"Basis data {source} belum ada: jalankan 'lumbung migrate' atau periksa LUMBUNG_HOME.",
            f"There is no database at {source}: run 'lumbung migrate' or check LUMBUNG_HOME.",
        )
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=20)) as live:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(target)) as copy:
            live.backup(copy, pages=PAGES_A_STEP, progress=lambda _state, left, total: progress(total - left, total))
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, no journal beside it
            _check_sqlite(copy)


def _check_sqlite(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise BackupRefused(
            f"Basis data rusak ({found}); pulihkan dari cadangan terakhir yang baik.",
            f"The database is damaged ({found}); restore the last good backup.",
        )


def dump_postgresql(database: Mapping[str, Any], target: Path) -> None:
    """Copy a PostgreSQL database with pg_dump, which reads one snapshot."""
    command = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--file", str(target)]
    _run([*command, "--dbname", str(database["NAME"])], database)


def load_postgresql(database: Mapping[str, Any], dump: Path) -> None:
    """Load a dump into an empty PostgreSQL database, whole or not at all."""
    command = [_tool("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run([*command, "--dbname", str(database["NAME"]), str(dump)], database)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupRefused(
            f"{name} belum terpasang: pasang paket postgresql-client.",
            f"{name} is not installed: install the package postgresql-client.",
        )
    return found


def _run(command: list[str], database: Mapping[str, Any]) -> None:
    # The password goes by the environment of the child: a command line can be read by every user of the machine.
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    named = {variable: str(database[field]) for variable, field in given.items() if database.get(field)}
    done = subprocess.run(command, env={**os.environ, **named}, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise BackupRefused(f"{Path(command[0]).name} gagal: {said}", f"{Path(command[0]).name} failed: {said}")
