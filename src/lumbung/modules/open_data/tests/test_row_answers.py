"""On random tables, an answer is what plain Python makes of the published CSV."""

import csv
import operator
import tempfile
from decimal import Decimal
from pathlib import Path

from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.core.base.declarations import Column
from lumbung.core.datasets import snapshots
from lumbung.core.tables import connections
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.queries import questions

COLUMNS = (Column("code", "Code"), Column("count", "Count", "integer"), Column("share", "Share", "decimal"))
FIELDS = (SchemaField("code"), SchemaField("count", "integer"), SchemaField("share", "number"))
TYPES = {"code": str, "count": int, "share": Decimal}
SIGNS = {"eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lte": operator.le}
SIGNS |= {"gt": operator.gt, "gte": operator.ge, "contains": lambda cell, part: part.lower() in cell.lower()}

CODES = st.sampled_from(["52.10", "52.1", "052", "52.07", "a,b", 'x"y', "é", "Z", "%_", "NULL"])
COUNTS = st.integers(-5, 5) | st.sampled_from([2**53 + 1, -(2**60)])
SHARES = st.decimals(-9, 9, places=3)
ROWS = st.lists(st.tuples(st.none() | CODES, st.none() | COUNTS, st.none() | SHARES), max_size=12)
CONDITIONS = st.one_of(
    st.tuples(st.just("code"), st.sampled_from(sorted(SIGNS)), CODES),
    st.tuples(st.just("count"), st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]), COUNTS),
    st.tuples(st.just("share"), st.sampled_from(["eq", "ne", "lt", "gte"]), st.decimals(-9, 9, places=7)),
)
ORDERS = st.lists(st.tuples(st.sampled_from(list(TYPES)), st.booleans()), max_size=2, unique_by=lambda each: each[0])


def answered(rows, asked, *, limit=None, offset=0):
    """What our SQL says of these rows, with its count; and the rows of the CSV, read by Python alone."""
    question = asking.question_of(asked, FIELDS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"csv_file": folder / "t.csv", "parquet_file": folder / "t.parquet"}
        snapshots.write(COLUMNS, [dict(zip(TYPES, row, strict=True)) for row in rows], **files)
        with (folder / "t.csv").open(encoding="utf-8", newline="") as file:
            plain = [
                tuple(TYPES[key](cell) if cell else None for key, cell in row.items()) for row in csv.DictReader(file)
            ]
        path = files["parquet_file"]
        with connections.opened(reads=[path], temporary=folder / "spill") as connection:
            told = [
                connection.execute(each.sql, list(each.values)).fetchall()
                for each in (
                    questions.rows_of(question, path, limit=limit, offset=offset),
                    questions.count_of(question, path),
                )
            ]
    return told[0], told[1][0][0], plain


def asked_for(**told):
    asked = QueryDict(mutable=True)
    for name, values in told.items():
        asked.setlist(name, values)
    return asked


def kept(plain, conditions):
    def fits(row, condition):
        name, sign, value = condition
        cell = row[list(TYPES).index(name)]
        return cell is not None and SIGNS[sign](cell, value)

    return [row for row in plain if all(fits(row, condition) for condition in conditions)]


def ordered(rows, orders):
    for name, is_down in reversed(orders):
        place = list(TYPES).index(name)
        filled = [row for row in rows if row[place] is not None]
        filled = sorted(filled, key=lambda row: row[place], reverse=is_down)
        rows = filled + [row for row in rows if row[place] is None]
    return rows


@settings(max_examples=40, deadline=None)
@given(ROWS, st.lists(CONDITIONS, max_size=2), ORDERS, st.integers(0, 5), st.integers(0, 5))
def test_filter_order_and_page_are_those_of_plain_python(rows, conditions, orders, limit, offset):
    where = [
        f"{name}:{sign}:{value:f}" if name == "share" else f"{name}:{sign}:{value}" for name, sign, value in conditions
    ]
    order = ["-" * is_down + name for name, is_down in orders]
    found, total, plain = answered(rows, asked_for(where=where, order=order), limit=limit, offset=offset)
    expected = ordered(kept(plain, conditions), orders)
    assert total == len(expected)
    assert found == expected[offset : offset + limit]


@settings(max_examples=25, deadline=None)
@given(ROWS, st.lists(CONDITIONS, max_size=1))
def test_groups_and_their_figures_are_those_of_plain_python(rows, conditions):
    where = [
        f"{name}:{sign}:{value:f}" if name == "share" else f"{name}:{sign}:{value}" for name, sign, value in conditions
    ]
    figures = ["count", "sum:share", "min:count", "max:count", "count:count"]
    found, total, plain = answered(rows, asked_for(where=where, group_by=["code"], aggregate=figures))
    groups = {}
    for row in kept(plain, conditions):
        groups.setdefault(row[0], []).append(row)
    expected = {}
    for code, held in groups.items():
        counts = [row[1] for row in held if row[1] is not None]
        shares = [row[2] for row in held if row[2] is not None]
        low, high = (min(counts), max(counts)) if counts else (None, None)
        expected[code] = (len(held), sum(shares) if shares else None, low, high, len(counts))
    assert total == len(expected)
    assert {row[0]: row[1:] for row in found} == expected


def test_a_mean_reads_as_its_figures_do():
    rows = [(code, 1, Decimal(share)) for code, share in (("a", "0.1"), ("a", "0.2"), ("a", "0.3"), ("b", "-1.125"))]
    asked = asked_for(group_by=["code"], aggregate=["avg:share"])
    assert answered([*rows, ("c", None, None)], asked)[0] == [("a", 0.2), ("b", -1.125), ("c", None)]
