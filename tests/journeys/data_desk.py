"""What officers do at the data desk, as the stories tell it: bring, read, confirm, describe, check, publish."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterable

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.journeys import words
from tests.journeys.visitor import DESKTOP, Visitor

Visit = Callable[..., Visitor]
say = words.Tongue("id")
DATA, DESK = "/ntb/data/", "/ntb/data/kelola/"
ROADS = """kode_kabupaten,kabupaten,panjang_km
52.01,Lombok Barat,812.5
52.07,Sumbawa Barat,640.0
52.08,Lombok Utara,12.5
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


def new_key(word: str) -> str:
    """An address nobody had before, however often a story is told on one server."""
    return f"{word}-{uuid.uuid4().hex[:8]}"


def officer(visitor: Visit, account: str, **chosen: object) -> Visitor:
    """Somebody of the desk, signed in, at a computer."""
    who = visitor(**{"screen": DESKTOP, "name": account.replace(".", "-"), **chosen})
    who.signs_in(account)
    return who


def opened(place: Locator) -> Locator:
    """The same place, unfolded, as a tap on its heading does."""
    place.first.evaluate("each => { each.open = true }")
    return place.first


def waits_for_button(who: Visitor, name: str) -> None:
    """The worker is done; where scripts have not opened the page anew yet, the person does."""
    who.page.get_by_role("button", name=name).wait_for()
    who.opens(who.page.url)


def begins(who: Visitor, key: str, title: str) -> None:
    """A new dataset of one's own agency."""
    who.opens(f"{DESK}baru/")
    who.page.locator("[name=title]").fill(title)
    who.page.locator("[name=key]").fill(key)
    who.presses(say("Begin"))


def sends(who: Visitor, name: str, content: bytes) -> None:
    """A file, on the page that takes one; then how we would read it is confirmed."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    who.page.locator("[name=table_file]").set_input_files(file)
    who.presses(say("Send the file"))
    waits_for_button(who, say("Read it so"))


def leaves_out(who: Visitor, reason: str) -> None:
    """The column that looks like personal data does not go on."""
    waits_for_button(who, say("Decide"))
    who.page.locator("#pribadi [name=reason]").fill(reason)
    who.presses(say("Decide"))


def confirms_columns(who: Visitor, **chosen: str) -> None:
    """Every column gets its meaning; the rest is confirmed as proposed, or chosen (`nilai__type="number"`)."""
    waits_for_button(who, say("Confirm the columns and check every cell"))
    for column in who.page.locator("details.column").all():
        opened(column)
    for field in who.page.locator("textarea[name$=definition_id]").all():
        field.fill("Keterangan kolom")
    for name, value in chosen.items():
        who.page.locator(f"[name='{name.replace('__', '.')}']").select_option(value)
    who.presses(say("Confirm the columns and check every cell"))


def sees_checked(who: Visitor) -> None:
    """Every cell keeps to the standard."""
    expect(who.page.get_by_text(say("Checked"), exact=True).first).to_be_visible()


def describes(who: Visitor, key: str, **chosen: str) -> None:
    """What every dataset has to say about itself."""
    who.opens(f"{DESK}{key}/isi/dataset/")
    for name, text in TOLD.items():
        who.page.locator(f"[name={name}]").fill(text)
    for name, value in (CHOSEN | chosen).items():
        who.page.locator(f"[name={name}]").select_option(value)
    who.presses(say("Save"))


def hands_in(who: Visitor, key: str, *, note: str = "", release_on: str = "") -> None:
    """To those who check."""
    who.opens(f"{DESK}{key}/")
    who.page.locator("[name=note]").fill(note)
    who.page.locator("[name=release_on]").fill(release_on)
    who.presses(say("Hand in for checking"))


def passes(who: Visitor, key: str) -> None:
    """Somebody's own check."""
    who.opens(f"{DESK}{key}/")
    who.presses(say("Pass"))


def publishes(who: Visitor, key: str) -> None:
    """What passed every check."""
    who.opens(f"{DESK}{key}/")
    who.presses(say("Publish now"))


def brings(producer: Visitor, key: str, title: str, table: str) -> None:
    """A new dataset with a table that is read as proposed."""
    begins(producer, key, title)
    producer.follows(say("Bring a file"))
    sends(producer, "tabel.csv", table.encode())
    producer.presses(say("Read it so"))


def ready(producer: Visitor, key: str, title: str, *, table: str = ROADS, **chosen: str) -> None:
    """A small table without faults, described and handed in."""
    brings(producer, key, title, table)
    confirms_columns(producer)
    sees_checked(producer)
    describes(producer, key, **chosen)
    hands_in(producer, key)


def filled_in(template: bytes, rows: Iterable[Iterable[object]], *, more: str = "") -> bytes:
    """The template of a row as an office sends it back, with a column more where one is named."""
    book = load_workbook(io.BytesIO(template))
    sheet = book["Data"]
    if more:
        sheet.cell(2, sheet.max_column + 1, more)
    for number, row in enumerate(rows, start=3):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def reloads_until(who: Visitor, text: str) -> None:
    """Somebody comes back to a page until a job has done its part."""
    for _ in range(400):
        if who.page.get_by_text(text).count():
            break
        who.page.reload()
    who.reads(text)
