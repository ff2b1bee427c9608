"""The table of a release for Excel: made once however many ask, gone with its rows, refused where it is too large."""

import io

import openpyxl
import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.datasets import actions
from lumbung.core.jobs.models import Job
from lumbung.modules.open_data.actions import workbooks
from lumbung.modules.open_data.models import ReleaseTable
from lumbung.modules.open_data.queries import workbooks as books

pytestmark = pytest.mark.django_db
PAGE, ADDRESS = "/ntb/data/wells/v1/", "/ntb/data/wells/v1/data.xlsx"


@pytest.fixture
def version(publish, wells):
    wells.cells = [("52.10", 3), ("=cmd", None)]
    found = publish()
    # What the moment after publishing would do is left to the test.
    Job.objects.filter(name__startswith="open_data.make_workbook").delete()
    return found


def page():
    return Client().get(PAGE).content.decode()


def asked_for():
    return Job.objects.filter(name=workbooks.MAKE_ONE, state=Job.QUEUED)


def test_many_who_ask_at_once_cost_one_making_and_then_have_the_file(version):
    assert "Siapkan berkas Excel" in page()
    answers = [Client().get(ADDRESS) for _person in range(3)]
    assert {(each.status_code, each["Retry-After"]) for each in answers} == {(503, "15")}
    assert [each.failed for job in asked_for() for each in workbooks.make_one(**job.arguments, now=NOW)] == [""]
    assert asked_for().count() == 1
    answer = Client().get(ADDRESS)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in book["Data"]["B"]] == ["code", "52.10", "=cmd"]
    told = {row[0].value: row[1].value for row in book["Keterangan"].iter_rows(max_col=2)}
    assert told["SHA-256 berkas CSV"] == version.csv_sha256
    assert told["Tautan tetap"].endswith(PAGE)
    assert answer["Content-Disposition"] == 'attachment; filename="wells-ntb-v1.xlsx"'
    part = Client().get(ADDRESS, headers={"range": "bytes=0-1", "if-range": answer["ETag"]})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK")
    assert "Unduh Excel (" in page()


def test_what_a_release_tells_of_is_made_after_publishing_and_gone_when_it_is_withdrawn(version):
    assert [each.rows for each in workbooks.make_missing(now=NOW)] == [2]
    assert workbooks.make_missing(now=NOW) == []
    actions.withdraw_at_the_console(version=version, reason="Ada data pribadi", now=NOW)
    assert workbooks.remove_needless(now=NOW) == 1
    assert books.lying() == []
    assert Client().get(ADDRESS).status_code == 410


def test_a_table_too_large_for_a_workbook_says_what_to_take_instead(version, monkeypatch):
    monkeypatch.setattr(books, "MOST_ROWS", 1)
    assert "Tidak ada berkas Excel" in page()
    answer = Client().get(ADDRESS)
    assert (answer.status_code, "CSV" in answer.content.decode()) == (404, True)
    assert not asked_for().exists()


def test_what_cannot_be_made_says_so_and_is_tried_again_at_night(version):
    table = ReleaseTable.objects.get(release__dataset__key="wells", release__dataset__portal="ntb")
    path = books.path_of(table)
    path.parent.mkdir()
    books.marker_of(path).write_text("MemoryError")
    assert "tidak dapat dibuat" in page()
    workbooks.try_again()
    assert books.of_table(table).state == "wanted"
