"""The secretariat of the Forum from an empty list to an amendment; a story with live figures; a key and its limits."""

import re

import pytest
from playwright.sync_api import expect

from lumbung.modules.open_data.tests.remote_portal import Remote
from tests.journeys import data_desk as desk
from tests.journeys.data_desk import DATA, officer, opened, reloads_until, say
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
YEAR = 2028
LIST = f"/ksb/data/kelola/daftar/{YEAR}/"
NEIGHBOUR = """id,judul,penerbit,lisensi,berkas
tambak,Luas tambak rakyat,Dinas Perikanan Kabupaten Tetangga,CC-BY-4.0,https://data.contoh.go.id/tambak.csv
"""
ROADS, WATER = "Panjang jalan kabupaten menurut kondisi", "Sumur bor milik pemerintah desa"


def proposes(who, title):
    who.opens(f"{LIST}usul/")
    who.page.locator("[name=title]").fill(title)
    who.page.locator("[name=purpose]").fill("Penyusunan program tahunan.")
    who.page.locator("[name=first_day]").fill(f"{YEAR}-06-10")
    who.page.locator("[name=frequency]").select_option("yearly")
    who.presses(say("Save"))


def agrees(forum):
    forum.opens(f"{LIST}sepakati/")
    today = f"{forum.server.today:%Y-%m-%d}"
    told = {"number": "000.9.3/77/FSDI-KSB", "held_on": today, "place": "Aula Bappeda", "decisions": "Disepakati."}
    for name, text in told.items():
        forum.page.locator(f"[name={name}]").fill(text)
    for number, office in ((1, "Bappeda"), (2, "Dinas Kominfo")):
        forum.page.locator(f"[name=office_{number}]").fill(office)
    forum.presses(say("Record that the Forum agreed"))


def test_the_secretariat_leads_a_list_from_opening_to_an_amendment(visitor):
    forum, producer = officer(visitor, "forum.data.ksb"), officer(visitor, "produsen.ksb")
    forum.opens("/ksb/data/kelola/daftar/")
    forum.page.locator("[name=year]").fill(str(YEAR))
    forum.page.locator("[name=carried]").select_option("")
    forum.presses(say("Open the list"))
    for title in (ROADS, WATER):
        proposes(producer, title)

    forum.opens(LIST)
    forum.follows(ROADS)
    forum.presses(say("Put it on the list"))
    agrees(forum)
    forum.reads(re.compile(re.escape(say("Decide on them"))))
    forum.follows(say("Decide on them"))
    forum.follows(WATER)
    leaving = opened(forum.page.locator("details:has([name=reason])"))
    leaving.locator("[name=reason]").fill("Sudah ada pada daftar instansi lain.")
    forum.presses(say("Leave it out"), within=leaving)
    agrees(forum)

    forum.opens(f"{LIST}1/ubah/")
    forum.page.locator("[name=first_day]").fill(f"{YEAR}-07-10")
    forum.page.locator("[name=reason]").fill("Survei jalan selesai bulan Juni.")
    forum.presses(say("Save"))
    reader = visitor(screen=PHONE, name="pembaca", javascript=False)
    reader.opens(f"/ksb/data/daftar/{YEAR}/")
    reader.reads("Survei jalan selesai bulan Juni.")
    reader.does_not_read(WATER)
    reader.follows(say("Record of agreement"))
    reader.reads("Bappeda")
    pdf = reader.page.request.get(f"/ksb/data/daftar/{YEAR}/berita-acara.pdf")
    assert pdf.body().startswith(b"%PDF")


@pytest.mark.heavy
def test_a_story_is_written_returned_published_and_shows_live_figures(visitor):
    slug, page = desk.new_key("cerita"), f"{DATA}panjang-jalan-kondisi/"
    writer, steward = officer(visitor, "produsen.ntb"), officer(visitor, "walidata.ntb")
    writer.opens(f"{page}grafik/")
    writer.presses(say("Draw"))
    chart = writer.page.locator("#alamat-newest").input_value()
    writer.opens(f"{DATA}kelola/")
    writer.follows(say("Data stories"))
    writer.follows(say("Begin a story"))
    writer.page.locator("[name=title]").fill("Jalan yang makin baik")
    writer.page.locator("[name=slug]").fill(slug)
    writer.presses(say("Begin"))
    table = f"{writer.server.address}{page}?column=kondisi&value=rusak"
    body = f"## Apa yang berubah\n\nPanjang jalan rusak turun.\n\n{chart}\n\n{table}"
    writer.page.locator("[name=summary]").fill("Kondisi jalan provinsi, 2019–2025.")
    writer.page.locator("[name=body]").fill(f"{body}\n\n{writer.server.address}/ntb/laporan/")
    writer.presses(say("Save and look at it"))
    writer.reads(re.compile("Share this view|Bagikan tampilan ini"))
    writer.page.locator("[name=body]").fill(body)
    writer.presses(say("Save and look at it"))
    writer.presses(say("Hand in for publishing"))

    address = f"{DATA}cerita/kelola/{slug}/"
    steward.opens(address)
    returning = opened(steward.page.locator("details:has([name$=reason])"))
    returning.locator("[name$=reason]").fill("Sebutkan sumber angka.")
    steward.presses(say("Return to the writer"))
    writer.opens(address)
    writer.reads("Sebutkan sumber angka.")
    writer.follows(say("Write"))
    writer.page.locator("[name=body]").fill(f"{body}\n\nSumber: Dinas PUPR.")
    writer.presses(say("Save and look at it"))
    writer.presses(say("Hand in for publishing"))
    steward.opens(address)
    steward.presses(say("Publish now"))

    reader = visitor(screen=PHONE, name="pembaca", javascript=False)
    reader.opens(f"{DATA}cerita/")
    reader.follows("Jalan yang makin baik")
    reader.reads("Sumber: Dinas PUPR.")
    expect(reader.page.locator(".story .figure").first).to_be_visible()
    expect(reader.page.locator(".story table").last).to_contain_text("rusak")


@pytest.mark.heavy
def test_a_key_writes_a_draft_publishes_nothing_and_stops_when_revoked(visitor):
    key = desk.new_key("dari-program")
    producer = officer(visitor, "produsen.ntb")
    producer.opens(f"{DATA}kelola/")
    producer.follows(say("Keys for programs"))
    producer.follows(say("Make a key"))
    producer.page.locator("[name=name]").fill("server uji")
    producer.page.locator("[name=scopes][value='drafts:write']").check()
    producer.presses(say("Make the key"))
    secret = producer.page.locator(".notice code").first.inner_text()
    producer.follows(say("I have kept the key"))

    def calls(action, told):
        address = f"/ntb/api/3/action/{action}"
        return producer.page.request.post(address, headers={"Authorization": secret}, data=told)

    made = calls("package_create", {"name": key, "title": "Dari program"}).json()
    assert made["success"], made
    refused = calls("datastore_create", {"resource": {"package_id": key}, "records": [{"a": "1"}]})
    assert refused.status == 403, "the key may not write rows"
    producer.opens(f"{DATA}kelola/{key}/")
    producer.reads("Dari program")
    reader = visitor(screen=PHONE, name="pembaca", javascript=False)
    assert reader.page.goto(f"{DATA}{key}/").status == 404

    producer.opens(f"{DATA}kelola/kunci/")
    row = producer.page.get_by_role("row").filter(has_text="server uji").last
    producer.presses_this(row.get_by_role("link", name=re.compile(f"^{say('Revoke')}")))
    producer.presses(say("Revoke the key"))
    assert calls("package_patch", {"id": key, "title": "Lagi"}).status == 403


@pytest.fixture
def neighbour(server):
    """A government without a portal: its list of datasets is a CSV file at a lasting address."""
    remote = Remote(server.beside)
    remote.answer("/daftar.csv", NEIGHBOUR)
    yield remote
    remote.end()


@pytest.mark.heavy
def test_a_steward_harvests_another_portal_and_ends_it_with_a_reason(visitor, neighbour):
    steward = officer(visitor, "walidata.ntb")
    steward.opens(f"{DATA}kelola/sumber/baru/")
    told = {"address": "http://10.0.0.1/daftar.csv", "title": "Portal tetangga", "key": f"t{desk.new_key('x')[-6:]}"}
    for name, text in told.items():
        steward.page.locator(f"[name={name}]").fill(text)
    steward.page.locator("[name=kind]").select_option("csv_lists")
    steward.presses(say("Look at what would come"))
    expect(steward.page.locator(".errors")).to_be_visible()
    steward.page.locator("[name=address]").fill(f"{neighbour.address}/daftar.csv")
    steward.presses(say("Look at what would come"))
    steward.reads("Luas tambak rakyat")
    steward.presses(say("Harvest this portal"))
    reloads_until(steward, say("Finished"))

    reader = visitor(screen=PHONE, name="pembaca", javascript=False)
    reader.opens(f"{DATA}?q=tambak")
    reader.follows(re.compile("^Luas tambak rakyat"))
    reader.reads("Portal tetangga")
    gone = reader.page.url

    steward.page.locator("[name=reason]").fill("Pindah ke alamat lain.")
    steward.presses(say("End and take its datasets out"))
    reader.page.goto(gone)
    reloads_until(reader, "Pindah ke alamat lain.")
