"""Asking over HTTP: no account, a receipt, a page of its own; the desk clears and answers."""

import uuid

import pytest
from django.test import Client

from lumbung.modules.open_data.models import Asking
from lumbung.modules.open_data.tests.asking_people import asked, cleared
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
HERE, DESK = "/ntb/data/permohonan/", "/ntb/data/kelola/permohonan/"


def send(client, address=f"{HERE}kirim/", **told):
    return client.post(address, {"draft_key": str(uuid.uuid4()), "text": "Data sumur per desa", **told})


def test_a_request_goes_from_the_form_to_its_public_answer(people):
    citizen, steward = Client(), client_of(people, "walidata.ntb")
    answer = send(citizen, why="Skripsi", email="warga@contoh.id")
    number = Asking.objects.get().number
    assert number in citizen.get(answer["Location"]).content.decode()
    assert "Data sumur per desa" in citizen.get(f"{HERE}{number}/").content.decode()
    assert "Data sumur per desa" not in Client().get(f"{HERE}{number}/").content.decode()
    assert Client().get(f"{HERE}{number}/tanda-terima/").status_code == 302
    work = f"{DESK}{number}/"
    assert "Data sumur per desa" in steward.get(work).content.decode()
    assert steward.post(work, {"step": "clear", "text": "Data sumur", "why": "", "where": ""}).status_code == 422
    assert steward.post(work, {"step": "clear", "text": "Data sumur •••"}).status_code == 302
    told = {"step": "answer", "answer-outcome": "refused", "answer-text": "Belum dibuka."}
    assert steward.post(work, told).status_code == 422
    assert steward.post(work, told | {"answer-legal_basis": "UU 14/2008 Pasal 17"}).status_code == 302
    page = Client().get(f"{HERE}{number}/").content.decode()
    assert "UU 14/2008 Pasal 17" in page
    assert "Komisi Informasi" in page
    assert "Belum dibuka." in Client().get(HERE).content.decode()
    assert "warga@contoh.id" not in page + steward.get(work).content.decode()


def test_a_code_opens_what_was_sent_and_leaves_the_address(people):
    found = asked(people)
    page = Client().post(f"{HERE}buka/", {"code": "0000000000000000"})
    assert page.status_code == 422
    assert Client().get(f"{HERE}{found.number}/").status_code == 200


def test_a_dataset_says_what_was_corrected_and_asked_about_it(people, publish):
    publish()
    citizen = Client()
    address = "/ntb/data/wells/tanya/"
    assert send(citizen, address, kind="question", where="kolom count").status_code == 302
    assert send(citizen, address, kind="lain").status_code == 422
    found = Asking.objects.get()
    assert f'href="{HERE}{found.number}/"' not in citizen.get("/ntb/data/wells/").content.decode()
    cleared(people, found, text="Data sumur per desa")
    assert f'href="{HERE}{found.number}/"' in Client().get("/ntb/data/wells/").content.decode()


def test_only_the_desk_works_on_what_was_asked(people):
    found = asked(people)
    assert client_of(people, "pupr.ntb").get(f"{DESK}{found.number}/").status_code == 403
    assert client_of(people, "produsen.ntb").get(f"{DESK}{found.number}/").status_code == 403
    assert found.number not in client_of(people, "produsen.ntb").get(DESK).content.decode()
