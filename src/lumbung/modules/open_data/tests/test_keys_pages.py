"""Keys on the desk: shown once, revoked with one more question, nobody else's found."""

import re

import pytest
from django.test import Client

from lumbung.modules.open_data.models import ApiKey

pytestmark = pytest.mark.django_db
PAGE = "/ntb/data/kelola/kunci/"
TOLD = {"organisation": "ntb-pupr", "name": "server", "scopes": ["drafts:write"], "expires_on": "2027-01-01"}


def client_of(people, name):
    client = Client()
    client.force_login(people.account(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_key_is_made_shown_once_and_revoked(people):
    producer = client_of(people, "produsen.ntb")
    made = producer.post(f"{PAGE}buat/", TOLD)
    secret = re.search(r"lmb_[0-9a-f]{8}_[\w-]{40,}", made.content.decode())
    assert secret
    assert "no-store" in made.headers["Cache-Control"]
    listed = producer.get(PAGE).content.decode()
    assert secret.group()[:12] in listed
    assert secret.group() not in listed
    key = ApiKey.objects.get()
    assert producer.get(f"{PAGE}{key.pk}/cabut/").status_code == 200
    assert client_of(people, "pupr.ksb").post(f"{PAGE}{key.pk}/cabut/").status_code in {403, 404}
    assert producer.post(f"{PAGE}{key.pk}/cabut/").status_code == 302
    assert ApiKey.objects.get().revoked_at is not None


def test_what_was_typed_wrong_is_told_beside_its_field(people):
    answer = client_of(people, "produsen.ntb").post(f"{PAGE}buat/", TOLD | {"expires_on": "2099-01-01", "name": ""})
    assert answer.status_code == 422
    assert "Beri nama kunci ini" in answer.content.decode()
    assert not ApiKey.objects.exists()
