"""The data pages: fresh or late in words, the files with their hash, and a withdrawn version shown honestly."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.datasets import actions, queries
from lumbung.core.datasets.models import LastCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path


@pytest.fixture
def version(table, people):
    return actions.publish_on_schedule(dataset_key="wells", place="52", now=clock.now())


def admin_client(people):
    client = Client()
    client.force_login(people.account("admin"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_list_shows_what_this_portal_publishes_and_says_what_is_not_there_yet(version):
    assert "Mutakhir" in Client().get("/ntb/data/").content.decode()
    ksb = Client().get("/ksb/data/wells/").content.decode()
    assert "Belum terbit" in ksb


def test_a_table_shows_rows_dictionary_size_and_fingerprint(version):
    page = Client().get("/ntb/data/wells/").content.decode()
    assert version.csv_sha256 in page
    assert "52.10" in page
    assert "Kamus data" in page
    assert "/ntb/data/wells/v1/data.csv" in page


def test_a_table_not_compared_for_days_is_shown_as_late(version):
    LastCheck.objects.filter(dataset_key="wells").update(checked_at=clock.now() - timedelta(days=4))
    assert "Terlambat dimutakhirkan" in Client().get("/ntb/data/wells/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_download_is_the_published_bytes(version, kind):
    answer = Client().get(f"/ntb/data/wells/v1/data.{kind}")
    assert b"".join(answer.streaming_content) == queries.path_of(version, kind).read_bytes()
    assert f"wells-ntb-v1.{kind}" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["/ntb/data/nothing/", "/ntb/data/wells/v9/data.csv", "/ntb/data/wells/v1/data.exe"]
)
def test_what_does_not_exist_is_not_found(version, address):
    assert Client().get(address).status_code == 404


def test_a_withdrawn_version_answers_gone_with_its_reason_and_hash(version, people):
    admin = admin_client(people)
    assert admin.post("/ntb/data/wells/v1/tarik/", {"reason": ""}).status_code == 400
    assert admin.post("/ntb/data/wells/v1/tarik/", {"reason": "Satu orang dapat dikenali"}).status_code == 302
    gone = Client().get("/ntb/data/wells/v1/data.csv")
    assert gone.status_code == 410
    assert "Satu orang dapat dikenali" in gone.content.decode()
    page = Client().get("/ntb/data/wells/").content.decode()
    assert "Satu orang dapat dikenali" in page
    assert version.csv_sha256 in page
    assert admin.post("/ntb/data/wells/terbitkan/").status_code == 302
    assert queries.newest_version("wells", "52").number == 2


@pytest.mark.parametrize("step", ["terbitkan/", "v1/tarik/"])
def test_others_cannot_publish_or_withdraw(version, people, step):
    client = Client()
    assert client.post(f"/ntb/data/wells/{step}", {"reason": "x"}).status_code == 302
    client.force_login(people.account("pupr.ntb"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"/ntb/data/wells/{step}", {"reason": "x"}).status_code == 403
