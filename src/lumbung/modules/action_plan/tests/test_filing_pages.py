"""Reports and answers on their pages: filed in one form, read by everybody, refused beside the field that is wrong."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.base import clock
from lumbung.core.files.tests import papers
from lumbung.modules.action_plan.models import FiledReport, OgpAnswer, Plan, Submission
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
PLAN, LOADED = "/ntb/rencana-aksi/", "/ntb/rencana-aksi/kelola/ntb-ksb-2021-2023"
FIRST = f"{LOADED}/laporan-awal/ksb/"
LAST = f"{LOADED}/komitmen/penataan-perangkat-daerah/laporan-akhir/"
DESK = f"{PLAN}kelola/{here.KEY}/penyampaian/"
DATA = papers.pdf(stream=b"laporan")
SHA256 = hashlib.sha256(DATA).hexdigest()


def file(data=DATA):
    return SimpleUploadedFile("Nama Orang.pdf", data, "text/html")


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_form_says_what_it_takes_and_how_large(people):
    page = shown(sign_in(people, "pemantau.ksb"), FIRST)
    assert "PDF atau Word (DOCX), paling besar 10 MB" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_report_is_filed_as_a_document_and_everybody_saves_and_hashes_it(people, client):
    answer = sign_in(people, "pemantau.ksb").post(FIRST, {"title": "Laporan awal KSB", "document": file()})
    assert answer.status_code == 303
    report = FiledReport.objects.get()
    for page in (PLAN, f"{PLAN}penataan-perangkat-daerah/"):
        words = shown(client, page)
        assert SHA256 in words
        assert f"/media/{report.document_id}/dokumen" in words
        assert "Disampaikan terlambat" in words
    saved = client.get(f"/media/{report.document_id}/dokumen")
    assert hashlib.sha256(saved.getvalue()).hexdigest() == SHA256
    assert 'filename="laporan-awal-ksb.pdf"' in saved["Content-Disposition"]


def test_a_last_report_may_have_an_address_and_a_document(people, client):
    told = {"title": "Laporan akhir", "url": "https://contoh.id/akhir", "document": file()}
    assert sign_in(people, "pemantau.ksb").post(LAST, told).status_code == 303
    words = shown(client, f"{PLAN}penataan-perangkat-daerah/")
    assert "https://contoh.id/akhir" in words
    assert SHA256 in words
    pack = shown(sign_in(people, "pemantau.ksb"), f"{LOADED}/komitmen/penataan-perangkat-daerah/paket-bukti/")
    assert "Laporan akhir" in pack


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Isi alamat, atau pilih dokumen, atau keduanya."),
        ({"document": file(papers.PAGE)}, "Jenis berkas tidak diterima"),
        ({"url": "bukan alamat"}, "Tulis alamat"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_what_was_typed_stays(people, told, words):
    answer = sign_in(people, "pemantau.ksb").post(FIRST, {"title": "Laporan awal KSB"} | told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Laporan awal KSB" in page
    assert not FiledReport.objects.exists()


@pytest.fixture
def submitted(people):
    Plan.objects.filter(pk=here.KEY).update(submitted_on=clock.local_day(NOW))
    by = people.account("sekretariat.ntb")
    return Submission.objects.create(
        plan=here.plan(), on=clock.local_day(NOW), plan_sha256="a" * 64, entered_at=NOW, entered_by=by
    )


def test_an_answer_of_ogp_is_kept_at_the_desk_and_read_beside_the_submission(people, client, submitted):
    desk = sign_in(people, "sekretariat.ntb")
    assert "Belum ada jawaban yang disimpan." in shown(desk, DESK)
    told = {"title": "Tanda terima OGP", "received_on": clock.local_day(NOW).isoformat(), "document": file()}
    assert desk.post(f"{DESK}jawaban-ogp/", told).status_code == 303
    answer = OgpAnswer.objects.get()
    for who, page in ((desk, DESK), (client, f"{PLAN}susun/{here.KEY}/penetapan/")):
        words = shown(who, page)
        assert "Tanda terima OGP" in words
        assert SHA256 in words
    assert Client().get(f"/media/{answer.document_id}/dokumen").status_code == 200


def test_a_refused_answer_stands_in_the_form_and_only_the_secretariat_opens_it(people, submitted):
    told = {"title": "Tanda terima", "received_on": "2020-01-01", "document": file()}
    answer = sign_in(people, "sekretariat.ntb").post(f"{DESK}jawaban-ogp/", told)
    assert answer.status_code == 422
    assert "Perbaiki tanggalnya" in answer.content.decode()
    assert sign_in(people, "pemantau.ksb").get(f"{DESK}jawaban-ogp/").status_code == 403
