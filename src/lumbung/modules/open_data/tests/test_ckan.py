"""The Action API of CKAN: catalogue, searching, errors; nothing of what is not open."""

import json

import pytest
from django.test import Client

from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import withdrawing
from lumbung.modules.open_data.api import ckan
from lumbung.modules.open_data.models import Dataset, Resource
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db
NAME = "panjang-jalan"


@pytest.fixture
def release(people, tmp_path):
    return published(people, tmp_path)


def ask(action, *, base="", status=200, **params):
    answer = Client().get(f"{base}/api/3/action/{action}", params)
    assert answer.status_code == status, answer.content
    return answer.json()


def result(action, **params):
    told = ask(action, **params)
    assert told["success"] is True
    return told["result"]


def error(action, status, **params):
    told = ask(action, status=status, **params)
    assert told["success"] is False
    return told["error"]


def post(action, body, content_type="application/json"):
    return Client(enforce_csrf_checks=True).post(f"/api/3/action/{action}", body, content_type=content_type)


def test_a_package_says_what_its_release_says(release):
    package = result("package_show", id=release.dataset.name)
    assert package == result("package_show", id=str(release.dataset_id))
    assert package["id"] == str(release.dataset_id)
    assert package["title"] == "Panjang jalan menurut kondisi"
    assert package["license_id"] == "CC-BY-4.0"
    assert package["isopen"] is True
    assert package["organization"]["name"] == package["owner_org"] == "ntb-pupr"
    assert [tag["name"] for tag in package["tags"]] == ["jalan", "kondisi"]
    assert [group["name"] for group in package["groups"]] == ["infrastruktur"]
    extras = {each["key"]: each["value"] for each in package["extras"]}
    assert extras["release"] == "1"
    assert extras["metadata_sha256"] == release.metadata_sha256
    assert extras["access"] == "open"
    assert extras["freshness"] in {"up-to-date", "late"}
    assert extras["period_from"] == "2025"


def test_a_resource_leads_to_the_published_bytes(release):
    held = result("package_show", id=release.dataset.name)["resources"][0]
    assert held == result("resource_show", id=held["id"])
    assert held["id"] == str(Resource.objects.get(dataset=release.dataset).pk)
    assert held["datastore_active"] is True
    path = held["url"].partition("//")[2].partition("/")[2]
    assert len(b"".join(Client().get(f"/{path}").streaming_content)) == held["size"]


def test_the_lists_name_what_is_there(release):
    name = release.dataset.name
    assert result("package_list") == [name]
    assert result("package_list", offset=1) == []
    assert result("organization_list") == ["ntb-pupr"]
    assert result("organization_list", all_fields="true")[0]["package_count"] == 1
    assert result("organization_show", id="ntb-pupr", include_datasets="true")["packages"][0]["name"] == name
    assert "infrastruktur" in result("group_list")
    assert result("group_show", id="infrastruktur")["package_count"] == 1
    assert result("tag_list") == ["jalan", "kondisi"]
    assert result("tag_list", query="KON", all_fields="1")[0]["name"] == "kondisi"
    assert "CC-BY-4.0" in [each["id"] for each in result("license_list")]
    assert result("current_package_list_with_resources", limit=1)[0]["name"] == name
    assert result("status_show")["extensions"] == ["datastore"]
    assert "resource_id" in result("help_show", name="datastore_search")


def test_each_portal_answers_for_its_own_catalogue_and_the_root_for_all(release):
    assert ask("package_list", base="/ntb")["result"] == [release.dataset.name]
    assert ask("package_list", base="/ksb")["result"] == []
    assert ask("package_show", base="/ksb", status=404, id=release.dataset.name)["success"] is False
    assert Client().get("/nirwana/api/3/action/package_list").status_code == 404


def test_a_portal_without_open_data_has_no_interface(release):
    portal = Portal.objects.get(pk="ntb")
    Portal.objects.filter(pk="ntb").update(modules=[each for each in portal.modules if each != "open_data"])
    assert Client().get("/ntb/api/3/action/package_list").status_code == 404
    assert result("package_list") == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"q": "*:*"}, 1),
        ({"q": "jalan"}, 1),
        ({"q": "gajah"}, 0),
        ({"fq": "organization:ntb-pupr"}, 1),
        ({"fq": "organization:ntb-pupr AND tags:jalan"}, 1),
        ({"fq": '+tags:("jalan" OR pasar) +groups:infrastruktur'}, 1),
        ({"fq": "tags:(jalan AND pasar)"}, 0),
        ({"fq": "tags:jal"}, 0),
        ({"fq": "-tags:jalan"}, 0),
        ({"fq": "res_format:CSV license_id:CC-BY-4.0"}, 1),
        ({"fq": "res_format:PDF"}, 0),
        ({"fq": "state:active dataset_type:dataset private:false"}, 1),
        ({"fq": "private:true"}, 0),
        ({"fq": "metadata_modified:[2026-01-01T00:00:00Z TO *]"}, 1),
        ({"fq": "metadata_modified:[2027-01-01T00:00:00Z TO *]"}, 0),
        ({"fq_list": '["tags:jalan", "groups:kesehatan"]'}, 0),
        ({"q": "jalan", "sort": "score desc"}, 1),
        ({"sort": "title asc, metadata_created desc", "rows": 0}, 1),
        ({"start": 1}, 1),
    ],
)
def test_a_search_counts_what_words_and_filters_leave(release, asked, count):
    found = result("package_search", **asked)
    assert found["count"] == count
    assert len(found["results"]) == (count if not {"rows", "start"} & asked.keys() else 0)


def test_facets_count_each_value_with_its_name(release):
    found = result(
        "package_search", **{"facet.field": '["organization", "tags", "res_format", "license_id", "groups"]'}
    )
    assert found["facets"]["organization"] == {"ntb-pupr": 1}
    assert found["facets"]["tags"] == {"jalan": 1, "kondisi": 1}
    assert found["facets"]["res_format"]["CSV"] == 1
    assert found["search_facets"]["groups"]["items"][0]["display_name"] == "Infrastruktur dan perhubungan"


def test_what_a_search_cannot_read_is_told(release):
    assert error("package_search", 400, fq="warna:biru")["__type"] == "Search Query Error"
    assert error("package_search", 400, fq="organization:ntb-pupr OR tags:x")["__type"] == "Search Query Error"
    assert error("package_search", 400, sort="warna asc")["__type"] == "Search Query Error"
    assert "rows" in error("package_search", 409, rows="banyak")
    assert "start" in error("package_search", 409, start=-1)
    body = json.dumps({"facet.limit": {}})
    assert Client().post("/api/3/action/package_search", body, content_type="application/json").status_code == 409


def test_a_search_with_too_many_values_is_refused_before_the_database_chokes(release):
    many = " OR ".join(f"pd-{number}" for number in range(1_100))
    for told in ({"fq": f"organization:({many})"}, {"fq": f"tags:({many})"}):
        assert "200" in error("package_search", 400, **told)["message"]
    spread = json.dumps([f"tags:({' OR '.join(f'k{number}' for number in range(50))})"] * 5)
    assert "200" in error("package_search", 400, fq_list=spread)["message"]
    just = " OR ".join([f"pd-{number}" for number in range(199)] + ["ntb-pupr"])
    assert result("package_search", fq=f"organization:({just})")["count"] == 1


def test_a_search_for_a_thousand_words_is_answered(release):
    assert result("package_search", q=" ".join(f"jalan{number}" for number in range(1_100)))["count"] == 0


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00"])
def test_a_moment_before_or_after_the_calendar_is_refused(release, moment):
    for told in (f"[{moment} TO *]", f"[* TO {moment}]"):
        assert moment in error("package_search", 400, fq=f"metadata_modified:{told}")["message"]


def test_a_direction_is_read_in_capitals_as_well(db):
    down = result("group_list", sort="name DESC")
    assert down == sorted(down, reverse=True) == result("group_list", sort="name ASC")[::-1]
    assert len(down) > 1


def test_errors_have_the_types_and_statuses_of_ckan(release):
    assert error("package_show", 409) == {"__type": "Validation Error", "name_or_id": ["Nilai belum diisi"]}
    missing = error("package_show", 404, id="tidak-ada")
    assert missing == {"__type": "Not Found Error", "message": "Not found"}
    assert error("resource_show", 404, id="bukan-uuid")["__type"] == "Not Found Error"
    assert error("organization_show", 404, id="ntb-tidak-ada")["__type"] == "Not Found Error"
    assert "callback" in error("package_list", 409, callback="f")
    assert "/api/v1/datasets/{id}/rows" in error("datastore_search_sql", 404, sql="select 1")["message"]


def test_an_unknown_action_and_broken_json_get_a_bare_text(release):
    unknown = Client().get("/api/3/action/terbang")
    assert (unknown.status_code, unknown.json()) == (400, "Bad request: Action name not known: terbang")
    for body in ("{", "[1]", '"x"', '{"id": "\\u0000"}'):
        answer = post("package_show", body)
        assert answer.status_code == 400
        assert answer.json().startswith("Bad request: ")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (json.dumps({"id": NAME}), "application/json"),
        (json.dumps({"id": NAME}), "application/x-www-form-urlencoded"),
        ("%7B%22id%22%3A%20%22" + NAME + "%22%7D", "application/x-www-form-urlencoded"),
        (f"id={NAME}", "application/x-www-form-urlencoded"),
    ],
)
def test_a_question_is_read_in_every_way_clients_send_it(release, body, content_type):
    assert release.dataset.name == NAME
    assert post("package_show", body, content_type).json()["result"]["name"] == NAME


def test_an_answer_is_kept_by_its_fingerprint(release):
    first = Client().get("/api/3/action/package_list")
    assert first["Cache-Control"].startswith("public")
    again = Client().get("/api/3/action/package_list", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert Client().get("/api/3/action/tidak_ada")["Cache-Control"] == "no-store"


def test_a_restricted_dataset_is_described_and_nothing_of_it_leaves(release):
    resource = Resource.objects.get(dataset=release.dataset)
    Dataset.objects.filter(pk=release.dataset_id).update(access="restricted")
    package = result("package_show", id=release.dataset.name)
    assert package["resources"] == []
    assert {"key": "access", "value": "restricted"} in package["extras"]
    error("resource_show", 404, id=str(resource.pk))
    error("datastore_search", 404, resource_id=str(resource.pk))
    error("datastore_info", 404, id=str(resource.pk))
    dump = Client().get(f"/datastore/dump/{resource.pk}")
    assert (dump.status_code, dump.json()["error"]["__type"]) == (404, "Not Found Error")


def test_a_withdrawn_dataset_says_why_and_gives_no_rows(release, people):
    resource = Resource.objects.get(dataset=release.dataset)
    by = people.viewer("walidata.ntb")
    withdrawing.withdraw_dataset(dataset=release.dataset, reason="Salah tahun", by=by, now=release.published_at)
    assert result("package_list") == []
    assert error("package_show", 404, id=release.dataset.name)["message"] == "Not found: Salah tahun"
    error("datastore_search", 404, resource_id=str(resource.pk))
    assert Client().get(f"/ntb/datastore/dump/{resource.pk}").status_code == 404


def test_a_withdrawn_release_gives_no_rows(release, people):
    resource = Resource.objects.get(dataset=release.dataset)
    by = people.viewer("walidata.ntb")
    withdrawing.withdraw_release(release=release, reason="Dapat dikenali", by=by, now=release.published_at)
    error("datastore_search", 404, resource_id=str(resource.pk))
    assert Client().get(f"/datastore/dump/{resource.pk}").status_code == 404


def test_who_asks_too_often_is_told_when_to_come_back(release, monkeypatch, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    monkeypatch.setattr(ckan, "REQUESTS", ckan.Limit("open_data.ckan", 1, 60))
    result("package_list")
    answer = Client().get("/api/3/action/package_list")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer.json()["error"]["__type"] == "Too Many Requests Error"
