"""Scripts bring data to real processes: keys are made on a page, the client is ckanapi, two at once lose no row."""

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import ckanapi
import pytest

from tests.http_client import Browser

pytestmark = [pytest.mark.fault, pytest.mark.heavy]
PASSWORD = "lumbung-contoh-2026"
EACH = 40


def keys_made_on_the_desk(port, *scopes):
    """A key for each: of one scope, or of several in a list."""
    browser = Browser(port)
    browser.submit(browser.get("/akun/login/"), {"login": "produsen.ntb@contoh.id", "password": PASSWORD})
    until = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - as a person reads the calendar
    for scope in scopes:
        told = {"organisation": "ntb-pupr", "name": "server", "scopes": scope, "expires_on": until}
        made = browser.submit(browser.get("/ntb/data/kelola/kunci/buat/"), told)
        found = re.search(r"lmb_[\w-]{40,}", made.text)
        assert found, made.text
        yield found.group()


def command(*words, home):
    programs = Path(sys.executable).parent
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(home)}
    told = [programs / "ckanapi", *words]
    done = subprocess.run(told, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_scripts_at_once_lose_no_row_and_begin_no_dataset_twice(served, tmp_path):
    root = f"http://127.0.0.1:{served.port}"
    drafts, rows = keys_made_on_the_desk(served.port, "drafts:write", "datastore:write")
    lines = tmp_path / "muat.jsonl"
    lines.write_text(json.dumps({"name": "jumlah-jembatan", "title": "Jumlah jembatan", "owner_org": "ntb-pupr"}))
    for _again in range(2):
        command("load", "datasets", "-I", lines, "-r", root, "-a", drafts, "-p", "2", home=tmp_path)
    copied = tmp_path / "salinan.jsonl"
    command("dump", "datasets", "jumlah-jembatan", "-r", root, "-a", drafts, "-O", copied, home=tmp_path)
    assert json.loads(copied.read_text())["lumbung"]["draft_state"] == "draft"

    assert sorted(at_once(lambda _number: created(root, drafts))) == ["made", "taken"]

    with ckanapi.RemoteCKAN(root, apikey=rows) as client:
        told = {"resource": {"package_id": "jumlah-jembatan", "name": "Jembatan"}, "primary_key": "kode"}
        columns = [{"id": "kode", "type": "text"}, {"id": "jumlah", "type": "int"}]
        table = client.action.datastore_create(**told, fields=columns, records=[])["resource_id"]
    at_once(lambda number: written(root, rows, table, number))
    with ckanapi.RemoteCKAN(root, apikey=rows) as client:
        assert client.action.resource_show(id=table)["row_count"] == 2 * EACH
        deadline = time.monotonic() + 60
        while client.action.resource_show(id=table)["stage"] != "checked":
            assert time.monotonic() < deadline, "the worker did not check the rows"
            time.sleep(0.5)


def at_once(step):
    with ThreadPoolExecutor(2) as both:
        return list(both.map(step, range(2)))


def created(root, secret):
    with ckanapi.RemoteCKAN(root, apikey=secret) as client:
        try:
            client.action.package_create(name="jumlah-dermaga", title="Jumlah dermaga")
        except ckanapi.ValidationError as error:
            return "taken" if "name" in error.error_dict else str(error)
        return "made"


def written(root, secret, table, number):
    """Rows a few at a time; a refusal because the other writes is answered as a script does: send it again."""
    with ckanapi.RemoteCKAN(root, apikey=secret) as client:
        for first in range(0, EACH, 4):
            rows = [{"kode": f"{number}-{first + more:03d}", "jumlah": first} for more in range(4)]
            while not was_taken(client, table, rows):
                pass


def was_taken(client, table, rows):
    try:
        client.action.datastore_upsert(resource_id=table, records=rows)
    except ckanapi.ValidationError as error:
        if error.error_dict["code"] != "table-written-meanwhile":
            raise
        return False
    return True
