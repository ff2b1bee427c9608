"""A second installation with a database of its own, for tests that need real processes, threads and commits.

The test database itself cannot serve: it lives in memory or inside a transaction, and the log refuses to be emptied.
"""

import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection


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


def build(folder: Path) -> House:
    """Migrate a new installation in `folder`, on the kind of database the tests run on."""
    environment = {
        **os.environ,
        "LUMBUNG_ENV": "test",
        "LUMBUNG_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "lumbung.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = _new_database()
    house = House(folder, environment)
    house.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    return house


def _new_database() -> str:
    import psycopg  # noqa: PLC0415 - only on PostgreSQL

    url, name = os.environ["DATABASE_URL"], f"house_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
