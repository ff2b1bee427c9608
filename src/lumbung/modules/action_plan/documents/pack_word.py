"""A paper of a meeting as a document to edit; what stands in it is `packs.Pack`, as on the page and in the PDF."""

from typing import Any

from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from lumbung.core.web import formatting
from lumbung.modules.action_plan.documents import office
from lumbung.modules.action_plan.documents.packs import ATTENDANCE, Pack

# Shares of the width, as pack.typ divides it: a narrow number, room to write a name and to sign.
BY_HAND, LINE_TO_WRITE = (0.5, 2.2, 1.4, 2.0, 0.6, 1.6), Mm(9)
RED = RGBColor(0x9E, 0x1F, 0x19)


def document(pack: Pack, *, address: str) -> bytes:
    """The DOCX of one paper, in the language active now."""
    paper = office.begun(f"{pack.title}: {pack.subtitle}", author=pack.issuer, language=formatting.language_now())
    _put_head(paper, pack)
    for part in pack.intro:
        paper.add_paragraph(office.clean(part))
    _put_facts(paper, pack)
    _put_table(paper, pack)
    _put_words(paper, pack)
    if pack.closing:
        paper.add_paragraph(office.clean(pack.closing))
    if pack.signatures:
        office.put_signatures(paper, pack.signatures, line=_("Name"))
    office.put_footer(paper, address)
    return office.content(paper)


def _put_head(paper: Any, pack: Pack) -> None:
    if pack.mark:
        mark = paper.add_paragraph().add_run(office.clean(pack.mark.upper()))
        mark.bold, mark.font.color.rgb = True, RED
    issuer = paper.add_paragraph().add_run(office.clean(pack.issuer.upper()))
    issuer.bold = True
    office.put_title(paper, pack.title)
    paper.add_paragraph().add_run(office.clean(pack.subtitle)).font.size = Pt(12)
    for paragraph in paper.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _put_facts(paper: Any, pack: Pack) -> None:
    for label, value in pack.facts:
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(35))
        paragraph.add_run(office.clean(f"{label}\t: {value}"))


def _put_table(paper: Any, pack: Pack) -> None:
    if not pack.head:
        return
    if pack.table_title:
        office.put_title(paper, pack.table_title, level=2)
    by_hand = pack.key == ATTENDANCE
    shares = BY_HAND if by_hand else (2.0, *[1.0] * (len(pack.head) - 1))
    table = office.put_table(paper, pack.head, pack.rows, size=Pt(10), shares=shares)
    if by_hand:
        for row in table.rows[1:]:
            row.height = LINE_TO_WRITE
    paper.add_paragraph()


def _put_words(paper: Any, pack: Pack) -> None:
    if pack.words:
        office.put_title(paper, pack.words_title, level=2)
    for part in pack.words:
        paper.add_paragraph(office.clean(part))
    if pack.items:
        office.put_title(paper, pack.list_title, level=2)
    for item in pack.items:
        paper.add_paragraph(office.clean(item), style="List Number")
