"""SQL for the public: open rows of standing releases, told whole or with what is missing, shared by an address."""

import html

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.datasets import actions
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.limits.actions import Limit
from lumbung.modules.open_data.actions import row_copies
from lumbung.modules.open_data.api import sql as api
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import row_copies as copies

pytestmark = pytest.mark.django_db
ADDRESS, PAGE = "/api/v1/sql", "/ntb/data/wells/sql/"
CELLS = [("52.10", 3), ("52.01", 7), ("52.1", 3), ("052", None), (None, 12), ("=cmd|' /C calc'!A0", 1), ("52.10", 5)]
ROWS = "/api/v1/datasets/wells-ntb/rows"


@pytest.fixture
def table(wells, publish):
    wells.cells = CELLS
    version = publish()
    assert Job.objects.filter(name=row_copies.MAKE, state=Job.QUEUED).exists()
    assert [each.failed for each in row_copies.make_missing(now=NOW)] == [""]
    return version


def ask(q, **more):
    return Client().get(ADDRESS, {"dataset": "wells-ntb", "q": q, **more})


def page(q, **more):
    answer = Client().get(PAGE, {"q": q, **more})
    return answer, html.unescape(answer.content.decode())


def test_a_query_is_answered_for_programs_spreadsheets_and_people(table):
    q = "SELECT code, sum(count) AS jumlah FROM data WHERE code LIKE '52%' GROUP BY code ORDER BY code"
    told = ask(q).json()
    assert told["rows"] == [["52.01", 7], ["52.1", 3], ["52.10", 8]]
    assert (told["columns"], told["total"], told["cut"], told["release"]) == (["code", "jumlah"], 3, False, 1)
    assert ask(q, format="csv").content.decode() == "code,jumlah\n52.01,7\n52.1,3\n52.10,8\n"
    answer, text = page(q)
    assert answer.status_code == 200
    assert ">52.10</td>" in text
    assert f"/api/v1/sql?dataset=wells-ntb&q={'SELECT+code'}" in text
    empty = Client().get(PAGE).content.decode()
    assert "FROM data" in empty
    assert 'href="/ntb/data/wells/sql/"' in Client().get("/ntb/data/wells/").content.decode()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_who_has_the_answer_already_is_sent_none_until_it_is_another(wells, publish, table, form):
    asked = {"dataset": "wells-ntb", "q": "SELECT sum(count) FROM data", "format": form}
    first = Client().get(ADDRESS, asked)
    kept = {"If-None-Match": first["ETag"]}
    again = Client().get(ADDRESS, asked, headers=kept)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert Client().get(ADDRESS, {**asked, "q": "SELECT max(count) FROM data"}, headers=kept).status_code == 200
    wells.cells = [*CELLS, ("52.02", 1)]
    publish()
    row_copies.make_missing(now=NOW)
    assert Client().get(ADDRESS, asked, headers=kept).status_code == 200


def test_a_sum_reads_as_its_figures_do(table):
    assert ask("SELECT 0.1 + 0.2 AS a, sum(count) AS b FROM data").json()["rows"] == [[0.3, 31]]
    assert '<td role="cell" class="num">0.3</td>' in page("SELECT 0.1 + 0.2 AS a")[1]


def test_a_cut_answer_says_so_everywhere_and_a_csv_is_never_cut(wells, publish):
    wells.cells = [(f"52.{number}", number) for number in range(1200)]
    publish()
    row_copies.make_missing(now=NOW)
    told = ask("SELECT * FROM data").json()
    assert (told["cut"], told["total"], told["count"], len(told["rows"])) == (True, 1200, 1000, 1000)
    refused = ask("SELECT * FROM data", format="csv")
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "sql-too-many-rows")
    _answer, text = page("SELECT * FROM data")
    assert "1.000" in text
    assert "1.200" in text
    assert "format=csv" not in text[text.index('id="hasil"') : text.index("</section>")]


def test_what_somebody_else_wrote_runs_neither_in_a_browser_nor_in_a_spreadsheet(table):
    assert "'=cmd" in ask("SELECT code FROM data WHERE count = 1", format="csv").content.decode()
    exact = "SELECT '-1234567890123456789.25' AS a, '-1+cmd' AS b, '-' AS c"
    assert ask(exact, format="csv").content.decode() == "a,b,c\n-1234567890123456789.25,'-1+cmd,'-\n"
    raw = Client().get(PAGE, {"q": "SELECT '<script>alert(1)</script>' AS \"<b>\""}).content.decode()
    assert "<script>alert" not in raw
    assert "<b>" not in raw


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("SELECT salah FROM data", "sql-wrong"),
        ("ATTACH '/etc/passwd' AS x", "sql-forbidden"),
        ("SELECT 1; SELECT 2", "sql-several"),
        (" ", "sql-empty"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why_in_both_languages(table, q, code):
    error = ask(q).json()["error"]
    assert (ask(q).status_code, error["code"], error["field"]) == (400, code, "q")
    assert error["message_id"] != error["message_en"]
    answer, text = page(q)
    assert answer.status_code == 400
    assert error["message_id"] in text


def test_only_open_rows_of_the_standing_release_are_asked(table, wells, publish):
    first = copies.path_of(table)
    assert ask("SELECT * FROM data", dataset="tidak-ada").status_code == 404
    wells.cells = [("52.08", 99)]
    second = publish()
    refused = ask("SELECT * FROM data")
    assert (refused.status_code, refused["Retry-After"], refused.json()["error"]["code"]) == (
        503,
        "10",
        "sql-not-ready",
    )
    assert Client().get(PAGE).status_code == 200
    row_copies.make_missing(now=NOW)
    assert not first.exists()
    assert ask("SELECT code FROM data").json()["rows"] == [["52.08"]]
    actions.withdraw_at_the_console(version=second, reason="Satu orang dapat dikenali", now=NOW)
    assert ask("SELECT code FROM data").json().get("rows") is None
    runner.run_due()
    assert not copies.path_of(second).exists()
    row_copies.make_missing(now=NOW)
    assert ask("SELECT count(*) FROM data").json()["rows"] == [[7]]


def test_rows_that_are_not_open_have_neither_copy_nor_answer(table):
    dataset = Dataset.objects.get(name="wells-ntb")
    old = Release.objects.get(dataset=dataset)
    closed = Release.objects.create(
        dataset=dataset, number=2, metadata=old.metadata, metadata_sha256=old.metadata_sha256,
        access="restricted", as_of=old.as_of, published_at=NOW,
    )  # fmt: skip
    held = old.tables.get()
    closed.tables.create(resource=held.resource, version=held.version, title=held.title, schema=held.schema)
    dataset.listing.release = closed
    dataset.listing.save()
    assert ask("SELECT 1").json()["error"]["code"] == "rows-not-public"
    assert Client().get(PAGE, {"q": "SELECT 1"}).status_code == 404
    assert row_copies.remove_needless(now=NOW) == 1


def test_over_the_limit_says_when_to_come_back(table, monkeypatch, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    monkeypatch.setattr("lumbung.modules.open_data.queries.public_sql.asking._places", Taken())
    refused = ask("SELECT 1")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too-busy")
    assert int(refused["Retry-After"]) > 0
    monkeypatch.setattr(api, "QUERIES", Limit("open_data.sql", count=1, per_seconds=3600))
    refused = [ask("SELECT 1") for _time in range(3)][-1]
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too-many-attempts")


class Taken:
    """No place is free."""

    def acquire(self, timeout):
        return False


@pytest.mark.parametrize("asked", ["order=count&limit=2", "where=code:eq:52.10", "order=-count,code&where=count:gte:3"])
def test_rows_with_and_without_a_copy_are_the_same(table, asked):
    with_copy = Client().get(f"{ROWS}?{asked}").json()
    copies.path_of(table).unlink()
    assert Client().get(f"{ROWS}?{asked}").json() == with_copy
    assert copies.standing().missing == 1
    assert [each.rows for each in row_copies.make_missing(now=NOW)] == [7]
    assert copies.standing().missing == 0
