"""Papers as offices take them away: one description for page, PDF and DOCX; the PDF is for everybody's reader."""

import html
import io
import re

import docx
import pytest
from django.test import Client

from lumbung.modules.action_plan.documents import office, pack_word, packs
from lumbung.modules.action_plan.documents.packs import Pack
from lumbung.modules.action_plan.models import Decision
from lumbung.modules.action_plan.queries import meetings
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
KEYS = ("undangan", "daftar-hadir", "notulen", "berita-acara", "keputusan")
PUBLIC = f"/ntb/rencana-aksi/susun/{here.KEY}"


@pytest.fixture
def held(people):
    here.seat("somasi-ntb", "civil_society")
    meeting = here.held_meeting()
    Decision.objects.create(meeting=meeting, number=1, text="Peta jalan <disepakati>.")
    meeting.agenda = "Pembukaan\n- Peta jalan"
    meeting.save(update_fields=["agenda"])
    return meeting


def address(meeting, key, rest=""):
    return f"{PUBLIC}/pertemuan/{meeting.pk}/cetak/{key}{rest}"


def words_in(paper):
    """Everything a DOCX says, foot and tables included."""
    parts = [part.text for part in (*paper.paragraphs, *paper.sections[0].footer.paragraphs)]
    parts += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def told_by(pack: Pack):
    signing = [word for pair in pack.signatures for word in pair]
    facts = [word for pair in pack.facts for word in pair]
    cells = [cell for row in (pack.head, *pack.rows) for cell in row if cell]
    rest = [pack.title, pack.subtitle, pack.table_title, pack.words_title, pack.list_title, pack.closing]
    return [*pack.intro, *facts, *cells, *pack.words, *pack.items, *signing, *(each for each in rest if each)]


@pytest.mark.parametrize("key", KEYS)
def test_page_and_paper_to_edit_say_everything_the_paper_is_described_by(held, key):
    pack = packs.pack_of(key, meetings.sheet_of(held), [here.Seat.objects.get()])
    paper = docx.Document(io.BytesIO(pack_word.document(pack, address="https://contoh.id/x/")))
    said = words_in(paper)
    page = html.unescape(Client().get(address(held, key, "/")).content.decode())
    assert [word for word in told_by(pack) if word not in said or word not in page] == []
    assert "https://contoh.id/x/" in said
    assert pack.mark.upper() in said


def test_a_paper_to_edit_tells_title_language_and_heads_and_leaves_lines_to_sign(held):
    answer = Client().get(address(held, "berita-acara", ".docx"))
    assert answer["Content-Disposition"].endswith('.docx"')
    paper = docx.Document(io.BytesIO(answer.content))
    assert paper.core_properties.title == "Berita acara: Pertemuan orientation"
    assert 'w:val="id-ID"' in paper.styles["Normal"].element.xml
    assert "w:tblHeader" in paper.tables[0].rows[0]._tr.xml
    assert words_in(paper).count("Nama: ___") == 4
    assert address(held, "berita-acara", "/") in words_in(paper)


def test_a_paper_to_edit_is_written_in_the_language_of_its_reader(held):
    paper = docx.Document(io.BytesIO(Client().get(f"/en{address(held, 'daftar-hadir', '.docx')}").content))
    assert paper.core_properties.language == "en"
    assert "Attendance list" in words_in(paper)


def test_only_papers_there_are_and_kinds_that_are_made_are_answered(held):
    assert Client().get(address(held, "notulen", ".exe")).status_code == 404
    assert Client().get(address(held, "surat-cinta", ".docx")).status_code == 404


def test_characters_no_document_may_hold_are_left_out():
    paper = office.begun("Judul\x00", author="Bappeda", language="id")
    office.put_table(paper, ["A"], [["isi\x0b\x1f"]])
    assert docx.Document(io.BytesIO(office.content(paper))).tables[0].rows[1].cells[0].text == "isi"


def is_for_every_reader(content, language, title):
    """Tagged as PDF/UA-1, with the language and title a screen reader says."""
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content
    assert re.search(rb"/Marked\s+true", content)
    assert b"pdfuaid:part>1<" in content
    assert re.search(rb"/Lang\s*\(" + language.encode(), content)
    assert b"/DisplayDocTitle true" in content
    assert re.search(rb"dc:title>.*" + re.escape(title.encode()), content, re.DOTALL)


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_of_a_meeting_is_a_tagged_pdf_with_title_and_language(held, key):
    title = dict(packs.available(held))[key]
    is_for_every_reader(Client().get(address(held, key, ".pdf")).content, "id", f"{title}: Pertemuan orientation")


@pytest.mark.parametrize(
    ("language", "name", "title"),
    [
        ("id", "matriks", "Matriks tanggapan masukan: "),
        ("id", "berita-acara", "Berita acara uji publik: "),
        ("en", "matriks", "Table of comments and answers: "),
        ("en", "berita-acara", "Record of the public test: "),
    ],
)
def test_the_papers_of_a_public_test_are_tagged_pdfs_with_title_and_language(people, language, name, title):
    test = talk.public_test(people)
    talk.answer(people, test, talk.comment(people, test, "Jadwal dua bahasa."))
    talk.publish(people)
    before = "" if language == "id" else f"/{language}"
    content = Client().get(f"{before}{PUBLIC}/uji-publik/{test.pk}/{name}.pdf").content
    is_for_every_reader(content, language, title)
