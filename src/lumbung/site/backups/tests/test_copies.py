"""A copy taken while others write holds whole transactions only, and no writer waits for it."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from lumbung.site.backups import copies
from lumbung.site.backups.inventory import BackupRefused

QUIET = lambda _done, _total: None  # noqa: E731
ROWS = 40_000


@pytest.fixture
def live(tmp_path: Path) -> Path:
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, text TEXT)")
        database.execute("CREATE TABLE event (report INTEGER)")
        database.executemany("INSERT INTO report VALUES (?, ?)", ((i, "x" * 200) for i in range(ROWS)))
        database.execute("INSERT INTO event SELECT id FROM report")
    return path


class Writer(threading.Thread):
    """Adds a report and its event in one transaction, again and again."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.ended, self.written, self.longest_seconds = path, threading.Event(), 0, 0.0

    def run(self) -> None:
        with closing(sqlite3.connect(self.path, timeout=20)) as database:
            while not self.ended.is_set():
                begun = time.perf_counter()
                with database:
                    database.execute("INSERT INTO report (text) VALUES (?)", ("y" * 200,))
                    database.execute("INSERT INTO event SELECT max(id) FROM report")
                self.longest_seconds = max(self.longest_seconds, time.perf_counter() - begun)
                self.written += 1


def test_a_copy_under_writes_holds_no_half_transaction(live, tmp_path):
    writer = Writer(live)
    writer.start()
    while not writer.written:
        time.sleep(0.001)
    copies.copy_sqlite(live, tmp_path / "copy.sqlite3", QUIET)
    writer.ended.set()
    writer.join()

    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        reports, events = (copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("report", "event"))
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert ROWS < reports <= ROWS + writer.written
    assert reports == events


def test_the_copy_goes_forward_though_others_write_between_its_steps(live, tmp_path):
    steps: list[int] = []

    def write_between(done: int, _total: int) -> None:
        steps.append(done)
        with closing(sqlite3.connect(live, timeout=20)) as database, database:
            database.execute("INSERT INTO report (text) VALUES ('z')")

    copies.copy_sqlite(live, tmp_path / "copy.sqlite3", write_between)

    assert len(steps) > 2
    assert steps == sorted(steps), "a foreign write started the copy anew"


def test_a_home_without_database_says_what_to_do(tmp_path):
    with pytest.raises(BackupRefused, match="lumbung migrate"):
        copies.copy_sqlite(tmp_path / "none.sqlite3", tmp_path / "copy.sqlite3", QUIET)


def test_without_pg_dump_the_sentence_names_the_package(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupRefused, match="postgresql-client"):
        copies.dump_postgresql({"NAME": "lumbung"}, tmp_path / "dump")
