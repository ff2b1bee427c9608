"""The monthly summary: one table in three forms, counted by the kernels."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import triage
from lumbung.modules.reports.pages import summary_table
from lumbung.modules.reports.tests.pdf_text import words_of
from lumbung.modules.reports.tests.stories import accepted, finished, sent, verified

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 11, 2, 0, tzinfo=UTC)
AS_OF = date(2026, 8, 1)
SUMMARY = "/ksb/laporan/rekap/"


@pytest.fixture
def may(people):
    """May 2026 in KSB: five finished, one of them late; one open past its date; one archived; one confidential."""
    for score in (4, 4, 3, 2):
        finished(people, now=MAY, after=timedelta(days=4), score=score)
    finished(people, now=MAY, after=timedelta(days=60), score=4)
    accepted(people, now=MAY)
    verified(people, now=MAY, is_confidential=True)
    report = sent(people, now=MAY).report
    triage.archive_report(report=report, by=people.viewer("koordinator.ksb"), reason="Uji coba", now=MAY)
    return people


def row_of(people, agency: str, month: date = date(2026, 5, 1)) -> queries.Summary:
    return next(each for each in queries.monthly_summaries(people.ksb, month, as_of=AS_OF) if each.agency == agency)


def test_a_month_is_counted_as_the_kernels_count(may):
    row = row_of(may, "ksb-pupr")
    assert (row.received, row.on_time, row.late, row.overdue, row.running) == (6, 4, 1, 1, 0)
    assert row.on_time_share == Decimal("0.6667")
    assert row.median_days == 4
    assert (row.rating, row.ratings) == (Decimal("3.4"), 5)


def test_archived_reports_are_counted_beside_and_the_sum_holds_every_row(may):
    rows = queries.monthly_summaries(may.ksb, date(2026, 5, 1), as_of=AS_OF)
    assert [row.agency for row in rows] == ["ksb-pupr", "", "*"]
    assert rows[1].beside == 1
    total = rows[-1]
    for key in ("received", "on_time", "late", "overdue", "running", "beside", "reopened"):
        assert getattr(total, key) == sum(getattr(row, key) for row in rows[:-1])


def test_every_report_of_a_row_stands_in_exactly_one_column(may):
    for row in queries.monthly_summaries(may.ksb, date(2026, 5, 1), as_of=AS_OF):
        assert row.received == row.on_time + row.late + row.overdue + row.running + row.beside


def test_ratings_and_medians_of_fewer_than_five_are_not_told(people):
    for _turn in range(4):
        finished(people, now=MAY, after=timedelta(days=4), score=1)
    row = row_of(people, "ksb-pupr")
    assert (row.rating, row.ratings, row.median_days) == (None, 0, None)
    assert summary_table.cell(row, next(c for c in summary_table.COLUMNS if c.key == "rating")) == "n < 5"


def test_an_anonymous_report_belongs_to_the_month_of_its_monday(people):
    friday_first_of_may = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
    verified(people, now=friday_first_of_may, is_anonymous=True)
    assert queries.monthly_summaries(people.ksb, date(2026, 5, 1), as_of=AS_OF) == []
    assert row_of(people, "*", date(2026, 4, 1)).received == 1


def test_page_workbook_and_document_hold_the_same_numbers(may):
    query = "?bulan=2026-05"
    page = Client().get(SUMMARY + query).content.decode()
    body = page.split("<tbody", 1)[1].split("</tbody>", 1)[0]
    shown = [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in body.split("<tr")[1:]]
    assert len(shown) == 3

    book = openpyxl.load_workbook(io.BytesIO(Client().get(f"{SUMMARY}unduh.xlsx{query}").content))
    kept = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=4)]
    words = words_of(Client().get(f"{SUMMARY}unduh.pdf{query}").content)
    printed = "".join(words).replace(" ", "")

    summaries = queries.monthly_summaries(may.ksb, date(2026, 5, 1), as_of=clock.local_day(clock.now()))
    for seen, raw, summary in zip(shown, kept, summaries, strict=True):
        name, *cells = [text.replace("&lt;", "<") for text in seen]
        assert name == raw[0]
        assert cells == [summary_table.cell(summary, column) for column in summary_table.COLUMNS]
        for column, value in zip(summary_table.COLUMNS, raw[1:], strict=False):
            expected = getattr(summary, column.key)
            assert value == (column.absent(summary) if expected is None else pytest.approx(float(expected)))
        assert "".join([name, *cells]).replace(" ", "") in printed


def test_the_document_is_tagged_titled_and_in_its_language(may):
    body = Client().get(f"{SUMMARY}unduh.pdf?bulan=2026-05").content
    assert body.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in body
    assert re.search(rb"/Lang\s*\(id\)", body)
    assert b"pdfuaid:part>1<" in body
    assert re.search(rb"dc:title>.*Rekap laporan, Mei 2026", body, re.DOTALL)
    assert b"PlusJakartaSans-Regular" in body


def test_a_name_that_begins_like_a_formula_is_text_in_the_workbook(may):
    row = row_of(may, "ksb-pupr")
    renamed = type(row)(**{**{key: getattr(row, key) for key in row.__slots__}, "name": "=1+1"})
    book = openpyxl.load_workbook(io.BytesIO(summary_table.workbook("Rekap", [renamed])))
    assert book.worksheets[0]["A4"].data_type == "s"
    sheet = book.worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", "9999-12", "2026-05-01", "😀", "x" * 10_000])
def test_a_month_that_cannot_be_is_answered_in_words(people, month):
    answer = Client().get(SUMMARY, {"bulan": month})
    assert answer.status_code == 422
    assert "ulis bulan" in answer.content.decode() or "Pilih bulan" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?bulan=%00"])
def test_without_a_month_the_last_full_one_is_shown(people, query):
    form_month = (clock.local_day(clock.now()).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    assert f'value="{form_month}"' in Client().get(f"{SUMMARY}{query}").content.decode()


def test_the_summary_costs_few_queries(may, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        Client().get(f"{SUMMARY}?bulan=2026-05")
