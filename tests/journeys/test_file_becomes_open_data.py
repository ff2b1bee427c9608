"""A file as an office keeps it, on a phone: brought, read, described, checked by two others, and found by anybody."""

import pytest

from tests.journeys import data_desk as desk
from tests.journeys.data_desk import DESK, say
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
TITLE = "Panjang jalan menurut kondisi"
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


def brings(who, key):
    desk.begins(who, key, TITLE)
    who.follows(say("Bring a file"))
    desk.sends(who, "jalan.csv", FILE.encode())
    who.reads("Sumber: Dinas PUPR")
    who.presses(say("Read it so"))


def test_a_file_becomes_open_data_on_a_phone(visitor):
    key = desk.new_key("jalan")
    producer = visitor(screen=PHONE, name="produsen")
    producer.signs_in("produsen.ntb")
    brings(producer, key)
    desk.leaves_out(producer, "Nomor pribadi petugas lapangan")
    desk.confirms_columns(producer)
    desk.sees_checked(producer)
    desk.describes(producer, key)
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
