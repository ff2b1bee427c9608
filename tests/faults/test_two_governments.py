"""Two installations watch each other, and a third both: one only grows, is killed, and tells two histories."""

import html
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.test_witness import (
    Laptop,
    add_witness,
    administrator,
    checkpoint_beyond,
    rewrite,
)
from tests.http_client import Browser
from tests.installation import Installation

pytestmark = [pytest.mark.fault, pytest.mark.heavy]

GIVES_UP_AFTER_SECONDS = 600
KSB, DOUBT = "Kabupaten Sumbawa Barat", "mungkin tidak mutakhir"
FRONT, WITNESSES = "/catatan-publik/", "/kelola/saksi/"


@pytest.fixture
def governments(prepared_installation: Installation, tmp_path: Path) -> Iterator[dict[str, Installation]]:
    """NTB and KSB: two databases, two sets of log keys, two names, two times real processes."""
    both = {}
    for name in ("ntb", "ksb"):
        made = both[name] = prepared_installation.copy(tmp_path / name)
        for key in ("log-signing.key", "log-witness.key", "log-signed.json"):
            (made.home / "keys" / key).unlink(missing_ok=True)
        made.settings = {"LUMBUNG_LOG_ORIGIN": f"{name}.example/log", "LUMBUNG_WORKERS": "1"}
        made.start()
    yield both
    for made in both.values():
        if made.supervisor is not None:
            made.stop()


def until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def front(installation: Installation) -> str:
    return Browser(installation.port).get(FRONT).text


def checkpoint(installation: Installation) -> str:
    return Browser(installation.port).get("/log/checkpoint").text


def lines_of(installation: Installation) -> tuple[str, str]:
    """The keys another installation is to be given: of the log, and of the installation as witness."""
    page = html.unescape(administrator(installation).get(WITNESSES).text)
    host = installation.settings["LUMBUNG_LOG_ORIGIN"].partition("/")[0]
    log_key, witness_key = (re.search(rf"{host}/{word}\+[0-9a-f]{{8}}\+\S{{44}}", page) for word in ("log", "saksi"))
    assert log_key
    assert witness_key
    return log_key[0], witness_key[0]


def watches(watching: Installation, watched: Installation, title: str) -> None:
    log_key, witness_key = lines_of(watched)
    browser = administrator(watching)
    address = f"http://127.0.0.1:{watched.port}/log"
    facts = {"title": title, "address": address, "key": log_key, "witness_key": witness_key}
    page = browser.submit(browser.get(f"{WITNESSES}sesama/tambah/"), facts)
    assert page.path == WITNESSES, page.text


def look_now(watching: Installation) -> None:
    browser = administrator(watching)
    page = browser.get(WITNESSES)
    way = re.search(r'action="(/kelola/saksi/sesama/\d+/lihat/)"', page.text)
    assert way, page.text
    browser.post(way[1], {"csrfmiddlewaretoken": page.form("csrfmiddlewaretoken").fields["csrfmiddlewaretoken"]})


def test_ntb_and_ksb_watch_each_other_and_a_third_watches_both(governments, tmp_path):
    ntb, ksb = governments["ntb"], governments["ksb"]
    for one in (ntb, ksb):
        checkpoint_beyond(one, 0)
    folder = tmp_path / "laptop"
    folder.mkdir()
    cso = {name: Laptop(folder, one) for name, one in governments.items()}
    program = cso["ntb"].download("program/lumbung_witness.py")
    key = cso["ntb"].run(program, "kunci", "saksi.lsm.example").stdout.strip()

    # Both only grow: each carries the line of the other and of the witness outside.
    watches(ntb, ksb, "Kabupaten Sumbawa Barat")
    watches(ksb, ntb, "Provinsi Nusa Tenggara Barat")
    for one, other in ((ntb, "ksb"), (ksb, "ntb")):
        add_witness(one, key)
        look_now(ntb if other == "ntb" else ksb)
        until(lambda one=one, other=other: f"— {other}.example/saksi " in checkpoint(one), f"{other} does not cosign")
        assert "hanya bertambah" in front(one)
    # What each publishes is at the other, proven.
    for one, other in ((ntb, KSB), (ksb, "Provinsi Nusa Tenggara Barat")):
        until(lambda one=one: shows_a_plan(one), f"{other} publishes, and nothing arrives")
        assert f"Komitmen di {other}" in plan_page(one)
        assert DOUBT not in plan_page(one)
    log_keys = {name: lines_of(one)[0] for name, one in governments.items()}
    watch = {name: ("awasi", cso[name].log, "--kunci", log_keys[name]) for name in governments}
    assert [cso[name].run(program, *watch[name]).returncode for name in governments] == [0, 0]

    # One is killed: whoever watches it says so.
    ksb.stop(signal.SIGKILL)
    ksb.wait_until_nothing_runs()
    look_now(ntb)
    until(lambda: "tidak menjawab" in front(ntb), "nobody noticed that KSB is gone")
    hours = "verified_at - interval '2 hours'" if ntb.database_url else "datetime(verified_at, '-2 hours')"
    ntb.change(f"UPDATE log_peer SET verified_at = {hours}")
    assert "Log Kabupaten Sumbawa Barat tidak terjangkau" in front(ntb)
    assert f"Yang tampil di sini dari {KSB} {DOUBT}" in plan_page(ntb)
    assert f"Komitmen di {KSB}" in plan_page(ntb)

    # One rewrites its history, with every right and its key: both others refuse and keep what it signed.
    before, taken_over = ksb_seen(ntb), taken_over_by(ntb)
    rewrite(ksb)
    ksb.change("DELETE FROM jobs_schedulemark")  # everything is due at once
    ksb.start()
    checkpoint_beyond(ksb, before - 1)
    look_now(ntb)
    until(lambda: "Log Kabupaten Sumbawa Barat tidak cocok" in front(ntb), "nobody noticed the second history")
    evidence = re.search(r'href="(/catatan-publik/riwayat-ganda/\d+\.txt)"', front(ntb))
    assert evidence
    kept = Browser(ntb.port).get(evidence[1]).text
    assert kept.count("ksb.example/log\n") == 2
    assert f"\n{before}\n" in kept
    assert "ntb.example/saksi" not in checkpoint(ksb)
    # What it published before stays with the warning; nothing new of it is taken over.
    read_all_feeds(ntb)
    assert f"Yang ditampilkan {KSB} tidak cocok dengan yang ditandatanganinya sebelumnya" in plan_page(ntb)
    assert taken_over_by(ntb) == taken_over
    assert cso["ksb"].run(program, *watch["ksb"]).returncode == 2
    assert cso["ntb"].run(program, *watch["ntb"]).returncode == 0


def plan_page(installation: Installation) -> str:
    return html.unescape(Browser(installation.port).get("/ntb/rencana-aksi/").text)


def shows_a_plan(installation: Installation) -> bool:
    """Whether a plan of the other one stands on the page; publishing, signing and reading are due now."""
    due = "('federation.publish', 'federation.fetch_feeds', 'log.extend')"
    installation.change(f"DELETE FROM jobs_schedulemark WHERE name IN {due}")
    return "Dari pemasangan lain" in plan_page(installation)


def read_all_feeds(installation: Installation) -> None:
    """Let the clock ask every feed once more, and wait until it has."""
    done = "SELECT count(*) FROM jobs_job WHERE name = 'federation.fetch_feeds' AND state = 'done'"
    before = installation.value(done)
    installation.change("DELETE FROM jobs_schedulemark WHERE name LIKE 'federation.%'")
    until(lambda: installation.value(done) > before and waits_for_none(installation), "the feeds are not read")


def waits_for_none(installation: Installation) -> bool:
    waiting = "SELECT count(*) FROM jobs_job WHERE name LIKE 'federation.%' AND state IN ('queued', 'running')"
    return not installation.value(waiting)


def taken_over_by(installation: Installation) -> list[tuple[object, ...]]:
    return installation.rows("SELECT item, sha256, size FROM federation_remoteitem ORDER BY item")


def ksb_seen(ntb: Installation) -> int:
    return int(ntb.value("SELECT size FROM log_peer"))
