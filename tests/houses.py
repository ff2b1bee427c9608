"""A second installation with a database of its own, for tests that need real processes, threads and commits.

The test database itself cannot serve: it lives in memory or inside a transaction, and the log refuses to be emptied.
"""

import os
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

EMPTY = "_empty"


@dataclass(frozen=True)
class House:
    """Where it lives, and how to run code in it."""

    home: Path
    environment: dict[str, str]

    def start(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """Run Python in a new process of this installation, Django ready."""
        prelude = "import django; django.setup()\n"
        return subprocess.Popen(
            [sys.executable, "-c", prelude + code, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str, *arguments: str) -> str:
        """The same, waited for; its output."""
        process = self.start(code, *arguments)
        out, err = process.communicate(timeout=900)
        assert process.returncode == 0, err
        return out.strip()


def keep_empty(folder: Path) -> None:
    """Keep the test database as it is migrated, before anything is in it: houses begin as copies of it."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL copies a database nobody is connected to
        _create_database(f"{name}{EMPTY}", copy_of=name)
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / f"{EMPTY}.sqlite3")])


def build(folder: Path, *, kept_in: Path) -> House:
    """A new installation in `folder`, empty, on the kind of database the tests run on."""
    environment = {
        **os.environ,
        "LUMBUNG_ENV": "test",
        "LUMBUNG_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "lumbung.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    if connection.vendor == "postgresql":
        name = f"house_{uuid.uuid4().hex[:12]}"
        _create_database(name, copy_of=f"{connection.settings_dict['NAME']}{EMPTY}")
        environment["DATABASE_URL"] = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    else:
        shutil.copy(kept_in / f"{EMPTY}.sqlite3", folder / "lumbung.sqlite3")
    return House(folder, environment)


def _create_database(name: str, *, copy_of: str) -> None:
    import psycopg  # noqa: PLC0415 - only on PostgreSQL

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
