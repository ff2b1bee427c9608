"""The two papers of a public test, table and record, as data for the printed document and as DOCX."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from lumbung.core.web import formatting
from lumbung.modules.action_plan.documents import matrix_table
from lumbung.modules.action_plan.documents.spreadsheets import BROKEN
from lumbung.modules.action_plan.queries.matrix import Matrix

SMALL, MARGIN = Pt(8), Mm(16)


def signatures(found: Matrix, seats: Sequence[str]) -> list[tuple[str, str]]:
    """Who signs: the secretariat and the chair of the forum, then the institutions that hold seats in it."""
    government = found.test.member.organisation.name
    return [
        (_("Secretariat of the plan"), government),
        (_("Chair of the forum"), government),
        *((_("Member of the forum"), name) for name in seats),
    ]


def record_sentences(found: Matrix, meetings: Sequence[Any]) -> list[str]:
    """The record of the public test, sentence by sentence."""
    test, answered = found.test, found.total - found.by_verdict["unanswered"] - found.by_verdict["hidden"]
    told = [
        _(
            "From %(from)s to %(until)s, %(member)s put version %(version)s of the draft of the plan"
            " “%(plan)s” to a public test of %(days)s days."
        )
        % {
            "from": formatting.date_long(test.opens_on),
            "until": formatting.date_long(test.closes_on),
            "member": test.member.organisation.name,
            "version": test.freeze.number,
            "plan": test.member.plan.title,
            "days": (test.closes_on - test.opens_on).days + 1,
        },
        _("%(total)s comments came in; %(answered)s have a published answer with its reason.")
        % {"total": formatting.number(found.total), "answered": formatting.number(answered)},
        _("%(accepted)s were accepted, %(partly)s in part, %(rejected)s not accepted, %(outside)s out of scope.")
        % {
            "accepted": formatting.number(found.by_verdict["accepted"]),
            "partly": formatting.number(found.by_verdict["partly"]),
            "rejected": formatting.number(found.by_verdict["rejected"]),
            "outside": formatting.number(found.by_verdict["out_of_scope"]),
        },
        _("%(unanswered)s still wait for an answer; %(hidden)s are hidden with a reason.")
        % {
            "unanswered": formatting.number(found.by_verdict["unanswered"]),
            "hidden": formatting.number(found.by_verdict["hidden"]),
        },
    ]
    told += [
        _("It was prolonged from %(before)s to %(until)s: %(reason)s")
        % {
            "before": formatting.date_long(each.closed_on_before),
            "until": formatting.date_long(each.closes_on),
            "reason": each.reason,
        }
        for each in found.prolonged
    ]
    if found.corrected:
        told.append(
            _("The answers to %(count)s comments were corrected since, each with its reason.")
            % {"count": formatting.number(found.corrected)}
        )
    told += [
        _("On %(day)s a meeting was held: %(title)s.")
        % {"day": formatting.date_long(meeting.starts_at), "title": meeting.title}
        for meeting in meetings
    ]
    return told


def record_title(found: Matrix) -> str:
    """What the record is called."""
    return _("Record of the public test: %(member)s") % {"member": found.test.member.organisation.name}


def printed_matrix(found: Matrix, *, address: str) -> dict[str, Any]:
    """The table as the typst file takes it."""
    return {
        "title": matrix_table.title_of(found),
        "subtitle": matrix_table.subtitle_of(found),
        "language": formatting.language_now(),
        "publisher": found.test.member.organisation.name,
        "head": matrix_table.heads(),
        "widths": [column.width for column in matrix_table.COLUMNS],
        "rows": [matrix_table.cells(row) for row in found.rows],
        "totals": _totals(found),
        "notes": matrix_table.notes(found),
        "address": address,
        "page_word": _("Page"),
    }


def printed_record(
    found: Matrix, sentences: Sequence[str], signing: Sequence[tuple[str, str]], *, address: str
) -> dict[str, Any]:
    """The record as the typst file takes it."""
    return {
        "title": record_title(found),
        "subtitle": matrix_table.subtitle_of(found),
        "language": formatting.language_now(),
        "publisher": found.test.member.organisation.name,
        "sentences": list(sentences),
        "totals": _totals(found),
        "signing_title": _("Signed by"),
        "signing": [list(each) for each in signing],
        "notes": matrix_table.notes(found),
        "address": address,
        "page_word": _("Page"),
    }


def _totals(found: Matrix) -> list[dict[str, Any]]:
    return [
        {"title": title, "rows": [[label, formatting.number(count)] for label, count in rows]}
        for title, rows in matrix_table.totals(found)
    ]


def matrix_docx(found: Matrix, *, address: str) -> bytes:
    """The table as DOCX, on its side."""
    paper = _paper(matrix_table.title_of(found), matrix_table.subtitle_of(found), landscape=matrix_table.COLUMNS)
    _table(paper, matrix_table.heads(), [matrix_table.cells(row) for row in found.rows])
    _sums(paper, found)
    return _closed(paper, found, address)


def record_docx(found: Matrix, sentences: Sequence[str], signing: Sequence[tuple[str, str]], *, address: str) -> bytes:
    """The record as DOCX, with places to sign."""
    paper = _paper(record_title(found), matrix_table.subtitle_of(found))
    for sentence in sentences:
        paper.add_paragraph(_clean(sentence), style="List Number")
    _sums(paper, found)
    paper.add_heading(_("Signed by"), level=2)
    _table(paper, [_("For"), _("Institution"), _("Name and signature")], [[*each, "\n\n"] for each in signing])
    return _closed(paper, found, address)


def _paper(title: str, subtitle: str, landscape: Sequence[Any] = ()) -> Any:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    paper.core_properties.title, paper.core_properties.author = title, "Lumbung"
    paper.core_properties.language = formatting.language_now()
    paper.add_heading(_clean(title), level=1)
    paper.add_paragraph(_clean(subtitle))
    return paper


def _table(paper: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _write(cell, head, bold=True)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _write(cell, value)


def _write(cell: Any, text: str, **look: Any) -> None:
    run = cell.paragraphs[0].add_run(_clean(text))
    run.font.size = SMALL
    for name, value in look.items():
        setattr(run.font, name, value)


def _sums(paper: Any, found: Matrix) -> None:
    for title, rows in matrix_table.totals(found):
        paper.add_heading(title, level=2)
        _table(paper, [title, _("Comments")], [[label, formatting.number(count)] for label, count in rows])


def _closed(paper: Any, found: Matrix, address: str) -> bytes:
    for note in matrix_table.notes(found):
        paper.add_paragraph(_clean(note))
    paper.add_paragraph(address)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _clean(text: str) -> str:
    return text.translate(BROKEN)
