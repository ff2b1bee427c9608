"""Rows for programs: whole and exact, codes as text, nothing of the asker's ever run, nothing that is not public."""

import base64
import csv
import io
import itertools
import json
import re
import threading

import duckdb
import pyarrow as pa
import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.declarations import Column
from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.datasets import actions, registry
from lumbung.core.datasets import queries as datasets
from lumbung.core.jobs import runner
from lumbung.modules.open_data.actions import held
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import public_tables
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.rows import Busy
from lumbung.modules.open_data.tests.test_workflow import published

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/datasets/wells-ntb/rows"
CELLS = [("52.10", 3), ("52.01", 7), ("52.1", 3), ("052", None), (None, 12), ("O'Neil; DROP", 1), ("52.10", 5)]


def ask(address=ADDRESS, **asked):
    return Client().get(address, {name: value for name, value in asked.items() if value != ""})


def rows_of(**asked):
    answer = ask(**asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def table(wells, publish):
    wells.cells = CELLS
    return publish()


def test_codes_stay_text_and_the_total_is_exact(table):
    told = rows_of(select="code,count")
    assert [(row["code"], row["count"]) for row in told["rows"]] == CELLS
    assert (told["total"], told["count"], told["next"]) == (7, 7, None)
    assert rows_of(where="code:eq:52.10")["total"] == 2
    assert rows_of(where="code:eq:52.1")["total"] == 1


@pytest.mark.parametrize(
    ("where", "counts"),
    [
        (["count:gt:3"], [7, 12, 5]),
        (["count:gte:3", "count:lt:7"], [3, 3, 5]),
        (["count:lte:1"], [1]),
        (["count:ne:3"], [7, 12, 1, 5]),
        (["count:in:1,12,99"], [12, 1]),
        (["code:contains:neil"], [1]),
        (["code:is_null:true"], [12]),
        (["count:is_null:false", "code:in:52.01,52.1"], [7, 3]),
        (['code:in:"O\'Neil; DROP"'], [1]),
        (["count:gt:99999999999999999999999999"], []),
    ],
)
def test_every_operator_keeps_what_it_says(table, where, counts):
    assert [row["count"] for row in rows_of(where=where)["rows"]] == counts


def test_rows_are_ordered_with_missing_values_last_both_ways(table):
    assert [row["count"] for row in rows_of(order="count")["rows"]] == [1, 3, 3, 5, 7, 12, None]
    assert [row["count"] for row in rows_of(order="-count,code")["rows"]] == [12, 7, 5, 3, 3, 1, None]


def test_groups_have_their_figures_and_can_be_ordered_by_them(table):
    told = rows_of(group_by="code", aggregate="count,sum:count,avg:count,max:count", order="-sum:count", limit="2")
    assert told["total"] == 6
    assert told["rows"][1] == {"code": "52.10", "count:*": 2, "sum:count": 8, "avg:count": 4.0, "max:count": 5}
    whole = rows_of(aggregate="count,min:count")
    assert (whole["total"], whole["rows"]) == (1, [{"count:*": 7, "min:count": 1}])


def test_pages_follow_one_another_without_gap_or_repeat(table):
    seen, address = [], f"{ADDRESS}?order=count&limit=3"
    while address:
        told = Client().get(address).json()
        assert told["total"] == 7
        seen += [row["count"] for row in told["rows"]]
        address = told["next"]
    assert seen == [1, 3, 3, 5, 7, 12, None]


def test_pages_go_on_in_the_release_they_began_in(table, wells, publish):
    first = rows_of(limit="4", order="count")
    wells.cells = [("52.08", 99)]
    publish()
    assert rows_of()["release"] == 2
    following = Client().get(first["next"]).json()
    assert (following["release"], following["total"]) == (1, 7)


def test_a_cursor_serves_only_its_own_question(table):
    cursor = rows_of(limit="2")["cursor"]
    answer = ask(limit="2", cursor=cursor, where="count:gt:1")
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "cursor")


def test_csv_and_parquet_give_the_whole_answer_and_its_total(table, tmp_path):
    answer = ask(format="csv", select="code,count", where="count:gt:1", order="-count")
    text = b"".join(answer.streaming_content).decode()
    assert list(csv.reader(io.StringIO(text)))[:3] == [["code", "count"], ["", "12"], ["52.01", "7"]]
    assert answer["X-Total-Count"] == "5"
    answer = ask(format="parquet", where="code:eq:52.10")
    target = tmp_path / "x.parquet"
    target.write_bytes(b"".join(answer.streaming_content))
    with tables.connections.opened(reads=[target], temporary=tmp_path / "t") as connection:
        assert connection.execute(f"SELECT code, count FROM '{target}'").fetchall() == [("52.10", 3), ("52.10", 5)]


def test_a_parquet_that_goes_on_behind_a_cursor_is_not_the_whole_table_again(table, tmp_path):
    first = rows_of(limit="2")
    (tmp_path / "all.parquet").write_bytes(b"".join(ask(format="parquet").streaming_content))
    rest = ask(format="parquet", cursor=first["cursor"])
    (tmp_path / "rest.parquet").write_bytes(b"".join(rest.streaming_content))
    with duckdb.connect() as connection:
        told = [
            connection.execute(f"SELECT code, count FROM '{tmp_path}/{name}.parquet'").fetchall()
            for name in ("all", "rest")
        ]
    assert len(told[0]) == 7
    assert told[1] == told[0][2:]


def test_arrow_is_a_stream_with_the_types_of_the_table(table):
    answer = ask(format="arrow", select="code,count", order="-count", limit="3")
    told = pa.ipc.open_stream(b"".join(answer.streaming_content)).read_all()
    assert told.to_pydict() == {"code": [None, "52.01", "52.10"], "count": [12, 7, 5]}
    assert (str(told.schema.field("count").type), answer["X-Total-Count"]) == ("int64", "7")
    following = Client().get(re.search(r"<([^>]+)>", answer["Link"])[1])
    rest = pa.ipc.open_stream(b"".join(following.streaming_content)).read_all()
    assert rest.column("count").to_pylist() == [3, 3, 1]


@pytest.mark.parametrize("told", [[0, 1], [0, 1, "x"], [0, 1, 5], [True], [-1], {}, [0, 2**60, "1"], [0, 1, "1", "1"]])
def test_a_cursor_somebody_made_up_is_refused(table, told):
    digest = rows_of(order="count", limit="2")["cursor"].split(".")[1]
    token = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    answer = ask(order="count", limit="2", cursor=f"v1.{digest}.{token}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-cursor")


@pytest.mark.parametrize("told", ["[" * 1400, '[2,1,"\\ud800"]', '[2, 1, "52.10"]', '[2,1,"52.10",NaN]'])
def test_a_cursor_is_written_as_ours_are_or_refused(table, told):
    digest = rows_of(order="code", limit="2")["cursor"].split(".")[1]
    token = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
    answer = ask(order="code", limit="2", cursor=f"v1.{digest}.{token}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-cursor")


HOSTILE = [
    "' OR 1=1 --",
    '" FROM wells; DROP TABLE t; --',
    "c0); ATTACH '/etc/passwd' AS x; --",
    "read_text('/etc/passwd')",
    "(SELECT 1)",
    "c0",
    "n",
    "../../etc/passwd",
    "1e999999",
    "٣",
    "-" * 50,
]


NAMES = ["select", "group_by", "aggregate", "order", "cursor", "limit", "format", "release"]


def test_nothing_hostile_is_run_through_any_parameter(table):
    for name, hostile in itertools.product(NAMES, HOSTILE):
        answer = ask(**{name: hostile})
        assert answer.status_code == 400, (name, hostile, answer.content)
        error = answer.json()["error"]
        assert error["field"] == name
        assert error["message_id"] != error["message_en"]


def test_hostile_text_in_a_condition_is_only_a_text(table):
    for hostile in HOSTILE:
        assert rows_of(where=f"code:eq:{hostile}")["total"] == 0
        assert rows_of(where=f"code:contains:{hostile}")["total"] in {0, 1}
        assert ask(where=f"count:eq:{hostile}").status_code == 400
        assert ask(where=f"{hostile}:eq:1").status_code == 400
        assert ask(where=f"code:{hostile}:1").status_code == 400
        assert ask(table=hostile).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({"sql": "select 1"}, 400, "address"),
        ({"limit": "10001"}, 413, "limit"),
        ({"where": "code:eq:" + "x" * 9000}, 413, "address"),
        ({"where": [f"count:eq:{n}" for n in range(21)]}, 400, "where"),
        ({"where": "count"}, 400, "where"),
        ({"where": "count:contains:1"}, 400, "where"),
        ({"where": "as_of:eq:26/11/2026"}, 400, "where"),
        ({"where": "count:eq:52.1"}, 400, "where"),
        ({"where": "count:eq:" + "9" * 40}, 400, "where"),
        ({"aggregate": "sum:code"}, 400, "aggregate"),
        ({"aggregate": "median:count"}, 400, "aggregate"),
        ({"group_by": "code", "select": "code"}, 400, "select"),
        ({"group_by": "code", "order": "as_of"}, 400, "order"),
        ({"limit": ["1", "2"]}, 400, "limit"),
        ({"release": "9"}, 404, "release"),
        ({"table": "lain"}, 404, "table"),
    ],
)
def test_what_cannot_be_answered_names_the_field_and_the_way_out(table, asked, status, field):
    answer = ask(**asked)
    assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)


def test_an_answer_is_kept_by_its_etag_and_any_page_may_ask(table):
    first = ask(where="code:eq:52.10")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "public" in first["Cache-Control"]
    again = Client().get(f"{ADDRESS}?where=code:eq:52.10", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert ask(where="code:eq:52.01")["ETag"] != first["ETag"]


def test_a_withdrawn_release_gives_its_reason_and_no_rows(table, wells, publish):
    actions.withdraw_at_the_console(version=table, reason="Satu orang dapat dikenali", now=NOW)
    runner.run_due()
    for asked in ({}, {"release": "1"}, {"format": "csv"}):
        answer = ask(**asked)
        assert answer.status_code == 410
        assert "Satu orang dapat dikenali" in answer.json()["error"]["message_id"]


@pytest.mark.parametrize("form", ["json", "csv", "parquet", "arrow"])
def test_a_release_withdrawn_while_it_is_read_gives_its_reason(table, monkeypatch, form):
    found = public_tables.public_table("wells-ntb")

    def withdrawn_now(name, **_asked):
        monkeypatch.undo()
        actions.withdraw_at_the_console(version=table, reason="Satu orang dapat dikenali", now=NOW)
        datasets.path_of(table, "parquet").unlink(missing_ok=True)  # gone with the transaction, elsewhere
        return found

    monkeypatch.setattr(public_tables, "public_table", withdrawn_now)
    answer = ask(format=form, limit="91" if form != "parquet" else "")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "withdrawn")


@pytest.mark.parametrize("access", ["restricted", "excluded"])
def test_data_that_are_not_open_give_no_rows(table, access):
    dataset = Dataset.objects.get(name="wells-ntb")
    old = Release.objects.get(dataset=dataset)
    closed = Release.objects.create(
        dataset=dataset, number=2, metadata=old.metadata, metadata_sha256=old.metadata_sha256,
        access=access, as_of=old.as_of, published_at=NOW,
    )  # fmt: skip
    held = old.tables.get()
    closed.tables.create(resource=held.resource, version=held.version, title=held.title, schema=held.schema)
    answer = ask()
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "rows-not-public")


def test_an_unknown_dataset_is_not_found(people):
    assert ask("/api/v1/datasets/tidak-ada/rows").json()["error"]["code"] == "dataset-not-found"


def test_over_the_limit_says_when_to_come_back(table, monkeypatch, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    from lumbung.modules.open_data.api import rows as api  # noqa: PLC0415 - the limit is narrowed here only

    monkeypatch.setattr(api, "QUESTIONS", api.Limit("open_data.rows", count=1, per_seconds=3600))
    answers = [ask(limit=str(number + 1)) for number in range(3)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused["Retry-After"]) > 0
    assert refused.json()["error"]["code"] == "too-many-attempts"


def test_what_takes_too_long_is_refused_whole(table, monkeypatch):
    monkeypatch.setattr(tables, "ANSWER_SECONDS", 0.0)
    slow = "SELECT sum(a.n * b.n) FROM range(1000000) a(n), range(1000000) b(n)"
    monkeypatch.setattr(tables.questions, "count_of", lambda question, path: tables.Statement(slow))
    answer = ask(limit="77")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json()["error"]["code"] == "took-too-long"


def test_when_every_place_is_taken_the_next_waits_and_is_told(table, monkeypatch):
    monkeypatch.setattr(tables, "SLOTS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(tables, "WAIT_SECONDS", 0.01)
    assert tables.SLOTS.acquire()
    assert ask(limit="78").json()["error"]["code"] == "too-busy"
    with pytest.raises(Busy):
        tables.ask(public_tables.public_table("wells-ntb").shown, _everything(), limit=79)


def _everything():
    return tables.questions.everything(public_tables.public_table("wells-ntb").columns)


def test_long_numbers_lose_nothing(people):
    declared = Declaration(
        key="big",
        title="Big",
        summary="Big numbers.",
        columns=(
            Column("file_row_number", "No", "integer"),
            Column("amount", "Amount", "decimal"),
            Column("day", "Day", "date"),
        ),
        rows=lambda as_of, place: [
            {"file_row_number": 2**60, "amount": "123456789012.123456", "day": "2026-01-02"},
            {"file_row_number": 1, "amount": "0.5", "day": "2026-01-02"},
        ],
        places=lambda: {"52": "ntb"},
        disclosure="public_records",
    )
    registry.register(declared)
    try:
        actions.publish_on_schedule(dataset_key="big", place="52", now=NOW)
        by = people.viewer("walidata.ntb")  # digits as long as a NIK hold a table back until somebody says why
        for each in datasets.held_back("big", "52").details["findings"]:
            told = {"column": each["column"], "kind": each["kind"], "reason": "Ukuran, bukan nomor orang."}
            held.decide_column(key="big", portal=people.ntb, by=by, now=NOW, **told)
        runner.run_due()
        told = json.loads(ask("/api/v1/datasets/big-ntb/rows").content)
        day = {"day": "2026-01-02"}
        assert told["rows"][0] == {"file_row_number": str(2**60), "amount": "123456789012.123456", **day}
        assert told["rows"][1] == {"file_row_number": 1, "amount": 0.5, **day}
        few = ask("/api/v1/datasets/big-ntb/rows", where="amount:lt:0.5000000000001", select="amount", format="csv")
        assert b"".join(few.streaming_content) == b"amount\n0.5\n"
    finally:
        registry._datasets.pop("big")


def test_a_brought_table_is_asked_by_whatever_its_columns_are_called(people, tmp_path):
    text = 'kode_kabupaten,"panjang, total: km"\n52.01,812.5\n52.07,640.0\n52.08,12.25\n'
    release = published(people, tmp_path, text=text)
    address = f"/api/v1/datasets/{release.dataset.name}/rows"
    fields = [field["name"] for field in ask(address).json()["fields"]]
    told = ask(address, where=f"{fields[1]}:gte:640", order=f"-{fields[1]}", select=fields[1]).json()
    assert [row[fields[1]] for row in told["rows"]] == [812.5, 640]
    summed = ask(address, aggregate=f"sum:{fields[1]}").json()
    assert summed["rows"] == [{f"sum:{fields[1]}": 1464.75}]
    asked = {"column": fields[1], "op": "gte", "value": "640,5"}
    page = Client().get("/ntb/data/panjang-jalan/", asked).content.decode()
    table = page[page.index('<table class="table sheet"') : page.index("</table>")]
    assert "812,5" in table
    assert "12,25" not in table
