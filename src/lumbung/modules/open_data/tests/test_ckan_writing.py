"""Programs write drafts through CKAN's actions: by key only, in their agency only, and nothing becomes public."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import NOW

from lumbung.core.datasets import queries as versions
from lumbung.core.jobs import runner
from lumbung.core.limits.actions import Limit
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import drafting
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, Listing, PersonalDecision, Release
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.ckan_calls import COLUMNS, ROWS, Program, key_for, text_of
from lumbung.modules.open_data.tests.publishing import published, release_of

pytestmark = pytest.mark.django_db
NAME = "panjang-jalan"
DESCRIBED = {
    "name": NAME,
    "title": "Panjang jalan menurut kondisi",
    "notes": "Panjang jalan kabupaten menurut kondisi.",
    "tags": [{"name": "jalan"}],
    "groups": [{"name": "infrastruktur"}],
    "license_id": "CC-BY-4.0",
    "maintainer": "Bidang Bina Marga",
    "extras": [
        {"key": "region_code", "value": "52"},
        {"key": "period_from", "value": "2025"},
        {"key": "period_to", "value": "2025"},
        {"key": "frequency", "value": "yearly"},
        {"key": "made_by", "value": "administration"},
        {"key": "standard", "value": "Permen PU 13/PRT/M/2011"},
    ],
}


@pytest.fixture
def program(people):
    return Program(key_for(people))


def rows_sent(program, **more):
    """The dataset and a table of two rows with a key."""
    program.ask("package_create", **DESCRIBED)
    body = {"resource": {"package_id": NAME, "name": "Panjang"}, "fields": COLUMNS, "primary_key": "kode_kabupaten"}
    return program.ask("datastore_create", **body, records=json.loads(ROWS, parse_float=str), **more)


def test_a_script_brings_a_whole_dataset_to_the_desk_and_people_publish_it_under_the_same_ids(people, program):
    made = program.ask("package_create", **DESCRIBED)
    assert (made["state"], made["private"], made["lumbung"]["draft_state"]) == ("draft", True, "draft")
    assert made["lumbung"]["missing"]
    body = json.dumps({"resource": {"package_id": NAME, "name": "Panjang"}, "fields": COLUMNS, "records": []})
    sent = program.send("datastore_create", body.replace('"records": []', f'"records": {ROWS}')).json()["result"]
    assert [each["gate"] for each in sent["lumbung"]["missing"]] == ["standard"]
    runner.run_due()
    assert program.ask("package_show", id=NAME)["lumbung"]["missing"] == []
    assert program.ask("package_show", name_or_id=NAME)["name"] == NAME
    assert not Release.objects.filter(dataset__name=NAME).exists()
    assert Program().refused("package_show", id=NAME)[0] == 404
    assert program.ask("draft_submit", id=NAME, note="Data 2025")["lumbung"]["draft_state"] == "submitted"
    assert program.refused("package_patch", id=NAME, title="Lain")[0] == 409
    draft = Draft.objects.get()
    draft.state = "draft"
    draft.save()
    release_of(people, draft)
    public = Program().ask("datastore_search", resource_id=sent["resource_id"])
    assert [row["kode_kabupaten"] for row in public["records"]] == ["52.01", "52.07"]
    assert text_bytes(Release.objects.get(dataset__name=NAME)) == "kode_kabupaten,panjang_km\n52.01,812.50\n52.07,640\n"


def text_bytes(release):
    return versions.path_of(release.tables.get().version, "csv").read_text()


@pytest.mark.parametrize("action", ["package_create", "package_patch", "datastore_upsert", "draft_submit"])
def test_without_a_key_nothing_is_written_whatever_cookie_comes_along(people, action):
    browser = Client(raise_request_exception=False)
    browser.force_login(people.account("produsen.ntb"), backend="allauth.account.auth_backends.AuthenticationBackend")
    status, error = Program(client=browser).refused(action, name=NAME, id=NAME)
    assert (status, error["__type"]) == (403, "Authorization Error")
    assert not Dataset.objects.filter(name=NAME).exists()


def test_a_key_is_taken_from_either_header_and_never_from_an_address(people):
    secret, client = key_for(people), Client(raise_request_exception=False)
    told = {"content_type": "application/json"}
    answer = client.post("/api/3/action/package_create", DESCRIBED, headers={"X-CKAN-API-Key": secret}, **told)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    for name in ("Authorization", "api_key"):
        asked = client.post(f"/api/3/action/package_delete?{name}={secret}&id={NAME}", {"id": NAME}, **told)
        assert asked.status_code == 409
        assert "Authorization" in asked.json()["error"]
    assert client.post("/api/3/action/package_delete", {"id": NAME, "Authorization": secret}, **told).status_code == 403
    assert client.get(f"/api/3/action/package_delete?id={NAME}", headers={"Authorization": secret}).status_code == 400
    assert Draft.objects.get().state == "draft"


def test_a_key_is_good_for_its_scopes_its_agency_and_its_portal_only(people, tmp_path):
    published(people, tmp_path)
    reader = Program(key_for(people, "pendukung.ntb", scopes=(permissions.READ_DRAFTS,)))
    assert reader.refused("package_patch", id=NAME, title="Lain")[0] == 403
    rows = Program(key_for(people, scopes=(permissions.WRITE_ROWS,)))
    assert rows.refused("package_patch", id=NAME, title="Lain")[0] == 403
    assert rows.refused("draft_submit", id=NAME)[0] == 403
    writer = Program(key_for(people))
    assert writer.refused("package_create", name="lain", owner_org="ksb-pupr")[0] == 403
    assert Program(key_for(people), portal="ksb").refused("package_create", name="lain")[0] == 403
    assert Program(key_for(people), portal="ksb").refused("package_patch", id=NAME)[0] == 404
    other = Dataset.objects.exclude(producer="ntb-pupr").filter(listing__isnull=False).first()
    assert other is None or writer.refused("package_patch", id=other.name, title="x")[0] == 403
    others = Organisation.objects.filter(region="52").exclude(pk="ntb-pupr")
    Dataset.objects.filter(name=NAME).update(producer=others[0])
    Listing.objects.filter(dataset__name=NAME).update(producer=others[0])
    assert writer.refused("package_patch", id=NAME, title="Lain")[0] == 403
    assert (
        writer.refused(
            "datastore_delete", resource_id=str(Release.objects.get(dataset__name=NAME).tables.get().resource_id)
        )[0]
        == 403
    )
    assert known.open_draft_of(Dataset.objects.get(name=NAME)) is None


def test_errors_come_in_the_words_of_ckan(program):
    program.ask("package_create", **DESCRIBED)
    assert program.refused("package_create", **DESCRIBED) == (
        409,
        {"__type": "Validation Error", "name": ["That URL is already in use."]},
    )
    assert program.refused("package_create", title="Tanpa nama")[1]["name"]
    wrong = {"license_id": "cc-zzz", "extras": [{"key": "frequency", "value": "kadang"}], "title": "Satu\nDua"}
    status, error = program.refused("package_patch", id=NAME, **wrong)
    assert status == 409
    assert set(error) == {"__type", "license_id", "extras", "title"}
    assert "CC-BY-4.0" in error["license_id"][0]
    assert error["extras"][0].startswith("frequency: ")
    assert program.refused("package_patch", id="tidak-ada") == (
        404,
        {"__type": "Not Found Error", "message": "Not found"},
    )
    assert program.refused("resource_create", package_id=NAME, url="http://10.0.0.1/a.csv")[1]["url"]
    assert program.refused("package_create", name="Nama\nBaru")[1]["name"]


def test_patch_changes_what_is_sent_update_empties_what_is_not_and_says_what_is_not_kept(program):
    program.ask("package_create", **DESCRIBED, version="3", warna="biru")
    patched = program.ask("package_patch", id=NAME, title="Judul baru", extras=[{"key": "spatial", "value": "x"}])
    assert patched["title"] == "Judul baru"
    assert patched["notes"] == DESCRIBED["notes"]
    assert patched["lumbung"]["ignored"] == ["extras.spatial"]
    updated = program.ask("package_update", id=NAME, title="Judul lagi")
    assert (updated["notes"], updated["tags"], updated["license_id"]) == ("", [], "")
    assert {"key": "standard", "value": "Permen PU 13/PRT/M/2011"} in updated["extras"]


def test_deleting_gives_up_the_draft_and_leaves_what_is_published(people, program, tmp_path):
    release = published(people, tmp_path)
    program.ask("package_patch", id=NAME, title="Judul baru")
    assert program.ask("package_delete", id=NAME) is None
    assert Draft.objects.filter(dataset=release.dataset, state="discarded").count() == 1
    assert program.refused("package_delete", id=NAME)[0] == 403
    assert Listing.objects.filter(dataset=release.dataset).exists()


def test_rows_of_a_release_are_changed_in_a_draft_and_what_was_refused_begins_none(people, program, tmp_path):
    release = published(people, tmp_path)
    table = str(release.tables.get().resource_id)
    status, error = program.refused("datastore_upsert", resource_id=table, records=[{"kode_kabupaten": "52.01"}])
    assert (status, "resource_id" in error) == (409, True)
    wrong = {"kode_kabupaten": "52.06", "panjang_km": "seribu"}
    assert "panjang_km" in program.refused("datastore_create", resource_id=table, records=[wrong])[1]["records"][0]
    assert known.open_draft_of(release.dataset) is None
    key = {"resource_id": table, "primary_key": ["kode_kabupaten"]}
    program.ask("datastore_create", **key, records=[{"kode_kabupaten": "52.06", "panjang_km": 12}])
    told = program.ask("datastore_upsert", resource_id=table, records=[{"kode_kabupaten": "52.01", "panjang_km": 1}])
    assert (told["inserted"], told["updated"], told["lumbung"]["published_release"]) == (0, 1, 1)
    assert text_of().splitlines()[1:] == [
        "52.01,Lombok Barat,1,601.25",
        "52.07,Sumbawa Barat,640.0,498.5",
        "52.08,Lombok Utara,12.5,12.5",
        "52.06,,12,",
    ]
    assert Program().ask("datastore_search", resource_id=table)["total"] == 3


def test_rows_are_written_by_their_key_and_nothing_of_a_cell_is_lost(program):
    table = rows_sent(program)["resource_id"]
    body = '{"resource_id": "%s", "records": [%s]}'
    cells = '{"kode_kabupaten": "52.10", "panjang_km": 12345678901234567890.123456789}'
    assert program.send("datastore_upsert", body % (table, cells)).status_code == 409  # 52.10 is no region
    cells = cells.replace("52.10", "52.08")
    assert program.send("datastore_upsert", body % (table, cells)).json()["result"]["inserted"] == 1
    assert text_of().splitlines()[-1] == "52.08,12345678901234567890.123456789"
    twice = {"resource_id": table, "method": "insert", "records": [{"kode_kabupaten": "52.01"}]}
    assert "52.01" in program.refused("datastore_upsert", **twice)[1]["records"][0]
    missing = {"resource_id": table, "method": "update", "records": [{"kode_kabupaten": "52.02"}]}
    assert program.refused("datastore_upsert", **missing)[0] == 409
    unknown = {"resource_id": table, "records": [{"kode_kabupaten": "52.01", "warna": "biru"}]}
    assert "warna" in program.refused("datastore_upsert", **unknown)[1]["records"][0]
    trial = program.ask("datastore_upsert", resource_id=table, records=[{"kode_kabupaten": "52.02"}], dry_run=True)
    assert trial["inserted"] == 1
    deleted = program.ask("datastore_delete", resource_id=table, filters={"panjang_km": [640.0, "812.5"]})
    assert deleted["deleted"] == 2
    assert len(text_of().splitlines()) == 2
    assert program.ask("datastore_delete", resource_id=table)["fields"] == []
    assert DraftTable.objects.get().stage == "announced"


def test_codes_nobody_declared_are_text_and_columns_are_added_behind(program):
    program.ask("package_create", **DESCRIBED)
    rows = [{"kode": "0812", "nilai": "52.10"}]
    table = program.ask("datastore_create", resource={"package_id": NAME}, records=rows)
    assert {each["type"] for each in table["fields"]} == {"text"}
    more = [{"id": "tahun", "type": "int"}]
    program.ask("datastore_create", resource_id=table["resource_id"], fields=more, records=[{"tahun": 2025}])
    assert text_of() == "kode,nilai,tahun\n0812,52.10,\n,,2025\n"
    other = [{"id": "kode", "type": "int"}]
    assert program.refused("datastore_create", resource_id=table["resource_id"], fields=other)[1]["fields"]


def test_personal_data_do_not_hide_in_a_column_called_like_one_of_marks(program):
    program.ask("package_create", **DESCRIBED)
    rows = [{"nilai": "12", "nilai__tanda": "*", "kontak__tanda": "081234567890", "jumlah": "3", "jumlah__tanda": ""}]
    rows.append({**rows[0], "jumlah__tanda": "5207014107850001"})
    program.ask("datastore_create", resource={"package_id": NAME}, records=rows)
    runner.run_due()
    found = [(each["column"], each["kind"]) for each in DraftTable.objects.get().findings]
    assert found == [("kontak__tanda", "phone"), ("jumlah__tanda", "nik")]
    missing = program.ask("package_show", id=NAME)["lumbung"]["missing"]
    assert any(each["gate"] == "personal" for each in missing)


def test_personal_data_in_sent_rows_wait_for_a_person_and_every_write_asks_anew(people, program):
    program.ask("package_create", **DESCRIBED)
    rows = [{"nama": "Contoh", "nik": "5207014107850001"}]
    table = program.ask("datastore_create", resource={"package_id": NAME}, records=rows)["resource_id"]
    runner.run_due()
    missing = program.ask("package_show", id=NAME)["lumbung"]["missing"]
    assert any(each["gate"] == "personal" for each in missing)
    by, told = people.viewer("produsen.ntb"), {"column": "nik", "kind": "nik", "reason": "uji", "now": NOW}
    drafting.decide_personal(table=DraftTable.objects.get(), choice="not_personal", by=by, **told)
    program.ask("datastore_create", resource_id=table, records=rows)
    assert not PersonalDecision.objects.exists()
    runner.run_due()
    drafting.decide_personal(table=DraftTable.objects.get(), choice="dropped", by=by, **told)
    runner.run_due()
    assert text_of() == "nama\nContoh\nContoh\n"
    assert program.refused("datastore_create", resource_id=table, records=rows)[1]["code"] == "table-waits-for-a-person"


def test_a_sent_file_waits_for_a_person_and_no_program_writes_over_it(program):
    program.ask("package_create", **DESCRIBED)
    file = SimpleUploadedFile("jalan.csv", bringing.CLEAN.encode())
    sent = {"package_id": NAME, "name": "Panjang jalan", "upload": file}
    answer = program.client.post(f"{program.base}resource_create", sent, headers=program.headers)
    assert answer.status_code == 200, answer.content
    made = answer.json()["result"]
    runner.run_due()
    assert program.ask("resource_show", id=made["id"])["stage"] == "looked"
    assert program.refused("datastore_create", resource_id=made["id"], records=[{"a": 1}])[0] == 409
    renamed = program.ask("resource_update", id=made["id"], name="Nama lain")
    assert renamed["name"] == "Nama lain"
    assert program.ask("resource_delete", id=made["id"]) is None
    assert not DraftTable.objects.exists()


def test_a_resource_may_be_announced_first_and_filled_afterwards(program):
    program.ask("package_create", **DESCRIBED, resources=[{"name": "Panjang"}])
    made = program.ask("package_show", id=NAME)["resources"][0]
    assert (made["name"], made["stage"]) == ("Panjang", "announced")
    told = program.ask("datastore_create", resource_id=made["id"], fields=COLUMNS, records=[])
    assert told["resource_id"] == made["id"]
    assert DraftTable.objects.get().stage == "read"


HOSTILE = [
    b'{"resource_id": NaN}',
    b'{"id": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"id": ' + b"[" * 600 + b"]" * 600 + b"}",
    b'{"id": "a\\u0000b"}',
    b'{"id": "\\ud800"}',
    b'{"id": 1e999999999999}',
    b"[]",
    b"\xff\xfe",
    b'{"id": "' + b"x" * 8_000_001 + b'"}',
]


@pytest.mark.parametrize("action", ["package_create", "datastore_upsert"])
def test_hostile_bodies_are_refused_in_words(program, action):
    for body in HOSTILE:
        answer = program.send(action, body)
        assert answer.status_code in {400, 404, 409}, (body[:40], answer.status_code)
        assert answer.headers["Content-Type"].startswith("application/json")
    assert Program().send("package_search", HOSTILE[2]).status_code == 400
    assert Program().send("package_search", HOSTILE[1]).status_code == 400
    assert Program().send("package_search", b'{"q": "' + b"x" * 3_000_000 + b'"}').status_code == 400
    assert Program().send(action, HOSTILE[1]).status_code == 403


def test_calls_are_counted_for_each_key_and_wrong_keys_for_each_address(people, settings, monkeypatch):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    monkeypatch.setattr("lumbung.modules.open_data.api.ckan_access.CALLS", Limit("open_data.key", 1, 60))
    monkeypatch.setattr("lumbung.modules.open_data.api.ckan_access.WRONG_KEYS", Limit("open_data.wrong_key", 1, 60))
    first, second, wrong = Program(key_for(people)), Program(key_for(people)), Program("lmb_00000000_salah")
    first.ask("package_list")
    answer = first.send("package_list", "{}")
    assert (answer.status_code, answer.json()["error"]["__type"]) == (429, "Too Many Requests Error")
    assert int(answer.headers["Retry-After"]) > 0
    second.ask("package_list")
    assert [wrong.send("package_list", "{}").status_code for _again in range(2)] == [403, 429]


def test_limits_are_told(program, monkeypatch):
    table = rows_sent(program)["resource_id"]
    many = [{"kode_kabupaten": "52.01"}] * 32_001
    assert "32000" in program.refused("datastore_upsert", resource_id=table, records=many)[1]["records"][0]
    monkeypatch.setattr("lumbung.modules.open_data.actions.sent_tables.MOST_ROWS", 2)
    told = program.refused("datastore_upsert", resource_id=table, records=[{"kode_kabupaten": "52.08"}])
    assert told[1]["code"] == "table-too-large-for-rows"
    assert len(text_of().splitlines()) == 3
