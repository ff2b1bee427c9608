"""Storage full: what can be read stays readable, what cannot be stored is refused with a page that says so."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import citizen
from tests.http_client import Browser
from tests.installation import Installation

pytestmark = [pytest.mark.fault, pytest.mark.heavy]

SIZE_MIB = 96


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for a demonstration and little more."""
    if os.getuid() != 0:
        pytest.skip("mounting a small file system needs root")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MIB}m", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not allow mounting")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def _fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return ballast


def _give_back_room(home: Path) -> None:
    """Empty the write-ahead log: room it holds from earlier writes would take a report in on a full disk."""
    with closing(sqlite3.connect(next(home.glob("*.sqlite3")))) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_a_full_disk_refuses_a_report_with_507_and_still_shows_pages(prepared_installation, small_disk):
    if prepared_installation.database_url:
        pytest.skip("the PostgreSQL server keeps its data elsewhere")
    installation: Installation = prepared_installation.copy(small_disk / "home")
    installation.start()
    try:
        screen = citizen.fill_in(Browser(installation.port), portal="ksb", text="Jalan berlubang")
        _give_back_room(small_disk / "home")
        ballast = _fill(small_disk)

        refused = screen.browser.submit(screen.page, {"name": ""}, follow=False)
        listed = Browser(installation.port).get("/ksb/laporan/")
        health = Browser(installation.port).get("/healthz")

        assert refused.status == 507
        assert "penuh" in refused.text
        assert listed.status == 200
        assert health.status == 200
        assert "storage-full" in health.text

        ballast.unlink()
        assert screen.send(), "after room was made the same draft can be sent"
    finally:
        installation.stop()
