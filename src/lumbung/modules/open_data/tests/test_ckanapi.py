"""The client people have, ckanapi, against a running server: reading, writing, and its commands that copy and load."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from wsgiref import simple_server

import ckanapi
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connections

from lumbung.modules.open_data.models import Resource
from lumbung.modules.open_data.tests.ckan_calls import key_for
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(people, tmp_path):
    return published(people, tmp_path)


class _Quiet(simple_server.WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def address(release):
    """A server of this process that sees what the test wrote: published tables cannot be flushed away afterwards."""
    ours = connections[DEFAULT_DB_ALIAS]
    if ours.vendor != "sqlite":
        pytest.skip("the pool of PostgreSQL takes its connection back after a request; the same calls run in test_ckan")
    ours.inc_thread_sharing()
    server = simple_server.make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)

    def serve():
        connections[DEFAULT_DB_ALIAS] = ours
        server.serve_forever(poll_interval=0.05)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    ours.dec_thread_sharing()


@pytest.fixture
def remote(address):
    with ckanapi.RemoteCKAN(address, user_agent="uji") as client:
        yield client


def test_every_reading_action_answers_the_client(remote, release):
    name, action = release.dataset.name, remote.action
    table = str(Resource.objects.get(dataset=release.dataset).pk)
    assert action.package_list() == [name]
    assert action.package_show(id=name)["id"] == str(release.dataset_id)
    assert action.package_search(q="jalan", fq="organization:ntb-pupr", **{"facet.field": ["tags"]})["count"] == 1
    assert action.resource_show(id=table)["package_id"] == str(release.dataset_id)
    assert action.organization_list(all_fields=True)[0]["name"] == "ntb-pupr"
    assert action.organization_show(id="ntb-pupr")["package_count"] == 1
    assert "infrastruktur" in action.group_list()
    assert action.tag_list() == ["jalan", "kondisi"]
    assert action.license_list()
    assert action.status_show()["ckan_version"]
    assert action.current_package_list_with_resources(limit=5)[0]["name"] == name
    assert action.help_show(name="package_show")
    assert action.datastore_info(id=table)["meta"]["count"] == 3
    found = action.datastore_search(resource_id=table, filters={"panjang_km": {"gt": 100}}, sort="panjang_km")
    assert [record["kode_kabupaten"] for record in found["records"]] == ["52.07", "52.01"]


def test_the_client_knows_our_errors(remote):
    with pytest.raises(ckanapi.NotFound):
        remote.action.package_show(id="tidak-ada")
    with pytest.raises(ckanapi.NotFound):
        remote.action.datastore_search(resource_id="00000000-0000-0000-0000-000000000000")
    with pytest.raises(ckanapi.ValidationError):
        remote.action.package_show()
    with pytest.raises(ckanapi.SearchQueryError):
        remote.action.package_search(fq="warna:biru")
    with pytest.raises(ckanapi.CKANAPIError):
        remote.action.terbang()


def command(*words, home, **options):
    programs = Path(sys.executable).parent
    done = subprocess.run(
        [programs / "ckanapi", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(home)},
        **options,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_its_command_copied_it_loads_again_as_a_draft(people, release, address, tmp_path):
    target, secret = tmp_path / "salinan.jsonl", key_for(people)
    command("dump", "datasets", release.dataset.name, "-r", address, "-O", target, home=tmp_path)
    told = json.loads(target.read_text())
    new = {"name": "jumlah-jembatan", "title": "Jumlah jembatan", "owner_org": "ntb-pupr"}
    lines = [json.dumps({**told, "title": "Judul dari skrip"}), json.dumps(new)]
    target.write_text("\n".join(lines))
    said = command("load", "datasets", "-I", target, "-r", address, "-a", secret, "-p", "1", home=tmp_path)
    assert "ValidationError" not in said, said
    with ckanapi.RemoteCKAN(address, apikey=secret, user_agent="uji") as client:
        shown = client.action.package_show(id=release.dataset.name)
        assert (shown["state"], shown["title"], shown["tags"]) == ("draft", "Judul dari skrip", told["tags"])
        assert shown["resources"][0]["id"] == told["resources"][0]["id"]
        assert client.action.package_show(id="jumlah-jembatan")["lumbung"]["draft_state"] == "draft"
        with pytest.raises(ckanapi.ValidationError, match="already in use"):
            client.action.package_create(**new)
        client.action.resource_create(package_id="jumlah-jembatan", name="Berkas", upload=io.BytesIO(b"a,b\n1,2\n"))
    with ckanapi.RemoteCKAN(address, user_agent="uji") as public, pytest.raises(ckanapi.NotAuthorized):
        public.action.package_patch(id=release.dataset.name, title="x")


def test_its_command_copies_the_catalogue_of_a_portal(release, address, tmp_path):
    target = tmp_path / "salinan.jsonl"
    command("dump", "datasets", "--all", "-r", f"{address}/ntb", "-O", target, home=tmp_path)
    packages = [json.loads(line) for line in target.read_text().splitlines()]
    assert [package["name"] for package in packages] == [release.dataset.name]
    assert packages[0]["resources"][0]["hash"].startswith("sha256:")
