"""A real CKAN with its datastore on loopback: a PostgreSQL of its own, the server we use ourselves, no Solr, no Redis.

with running_ckan(folder) as ckan:
    ckan.ask("datastore_search", {"resource_id": …})
"""

import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from tools import with_postgres
from tools.peers import venvs

HERE = Path(__file__).resolve().parent
STARTS_WITHIN_SECONDS = 90
NOTHING_LISTENS = 9  # the port of `discard`: whoever asks Solr or Redis is refused at once
INI = """[DEFAULT]
debug = false
[app:main]
use = egg:ckan
SECRET_KEY = {secret}
WTF_CSRF_SECRET_KEY = {secret}
api_token.jwt.encode.secret = string:{secret}
api_token.jwt.decode.secret = string:{secret}
ckan.site_url = http://127.0.0.1:{port}
ckan.site_id = peer
ckan.site_title = CKAN
ckan.plugins = datastore
ckan.storage_path = {folder}/storage
ckan.locale_default = en
ckan.datastore.sqlsearch.enabled = {sql}
sqlalchemy.url = postgresql://lumbung@127.0.0.1:{database_port}/ckan
ckan.datastore.write_url = postgresql://lumbung@127.0.0.1:{database_port}/datastore
ckan.datastore.read_url = postgresql://reader@127.0.0.1:{database_port}/datastore
solr_url = http://127.0.0.1:{nothing}/solr/ckan
ckan.redis.url = redis://127.0.0.1:{nothing}/0
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the kind of content, and the bytes."""

    status: int
    content_type: str
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Ckan:
    """One running CKAN."""

    folder: Path
    port: int
    database_port: int
    token: str = ""
    server: subprocess.Popen[bytes] | None = None

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def datastore_url(self) -> str:
        return f"postgresql://lumbung@127.0.0.1:{self.database_port}/datastore"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO_"))}
        return {**kept, "CKAN_INI": str(self.folder / "ckan.ini"), "PYTHONPATH": str(HERE / "served")}

    def fetch(self, path: str, body: bytes | None = None, *, content_type: str = "application/json") -> Answer:
        """One request as anyone may send it, by POST when there is a body."""
        return self._fetched(urllib.request.Request(self.root + path, body, {"Content-Type": content_type}))

    def act(self, action: str, **params: Any) -> Any:
        """The result of an action of its administrator; raises with the answer where it fails."""
        headers = {"Content-Type": "application/json", "Authorization": self.token}
        body = json.dumps(params).encode()
        answer = self._fetched(urllib.request.Request(f"{self.root}/api/3/action/{action}", body, headers))
        if answer.status != 200:
            raise RuntimeError(f"{action}: {answer.status} {answer.body[:1000]!r}")
        return answer.told["result"]

    def _fetched(self, request: urllib.request.Request) -> Answer:
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return Answer(answer.status, answer.headers.get("Content-Type", ""), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers.get("Content-Type", ""), error.read())

    def set_up(self) -> None:
        """Its tables, its rights, and its administrator's token."""
        program = [venvs.programs_of("ckan") / "python", HERE / "served" / "ckan_setup.py"]
        done = subprocess.run(program, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"CKAN could not be set up:\n{done.stderr[-3000:]}")
        self.token = done.stdout.split()[-1]

    def pids(self) -> list[int]:
        """Its server; its workers are below it. The database is not counted."""
        return [self.server.pid] if self.server else []

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")


@contextmanager
def running_ckan(folder: Path, *, workers: int = 1, sql: bool = False) -> Iterator[Ckan]:
    """A CKAN with nothing in it but its administrator; ended with the block. `sql` opens datastore_search_sql."""
    ckan = Ckan(folder, free_port(), free_port())
    folder.mkdir(exist_ok=True)
    # The settings a PostgreSQL comes with, but for the disk: nobody is measured by the speed of a flush.
    with with_postgres.running(options="-c fsync=off", port=ckan.database_port):
        _set_up(ckan, sql=sql)
        try:
            _start(ckan, workers)
            yield ckan
        finally:
            _stop(ckan)


def _set_up(ckan: Ckan, *, sql: bool) -> None:
    told = {"secret": secrets.token_hex(20), "port": ckan.port, "folder": ckan.folder, "nothing": NOTHING_LISTENS}
    told["sql"] = str(sql).lower()
    (ckan.folder / "ckan.ini").write_text(INI.format(database_port=ckan.database_port, **told))
    with psycopg.connect(ckan.datastore_url.replace("/datastore", "/postgres"), autocommit=True) as connection:
        for statement in ("CREATE ROLE reader LOGIN", "CREATE DATABASE ckan", "CREATE DATABASE datastore"):
            connection.execute(statement)
    ckan.set_up()


def _start(ckan: Ckan, workers: int) -> None:
    program = venvs.programs_of("ckan") / "granian"
    where = ["--host", "127.0.0.1", "--port", str(ckan.port), "--interface", "wsgi"]
    size = ["--workers", str(workers), "--blocking-threads", "8"]
    with (ckan.folder / "server.log").open("wb") as log:
        ckan.server = subprocess.Popen(
            [program, *where, *size, "ckan_app:application"], env=ckan.environment, stdout=log, stderr=log
        )
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            if ckan.fetch("/api/3/action/status_show").status == 200:
                return
        except OSError:  # not there yet
            pass
        time.sleep(0.2)
    raise RuntimeError(f"CKAN does not answer:\n{ckan.log()[-3000:]}")


def _stop(ckan: Ckan) -> None:
    if ckan.server is None:
        return
    ckan.server.terminate()
    try:
        ckan.server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        ckan.server.kill()
        ckan.server.wait()


def free_port() -> int:
    """A port of the system's choosing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
