"""The three screens: what is typed stays, the place may come from a pin or from lists, the end is a receipt."""

import re
from html import unescape

import pytest
from django.test import Client

from lumbung.modules.reports import forms
from lumbung.modules.reports.models import Report, ReportDraft, SealedOriginal

pytestmark = pytest.mark.django_db
TEXT = "Lampu jalan mati sejak Senin, gelap sekali."
SEND = "/ksb/laporan/kirim/"
IN_KSB = ("-8,7451", "116,8532")


def at_the_place(people) -> Client:
    citizen = Client()
    citizen.post(SEND, {"category": people.road.pk, "text": TEXT})
    return citizen


def place(people, **changed: str) -> dict[str, str]:
    return {"district": people.village.parent_id, "village": people.village.pk, **changed}


def test_emergencies_come_before_every_question(people):
    page = Client().get(SEND).content.decode()
    assert page.index("tel:112") < page.index('<form method="post"')


def test_every_topic_is_listed_with_its_example(people):
    page = Client().get(SEND).content.decode()
    assert page.count('type="radio"') == people.road.__class__.objects.count()
    assert people.road.example_id in page


def test_a_district_shows_its_villages_without_a_script(people):
    citizen = at_the_place(people)
    answer = citizen.post(
        f"{SEND}lokasi/", {"district": people.village.parent_id, "langkah": "desa", "landmark": "pos"}
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'value="{people.village.pk}"' in page
    assert 'value="pos"' in page
    assert "Ada isian yang perlu diperbaiki" not in page


def test_the_enter_key_in_a_complete_form_goes_on(people):
    # Browsers press the first button of a form on Enter, and that one asks for the villages.
    answer = at_the_place(people).post(f"{SEND}lokasi/", place(people, langkah="desa"))
    assert answer.headers["Location"] == f"{SEND}pelapor/"


@pytest.mark.parametrize(
    ("latitude", "longitude", "sentence"),
    [
        ("116,8532", "-8,7451", "tertukar"),
        ("0", "0", "(0, 0)"),
        ("nan", "116", "tidak dapat dibaca"),
        ("-8,7", "", "tidak dapat dibaca"),
        ("x" * 10_000, "116", "tidak dapat dibaca"),
        ("-6,2", "106,8", "di luar Nusa Tenggara Barat"),
        ("-8,58", "116,1", "di luar wilayah portal ini"),
    ],
)
def test_a_point_that_cannot_be_right_is_answered_with_the_way_out(people, latitude, longitude, sentence):
    citizen = at_the_place(people)
    answer = citizen.post(f"{SEND}lokasi/", place(people, latitude=latitude, longitude=longitude, landmark="pos"))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    again = citizen.get(f"{SEND}lokasi/").content.decode()
    assert f'value="{latitude}"' in again
    assert 'value="pos"' in again


def test_a_pin_with_decimal_commas_is_kept_for_those_who_handle_the_report(people):
    citizen = at_the_place(people)
    citizen.post(f"{SEND}lokasi/", place(people, latitude=IN_KSB[0], longitude=IN_KSB[1]))
    citizen.post(f"{SEND}pelapor/", {})
    kept = SealedOriginal.objects.get()
    assert (kept.latitude, kept.longitude) == (-8.7451, 116.8532)


@pytest.mark.parametrize("text", ["😀 lampu mati", "\u202eterbalik", "<b>tebal</b> & 'kutip'", "=1+1", "x" * 10_000])
def test_going_back_loses_nothing(people, text):
    citizen = Client()
    citizen.post(SEND, {"category": people.road.pk, "text": text})
    citizen.post(f"{SEND}lokasi/", place(people, landmark=text[:150]))
    citizen.post(f"{SEND}pelapor/", {"name": "Contoh", "email": "bukan-surel"})
    assert text in unescape(citizen.get(SEND).content.decode())
    if len(text) <= forms.TEXT_LIMIT:
        assert text[:150] in unescape(citizen.get(f"{SEND}lokasi/").content.decode())
        assert 'value="bukan-surel"' in citizen.get(f"{SEND}pelapor/").content.decode()


def test_going_back_from_a_screen_keeps_what_was_typed_there(people):
    citizen = at_the_place(people)
    back = citizen.post(f"{SEND}lokasi/", {"landmark": "dekat masjid", "ke": "what"})
    assert back.headers["Location"] == SEND
    assert 'value="dekat masjid"' in citizen.get(f"{SEND}lokasi/").content.decode()
    citizen.post(f"{SEND}lokasi/", place(people))
    back = citizen.post(f"{SEND}pelapor/", {"name": "Contoh", "is_anonymous": "on", "ke": "where"})
    assert back.headers["Location"] == f"{SEND}lokasi/"
    page = citizen.get(f"{SEND}pelapor/").content.decode()
    assert 'value="Contoh"' in page
    assert re.search(r'name="is_anonymous"[^>]*checked', page)


def test_a_page_put_away_keeps_what_was_typed_and_sends_nothing(people):
    before = Report.objects.count()
    citizen = Client()
    assert citizen.post(SEND, {"text": TEXT, "ke": "tetap"}).status_code == 204
    assert TEXT in citizen.get(SEND).content.decode()
    citizen.post(SEND, {"category": people.road.pk, "text": TEXT})
    citizen.post(f"{SEND}lokasi/", place(people))
    assert citizen.post(f"{SEND}pelapor/", {"name": "Contoh", "ke": "tetap"}).status_code == 204
    assert Report.objects.count() == before


def test_nul_is_dropped_and_the_rest_is_kept(people):
    citizen = Client()
    citizen.post(SEND, {"category": people.road.pk, "text": "lampu\x00 mati"})
    assert "lampu mati" in citizen.get(SEND).content.decode()


def test_the_last_screen_shows_what_will_be_sent(people):
    citizen = at_the_place(people)
    citizen.post(f"{SEND}lokasi/", place(people, landmark="depan SDN 1"))
    page = citizen.get(f"{SEND}pelapor/").content.decode()
    for shown in (people.road.name_id, TEXT, people.village.full_name, "depan SDN 1", 'name="ke" value="where"'):
        assert shown in page


def test_the_receipt_has_number_code_link_and_qr(people):
    citizen = at_the_place(people)
    citizen.post(f"{SEND}lokasi/", place(people))
    page = citizen.post(f"{SEND}pelapor/", {}, follow=True).content.decode()
    assert Report.objects.get().number in page
    assert "Simpan kode ini" in page
    assert "/ksb/laporan/buka/" in page
    assert "<title>Kode QR" in page
    assert "data-print" in page


def test_only_the_nearest_entry_of_the_menu_is_the_current_one(people):
    page = Client().get(SEND).content.decode()
    current = re.findall(r'<a href="([^"]+)" aria-current="page">', page)
    assert set(current) == {SEND}


def test_a_topic_that_is_always_confidential_says_so_and_asks_no_more(people):
    citizen = Client()
    citizen.post(SEND, {"category": people.levy.pk, "text": TEXT})
    citizen.post(f"{SEND}lokasi/", place(people))
    page = citizen.get(f"{SEND}pelapor/").content.decode()
    assert "selalu Rahasia" in page
    assert 'name="is_confidential"' not in page


def test_what_was_typed_can_be_removed_at_once(people):
    citizen = at_the_place(people)
    assert citizen.post(SEND, {"text": TEXT, "ke": "hapus"}).headers["Location"] == SEND
    assert not ReportDraft.objects.exists()
    page = citizen.get(SEND).content.decode()
    assert TEXT not in page
    assert "Isian Anda sudah dihapus" in page


@pytest.mark.parametrize("phone", ["tidak ada", "0812", "0" * 40])
def test_a_telephone_number_nobody_can_call_is_refused_and_kept(people, phone):
    citizen = at_the_place(people)
    citizen.post(f"{SEND}lokasi/", place(people))
    answer = citizen.post(f"{SEND}pelapor/", {"phone": phone})
    assert answer.status_code == 422
    assert "0812 3456 7890" in answer.content.decode()
    assert f'value="{phone}"' in answer.content.decode()


def test_the_page_of_access_codes_opens_without_a_complaint(people):
    assert Client().get("/ksb/laporan/buka/").headers["Location"] == "/ksb/laporan/lacak/"
