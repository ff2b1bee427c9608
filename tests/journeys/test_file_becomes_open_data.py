"""A file as an office keeps it, on a phone: brought, read, described, checked by two others, and found by anybody."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys import words
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
say = words.Tongue("id")
DESK, TITLE = "/ntb/data/kelola/", "Panjang jalan menurut kondisi"
FILE = """Panjang jalan kabupaten menurut kondisi
Provinsi NTB, 2025

kode_kabupaten,kabupaten,panjang_km,kondisi_baik_km,no_hp
52.01,Lombok Barat,"812,5","601,25",081200000001
52.07,Sumbawa Barat,"640,0","498,5*",081200000002
52.08,Lombok Utara,"12,5","12,5",-
Jumlah,,"1.465,0","1.112,25",
Sumber: Dinas PUPR
* angka sementara
"""
TOLD = {
    "summary__id": "Panjang jalan kabupaten menurut kondisi, dalam kilometer.",
    "keywords": "jalan, kondisi",
    "period__from": "2025",
    "period__to": "2025",
    "contact": "Bidang Bina Marga",
    "standard": "Standar jalan daerah (contoh)",
}
CHOSEN = {"topic": "infrastruktur", "place": "52", "licence": "CC-BY-4.0", "frequency": "yearly"}
CHOSEN |= {"made_by": "administration"}


def waits_for_button(who, name):
    """The worker is done; where scripts have not opened the page anew yet, the person does."""
    who.page.get_by_role("button", name=name).wait_for()
    who.opens(who.page.url)


def brings(who, key):
    who.opens(f"{DESK}baru/")
    who.page.locator("[name=title]").fill(TITLE)
    who.page.locator("[name=key]").fill(key)
    who.presses(say("Begin"))
    who.follows(say("Bring a file"))
    who.page.locator("[name=table_file]").set_input_files(
        {"name": "jalan.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    who.presses(say("Send the file"))
    waits_for_button(who, say("Read it so"))
    who.reads("Sumber: Dinas PUPR")
    who.presses(say("Read it so"))
    waits_for_button(who, say("Decide"))


def leaves_the_numbers_out(who):
    who.page.locator("#pribadi [name=reason]").fill("Nomor pribadi petugas lapangan")
    who.presses(say("Decide"))
    waits_for_button(who, say("Confirm the columns and check every cell"))
    for column in who.page.locator("details.column").all():
        column.evaluate("each => { each.open = true }")
    for field in who.page.locator("textarea[name$=definition_id]").all():
        field.fill("Keterangan kolom")
    who.presses(say("Confirm the columns and check every cell"))
    expect(who.page.get_by_text(say("Checked"), exact=True).first).to_be_visible()


def describes(who, key):
    who.opens(f"{DESK}{key}/isi/dataset/")
    for name, text in TOLD.items():
        who.page.locator(f"[name={name}]").fill(text)
    for name, value in CHOSEN.items():
        who.page.locator(f"[name={name}]").select_option(value)
    who.presses(say("Save"))


def test_a_file_becomes_open_data_on_a_phone(visitor):
    key = f"jalan-{uuid.uuid4().hex[:8]}"
    producer = visitor(screen=PHONE, name="produsen")
    producer.signs_in("produsen.ntb")
    brings(producer, key)
    leaves_the_numbers_out(producer)
    describes(producer, key)
    producer.presses(say("Hand in for checking"))

    for account in ("pendukung.ntb", "walidata.ntb"):
        checker = visitor(screen=PHONE, name=account.split(".")[0])
        checker.signs_in(account)
        checker.opens(DESK)
        checker.opens(f"{DESK}{key}/")
        checker.reads("Bidang Bina Marga")
        checker.presses(say("Pass"))
    checker.opens(f"{DESK}{key}/")
    checker.presses(say("Publish now"))

    reader = visitor(screen=PHONE, name="pembaca", javascript=False)
    reader.opens(f"/ntb/data/?q={key}")
    reader.opens(f"/ntb/data/{key}/")
    reader.sees_heading(TITLE)
    reader.reads("812,5")
    reader.does_not_read("081200000001", "no_hp")
