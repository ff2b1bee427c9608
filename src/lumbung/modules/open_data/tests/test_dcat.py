"""The catalogue for other machines: complete by the shapes of DCAT-AP, paged, and restricted data without files."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Literal, URIRef
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions as tables
from lumbung.core.datasets import registry
from lumbung.core.jobs import runner
from lumbung.modules.open_data.actions import publishing
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import dcat, dcat_catalogues, dcat_rules, descriptions, gates, releases
from lumbung.modules.open_data.queries.vocabularies import HYDRA, SPDX, VCARD
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parents[6] / "shared" / "data" / "dcat-ap-3.0.1"
needs_shapes = pytest.mark.skipif(not SHAPES.exists(), reason="the shapes of DCAT-AP lie beside the project")
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def read(address):
    answer = Client().get(address)
    assert answer.status_code == 200, answer.content
    return Graph().parse(data=answer.content, format=FORMATS[address.partition("?")[0].rpartition(".")[2]])


def shapes():
    graph = Graph()
    for name in ("dcat-ap-SHACL.ttl", "ranges.ttl"):
        graph.parse(SHAPES / name)
    # `ranges.ttl` names a few shapes that stand in neither file; they say nothing.
    for shape, _name, each in list(graph.triples((None, SH.property, None))):
        if graph.value(each, SH.path) is None:
            graph.remove((shape, SH.property, each))
    return graph


def violations(graph):
    import pyshacl  # noqa: PLC0415 - slow to import, and only where the shapes are

    ok, report, text = pyshacl.validate(graph, shacl_graph=shapes(), advanced=False)
    assert ok or report is not None
    return text if not ok else ""


def name_of(graph):
    return next(graph.subjects(RDF.type, DCAT.Dataset))


@needs_shapes
def test_a_brought_and_a_declared_dataset_keep_to_the_shapes_and_without_a_title_they_do_not(people, tmp_path, publish):
    publish()
    published(people, tmp_path)
    graph = read("/catalog.ttl")
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 2
    assert violations(graph) == ""
    graph.remove((name_of(graph), DCTERMS.title, None))
    assert "Results (1)" in violations(graph)


@needs_shapes
def test_our_table_of_mandatory_properties_is_that_of_the_shapes():
    graph, asked = shapes(), {}
    for shape in graph.subjects(SH.targetClass):
        needed = [each for each in graph.objects(shape, SH.property) if graph.value(each, SH.minCount)]
        asked[graph.value(shape, SH.targetClass)] = {graph.value(each, SH.path) for each in needed}
    for kind, properties in dcat_rules.MANDATORY.items():
        assert set(properties) == asked[kind], kind


@pytest.mark.parametrize("kind", ["ttl", "jsonld", "rdf"])
def test_every_form_tells_the_same(people, tmp_path, kind):
    release = published(people, tmp_path)
    graph = read(f"/ntb/data/{bringing.KEY}.{kind}")
    assert len(graph) == len(dcat.dataset_graph(descriptions.of_release(release)))
    titles = set(graph.objects(name_of(graph), DCTERMS.title))
    assert titles == {
        Literal("Panjang jalan menurut kondisi", lang="id"),
        Literal("Length of roads by condition", lang="en"),
    }


def test_a_file_is_told_with_its_fingerprint_licence_and_address(people, tmp_path):
    version = published(people, tmp_path).tables.get().version
    graph = read(f"/ntb/data/{bringing.KEY}.ttl")
    sums = {str(value) for value in graph.objects(None, SPDX.checksumValue)}
    assert sums == {version.csv_sha256, version.parquet_sha256}
    files = {str(value).rpartition("/")[2] for value in graph.objects(None, DCAT.downloadURL)}
    assert files == {"data.csv", "data.parquet"}
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef("https://creativecommons.org/licenses/by/4.0/")}


def test_a_place_is_told_by_its_code_as_text_and_the_contact_is_a_unit(people, tmp_path):
    published(people, tmp_path)
    graph = read(f"/ntb/data/{bringing.KEY}.ttl")
    place = graph.value(name_of(graph), DCTERMS.spatial)
    assert graph.value(place, DCTERMS.identifier) == Literal("52")
    contact = graph.value(name_of(graph), DCAT.contactPoint)
    assert (contact, RDF.type, VCARD.Organization) in graph
    assert graph.value(contact, VCARD.fn) == Literal("Bidang Bina Marga")


@pytest.mark.parametrize("access", ["restricted", "excluded"])
def test_data_not_open_are_described_without_files(people, tmp_path, access):
    published(people, tmp_path, access=access)
    for address in (f"/ntb/data/{bringing.KEY}.ttl", "/ntb/catalog.ttl"):
        graph = read(address)
        assert graph.value(name_of(graph), DCTERMS.title)
        assert not set(graph.subjects(RDF.type, DCAT.Distribution))
    page = Client().get(f"/ntb/data/{bringing.KEY}/").content.decode()
    assert "datapackage.json" not in page
    assert Client().get(f"/ntb/data/{bringing.KEY}/v1/datapackage.json").status_code == 404
    assert Client().get(f"/ntb/data/{bringing.KEY}/v1/paket.zip").status_code == 404


def test_the_pages_of_a_catalogue_lead_from_one_to_the_next(people, tmp_path, publish, monkeypatch):
    publish()
    published(people, tmp_path)
    monkeypatch.setattr(dcat_catalogues, "PAGE_SIZE", 1)
    address, seen = "/ntb/catalog.ttl", set()
    while address:
        graph = read(address)
        seen |= set(graph.objects(None, DCAT.dataset))
        assert set(graph.objects(None, HYDRA.totalItems)) == {Literal(2)}
        following = next(graph.objects(None, HYDRA.next), "")
        address = "/ntb/" + str(following).rpartition("/")[2] if following else ""
    assert {str(each).split("/data/")[1] for each in seen} == {"wells/", f"{bringing.KEY}/"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ntb/catalog.ttl?page=2", 404),
        ("/ntb/catalog.ttl?page=0", 404),
        ("/ntb/catalog.ttl?page=²", 404),
        ("/ntb/catalog.ttl?page=" + "9" * 30, 404),
        ("/ntb/catalog.exe", 404),
        ("/catalog.exe", 404),
        ("/ntb/data/tidak-ada.ttl", 404),
        ("/ntb/data/wells.exe", 404),
        ("/ntb/data/wells/v9/datapackage.json", 404),
    ],
)
def test_what_does_not_exist_is_told_as_json(publish, address, status):
    publish()
    answer = Client().get(address)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}


def test_the_catalogue_of_one_portal_holds_nothing_of_another(people, publish):
    publish()
    assert set(read("/ntb/catalog.ttl").objects(None, DCAT.dataset))
    assert not set(read("/ksb/catalog.ttl").objects(None, DCAT.dataset))


def test_a_portal_without_open_data_has_no_catalogue_and_is_not_in_that_of_all(people, publish):
    publish()
    people.ntb.modules = ["reports"]
    people.ntb.save()
    assert Client().get("/ntb/catalog.ttl").status_code == 404
    assert not set(read("/catalog.ttl").objects(None, DCAT.dataset))


@pytest.mark.parametrize("address", ["/catalog.ttl", "/ntb/data/wells.jsonld", "/ntb/data/wells/v1/datapackage.json"])
def test_whoever_has_the_answer_already_is_sent_none(publish, address):
    publish()
    first = Client().get(address)
    assert first["Cache-Control"].startswith("public")
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_answer_changes_with_the_next_release(people, publish, wells):
    publish()
    before = Client().get("/catalog.ttl")["ETag"]
    wells.cells.append(("52.07", 9))
    publish()
    assert Client().get("/catalog.ttl")["ETag"] != before


@pytest.mark.parametrize("address", ["/catalog.ttl", f"/ntb/data/{bringing.KEY}.ttl"])
def test_the_answer_changes_when_one_file_of_a_release_is_withdrawn(people, tmp_path, address):
    release = published(people, tmp_path)
    before = Client().get(address)
    version = release.tables.get().version
    tables.withdraw_at_the_console(version=version, reason="Satu orang dapat dikenali", now=NOW)
    after = Client().get(address, headers={"If-None-Match": before["ETag"]})
    assert (before.status_code, after.status_code) == (200, 200)
    assert version.csv_sha256 in before.content.decode()
    assert version.csv_sha256 not in after.content.decode()


def test_what_was_withdrawn_leaves_the_catalogue_and_its_address_tells_why(people, publish):
    publish()
    client = Client()
    client.force_login(people.account("admin"), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/ntb/data/wells/v1/tarik/", {"reason": "Satu orang dapat dikenali"})
    assert not set(read("/catalog.ttl").objects(None, DCAT.dataset))
    for address in ("/ntb/data/wells.ttl", "/ntb/data/wells/v1/datapackage.json", "/ntb/data/wells/v1/paket.zip"):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "Satu orang dapat dikenali" in answer.json()["message"]


def test_over_the_limit_the_answer_says_when_to_come_back(publish, settings, monkeypatch):
    publish()
    settings.LUMBUNG_LIMIT_FACTOR = 1
    monkeypatch.setattr("lumbung.modules.open_data.pages.dcat.READING.__class__.allowed", 1)
    assert Client().get("/catalog.ttl").status_code == 200
    answer = Client().get("/catalog.ttl")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer.json()["message"]


def test_the_gate_names_the_property_and_the_field_that_fills_it(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    assert gates.first_gap(draft) is None
    draft.metadata["dataset"] |= {"title": {"id": " "}, "period": {"from": "2025-13", "to": "2025"}}
    gaps = {str(gap) for gap in of_dcat(draft).gaps}
    assert any("dct:title" in gap and "Judul" in gap for gap in gaps)
    assert any("2025-13" in gap for gap in gaps)
    assert len(gaps) == 2


def of_dcat(draft):
    return next(verdict for verdict in gates.verdicts(draft) if verdict.gate.key == "dcat")


def test_what_the_metadata_gate_asks_for_is_not_asked_for_twice(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    assert of_dcat(draft).is_open
    draft.metadata["dataset"] |= {"title": {"id": ""}}
    asked = [str(gap) for verdict in gates.verdicts(draft) for gap in verdict.gaps]
    assert [gap for gap in asked if "Judul" in gap] == asked
    assert len(asked) == 1
    assert (of_dcat(draft).is_judged, of_dcat(draft).is_open) == (False, False)


def test_a_release_other_catalogues_could_not_list_is_not_made(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    metadata = draft.metadata | {"dataset": draft.metadata["dataset"] | {"topic": "tidak-ada"}}
    more = {"note": "", "as_of": draft.begun_at.date(), "actor": None, "now": draft.begun_at}
    with pytest.raises(Refused, match="not-listable"):
        publishing.make_release(draft.dataset, metadata, [], **more)


def test_the_page_carries_what_search_engines_read_and_no_text_in_it_can_end_the_block(people, tmp_path, monkeypatch):
    release = published(people, tmp_path)
    told = releases.metadata_of(release)
    told["dataset"]["title"]["id"] = "</script><script>alert(1)</script>"
    monkeypatch.setattr(releases, "metadata_of", lambda _release: told)
    page = Client().get(f"/ntb/data/{bringing.KEY}/").content.decode()
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    found = json.loads(block)
    assert found["name"] == "</script><script>alert(1)</script>"
    assert found["@type"] == "Dataset"
    assert {each["encodingFormat"] for each in found["distribution"]} == {"text/csv", "application/vnd.apache.parquet"}
    assert "<script>alert" not in page


def test_the_page_links_to_every_form(people, tmp_path):
    published(people, tmp_path)
    page = Client().get(f"/ntb/data/{bringing.KEY}/").content.decode()
    assert "Metadata untuk mesin" in page
    for end in (
        f"{bringing.KEY}.ttl",
        f"{bringing.KEY}.jsonld",
        f"{bringing.KEY}.rdf",
        f"{bringing.KEY}/v1/datapackage.json",
        f"{bringing.KEY}/v1/paket.zip",
    ):
        assert f'href="/ntb/data/{end}"' in page, end
    assert page.count('rel="alternate" type="') == 5  # three of DCAT, the descriptor, and the feed of its releases


def test_a_second_dataset_costs_no_query_more(people, tmp_path, publish):
    published(people, tmp_path)
    with CaptureQueriesContext(connection) as one:
        read("/catalog.ttl")
    publish()
    with CaptureQueriesContext(connection) as two:
        read("/catalog.ttl")
    assert Listing.objects.count() == 2
    assert len(two) == len(one)


@needs_shapes
def test_every_table_the_services_declare_keeps_to_the_shapes(people):
    for declared in registry.all_datasets():
        for place in declared.places():
            tables.publish_on_schedule(dataset_key=declared.key, place=place, now=NOW)
    runner.run_due()
    graph = read("/catalog.ttl")
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == Listing.objects.count() >= 4
    assert violations(graph) == ""
