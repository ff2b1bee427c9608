"""The report of a check: what was found, where in the source, in words of both languages."""

import json
from dataclasses import replace

import pytest
from django.utils import translation

from lumbung.core.base.errors import Refused
from lumbung.core.tables import checks, connections
from lumbung.core.tables.checking_words import FAULTS
from lumbung.core.tables.checks.code_lists import codes_of
from lumbung.core.tables.checks.reports import Rule
from lumbung.core.tables.schemas import Constraints, Schema, SchemaField
from lumbung.core.tables.tests.plain_files import plain_of

POPULATION = Schema(
    (
        SchemaField("kode", constraints=Constraints(required=True, unique=True), code_list="wilayah"),
        SchemaField("jumlah", "integer", constraints=Constraints(minimum="0")),
    ),
    primary_key=("kode",),
)
CODES = {"wilayah": {"52.07", "52.10"}}


def checked(folder, header, rows, schema, **more):
    plain = plain_of(folder, header, rows, **{k: more.pop(k) for k in ("first_data_row", "row_numbers") if k in more})
    return checks.check(plain, schema, temporary=folder / "sementara", **more)


def test_a_table_without_faults_is_valid_and_its_columns_are_measured(tmp_path):
    schema = Schema((SchemaField("n", "number", decimal_char=",", group_char="."), SchemaField("t")))
    report = checked(tmp_path, ["n", "t"], [["1.234,5", "=1+1"], ["12", "-"], ["", "a"]], schema)
    assert report.is_valid
    assert (report.column("n").filled, report.column("n").whole, report.column("n").scale) == (2, 4, 1)
    assert report.column("t").formula_like == 1


def test_faults_name_the_row_of_the_source(tmp_path):
    jumps = tmp_path / "numbers.json"
    jumps.write_text(json.dumps([[1, 7], [2, 12]]))
    rows = [["52.07", "x"], ["52.10", "-1"]]
    report = checked(
        tmp_path, ["kode", "jumlah"], rows, POPULATION, first_data_row=7, row_numbers=jumps, code_lists=CODES
    )
    assert [(fault.row, fault.column, fault.value, fault.rule) for fault in report.faults] == [
        (7, "jumlah", "x", "type"),
        (12, "jumlah", "-1", "minimum"),
    ]


def test_a_value_that_stands_twice_names_the_row_it_first_stood_in(tmp_path):
    rows = [["52.07", "1"], ["52.10", "2"], ["52.07", "3"]]
    report = checked(tmp_path, ["kode", "jumlah"], rows, POPULATION, code_lists=CODES)
    assert [(fault.row, fault.rule, fault.limit) for fault in report.faults] == [
        (4, "unique", "2"),
        (4, "primaryKey", "2"),
    ]


def test_the_first_faults_are_listed_and_every_rule_that_failed_is_seen(tmp_path):
    rows = [["52.07", "x"]] * 50 + [["99", "1"], ["98", "-5"]]
    schema = replace(
        POPULATION, primary_key=(), fields=(SchemaField("kode", code_list="wilayah"), POPULATION.fields[1])
    )
    report = checked(tmp_path, ["kode", "jumlah"], rows, schema, code_lists=CODES, most=10)
    assert {(count.rule, count.count) for count in report.counts} == {("type", 50), ("minimum", 1), ("codeList", 2)}
    assert [fault.row for fault in report.faults] == [*range(2, 12), 52, 53]
    assert not report.lists_all


def test_a_report_goes_to_json_and_back_unchanged(tmp_path):
    report = checked(tmp_path, ["kode", "jumlah"], [["99", "x"]], POPULATION, code_lists=CODES)
    assert checks.Report.from_json(json.loads(json.dumps(report.to_json()))) == report


@pytest.mark.parametrize("rule", Rule.__args__)
def test_every_rule_has_its_sentence_in_both_languages(rule):
    fault = checks.Fault(row=17, column="umur", value="abc", rule=rule, limit="5")
    with translation.override("en"):
        english = fault.sentence
    with translation.override("id"):
        assert "17" in fault.sentence
        assert fault.sentence != english
    assert set(FAULTS) == set(Rule.__args__)


def test_numbers_are_compared_as_decimals_never_as_floats(tmp_path):
    schema = Schema((SchemaField("n", "number", constraints=Constraints(maximum="0.3", unique=True)),))
    rows = [["0.3"], ["0.30000000000000000001"], ["9007199254740993"], ["9007199254740992"]]
    report = checked(tmp_path, ["n"], rows, schema)
    assert [(fault.row, fault.rule) for fault in report.faults] == [(3, "maximum"), (4, "maximum"), (5, "maximum")]


def test_a_moment_with_a_zone_is_compared_in_utc(tmp_path):
    schema = Schema((SchemaField("w", "datetime", constraints=Constraints(minimum="2024-01-01 00:00:00")),))
    rows = [
        ["2024-01-01T07:59:59+08:00"],
        ["2024-01-01T08:00:00+08:00"],
        ["2023-12-31T23:00:00-0130"],
        ["2024-01-01T00:00:00Z"],
    ]
    assert [fault.row for fault in checked(tmp_path, ["w"], rows, schema).faults] == [2]


def test_an_empty_cell_is_a_value_where_the_schema_does_not_call_it_missing(tmp_path):
    schema = Schema((SchemaField("t", constraints=Constraints(min_length=1)), SchemaField("u")), missing_values=("-",))
    report = checked(tmp_path, ["t", "u"], [["", "a"], ["-", "b"]], schema)
    assert [(fault.row, fault.rule) for fault in report.faults] == [(2, "minLength")]


@pytest.mark.parametrize(
    "cell", ["a\0b", "baris\nbaru", "carriage\rreturn", 'kutip "ganda"', "a,b;c|d\te", " tepi ", "é\u0301", "'"]
)
def test_a_cell_arrives_as_it_was_written(cell, tmp_path):
    schema = Schema((SchemaField("t", constraints=Constraints(enum=(cell,))), SchemaField("u")))
    assert checked(tmp_path, ["t", "u"], [[cell, "x"], [cell, ""]], schema).is_valid


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        (Schema((SchemaField("lain"),)), "columns-differ"),
        (Schema(POPULATION.fields[::-1]), "columns-in-other-order"),
        (
            Schema((SchemaField("kode", constraints=Constraints(pattern="(?=a)")), SchemaField("jumlah"))),
            "pattern-not-re2",
        ),
        (Schema((SchemaField("kode", code_list="tidak_ada"), SchemaField("jumlah"))), "code-list-missing"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_its_way_out(schema, code, tmp_path):
    with pytest.raises(Refused) as caught:
        checked(tmp_path, ["kode", "jumlah"], [["a", "1"]], schema)
    assert caught.value.code == code
    assert caught.value.sentence


def test_a_plain_file_that_is_damaged_is_refused(tmp_path):
    plain = plain_of(tmp_path, ["a", "b"], [["1", "2"]])
    schema = Schema((SchemaField("a"), SchemaField("b")))
    with pytest.raises(Refused):
        checks.check(replace(plain, row_count=5), schema, temporary=tmp_path / "t")
    plain.path.write_text("a,b\n1,2,3\n")
    with pytest.raises(Refused):
        checks.check(plain, schema, temporary=tmp_path / "t")


def test_a_row_too_long_to_check_is_refused_as_such(tmp_path):
    plain = plain_of(tmp_path, ["a"], [["x" * (connections.LINE_BYTES + 10)]])
    with pytest.raises(Refused) as caught:
        checks.check(plain, Schema((SchemaField("a"),)), temporary=tmp_path / "t")
    assert caught.value.code == "row-too-long"


def test_a_table_too_wide_to_check_is_refused_as_such(tmp_path):
    names = [f"k{number}" for number in range(connections.MOST_COLUMNS + 1)]
    with pytest.raises(Refused) as caught:
        checked(tmp_path, names, [["1"] * len(names)], Schema(tuple(map(SchemaField, names))))
    assert caught.value.code == "table-too-wide"


def test_a_connection_opens_no_other_file(tmp_path):
    other = plain_of(tmp_path, ["a"], [["1"]], name="lain.csv")
    plain = plain_of(tmp_path, ["a"], [["1"]])
    with connections.opened(reads=[plain.path], temporary=tmp_path / "t") as connection:
        assert connections.ask(connection, f"SELECT count(*) FROM {connections.plain_source(plain)}") == [(1,)]
        for hostile in (
            f"FROM {connections.plain_source(other)}",
            f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
            f"ATTACH '{tmp_path}/x.db'",
        ):
            with pytest.raises(Exception, match=r"(?i)permission|disabled|locked|cannot"):
                connection.execute(hostile)


def test_codes_come_from_a_csv_as_they_are_written(tmp_path):
    (tmp_path / "wilayah.csv").write_text("kode,nama\n52.10,Lombok\n0812,x\n", encoding="utf-8")
    assert codes_of(tmp_path / "wilayah.csv", column="kode") == {"52.10", "0812"}
