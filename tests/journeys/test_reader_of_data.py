"""A reader on a phone, without scripts: finds a table, reads, draws, shares and checks it, and asks its producer."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.data_desk import DATA, officer, opened, reloads_until, say
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.journey
KEY = "panjang-jalan-kondisi"
PAGE = f"{DATA}{KEY}/"
ADDRESS = "pembaca@contoh.id"


def reading(visitor, name="pembaca"):
    return visitor(screen=PHONE, name=name, javascript=False)


def finds(reader):
    """A slip of the finger, and a filter with its number."""
    reader.opens(DATA)
    seeking = reader.page.get_by_role("search", name=say("Search the data"))
    seeking.get_by_role("searchbox").fill("panjnag jalan")
    reader.presses(say("Search"), within=seeking)
    reader.reads(re.compile("panjnag"))
    opened(reader.page.locator("details:has(> nav.facets)"))
    filters = reader.page.get_by_role("navigation", name=say("Filters"))
    reader.presses_this(filters.get_by_role("link", name=re.compile("^2024")).first)
    expect(reader.page.get_by_role("list", name=say("Active filters"))).to_contain_text("2024")
    reader.follows(re.compile("^Panjang jalan provinsi"))
    reader.sees_heading(re.compile("Panjang jalan provinsi"))


def narrows(reader):
    """Only some rows, and the link that shows the same ones to anybody for ever."""
    form = reader.page.locator("details:has([name=column])")
    opened(form)
    form.locator("[name=column]").select_option("kondisi")
    form.locator("[name=value]").fill("rusak")
    reader.presses(say("Show rows"), within=form)
    return reader.page.get_by_label(say("Link to this view")).input_value()


def draws(reader):
    reader.opens(f"{PAGE}grafik/")
    reader.presses(say("Draw"))
    return reader.page.locator("#alamat-frozen").input_value()


def test_a_reader_finds_reads_draws_shares_and_checks_a_table(visitor):
    reader = reading(visitor)
    finds(reader)
    shown = narrows(reader)
    drawn = draws(reader)

    friend = reading(visitor, "teman")
    friend.opens(shown)
    friend.reads("rusak")
    assert "/v" in shown, "a shared view is of one release"
    friend.opens(drawn)
    expect(friend.page.get_by_role("heading", name=say("Share this view"))).to_be_visible()

    reader.opens(PAGE)
    link = reader.page.get_by_role("link", name=re.compile("CSV")).first.get_attribute("href")
    content = reader.page.request.get(link).body()
    reader.reads(hashlib.sha256(content).hexdigest())
    expect(reader.page.locator(".cite")).to_contain_text(re.compile(rf"{PAGE}v\d+/"))


def asks(reader, kind, text):
    reader.opens(PAGE)
    reader.follows(say("Ask the producer") if kind == "question" else say("Is something wrong in these data?"))
    reader.page.locator(f"[name=kind][value={kind}]").check()
    reader.page.locator("[name=text]").fill(text)
    reader.presses(say("Send"))
    reader.sees_heading(say("It was received"))
    number = reader.page.locator(".receipt .number").first.inner_text()
    return number, reader.page.locator("#tautan").get_attribute("href")


def answers(steward, number, text, *, outcome=""):
    """Personal data are taken out of the words first; then everybody reads them, and the answer."""
    work = f"{DATA}kelola/permohonan/{number}/"
    steward.opens(work)
    clearing = steward.page.locator("form:has([value=clear])")
    clearing.locator("[name$=text]").fill(clearing.locator("[name$=text]").input_value().replace("081200000001", "•••"))
    steward.presses_this(clearing.locator("[value=clear]"))
    steward.opens(work)
    answering = steward.page.locator("form:has([value=answer])")
    answering.locator("[name$=text]").fill(text)
    if outcome:
        answering.locator(f"[value={outcome}]").check()
    steward.presses_this(answering.locator("[value=answer]"))


@pytest.mark.heavy
def test_a_question_and_a_correction_come_to_an_answer_everybody_reads(visitor):
    reader = reading(visitor)
    number, mine = asks(reader, "question", "Apakah jalan desa ikut dihitung? Telepon saya 081200000001.")
    faulty, _ = asks(reader, "correction", "Baris Lombok Utara tampak terlalu kecil.")

    steward = officer(visitor, "walidata.ntb")
    steward.opens(f"{DATA}kelola/")
    steward.follows(re.compile(f"^{re.escape(say('Requests and questions'))}"))
    steward.reads(number)
    answers(steward, number, "Tidak. Yang dihitung hanya jalan provinsi.")
    answers(steward, faulty, "Benar. Angka itu diperbaiki pada terbitan berikutnya.", outcome="accepted")

    reader.opens(PAGE)
    reader.reads("Tidak. Yang dihitung hanya jalan provinsi.")
    reader.reads("Benar. Angka itu diperbaiki pada terbitan berikutnya.")
    reader.does_not_read("081200000001")
    reader.opens(mine)
    reader.reads("Tidak. Yang dihitung hanya jalan provinsi.")


@pytest.mark.heavy
def test_who_follows_by_mail_confirms_first_and_stops_with_one_press(visitor):
    reader = reading(visitor)
    reader.opens(PAGE)
    reader.follows(say("Follow these data"))
    reader.page.locator("[name=email]").fill(ADDRESS)
    reader.presses(say("Follow by e-mail"))
    reader.reads(say("Look in your mailbox"))

    reader.page.goto("/contoh/kotak-keluar/")
    reloads_until(reader, ADDRESS)
    reader.follows(re.compile(re.escape(say("Confirm that you want to follow: %(about)s", about=""))))
    reader.follows(say("Open the page that confirms"))
    reader.presses(say("Yes, I want to follow this"))
