"""The parts every DOCX of a plan is built of: title and language told, heads of tables repeated, places to sign."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from lumbung.modules.action_plan.documents.spreadsheets import BROKEN

FONT, SIZE = "Calibri", Pt(11)
LANGUAGES = {"id": "id-ID", "en": "en-GB"}
MARGIN = Mm(20)
LINE_TO_SIGN = "\n\n\n"
INK = RGBColor(0x16, 0x21, 0x1D)


def begun(title: str, *, author: str, language: str, flipped: bool = False) -> Any:
    """An empty document on A4 that says its title and its language."""
    paper = docx.Document()
    facts = paper.core_properties
    facts.title, facts.author, facts.language = clean(title), clean(author), language
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGES[language])
    style.element.get_or_add_rPr().append(spoken)
    _lay_out(paper.sections[0], flipped=flipped)
    return paper


def _lay_out(section: Any, *, flipped: bool) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    if flipped:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def put_table(
    paper: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    size: Length | None = None,
    shares: Sequence[float] = (),
) -> Any:
    """A table whose head stands on every page and is known as such to a screen reader; `shares` divide the width."""
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    mark_head(table.rows[0])
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        put_cell(cell, head, size=size, is_bold=True)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            put_cell(cell, text, size=size)
    if shares:
        _divide(table, _inner_width(paper), shares)
    return table


def mark_head(row: Any) -> None:
    """Say that a row is the head of its table."""
    # python-docx has no other way.
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def put_cell(cell: Any, text: str, *, size: Length | None = None, is_bold: bool = False) -> None:
    """Words into an empty cell."""
    run = cell.paragraphs[0].add_run(clean(text))
    run.bold = is_bold or None
    run.font.size = size


def _divide(table: Any, width: int, shares: Sequence[float]) -> None:
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = part = Length(int(width * share / sum(shares)))
        for cell in column.cells:
            cell.width = part


def _inner_width(paper: Any) -> int:
    section = paper.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def put_signatures(paper: Any, signing: Sequence[tuple[str, str]], *, line: str) -> None:
    """Blocks to sign, two beside each other, none torn by a page: who signs, for which body, a line for a name."""
    table = paper.add_table(rows=0, cols=2)
    for start in range(0, len(signing), 2):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no other way
        for cell, (who, body) in zip(row.cells, signing[start : start + 2], strict=False):
            _put_signature(cell, who, body, line)


def _put_signature(cell: Any, who: str, body: str, line: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(clean(who)).bold = True
    paragraph.add_run(f"\n{clean(body)}{LINE_TO_SIGN}")
    cell.add_paragraph(f"{line}: ______________________")


def put_footer(paper: Any, address: str) -> None:
    """Where the paper comes from, small, at the foot of each page."""
    run = paper.sections[0].footer.paragraphs[0].add_run(address)
    run.font.size = Pt(8)


def put_title(paper: Any, title: str, *, level: int = 1) -> Any:
    """A heading in plain ink, as offices print."""
    heading = paper.add_heading(clean(title), level=level)
    for run in heading.runs:
        run.font.color.rgb = INK
        run.font.name = FONT
    return heading


def clean(text: str) -> str:
    """Without characters a document may not hold."""
    return text.translate(BROKEN)


def content(paper: Any) -> bytes:
    """The bytes of the document."""
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()
