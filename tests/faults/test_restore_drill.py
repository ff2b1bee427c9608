"""The restore drill: back up under load, restore into an empty home, and the same pages come back."""

import json
import re
import shutil
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path
from typing import Self

import pytest

from tests import citizen
from tests.faults import conditions
from tests.http_client import Browser
from tests.installation import Installation, new_database

pytestmark = pytest.mark.fault

PAGES = ["/", "/ntb/", "/ksb/", "/ksb/laporan/", "/ntb/laporan/?page=2", "/ntb/laporan/unduh.csv", "/kalender/"]


@pytest.fixture
def empty_like(tmp_path):
    """Makes an empty home at the same address (a page carries its own in its QR code); who serves it is stopped."""
    made = []

    def make(installation: Installation) -> Installation:
        home, url = tmp_path / "back", installation.database_url
        home.mkdir()
        database = new_database(re.sub(r"/lumbung_\w+", "/postgres", url)) if url else ""
        made.append(Installation(home, database, installation.port))
        return made[-1]

    yield make
    for each in made:
        if each.supervisor is not None:
            each.stop()


def _content(installation: Installation, paths: list[str]) -> dict[str, str]:
    browser = Browser(installation.port)
    found = {path: browser.get(path) for path in paths}
    assert {page.status for page in found.values()} == {200}
    return {path: _without_what_differs_each_time(page.text) for path, page in found.items()}


def _without_what_differs_each_time(text: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"127\.0\.0\.1:\d+", "", text)


def _report_pages(installation: Installation) -> list[str]:
    return [f"/{number.split('-')[0].lower()}/laporan/{number}/" for number in conditions.numbers(installation)]


class Senders:
    """Citizens who go on reporting while the backup runs."""

    def __init__(self, port: int) -> None:
        self.port, self.ended, self.sent = port, threading.Event(), 0
        self.thread = threading.Thread(target=self._send)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.thread.join()

    def _send(self) -> None:
        while not self.ended.is_set():
            self.sent += 1
            browser = Browser(self.port, address=f"10.8.{self.sent // 250}.{self.sent % 250 + 1}")
            citizen.send_report(browser, portal="ksb", text=f"Air keruh {self.sent}")


def test_a_backup_under_load_restored_elsewhere_serves_the_same_content(served, tmp_path, empty_like):
    before = _report_pages(served)
    with Senders(served.port) as senders:
        taken = served.run("backup", str(tmp_path / "drill.tar.gz"))
        assert senders.sent >= 1
    assert taken.returncode == 0, taken.stderr
    assert "kunci tidak ada di dalamnya" in taken.stderr.lower()
    content = _content(served, before)
    served.stop()

    back = empty_like(served)
    shutil.copytree(served.home / "keys", back.home / "keys")
    restored = back.run("restore", str(tmp_path / "drill.tar.gz"))
    assert restored.returncode == 0, restored.stderr
    assert "lumbung verify --checkpoint" in restored.stderr or "were signed are not in this backup" in restored.stderr
    back.start()

    assert _content(back, before) == content
    assert conditions.half_reports(back) == []
    assert conditions.gaps_in_numbers(back) == []
    assert set(conditions.numbers(back)) <= set(conditions.numbers(served))
    assert citizen.send_report(Browser(back.port), portal="ksb", text="Sesudah pemulihan")


@pytest.mark.heavy
def test_every_public_page_is_the_same_after_a_quiet_backup(served, tmp_path, empty_like):
    archive, pages = tmp_path / "quiet.tar.gz", PAGES + _report_pages(served)
    assert served.run("backup", str(archive)).returncode == 0
    content = _content(served, pages)
    served.stop()

    back = empty_like(served)
    shutil.copytree(served.home / "keys", back.home / "keys")
    assert back.run("restore", str(archive)).returncode == 0
    back.start()

    assert _content(back, pages) == content


def test_restoring_says_how_much_of_the_log_was_signed_after_the_backup(served, tmp_path, empty_like):
    assert served.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    served.stop()
    back = empty_like(served)
    shutil.copytree(served.home / "keys", back.home / "keys")
    signed = {"size": 1_000_000, "root": bytes(32).hex()}
    (back.home / "keys" / "log-signed.json").write_text(json.dumps(signed))

    restored = back.run("restore", str(tmp_path / "a.tar.gz"))

    assert restored.returncode == 0
    assert "entries of the public log that were signed are not in this backup" in restored.stderr


def test_restoring_without_the_keys_says_so_and_makes_no_new_ones(installation, tmp_path, empty_like):
    assert installation.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    back = empty_like(installation)

    restored = back.run("restore", str(tmp_path / "a.tar.gz"))

    assert restored.returncode == 4
    assert str(back.home / "keys") in restored.stderr
    assert not (back.home / "keys" / "sealing.key").exists()


def test_other_keys_are_noticed(installation, tmp_path, empty_like):
    assert installation.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    back = empty_like(installation)
    (back.home / "keys").mkdir(mode=0o700)
    (back.home / "keys" / "sealing.key").write_bytes(bytes(32))

    restored = back.run("restore", str(tmp_path / "a.tar.gz"))

    assert restored.returncode == 4
    assert "not those of this backup" in restored.stderr


def test_keys_are_not_in_the_archive(installation, tmp_path):
    assert installation.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    shutil.unpack_archive(tmp_path / "a.tar.gz", tmp_path / "open", filter="data")

    secrets = [path.read_bytes() for path in (installation.home / "keys").iterdir()]
    assert secrets
    for file in (path for path in (tmp_path / "open").rglob("*") if path.is_file()):
        assert not any(secret in file.read_bytes() for secret in secrets), file


def test_a_home_in_use_is_never_restored_over(installation, tmp_path):
    assert installation.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    before = conditions.numbers(installation)

    refused = installation.run("restore", str(tmp_path / "a.tar.gz"))

    assert refused.returncode == 2
    assert "not empty" in refused.stderr
    assert conditions.numbers(installation) == before


def test_a_backup_whose_log_was_rewritten_is_not_restored(installation, tmp_path, empty_like):
    if installation.database_url:
        pytest.skip("the harm is done to the SQLite file")
    with closing(sqlite3.connect(installation.home / "lumbung.sqlite3")) as database, database:
        database.execute("DROP TRIGGER events_eventrecord_refuses_update")
        database.execute("UPDATE events_eventrecord SET body = CAST(replace(body, 'a', 'b') AS BLOB) WHERE id = 40")
    assert installation.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    back = empty_like(installation)

    refused = back.run("restore", str(tmp_path / "a.tar.gz"))

    assert refused.returncode == 1
    assert "public log does not add up" in refused.stderr
    assert not (back.home / "lumbung.sqlite3").exists()


def test_a_backup_of_a_newer_lumbung_asks_to_upgrade_first(installation, tmp_path, empty_like):
    assert installation.run("backup", str(tmp_path / "a.tar.gz")).returncode == 0
    _rewrite_version(tmp_path / "a.tar.gz", tmp_path / "open")

    refused = empty_like(installation).run("restore", str(tmp_path / "a.tar.gz"))

    assert refused.returncode == 1
    assert "upgrade Lumbung first" in refused.stderr


def _rewrite_version(archive: Path, room: Path) -> None:
    shutil.unpack_archive(archive, room, filter="data")
    told = (room / "inventory.json").read_text()
    (room / "inventory.json").write_text(re.sub(r'"version": "[^"]+"', '"version": "99.0.0"', told))
    with tarfile.open(archive, "w:gz") as tar:
        for path in room.iterdir():
            tar.add(path, path.name)
