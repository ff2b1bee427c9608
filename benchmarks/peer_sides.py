"""Each side of the comparison: how it is filled, and how it is asked over HTTP. All listen on loopback."""

import http.client
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import duckdb
import psycopg
from tests.installation import ROOT, Installation
from tools.peers import venvs
from tools.peers.ckan_server import Ckan, free_port

from benchmarks.peer_table import COLUMNS, Question

RESOURCE = "7a0c3f4e-52aa-4c07-9c52-0f4ab1e6d001"
BLOCK = 1 << 20


@dataclass(slots=True)
class Side:
    """Something that answers; `pids` are its processes, for the memory they take."""

    name: str
    port: int
    pids: list[int] = field(default_factory=list)

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def told(self, path: str) -> Any:
        return self._read(path, *self.get(path))

    def _read(self, path: str, status: int, body: bytes) -> Any:
        if status != 200:
            raise RuntimeError(f"{self.name}: {status} for {path}\n{body[:500]!r}")
        return json.loads(body)

    def lines(self, path: str) -> int:
        """Lines of a streamed file, read block by block."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("GET", path)
            answer, count = connection.getresponse(), 0
            while block := answer.read(BLOCK):
                count += block.count(b"\n")
            return count
        finally:
            connection.close()

    def page(self, asked: Question) -> int:
        """A filtered and sorted page of a hundred rows; the exact total."""
        raise NotImplementedError

    def page_path(self, asked: Question) -> str:
        raise NotImplementedError

    def groups(self, asked: Question) -> int:
        """Count and sum by sector and year; how many groups."""
        raise NotImplementedError

    def facet(self, asked: Question) -> int:
        """How many rows each sector has; how many sectors."""
        raise NotImplementedError

    def export(self) -> int:
        """Every row as CSV; how many."""
        raise NotImplementedError


class Ours(Side):
    """The rows endpoint of a served installation."""

    address = "/api/v1/datasets/tolok-ukur/rows"

    def page_path(self, asked: Question) -> str:
        where = [("where", f"sektor:eq:{asked.sector}"), ("where", f"tahun:eq:{asked.year}")]
        return f"{self.address}?{urlencode([*where, ('order', '-nilai'), ('limit', '100')])}"

    def page(self, asked: Question) -> int:
        told = self.told(self.page_path(asked))
        return int(told["total"]) if told["count"] else 0

    def groups(self, asked: Question) -> int:
        more = {"group_by": "sektor,tahun", "aggregate": "count,sum:nilai", "where": f"jumlah:gte:{asked.least}"}
        return len(self.told(f"{self.address}?{urlencode({**more, 'limit': 1000})}")["rows"])

    def facet(self, asked: Question) -> int:
        more = {"group_by": "sektor", "aggregate": "count", "where": f"jumlah:gte:{asked.least}"}
        return len(self.told(f"{self.address}?{urlencode({**more, 'limit': 1000})}")["rows"])

    def export(self) -> int:
        return self.lines(f"{self.address}?format=csv") - 1


class CkanSide(Side):
    """`datastore_search` of a real CKAN; groups and facets by its SQL, which it has no other way for."""

    def page_path(self, asked: Question) -> str:
        filters = json.dumps({"sektor": asked.sector, "tahun": asked.year})
        told = {"resource_id": RESOURCE, "filters": filters, "sort": "nilai desc", "limit": 100}
        return f"/api/3/action/datastore_search?{urlencode(told)}"

    def page(self, asked: Question) -> int:
        told = self.told(self.page_path(asked))["result"]
        return int(told["total"]) if told["records"] else 0

    def _sql(self, sql: str) -> int:
        told = self.told(f"/api/3/action/datastore_search_sql?{urlencode({'sql': sql})}")
        return len(told["result"]["records"])

    def groups(self, asked: Question) -> int:
        what = f'SELECT sektor, tahun, count(*) AS n, sum(nilai) AS s FROM "{RESOURCE}"'
        return self._sql(f"{what} WHERE jumlah >= {asked.least} GROUP BY sektor, tahun")

    def facet(self, asked: Question) -> int:
        return self._sql(
            f'SELECT sektor, count(*) AS n FROM "{RESOURCE}" WHERE jumlah >= {asked.least} GROUP BY sektor'
        )

    def export(self) -> int:
        return self.lines(f"/datastore/dump/{RESOURCE}") - 1


class DatasetteSide(Side):
    """Datasette over one SQLite file."""

    def page_path(self, asked: Question) -> str:
        told = {"sektor": asked.sector, "tahun": asked.year, "_sort_desc": "nilai", "_size": 100, "_nosuggest": 1}
        return f"/tabel/rows.json?{urlencode({**told, '_shape': 'objects'})}"

    def page(self, asked: Question) -> int:
        told = self.told(self.page_path(asked))
        return int(told["filtered_table_rows_count"] or 0) if told["rows"] else 0

    def groups(self, asked: Question) -> int:
        sql = "SELECT sektor, tahun, count(*) AS n, sum(nilai) AS s FROM rows"
        sql = f"{sql} WHERE jumlah >= {asked.least} GROUP BY sektor, tahun"
        path = f"/tabel.json?sql={quote(sql)}&_shape=objects"
        status, body = self.get(path)
        if status == 400 and b"took too long" in body:  # its second was over: told as nothing, as of a facet
            return 0
        return len(self._read(path, status, body)["rows"])

    def facet(self, asked: Question) -> int:
        told = {"jumlah__gte": asked.least, "_facet": "sektor", "_size": 0, "_nosuggest": 1, "_facet_size": 30}
        found = self.told(f"/tabel/rows.json?{urlencode(told)}")["facet_results"]
        return len(found["sektor"]["results"]) if "sektor" in found else 0

    def export(self) -> int:
        return self.lines("/tabel/rows.csv?_stream=1") - 1


@contextmanager
def served_by_us(folder: Path, source: Path, *, factor: int) -> Iterator[Ours]:
    """An installation in which the table was brought, checked and published as any other; then served."""
    home = folder / "home"
    made = Installation(home)
    if not home.exists():
        home.mkdir()
        done = made.run("demo", "--reports", "1", "--datasets", "0")
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        begun = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.peer_publishing", str(source)]
        subprocess.run(command, env=made.environment, cwd=ROOT, check=True)
        print(f"  brought, checked and published by us in {time.perf_counter() - begun:.0f} s", flush=True)
    made.settings = {"LUMBUNG_LIMIT_FACTOR": str(factor), "LUMBUNG_BEHIND_PROXY": "no"}
    made.start()
    try:
        yield Ours("ours", made.port, made.pids_of("serve"))
    finally:
        made.stop()


def fill_ckan(ckan: Ckan, source: Path) -> float:
    """Store the table as xloader does: the columns by the action, the rows by COPY; seconds of the COPY."""
    ckan.act("organization_create", name="tolok")
    resource = {"id": RESOURCE, "name": "Tabel", "url": "http://contoh.invalid/tabel.csv", "format": "CSV"}
    ckan.act("package_create", name="tolok-ukur", owner_org="tolok", resources=[resource])
    fields = [{"id": name, "type": kind} for name, kind in COLUMNS.items()]
    ckan.act("datastore_create", resource_id=RESOURCE, fields=fields, force=True, calculate_record_count=False)
    begun = time.perf_counter()
    names = ", ".join(COLUMNS)
    with psycopg.connect(ckan.datastore_url, autocommit=True) as connection:
        told = f'COPY "{RESOURCE}" ({names}) FROM STDIN WITH (FORMAT csv, HEADER true)'
        with connection.cursor().copy(told) as rows, source.open("rb") as file:
            while block := file.read(BLOCK):
                rows.write(block)
        connection.execute(f'VACUUM ANALYZE "{RESOURCE}"')
    return time.perf_counter() - begun


def index_ckan(ckan: Ckan) -> None:
    """The composite index an administrator who knows the question would add."""
    with psycopg.connect(ckan.datastore_url, autocommit=True) as connection:
        connection.execute(f'CREATE INDEX IF NOT EXISTS tolok ON "{RESOURCE}" (sektor, tahun, nilai)')
        connection.execute(f'ANALYZE "{RESOURCE}"')


@contextmanager
def served_by_datasette(folder: Path, source: Path, *, is_tuned: bool) -> Iterator[DatasetteSide]:
    """Datasette as it comes, or with the indexes and limits of somebody who knows the questions."""
    file = folder / ("tuned" if is_tuned else "plain") / "tabel.db"
    if not file.exists():
        file.parent.mkdir()
        _write_sqlite(file, source, is_tuned=is_tuned)
    port, program = free_port(), venvs.programs_of("datasette") / "datasette"
    settings = {"max_csv_mb": 0}
    if is_tuned:
        settings |= {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "num_sql_threads": 8}
    told = [word for name, value in settings.items() for word in ("--setting", name, str(value))]
    with (folder / "datasette.log").open("ab") as log:
        server = subprocess.Popen([program, "-i", file, "-p", str(port), *told], stdout=log, stderr=log)
    side = DatasetteSide("Datasette tuned" if is_tuned else "Datasette", port, [server.pid])
    try:
        _wait(side)
        yield side
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(side: Side) -> None:
    for _time in range(600):
        try:
            if side.get("/tabel.json")[0] == 200:
                return
        except OSError:  # not there yet
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{side.name} does not answer")


def _write_sqlite(file: Path, source: Path, *, is_tuned: bool) -> None:
    names = ", ".join(COLUMNS)
    with closing(sqlite3.connect(file)) as database, duckdb.connect(":memory:") as reader:
        kinds = {"int4": "INTEGER", "int8": "INTEGER", "numeric": "REAL", "bool": "INTEGER"}
        columns = ", ".join(f"{name} {kinds.get(kind, 'TEXT')}" for name, kind in COLUMNS.items())
        database.execute(f"CREATE TABLE rows ({columns})")
        reader.execute(f"SELECT {names} FROM read_csv('{source}', all_varchar = true)")
        while block := reader.fetchmany(50_000):
            database.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(COLUMNS))})", block)
        if is_tuned:
            database.execute("CREATE INDEX page ON rows (sektor, tahun, nilai)")
            database.execute("CREATE INDEX facet ON rows (jumlah, sektor)")
            database.execute("ANALYZE")
        database.commit()
