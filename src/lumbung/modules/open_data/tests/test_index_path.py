"""An index changes how fast rows are found, never which: both paths give the same rows, in the same order."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.core.tables import connections
from lumbung.core.tables.copies import child, layout, making
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.queries import indexed, questions
from lumbung.modules.open_data.queries.questions import Condition, Order, Question

KINDS = ("string", "integer", "number", "number", "date", "datetime", "boolean")
FIELDS = tuple(SchemaField(f"kolom {place}", kind) for place, kind in enumerate(KINDS))
TYPES = ("VARCHAR", "BIGINT", "DECIMAL(18,2)", "DECIMAL(38,3)", "DATE", "TIMESTAMP", "BOOLEAN")
MOMENTS = st.datetimes(dt.datetime(999, 1, 1), dt.datetime(2030, 1, 1)).map(  # noqa: DTZ001 - published so
    lambda moment: moment.replace(microsecond=moment.microsecond // 100_000 * 100_000)
)
VALUES = (
    st.sampled_from(["52.10", "52.1", "052", "a", "A", "Ä", "O'Neil", "%", "", "0\x001"]),
    st.sampled_from([-(2**63), 2**63 - 1, 0, 3, -3]),
    st.decimals(-99, 99, places=2),
    st.decimals(-(10**30), 10**30, places=3) | st.sampled_from([Decimal("0.001"), Decimal("-0.001")]),
    st.dates(dt.date(812, 1, 1), dt.date(2030, 1, 1)),
    MOMENTS,
    st.booleans(),
)
ROWS = st.lists(st.tuples(*(st.none() | each for each in VALUES)), min_size=1, max_size=14)
FREE = {
    2: st.decimals(-99, 99, places=4),
    3: st.decimals(-(10**31), 10**31, places=5),
    1: st.integers(-(10**20), 10**20),
}


def told(place, value):
    return questions.place_of(Question(FIELDS, (), order=(Order("column", place),)), [value], 0).cells[0]


@st.composite
def conditions(draw):
    place = draw(st.integers(0, len(KINDS) - 1))
    values = VALUES[place] | FREE[place] if place in FREE else VALUES[place]
    signs = ["eq", "ne", "in", "is_null"] + (["lt", "lte", "gt", "gte"] if KINDS[place] != "boolean" else [])
    operator = draw(st.sampled_from(signs))
    if operator == "is_null":
        return Condition(place, operator, (draw(st.sampled_from(["true", "false"])),))
    count = 3 if operator == "in" else 1
    return Condition(place, operator, tuple(told(place, draw(values)) for _value in range(count)))


ASKED = st.builds(
    lambda shown, where, order: Question(FIELDS, tuple(shown), tuple(where), order=tuple(order)),
    st.lists(st.integers(0, len(KINDS) - 1), min_size=1, max_size=4),
    st.lists(conditions(), max_size=2),
    st.lists(
        st.builds(lambda place, down: Order("column", place, down), st.integers(0, len(KINDS) - 1), st.booleans()),
        max_size=3,
        unique_by=lambda order: order.place,
    ),
)


def parquet_of(rows, path):
    names = ", ".join(f'"{field.name}" {kind}' for field, kind in zip(FIELDS, TYPES, strict=True))
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE t({names})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(TYPES))})", rows)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Every copy gets its indexes here, however small it is, and every question is tried by them."""
    monkeypatch.setattr(layout, "INDEXED_ROWS", 0)
    monkeypatch.setattr(indexed, "is_small", lambda rows: True)
    return tmp_path


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS, st.lists(ASKED, min_size=1, max_size=6), st.integers(1, 5))
def test_pages_by_an_index_are_those_of_parquet_from_the_first_to_the_last(folder, rows, asked, limit):
    source, copy = folder / "t.parquet", folder / "t.sqlite"
    parquet_of(rows, source)
    assert child.copy(source, copy, first=["kolom 0"]) == len(rows)
    indexed.about.cache_clear()
    with connections.opened(reads=[source], temporary=folder / "spill") as connection:

        def scanned(statement):
            return connection.execute(statement.sql, list(statement.values)).fetchall()

        for question in asked:
            placed = questions.placed(question)
            whole = scanned(questions.rows_of(placed, source))
            assert indexed.count(copy, question) == len(whole) == scanned(questions.count_of(question, source))[0][0]
            assert indexed.page(copy, placed, limit=limit, offset=limit) == whole[limit : 2 * limit]
            assert indexed.page(copy, placed, limit=limit, total=10**6) == whole[:limit]
            seen, after = [], None
            while len(seen) < len(whole):
                found = indexed.page(copy, placed, limit=limit, after=after)
                assert found == scanned(questions.rows_of(placed, source, limit=limit, after=after))
                seen += found
                cells, number = found[-1][len(question.shown) : -1], found[-1][-1]
                after = questions.place_of(question, cells, number)
            assert [tuple(map(repr, row)) for row in seen] == [tuple(map(repr, row)) for row in whole]


def test_what_no_index_serves_is_left_to_a_scan_and_a_lost_or_damaged_copy_too(tmp_path):
    source, copy = tmp_path / "t.parquet", tmp_path / "t.sqlite"
    cells = "'k' || i % 7 AS kode, i % 5 AS tahun, (i * 7919) % 100003 AS nilai"
    many = f"SELECT {cells} FROM range({layout.INDEXED_ROWS}) t(i)"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY ({many}) TO '{source}' (FORMAT parquet)")
    made = making.make(
        [making.Wanted(source, copy, ("kode", "tahun")), making.Wanted(Path("/tidak/ada"), tmp_path / "x")]
    )
    assert [(each.rows, bool(each.failed)) for each in made] == [(layout.INDEXED_ROWS, False), (0, True)]
    columns = (SchemaField("kode"), SchemaField("tahun", "integer"), SchemaField("nilai", "integer"))

    def page(*where, order=(), aggregates=()):
        return indexed.page(copy, questions.placed(Question(columns, (0, 1, 2), where, order=order)), limit=3)

    by_value = (Order("column", 2, descending=True),)
    assert len(page(Condition(0, "eq", ("k1",)), Condition(1, "eq", ("2",)), order=by_value)) == 3
    assert len(page(order=by_value)) == 3
    assert page(Condition(0, "contains", ("k",))) is None
    damaged = tmp_path / "damaged"
    content = copy.read_bytes()
    damaged.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    damaged.replace(copy)
    assert page(order=by_value) is None
    assert indexed.count(copy, Question(columns, (0,), (Condition(0, "eq", ("k1",)),))) is None
    copy.unlink()
    assert page(order=by_value) is None


def test_a_number_too_long_to_reckon_with_stands_beside_as_text(tmp_path):
    source, copy = tmp_path / "t.parquet", tmp_path / "t.sqlite"
    with duckdb.connect(":memory:") as connection:
        cells = "CAST('123456789012345.67' AS DECIMAL(18,2)) AS nilai, CAST(12.5 AS DECIMAL(18,2)) AS luas"
        connection.execute(f"COPY (SELECT {cells}) TO '{source}' (FORMAT parquet)")
    child.copy(source, copy, first=[])
    connection = indexed.connected(copy)
    found = connection.execute("SELECT * FROM data")
    assert [column[0] for column in found.description] == ["nilai", "nilai__tepat", "luas"]
    assert found.fetchone()[1:] == ("123456789012345.67", 12.5)
    assert json.loads(connection.execute("SELECT columns FROM about").fetchone()[0])[0]["is_long"] is True
    connection.close()
