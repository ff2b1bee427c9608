"""A harvested dataset is found like ours and says everywhere whose it is; another Lumbung proves what it tells."""

import base64
import json

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, FOAF, RDF, Literal, URIRef
from tests.cast import NOW

from lumbung.core.log import actions as log
from lumbung.core.log import signing
from lumbung.core.log.models import Peer
from lumbung.modules.open_data.models import Dataset, HarvestItem, HarvestSource, Listing
from lumbung.modules.open_data.queries import feeds, harvested, releases
from lumbung.modules.open_data.tests.publishing import published
from lumbung.modules.open_data.tests.remote_portal import counts, listed, run_to_its_end, source_of
from lumbung.modules.open_data.tests.test_dcat import SHAPES, read, violations
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
NEW = "/ntb/data/kelola/sumber/baru/"


def test_it_is_found_like_ours_and_every_interface_says_whose_it_is(people, remote):
    remote.answer("/daftar.csv", listed("jalan"))
    run_to_its_end(source_of(people, f"{remote.address}/daftar.csv"))
    file, name = f"{remote.address}/berkas/jalan.csv", "tetangga-jalan"
    page = Client().get(f"/ntb/data/{name}/").content.decode()
    for words in ("Diambil dari Portal Data Tetangga", file, "Dinas Contoh", "tidak diperiksa di sini"):
        assert words in page
    assert "Portal Data Tetangga" in Client().get("/ntb/data/?q=jalan&licence=CC-BY-4.0&producer=ksb").content.decode()

    package = Client().get(f"/ntb/api/3/action/package_show?id={name}").json()["result"]
    assert (package["author"], package["license_id"]) == ("Dinas Contoh", "CC-BY-4.0")
    assert {each["key"]: each["value"] for each in package["extras"]}["harvest_source_title"] == "Portal Data Tetangga"
    (resource,) = package["resources"]
    assert (resource["url"], resource["datastore_active"]) == (file, False)
    shown = Client().get(f"/ntb/api/3/action/resource_show?id={resource['id']}").json()["result"]
    assert shown["url"] == file
    assert Client().get(f"/ntb/data/{name}/v1/datapackage.json").status_code == 404

    graph = read(f"/ntb/data/{name}.ttl")
    node = next(graph.subjects(RDF.type, DCAT.Dataset))
    assert graph.value(graph.value(node, DCTERMS.publisher), FOAF.name) == Literal("Dinas Contoh", lang="id")
    assert set(graph.objects(None, DCAT.downloadURL)) == {URIRef(file)}
    if SHAPES.exists():
        assert violations(read("/ntb/catalog.ttl")) == ""


def test_a_steward_looks_before_anything_is_kept_and_reads_the_report(people, remote):
    names = [f"d{number:02}" for number in range(12)]
    remote.answer("/daftar.csv", listed(*names) + "rusak,,,,,x.csv\n")
    steward = client_of(people, "walidata.ntb")
    told = {"kind": "csv_lists", "address": f"{remote.address}/daftar.csv", "title": "Tetangga", "key": "t1"}
    told |= {"producer": "ksb", "every": "day"}
    page = steward.post(NEW, told | {"step": "look"}).content.decode()
    assert "Jumlah d09" in page
    assert "Jumlah d10" not in page
    assert "tidak berjudul" in page
    assert not HarvestSource.objects.exists()
    wrong = steward.post(NEW, told | {"step": "look", "kind": "ckan"})
    assert (wrong.status_code, "Tidak ada apa-apa di alamat ini" in wrong.content.decode()) == (422, True)
    assert steward.post(NEW, told | {"step": "keep"}).status_code == 302
    run_to_its_end(HarvestSource.objects.get())
    page = steward.get("/ntb/data/kelola/sumber/t1/").content.decode()
    for sentence in ("13 dataset terlihat di portal asal.", "12 baru, 0 berubah, 0 tetap.", "tidak berjudul"):
        assert sentence in page
    assert client_of(people, "produsen.ntb").get("/ntb/data/kelola/sumber/t1/").status_code == 403
    taken = steward.post("/ntb/data/t1-d00/turunkan/", {"reason": "Memuat nama orang."})
    assert (taken.status_code, Client().get("/ntb/data/t1-d00/").status_code) == (302, 410)


@pytest.fixture
def feed(people, tmp_path, settings):
    """What a Lumbung tells of the one dataset it has published, and where that Lumbung would be."""
    release = published(people, tmp_path)
    log.extend(now=NOW)
    told = json.loads(feeds.written(feeds.page_of(people.ntb, 1)))
    settings.LUMBUNG_URL = "https://kita.example"
    return release, told


def watched(address):
    """An administrator has that installation watched."""
    facts = {"title": "Tetangga", "address": f"{address}/log", "since": NOW.date()}
    return Peer.objects.create(origin=signing.origin(), key=signing.log_key().text, **facts)


def taken(people, remote, feed, key):
    remote.answer("/ksb/data/umpan.json", json.dumps(feed), kind="application/json")
    source = source_of(people, f"{remote.address}/ksb/", kind="lumbung", key=key)
    return counts(run_to_its_end(source)), HarvestItem.objects.get(source=source)


def test_what_another_lumbung_tells_is_proven_by_its_log_once_that_is_watched(people, remote, feed):
    release, told = feed
    found, item = taken(people, remote, told, "tanpa")
    assert (item.why, found["new"]) == ("", 1)
    assert not _remote_of(item)["proof"]["proven"]
    watched(remote.address)
    run_to_its_end(item.source)
    proof = _remote_of(item)["proof"]
    assert (proof["proven"], proof["metadata_sha256"]) == (True, release.metadata_sha256)
    hashes = {file["format"]: file["sha256"] for file in _remote_of(item)["files"]}
    assert hashes["CSV"] == release.tables.get().version.csv_sha256
    assert counts(run_to_its_end(item.source))["unchanged"] == 1
    assert "Terbukti" in Client().get(f"/ntb/data/{item.dataset.key}/").content.decode()


def _remote_of(item):
    return harvested.remote_of(releases.metadata_of(releases.newest_of(Dataset.objects.get(pk=item.dataset_id))))


@pytest.mark.parametrize("wound", ["title", "file", "proof", "index", "other"])
def test_what_differs_from_the_log_of_a_lumbung_is_not_taken(people, remote, feed, wound):
    _release, told = feed
    watched(remote.address)
    (item,) = told["items"]
    if wound == "title":
        item["metadata"] = item["metadata"].replace("Panjang", "Pendek")
    elif wound == "file":
        item["record"]["files"][0]["sha256"] = "0" * 64
    elif wound == "proof":
        item["proof"][0] = base64.b64encode(bytes(32)).decode()
    elif wound == "index":
        item["index"] += 1
    else:
        event = json.loads(base64.b64decode(item["entry"]))
        event["data"]["number"] += 1
        item["entry"] = base64.b64encode(json.dumps(event).encode()).decode()
    found, kept = taken(people, remote, told, "lain")
    assert (found["refused"], found["new"]) == (1, 0)
    assert kept.why in {"not-what-the-log-says", "not-proven"}
    assert not Listing.objects.exclude(harvested_from="").exists()


def test_a_feed_tells_no_dataset_that_was_harvested(people, remote):
    remote.answer("/daftar.csv", listed("jalan"))
    run_to_its_end(source_of(people, f"{remote.address}/daftar.csv"))
    log.extend(now=NOW)
    assert Client().get("/ntb/data/umpan.json").json()["items"] == []
