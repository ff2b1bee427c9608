"""The two papers of a public test, table and record, as data for the printed document and as DOCX."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from docx.shared import Pt

from lumbung.core.web import formatting
from lumbung.modules.action_plan.documents import matrix_table, office
from lumbung.modules.action_plan.queries.matrix import Matrix

if TYPE_CHECKING:
    from lumbung.modules.action_plan.documents.record_paper import Record

SMALL = Pt(8)
LISTING = (2, 4, 4)


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


def printed_record(found: Matrix, record: "Record", *, address: str) -> dict[str, Any]:
    """The record as the typst file takes it."""
    return {
        "title": record_title(found),
        "subtitle": matrix_table.subtitle_of(found),
        "language": formatting.language_now(),
        "publisher": found.test.member.organisation.name,
        "opening": record.opening,
        "sentences": list(record.sentences),
        "totals": _totals(found),
        "listing_title": _("Comments and answers"),
        "head": list(record.heads),
        "rows": [list(each) for each in record.listing],
        "closing": record.closing,
        "signing_title": _("Signed by"),
        "signing": [list(each) for each in record.signing],
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
    paper = _paper(found, matrix_table.title_of(found), flipped=True)
    shares = [column.width for column in matrix_table.COLUMNS]
    office.put_table(
        paper, matrix_table.heads(), [matrix_table.cells(row) for row in found.rows], size=SMALL, shares=shares
    )
    _sums(paper, found)
    return _closed(paper, found, address)


def record_docx(found: Matrix, record: "Record", *, address: str) -> bytes:
    """The record as DOCX, with every comment and places to sign."""
    paper = _paper(found, record_title(found))
    paper.add_paragraph(office.clean(record.opening))
    for sentence in record.sentences:
        paper.add_paragraph(office.clean(sentence), style="List Number")
    _sums(paper, found)
    if record.listing:
        office.put_title(paper, _("Comments and answers"), level=2)
        office.put_table(paper, record.heads, record.listing, size=SMALL, shares=LISTING)
    paper.add_paragraph(office.clean(record.closing))
    office.put_title(paper, _("Signed by"), level=2)
    office.put_signatures(paper, record.signing, line=_("Name"))
    return _closed(paper, found, address)


def _paper(found: Matrix, title: str, *, flipped: bool = False) -> Any:
    author, language = found.test.member.organisation.name, formatting.language_now()
    paper = office.begun(title, author=author, language=language, flipped=flipped)
    office.put_title(paper, title)
    paper.add_paragraph(office.clean(matrix_table.subtitle_of(found)))
    return paper


def _sums(paper: Any, found: Matrix) -> None:
    for title, rows in matrix_table.totals(found):
        office.put_title(paper, title, level=2)
        counted = [[label, formatting.number(count)] for label, count in rows]
        office.put_table(paper, [title, _("Comments")], counted, size=SMALL)


def _closed(paper: Any, found: Matrix, address: str) -> bytes:
    for note in matrix_table.notes(found):
        paper.add_paragraph(office.clean(note))
    office.put_footer(paper, address)
    return office.content(paper)
