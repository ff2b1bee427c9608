"""The two papers of a public test: table of comments and answers, and its record. One reading for every form."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.web import documents
from lumbung.modules.action_plan import names
from lumbung.modules.action_plan.documents import matrix_table, record_paper, spreadsheets, test_papers
from lumbung.modules.action_plan.documents.record_paper import Record
from lumbung.modules.action_plan.models import Consultation, Plan
from lumbung.modules.action_plan.pages import intake_limits
from lumbung.modules.action_plan.pages.consultation import standing_now, test_here
from lumbung.modules.action_plan.pages.places import address_here
from lumbung.modules.action_plan.queries import consultations, matrix
from lumbung.modules.action_plan.queries.matrix import Matrix, Row

TEMPLATES = Path(__file__).parents[1] / "templates" / "action_plan"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@public()
def matrix_page(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """The table, for the screen and for paper."""
    plan, test = test_here(request, plan_key, test_id)
    found = matrix.matrix_of(test)
    context = _context(request, plan, test, found) | {
        "title": matrix_table.title_of(found),
        "rows": _rows(request, found, plan),
    }
    return render(request, "action_plan/matrix.html", context)


@public()
def record_page(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """The record (berita acara), with places to sign."""
    plan, test = test_here(request, plan_key, test_id)
    found = matrix.matrix_of(test)
    context = _context(request, plan, test, found) | {
        "title": test_papers.record_title(found),
        "record": _record(found),
        "rows": _rows(request, found, plan),
        "standing": standing_now(test),
    }
    return render(request, "action_plan/test_record.html", context)


def _rows(request: HttpRequest, found: Matrix, plan: Plan) -> list[dict[str, str]]:
    return [matrix_table.by_key(row) | {"changed_url": _changed_url(request, row, plan)} for row in found.rows]


def _changed_url(request: HttpRequest, row: Row, plan: Plan) -> str:
    """Where anybody sees, sentence by sentence, what changed because of a comment."""
    if row.version is None or row.version < 2:
        return ""
    place = {"plan_key": plan.pk, "draft": row.changed_draft or names.NARRATIVE}
    return address_here(request, "draft-differences", version=row.version - 1, newer=row.version, **place)


def _context(request: HttpRequest, plan: Plan, test: Consultation, found: Matrix) -> dict[str, Any]:
    return {
        "plan": plan,
        "test": test,
        "found": found,
        "subtitle": matrix_table.subtitle_of(found),
        "totals": matrix_table.totals(found),
        "notes": matrix_table.notes(found),
        "address": request.build_absolute_uri(request.path),
        "printed_at": clock.now(),
    }


def _record(found: Matrix) -> Record:
    meetings, seats = consultations.meetings_of(found.test), consultations.forum_of(found.test.member)
    return record_paper.record_of(found, meetings=meetings, seats=seats, today=clock.local_day(clock.now()))


def _address(request: HttpRequest, found: Matrix, name: str) -> str:
    member = found.test.member
    return request.build_absolute_uri(address_here(request, name, plan_key=member.plan_id, test_id=found.test.pk))


def _matrix_csv(_request: HttpRequest, found: Matrix) -> bytes:
    rows = [matrix_table.without_line_breaks(matrix_table.cells(row)) for row in found.rows]
    return spreadsheets.csv_bytes(matrix_table.heads(), rows)


def _matrix_xlsx(_request: HttpRequest, found: Matrix) -> bytes:
    widths = [column.width for column in matrix_table.COLUMNS]
    rows = [matrix_table.cells(row) for row in found.rows]
    return spreadsheets.xlsx_bytes(str(found.test.member.organisation_id), matrix_table.heads(), rows, widths)


def _matrix_pdf(request: HttpRequest, found: Matrix) -> bytes:
    data = test_papers.printed_matrix(found, address=_address(request, found, "matrix"))
    return documents.pdf(TEMPLATES / "matrix.typ", data)


def _matrix_docx(request: HttpRequest, found: Matrix) -> bytes:
    return test_papers.matrix_docx(found, address=_address(request, found, "matrix"))


def _record_pdf(request: HttpRequest, found: Matrix) -> bytes:
    address = _address(request, found, "test-minutes")
    data = test_papers.printed_record(found, _record(found), address=address)
    return documents.pdf(TEMPLATES / "test_record.typ", data)


def _record_docx(request: HttpRequest, found: Matrix) -> bytes:
    address = _address(request, found, "test-minutes")
    return test_papers.record_docx(found, _record(found), address=address)


def _record_csv(_request: HttpRequest, found: Matrix) -> bytes:
    return spreadsheets.csv_bytes(record_paper.heads_of_csv(), record_paper.rows_of_csv(found, _record(found)))


Make = Callable[[HttpRequest, Matrix], bytes]
MATRIX: dict[str, Make] = {"csv": _matrix_csv, "xlsx": _matrix_xlsx, "pdf": _matrix_pdf, "docx": _matrix_docx}
RECORD: dict[str, Make] = {"pdf": _record_pdf, "docx": _record_docx, "csv": _record_csv}


@public()
def matrix_file(request: HttpRequest, plan_key: str, test_id: str, kind: str) -> HttpResponse:
    """The table to take away."""
    return _file(request, plan_key, test_id, MATRIX, kind, "matriks-tanggapan-masukan")


@public()
def record_file(request: HttpRequest, plan_key: str, test_id: str, kind: str) -> HttpResponse:
    """The record to take away."""
    return _file(request, plan_key, test_id, RECORD, kind, "berita-acara-uji-publik")


def _file(
    request: HttpRequest, plan_key: str, test_id: str, makes: dict[str, Make], kind: str, name: str
) -> HttpResponse:
    plan, test = test_here(request, plan_key, test_id)
    make = makes.get(kind)
    if make is None:
        raise Http404("kind of file")
    intake_limits.count_download(request, now=clock.now())
    response = HttpResponse(make(request, matrix.matrix_of(test)), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}-{plan.pk}-{test.member.organisation_id}.{kind}"'
    return response
