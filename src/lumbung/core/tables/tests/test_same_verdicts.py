"""Our checks against Frictionless: the same error rows, columns and rules, and every wanted difference by name."""

import random

import pytest

from lumbung.core.tables import checks
from lumbung.core.tables.schemas import Constraints, Schema, SchemaField
from lumbung.core.tables.tests.plain_files import plain_of, their_verdict

TABLES = 210
CODES = frozenset({"52", "52.07", "52.10", "0812", "kode ' kutip"})

POOLS = {
    "integer": ["0", "7", "12", "-3", "+5", "007", " 8 ", "\u00a09", "1.5", "1e3", "x", "9223372036854775807", "52.0"],
    "number": ["0", "1.5", "-2.25", "+.5", "5.", "1e3", "2.5E-3", "1,5", "abc", " 3.75 ", "100", "1.50", "12-3", "."],
    "indonesian": ["0", "1.234,5", "1.234", "-1.234.567,25", "12,5", "1,50", "x", "1,2,3", "1 000", "3e2", "1.234,50"],
    "string": [
        "a",
        "A",
        "abc",
        "",
        "Desa Beru",
        "52.10",
        "0812",
        "é",
        "👨‍👩‍👧",
        " a ",
        'kata "kutip"',
        "baris\nbaru",
        "a,b",
    ],
    "boolean": ["true", "false", "TRUE", "False", "1", "0", "ya", "tidak", " true", "benar"],
    "date": [
        "2024-01-02",
        "2024-1-2",
        "2024-02-30",
        "2023-02-29",
        "2024-02-29",
        "02/01/2024",
        "2024-01-02 ",
        "9999-12-31",
    ],
    "dmy": ["02/01/2024", "2/1/2024", "31/02/2024", "31/12/2023", "2024-01-02", "1/13/2024", "29/2/2024", "00/01/2024"],
    "datetime": [
        "2024-01-02T03:04:05",
        "2024-01-02T03:04:05.5",
        "2024-01-02 03:04:05",
        "2024-01-02",
        "2024-01-02T25:04:05",
        "2024-01-02T03:04:05.25",
        "x",
    ],
    "year": ["2024", "1999", "24", "20245", "abcd", "0000", "-999"],
    "yearmonth": ["2024-01", "2024-12", "2024-13", "2024-1", "2024", "abcd-ef", "2024-01-02"],
}
BOUNDS = {
    "integer": ["1", "7", "-3"],
    "number": ["0.5", "1.50", "100"],
    "indonesian": ["12.5", "1234.5", "0"],
    "date": ["2024-01-02", "2024-01-01"],
    "dmy": ["2024-01-02", "2024-01-01"],
    "datetime": ["2024-01-02 03:04:05"],
    "year": ["2000", "2024"],
    "yearmonth": ["2024-01", "2024-06"],
}
ENUMS = {
    "integer": ("7", "12", "8"),
    "number": ("1.5", "100", "3.75"),
    "indonesian": ("1234.5", "12.5"),
    "string": ("a", "abc", "baris\nbaru", "é"),
    "date": ("2024-01-02",),
    "year": ("2024",),
    "yearmonth": ("2024-01", "2024-12"),
}
PATTERNS = ["[a-z]+", "[0-9]{2}(\\.[0-9]{2})?", ".{1,3}", "(a|abc)", "[^,]*"]


def column_of(chance: random.Random, name: str) -> tuple[str, SchemaField]:
    kind = chance.choice(list(POOLS))
    extra = {
        "indonesian": {"type": "number", "decimal_char": ",", "group_char": "."},
        "dmy": {"type": "date", "format": "%d/%m/%Y"},
    }.get(kind, {"type": kind})
    if kind == "boolean" and chance.random() < 0.5:
        extra |= {"true_values": ("ya",), "false_values": ("tidak", "0")}
    if chance.random() < 0.25:
        extra |= {"missing_values": chance.choice([("",), ("", "-"), ("NA",)])}
    listed = kind == "string" and chance.random() < 0.25
    return kind, SchemaField(
        name, constraints=constraints_of(chance, kind), code_list="wilayah" if listed else "", **extra
    )


def constraints_of(chance: random.Random, kind: str) -> Constraints:
    told = {word: chance.random() < 0.3 for word in ("required", "unique")}
    if kind in BOUNDS:
        told |= {word: chance.choice(BOUNDS[kind]) for word in ("minimum", "maximum") if chance.random() < 0.4}
    if kind in ENUMS and chance.random() < 0.25:
        told |= {"enum": ENUMS[kind]}
    if kind == "string":
        told |= {word: chance.randint(0, 5) for word in ("min_length", "max_length") if chance.random() < 0.3}
        told |= {"pattern": chance.choice(PATTERNS)} if chance.random() < 0.3 else {}
    return Constraints(**told)


def table_of(seed: int) -> tuple[Schema, list[list[str]]]:
    """A schema and rows that meet most of its rules and break some."""
    chance = random.Random(seed)
    columns = [column_of(chance, f"k{number}") for number in range(chance.randint(1, 6))]
    missing = chance.choice([("",), ("", "-"), ("", "NA", "n/a"), ("-",)])
    names = [column.name for _kind, column in columns]
    key = tuple(chance.sample(names, chance.randint(1, min(2, len(names))))) if chance.random() < 0.4 else ()
    rows = [
        [chance.choice(POOLS[kind]) if chance.random() < 0.85 else chance.choice(missing) for kind, _column in columns]
        for _row in range(chance.randint(0, 30))
    ]
    return Schema(tuple(column for _kind, column in columns), primary_key=key, missing_values=missing), rows


def our_verdict(plain, schema, folder, code_lists=None) -> set[tuple[int, str, str]]:
    report = checks.check(plain, schema, code_lists=code_lists, temporary=folder / "sementara", most=1_000_000)
    assert report.lists_all
    return {(fault.row, fault.column, fault.rule) for fault in report.faults}


def without_doubled_blanks(verdict):
    """Frictionless tells a blank row a second time as a key that is missing; see DIFFERENCES."""
    blank = {row for row, _column, rule in verdict if rule == "blankRow"}
    return {(row, column, rule) for row, column, rule in verdict if rule != "keyMissing" or row not in blank}


@pytest.mark.parametrize("tenth", [0, 1, *(pytest.param(tenth, marks=pytest.mark.heavy) for tenth in range(2, 10))])
def test_generated_tables_have_the_error_rows_frictionless_finds(tenth, tmp_path):
    for seed in range(tenth * TABLES // 10, (tenth + 1) * TABLES // 10):
        schema, rows = table_of(seed)
        plain = plain_of(tmp_path, schema.names, rows, name=f"{seed}.csv")
        ours = our_verdict(plain, schema, tmp_path, {"wilayah": CODES})
        theirs = without_doubled_blanks(their_verdict(plain, schema, {"wilayah": CODES}))
        assert ours == theirs, (seed, schema, rows)


NUMBER = SchemaField("k", "number")
GROUPED = SchemaField("k", "number", decimal_char=",", group_char=".")
LONG = "1" * 39
# (column, cell, do we take it, does Frictionless take it, why we differ). README.md tells the same in words.
DIFFERENCES = [
    (GROUPED, "12.34", False, True, "groups are of three digits: 12.34 read as 1234 would be a silent change"),
    (GROUPED, "1.2.3,4", False, True, "the same"),
    (NUMBER, "NaN", False, True, "no number: a sum or a bound over it says nothing"),
    (NUMBER, "Infinity", False, True, "the same"),
    (NUMBER, "1_000", False, True, "underscores are how programs write numbers, not tables"),
    (NUMBER, "١٢", False, True, "digits of other scripts may be there by mistake and cannot be seen to be right"),
    (NUMBER, LONG, False, True, "more than 38 digits cannot be kept as a decimal"),
    (SchemaField("k", "integer"), "1_000", False, True, "as for numbers"),
    (
        SchemaField("k", "integer", group_char="."),
        "28.104",
        True,
        False,
        "groups in whole numbers are of version 2 of the standard, which Frictionless does not read yet",
    ),
    (
        SchemaField("k", "integer"),
        "9223372036854775808",
        False,
        True,
        "beyond 64 bits no common reader of Parquet follows",
    ),
    (SchemaField("k", "year"), "+123", False, True, "a year is four digits"),
    (SchemaField("k", "year"), " 123", False, True, "the same"),
    (SchemaField("k", "yearmonth"), "24-1", False, True, "the year of a month is four digits"),
    (SchemaField("k", "datetime"), "2024-01-02x03:04:05", False, True, "between day and time stands T or a space"),
    (
        SchemaField("k", "datetime"),
        "2024-01-02T24:00:00",
        False,
        True,
        "hour 24 is the next day: two ways to say one moment",
    ),
    (
        SchemaField("k", "date", format="%d %m %Y"),
        "1  2 2024",
        False,
        True,
        "what stands between the parts of a format stands there once",
    ),
    (
        SchemaField("k", "date", format="%d%m%Y"),
        "1122024",
        False,
        True,
        "without a sign between them, day and month have two digits",
    ),
    (SchemaField("k", "date", format="%d/%m/%Y"), " 1/02/2024", False, True, "a blank is no digit"),
    (
        SchemaField("k", constraints=Constraints(pattern="a|b")),
        "ax",
        False,
        True,
        "a pattern means the whole cell, also with alternatives",
    ),
    (SchemaField("k", constraints=Constraints(pattern="a")), "a\n", False, True, "the same"),
    (SchemaField("k", constraints=Constraints(pattern=r"\w+")), "é", False, True, r"RE2: \w, \d, \s mean ASCII"),
]


@pytest.mark.parametrize(("column", "cell", "we_take_it", "they_take_it", "why"), DIFFERENCES)
def test_every_difference_from_frictionless_is_wanted_and_still_there(
    column, cell, we_take_it, they_take_it, why, tmp_path
):
    assert why
    schema = Schema((column,))
    plain = plain_of(tmp_path, ["k"], [[cell]])
    assert (not our_verdict(plain, schema, tmp_path)) == we_take_it
    assert (not their_verdict(plain, schema)) == they_take_it


def test_a_blank_row_is_told_once_not_also_as_a_key_that_is_missing(tmp_path):
    schema = Schema((SchemaField("k"), SchemaField("l")), primary_key=("k",))
    plain = plain_of(tmp_path, ["k", "l"], [["", ""]])
    assert our_verdict(plain, schema, tmp_path) == {(2, "", "blankRow")}
    assert their_verdict(plain, schema) == {(2, "", "blankRow"), (2, "k", "keyMissing")}
