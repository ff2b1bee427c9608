"""A real installation in a folder of its own: real processes, real files, a database of its own on either server."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.http_client import Browser

ROOT = Path(__file__).resolve().parents[1]
STARTS_WITHIN_SECONDS = 60


def free_port() -> int:
    """A port of the system's choosing.

    Not the first free one of a range: granian lets several servers listen on one port, so two runs of the tests that
    found the same port free would each get half of the other's requests.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Installation:
    """One LUMBUNG_HOME with its database and, while it serves, its supervisor."""

    home: Path
    database_url: str = ""
    port: int = 0
    supervisor: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUMBUNG_", "DATABASE_"))}
        own = {"LUMBUNG_HOME": str(self.home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        # Each visitor of a test has an address of its own; a crowd in one village is no flood here.
        own |= {"LUMBUNG_BEHIND_PROXY": "yes", "LUMBUNG_LIMIT_FACTOR": "1000"}
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        return {**kept, **own, **self.settings}

    def run(self, *command: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run one `lumbung` command to its end."""
        told = [sys.executable, "-m", "lumbung", *command]
        options = {"capture_output": True, "text": True, "timeout": 900, "cwd": ROOT, **options}
        return subprocess.run(told, env=self.environment, check=False, **options)

    def start(self, *words: str) -> None:
        """Serve, by `lumbung serve` or what else these words say, and wait until /healthz says so."""
        self.port = self.port or free_port()
        command = [sys.executable, "-m", "lumbung", *(words or ("serve",)), "--port", str(self.port)]
        with (self.home / "server.log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < deadline:
            try:
                if Browser(self.port).get("/healthz").status == 200:
                    return
            except (OSError, HTTPException):  # not there yet, or killed in the middle of its answer
                pass
            time.sleep(0.1)
        raise AssertionError((self.home / "server.log").read_text()[-2000:] or "the server does not answer")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop the supervisor; its exit code."""
        assert self.supervisor is not None
        self.supervisor.send_signal(how)
        code = self.supervisor.wait(timeout=300)
        self.supervisor = None
        return code

    def processes(self) -> dict[int, str]:
        """Every process of this installation now, by id: recognised by its LUMBUNG_HOME."""
        mark, found = f"LUMBUNG_HOME={self.home}\0".encode(), {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes() and (folder / "stat").read_text().split()[2] != "Z":
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            except (OSError, IndexError):
                continue
        return found

    def pids_of(self, word: str) -> list[int]:
        """Process ids whose command line holds `word`, oldest first."""
        return sorted(pid for pid, command in self.processes().items() if word in command)

    def wait_until_nothing_runs(self, *, seconds: float = 12) -> None:
        deadline = time.monotonic() + seconds
        while left := self.processes():
            assert time.monotonic() < deadline, f"still running: {left}"
            time.sleep(0.1)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past all our code."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                return connection.execute(statement).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(self.home / "lumbung.sqlite3", timeout=20)) as connection:
            return connection.execute(statement).fetchall()

    def change(self, statement: str) -> None:
        """Change the database itself, past all our code: to let time pass, or to do harm."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                connection.execute(statement)  # type: ignore[arg-type]
            return
        with closing(sqlite3.connect(self.home / "lumbung.sqlite3", timeout=20)) as connection, connection:
            connection.execute(statement)

    def value(self, statement: str) -> Any:
        return self.rows(statement)[0][0]

    def copy(self, home: Path) -> "Installation":
        """The same installation, once more, in another folder (and another PostgreSQL database)."""
        shutil.copytree(self.home, home)
        return Installation(home, _copied_database(self.database_url) if self.database_url else "")


def new_database(server_url: str, *, template: str = "template1") -> str:
    """Create a PostgreSQL database; its URL."""
    name = f"lumbung_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


def _copied_database(url: str) -> str:
    name = urlsplit(url).path.lstrip("/")
    return new_database(urlunsplit(urlsplit(url)._replace(path="/postgres")), template=name)
