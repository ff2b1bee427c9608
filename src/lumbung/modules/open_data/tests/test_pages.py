"""The public pages of the catalogue: found, read, downloaded; withdrawn things say so."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import LastCheck

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(people, name):
    client = Client()
    client.force_login(people.account(name), backend=BACKEND)
    return client


def test_the_catalogue_is_searched_and_filtered(publish):
    publish()
    assert "/ntb/data/wells/" in Client().get("/ntb/data/?q=wells").content.decode()
    assert "/ntb/data/wells/" in Client().get("/ntb/data/?topic=pemerintahan&producer=ntb").content.decode()
    assert "Tidak ada dataset" in Client().get("/ntb/data/?q=gajah").content.decode()


def test_a_dataset_shows_rows_dictionary_size_and_fingerprint(publish):
    version = publish()
    page = Client().get("/ntb/data/wells/").content.decode()
    assert version.csv_sha256 in page
    assert "52.10" in page
    assert "Kamus data" in page
    assert "/ntb/data/wells/v1/data.csv" in page


def test_a_table_not_compared_for_days_is_shown_as_late(publish):
    publish()
    LastCheck.objects.filter(dataset_key="wells").update(checked_at=NOW - timedelta(days=4))
    assert "Terlambat dimutakhirkan" in Client().get("/ntb/data/wells/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_download_is_the_published_bytes(publish, kind):
    version = publish()
    answer = Client().get(f"/ntb/data/wells/v1/data.{kind}")
    assert b"".join(answer.streaming_content) == versions.path_of(version, kind).read_bytes()
    assert f"wells-ntb-v1.{kind}" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "address",
    ["/ntb/data/nothing/", "/ntb/data/wells/v9/", "/ntb/data/wells/v1/data.exe", "/ntb/data/wells/v1/other.csv"],
)
def test_what_does_not_exist_is_not_found(publish, address):
    publish()
    assert Client().get(address).status_code == 404


def test_a_withdrawn_release_answers_gone_with_its_reason_and_hash(publish, people):
    version = publish()
    admin = client_of(people, "admin")
    assert admin.post("/ntb/data/wells/v1/tarik/", {"reason": ""}).status_code == 422
    assert admin.post("/ntb/data/wells/v1/tarik/", {"reason": "Satu orang dapat dikenali"}).status_code == 302
    gone = Client().get("/ntb/data/wells/v1/data.csv")
    assert gone.status_code == 410
    assert "Satu orang dapat dikenali" in gone.content.decode()
    page = Client().get("/ntb/data/wells/v1/")
    assert page.status_code == 410
    assert version.csv_sha256 in page.content.decode()
    assert admin.post("/ntb/data/wells/terbitkan/").status_code == 302
    assert versions.newest_version("wells", "52").number == 2


@pytest.mark.parametrize("step", ["terbitkan/", "v1/tarik/"])
def test_others_cannot_publish_or_withdraw(publish, people, step):
    publish()
    assert Client().post(f"/ntb/data/wells/{step}", {"reason": "x"}).status_code == 302
    assert client_of(people, "pupr.ntb").post(f"/ntb/data/wells/{step}", {"reason": "x"}).status_code == 403


def test_the_search_of_the_portal_leads_to_the_dataset(publish):
    publish()
    assert 'href="/ntb/data/wells/"' in Client().get("/ntb/cari/?q=wells").content.decode()
