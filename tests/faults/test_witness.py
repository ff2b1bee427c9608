"""A witness outside watches a real installation: it cosigns what only grew, and keeps proof of what was rewritten."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbung.core.log.standalone import lumbung_witness
from lumbung.kernels import merkle
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, Key
from lumbung.site import demo
from tests.http_client import Browser
from tests.installation import Installation

pytestmark = [pytest.mark.fault, pytest.mark.heavy]  # most of a minute each

GIVES_UP_AFTER_SECONDS = 600
KEY_ON_PAGE = re.compile(r"<code>([a-z./]+/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44})</code>")
APPEND_ONLY = ("events_eventrecord", "events_logleaf", "log_tile", "log_checkpoint", "log_cosignature")


@dataclass
class Laptop:
    """Somebody's own machine: the downloaded programs, run by a Python that knows nothing of this project."""

    folder: Path
    installation: Installation

    @property
    def log(self) -> str:
        return f"http://127.0.0.1:{self.installation.port}/log"

    def download(self, name: str) -> Path:
        answer = Browser(self.installation.port).get(f"/catatan-publik/{name}")
        assert answer.status == 200
        path = self.folder / name.rpartition("/")[2]
        path.write_bytes(answer.body)
        return path

    def run(self, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", program.name, *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture
def laptop(served: Installation, tmp_path: Path) -> Laptop:
    folder = tmp_path / "laptop"
    folder.mkdir()
    return Laptop(folder, served)


def checkpoint_beyond(installation: Installation, size: int) -> str:
    """The signed checkpoint once the log has grown beyond a size."""
    deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
    while time.monotonic() < deadline:
        answer = Browser(installation.port).get("/log/checkpoint")
        if answer.status == 200 and size_in(answer.text) > size:
            return answer.text
        time.sleep(0.5)
    raise AssertionError(f"no checkpoint beyond {size}")


def size_in(checkpoint: str) -> int:
    return int(checkpoint.split("\n")[1])


def administrator(installation: Installation) -> Browser:
    browser = Browser(installation.port)
    browser.submit(browser.get("/akun/login/"), {"login": "admin@contoh.id", "password": demo.PASSWORD})
    return browser


def add_witness(installation: Installation, key: str) -> None:
    browser = administrator(installation)
    facts = {"title": "Forum Warga", "kind": "civil_society", "key": key}
    page = browser.submit(browser.get("/kelola/saksi/tambah/"), facts)
    assert "Forum Warga" in page.text


def let_it_grow(installation: Installation) -> None:
    """An office acts: a citizen's act would wait for tomorrow."""
    seed = os.urandom(32)
    name = f"saksi-{seed.hex()[:8]}.example"
    add_witness(installation, Key(name, COSIGNATURE_KEY, lumbung_witness.public_key(seed)).text)


def rewrite(installation: Installation) -> None:
    """Change an old entry with every right over the database and the key, and let everything be signed anew."""
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            on = f" ON {table}" if installation.database_url else ""
            installation.change(f"DROP TRIGGER {table}_refuses_{verb}{on}")
    body = bytes(installation.value("SELECT body FROM events_eventrecord ORDER BY id LIMIT 1")) + b" "
    start = "'\\x" if installation.database_url else "X'"
    new_body, leaf = f"{start}{body.hex()}'", f"{start}{merkle.leaf_hash(body).hex()}'"
    first = installation.value("SELECT id FROM events_eventrecord ORDER BY id LIMIT 1")
    installation.change(f"UPDATE events_eventrecord SET body = {new_body}, leaf_hash = {leaf} WHERE id = {first}")
    installation.change(f"UPDATE events_logleaf SET leaf_hash = {leaf} WHERE event_id = {first}")
    for table in ("log_cosignature", "log_checkpoint", "log_tile"):
        installation.change(f"DELETE FROM {table}")
    (installation.home / "keys" / "log-signed.json").unlink()  # else the key refuses to sign what is other


def test_a_witness_cosigns_what_grew_and_keeps_the_proof_of_what_was_rewritten(served, laptop):
    held = checkpoint_beyond(served, 0)
    log_key = KEY_ON_PAGE.search(Browser(served.port).get("/catatan-publik/").text)[1]
    witness, verifier = laptop.download("program/lumbung_witness.py"), laptop.download("program/lumbung_verify.py")
    key = laptop.run(witness, "kunci", "saksi.example").stdout.strip()
    watch = ("awasi", laptop.log, "--kunci", log_key)

    stranger = laptop.run(witness, *watch)
    assert stranger.returncode == 1, stranger.stderr
    add_witness(served, key)
    assert laptop.run(witness, *watch).returncode == 0
    assert "saksi.example" in Browser(served.port).get("/log/checkpoint").text
    assert "mengawasi" in Browser(served.port).get("/catatan-publik/").text

    let_it_grow(served)
    grown = checkpoint_beyond(served, size_in(held))
    assert laptop.run(witness, *watch).returncode == 0
    newest = size_in(grown) - 1
    entry, proof = (laptop.download(f"{newest}/{name}") for name in ("catatan.json", "bukti.tlog-proof"))
    one = laptop.run(verifier, "bukti", entry.name, proof.name, "--kunci", log_key, "--saksi", key)
    assert one.returncode == 0, one.stderr
    kept = laptop.folder / "titik-periksa.txt"
    kept.write_text(held)
    everything = ("semua", laptop.log, "--kunci", log_key, "--titik-periksa", kept.name)
    assert laptop.run(verifier, *everything).returncode == 0
    assert served.run("verify", "--checkpoint", str(kept)).returncode == 0

    served.stop()
    rewrite(served)
    served.start()
    let_it_grow(served)
    checkpoint_beyond(served, size_in(grown))
    for _ in range(2):  # and it refuses for good
        forked = laptop.run(witness, *watch)
        assert forked.returncode == 2, forked.stdout + forked.stderr
    assert "lumbung.localhost/log" in next((laptop.folder / "saksi-lumbung").glob("*riwayat-ganda.txt")).read_text()
    assert laptop.run(verifier, *everything).returncode == 1
    assert served.run("verify", "--checkpoint", str(kept)).returncode == 1
