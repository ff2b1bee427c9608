"""The days of those who work at the data desk: producer, supporting steward, steward, supervisor."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys import data_desk as desk
from tests.journeys.data_desk import DATA, DESK, officer, opened, reloads_until, say
from tests.journeys.test_keyboard import go_on
from tests.journeys.visitor import DESKTOP, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.heavy]
ROW = "Saluran irigasi kewenangan provinsi menurut kondisi"
ROWS = [
    ["52.01", "Lombok Barat", "2025", 812.5, "km", "081200000001"],
    ["52.07", "Sumbawa Barat", "2025", "dua puluh", "km", "081200000002"],
    ["52.08", "Lombok Utara", "2025", 12.5, "km", None],
    ["Jumlah", None, None, 845, None, None],
]
MENDED = [[*ROWS[1][:3], 20, *ROWS[1][4:]] if row is ROWS[1] else row for row in ROWS]
REMARK = "Sebut seksi yang menjawab pertanyaan."


def begins_from_the_list(producer, key):
    """The row of the data list gives its template, and begins its dataset."""
    producer.opens(f"{DESK}daftar/2026/")
    producer.follows(ROW)
    address = producer.page.get_by_role("link", name=say("Template (XLSX)")).get_attribute("href")
    template = producer.page.request.get(address).body()
    producer.page.locator("[name=key]").fill(key)
    producer.presses(say("Begin the dataset of this row"))
    return template


def brings(producer, content):
    desk.sends(producer, "irigasi.xlsx", content)
    producer.reads("Jumlah")
    producer.presses(say("Read it so"))
    desk.leaves_out(producer, "Nomor pribadi petugas lapangan")
    desk.confirms_columns(producer, nilai__type="number")


def test_a_row_of_the_list_is_filled_in_refused_mended_returned_and_handed_in_anew(visitor):
    key = desk.new_key("irigasi")
    producer = officer(visitor, "produsen.ntb")
    template = begins_from_the_list(producer, key)
    producer.follows(say("Bring a file"))
    brings(producer, desk.filled_in(template, ROWS, more="no_hp"))
    expect(producer.page.get_by_text(say("%(num)s cell does not keep to the standard", num=1))).to_be_visible()
    faults = producer.page.get_by_role("row").filter(has_text="dua puluh").filter(has_text="nilai")
    expect(faults.first).to_contain_text("4")
    producer.follows(say("Bring another file"))
    brings(producer, desk.filled_in(template, MENDED, more="no_hp"))
    desk.sees_checked(producer)
    desk.describes(producer, key)
    desk.hands_in(producer, key)

    supporting = officer(visitor, "pendukung.ntb")
    supporting.opens(DESK)
    supporting.opens(f"{DESK}{key}/")
    returning = opened(supporting.page.locator("details:has([name=reason])"))
    returning.locator("[name=reason]").fill("Satu hal masih kurang.")
    returning.locator("[name=text_1]").fill(REMARK)
    supporting.presses(say("Return to the producer"))
    supporting.reads(say("Choose the field or column this note is about."))
    returning = supporting.page.locator("details:has([name=reason])").first
    assert returning.locator("[name=text_1]").input_value() == REMARK, "what was typed is not lost"
    returning.locator("[name=place_1]").select_option("dataset:contact")
    supporting.presses(say("Return to the producer"))

    producer.opens(DESK)
    producer.opens(f"{DESK}{key}/")
    producer.reads(REMARK)
    mended = producer.page.get_by_role("listitem").filter(has_text=REMARK).get_by_role("link")
    producer.presses_this(mended)
    producer.reads(say("Returned: %(text)s", text=REMARK))
    producer.page.locator("[name=contact]").fill("Bidang Sumber Daya Air, seksi data")
    producer.presses(say("Save"))
    desk.hands_in(producer, key)
    producer.opens(f"{DESK}daftar/2026/")
    expect(producer.page.get_by_role("listitem").filter(has_text=ROW).first).to_contain_text(say("In check"))


def test_a_release_waits_for_its_day_past_producer_steward_and_supervisor(visitor, turning):
    """Priority data: checked three times, announced, and public by itself on the day."""
    key = "panjang-jalan-kondisi"
    producer = officer(visitor, "produsen.ntb", at=turning)
    producer.opens(f"{DATA}{key}/")
    producer.presses(say("Begin the next release"))
    day = f"{turning.today + timedelta(days=1):%Y-%m-%d}"
    desk.hands_in(producer, key, note="Angka tetap tahun 2025", release_on=day)
    for account in ("pendukung.ntb", "walidata.ntb", "pembina.ntb"):
        checker = officer(visitor, account, at=turning)
        checker.opens(DESK)
        desk.passes(checker, key)

    steward = officer(visitor, "walidata.ntb", at=turning)
    steward.opens(f"{DESK}{key}/")
    expect(steward.page.get_by_role("button", name=say("Publish now"))).to_have_count(0)
    steward.presses(say("Announce it"))
    reader = visitor(at=turning, screen=PHONE, name="pembaca", javascript=False)
    reader.opens(f"{DATA}{key}/")
    reader.does_not_read("Angka tetap tahun 2025")
    reader.opens(f"{DATA}jadwal/")

    turning.passes_days(2)
    reader.opens(f"{DATA}{key}/")
    reloads_until(reader, "Angka tetap tahun 2025")
    reader.opens(f"{DATA}{key}/v1/")
    reader.follows(say("Open the newest release"))


def test_a_steward_rolls_a_release_back_and_withdraws_what_harms(visitor):
    key = desk.new_key("jalan")
    producer, steward = officer(visitor, "produsen.ntb"), officer(visitor, "walidata.ntb")
    supporting = officer(visitor, "pendukung.ntb")
    desk.ready(producer, key, "Panjang jalan untuk ditarik")
    for number in (1, 2):
        desk.passes(supporting, key)
        steward.opens(f"{DESK}{key}/")
        go_on(steward.page, say("Pass"))
        desk.publishes(steward, key)
        if number == 1:
            producer.opens(f"{DATA}{key}/")
            producer.presses(say("Begin the next release"))
            desk.hands_in(producer, key, note="Angka keliru")

    steward.opens(f"{DATA}{key}/")
    steward.follows(say("Restore this release"))
    steward.page.locator("[name=reason]").fill("Terbitan kedua keliru.")
    steward.presses(say("Publish it again"))
    steward.opens(f"{DATA}{key}/v2/")
    steward.page.locator("[name=reason]").fill("Memuat nomor pribadi.")
    steward.presses(say("Withdraw release %(number)s to protect privacy", number=2))
    steward.reads(re.compile("1, 3"))

    reader = visitor(screen=PHONE, name="pembaca", javascript=False)
    reader.opens(f"{DATA}{key}/v2/")
    reader.reads("Memuat nomor pribadi.")
    assert reader.page.request.get(f"{DATA}{key}/v2/data.csv").status in {404, 410}
    reader.opens(f"{DATA}{key}/v3/beda/?dari=1")
    reader.opens(f"{DATA}{key}/")
    reader.reads("812,5")

    steward.opens(f"{DATA}{key}/")
    whole = opened(steward.page.locator("details:has([name=seluruhnya-reason])"))
    whole.locator("[name=seluruhnya-reason]").fill("Digantikan dataset lain.")
    steward.presses(say("Take it out of the catalogue"), within=whole)
    reader.opens(f"{DATA}{key}/")
    reader.reads("Digantikan dataset lain.")
    reader.opens(f"{DATA}{key}/v1/")
    reader.reads("Digantikan dataset lain.")


def test_a_code_list_is_published_and_judges_the_cells_of_another_table(visitor):
    codes = desk.new_key("kode-kondisi")
    producer, steward = officer(visitor, "produsen.ntb"), officer(visitor, "walidata.ntb")
    supporting = officer(visitor, "pendukung.ntb")
    listed = "kode_kondisi,arti\nB,Baik\nS,Sedang\nR,Rusak\n"
    desk.ready(producer, codes, "Kode kondisi saluran", table=listed, made_by="reference")
    desk.passes(supporting, codes)
    desk.passes(steward, codes)
    desk.publishes(steward, codes)

    table = "ruas,kondisi\nSatu,B\nDua,X\nTiga,R\n"
    desk.brings(producer, desk.new_key("ruas"), "Ruas saluran", table)
    desk.confirms_columns(producer, kondisi__classification=codes)
    fault = producer.page.get_by_role("row").filter(has_text="kondisi").filter(has_text="X")
    expect(fault.first).to_contain_text("3")


def test_restricted_data_are_shared_for_a_time_and_excluded_data_say_why(visitor):
    key = desk.new_key("terbatas")
    producer, steward = officer(visitor, "produsen.ntb"), officer(visitor, "walidata.ntb")
    supporting = officer(visitor, "pendukung.ntb")
    desk.ready(producer, key, "Panjang jalan terbatas")
    desk.passes(supporting, key)
    steward.opens(f"{DESK}{key}/")
    steward.follows(say("Change the class of these data"))
    steward.page.locator("[value=restricted]").check()
    steward.presses(say("Set the class"))
    desk.passes(steward, key)
    desk.publishes(steward, key)

    other = officer(visitor, "komitmen.ntb")
    other.opens(f"{DATA}{key}/")
    other.does_not_read("812,5")
    other.follows(say("I work for another agency"))
    other.page.locator("[name=purpose]").fill("Pemetaan jaringan internet di tepi jalan.")
    other.presses(re.compile(re.escape(say("Ask %(agency)s", agency=""))))
    producer.opens(f"{DESK}akses/")
    producer.follows(re.compile("^Panjang jalan terbatas"))
    today = producer.server.today
    producer.page.locator("[name=grant-since]").fill(f"{today:%Y-%m-%d}")
    producer.page.locator("[name=grant-until]").fill(f"{today + timedelta(days=30):%Y-%m-%d}")
    producer.presses(say("Grant for this period"))
    other.opens(f"{DATA}{key}/akses/")
    link = other.page.get_by_role("link", name="CSV").get_attribute("href")
    assert b"812.5" in other.page.request.get(link).body()
    stranger = visitor(screen=PHONE, name="pembaca", javascript=False)
    assert stranger.page.request.get(link, max_redirects=0).status in {302, 403}

    steward.opens(f"{DESK}{key}/kelas/")
    steward.page.locator("[value=excluded]").check()
    steward.presses(say("Set the class"))
    steward.reads(say("Fill this in: excluding data needs it."))
    told = {"harm": "Letak jaringan vital terbuka.", "law": "UU 14/2008 Pasal 17 huruf c", "decided_by": "PPID Utama"}
    told |= {"decided_on": f"{today:%Y-%m-%d}", "document": "UK-12/2026"}
    for name, text in told.items():
        steward.page.locator(f"[name={name}]").fill(text)
    steward.presses(say("Set the class"))
    producer.opens(f"{DATA}{key}/")
    producer.presses(say("Begin the next release"))
    desk.hands_in(producer, key, note="Dikecualikan")
    desk.passes(supporting, key)
    desk.passes(steward, key)
    desk.publishes(steward, key)
    stranger.opens(f"{DATA}{key}/")
    stranger.reads("UU 14/2008 Pasal 17 huruf c")
    stranger.does_not_read("812,5")


def test_a_wrong_role_a_guessed_address_and_a_second_tab_change_nothing(visitor):
    key = desk.new_key("jalan")
    producer = officer(visitor, "produsen.ntb")
    desk.begins(producer, key, "Panjang jalan dua tab")
    for account, refused in (("pupr.ntb", {403}), ("produsen.ksb", {403, 404}), ("forum.data.ksb", {403, 404})):
        other = visitor(screen=DESKTOP, name=account)
        other.signs_in(account)
        assert other.page.goto(f"{DESK}{key}/").status in refused, account
        assert other.page.goto(f"{DESK}{key}/kelas/").status in refused, account

    first, second = producer, officer(visitor, "produsen.ntb", name="tab-kedua")
    for tab in (first, second):
        tab.opens(f"{DESK}{key}/isi/dataset/")
    first.page.locator("[name=contact]").fill("Bidang Bina Marga")
    first.presses(say("Save"))
    second.page.locator("[name=contact]").fill("Bidang lain")
    second.presses(say("Save"))
    second.reads(say("Somebody saved this draft meanwhile. Reload the page and look again."))
    assert second.page.locator("[name=contact]").input_value() == "Bidang lain", "what was typed is not lost"

    first.opens(f"{DESK}{key}/")
    button = opened(first.page.locator("details").filter(has_text=say("Discard this draft")))
    first.presses(say("Yes, discard this draft"), within=button)
    first.reads(say("The draft was discarded. What was published stays."))
