"""Sorts every cell of a plain file into one class by its looks, in one pass: what proposals are argued from."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from lumbung.core.tables import shapes
from lumbung.core.tables.connections import ask, name, plain_source, text

# Texts that stand for "no value here" in Indonesian and English tables.
MARKS = ("-", "–", "—", "...", "…", "NA", "N/A", "n/a", "na", "#N/A", "NULL", "null", "nihil", "Nihil", "tidak ada")
TRUTHS = ("ya", "tidak", "Ya", "Tidak", "YA", "TIDAK", "true", "false", "True", "False", "TRUE", "FALSE")
THREE, GROUP = "[+-]?[1-9][0-9]{0,2}", "[+-]?[0-9]{1,3}"
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?"

# Each cell in the first class it fits; what is certain stands before what is not. Cells are first told apart by whether
# they hold letters, or digits alone, so that a text is not held against thirty forms of numbers.
WITH_LETTERS: tuple[tuple[str, str], ...] = (
    ("exponent", r"[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+"),
    ("iso_datetime", MOMENT),
    ("code", "[0-9A-Za-z][0-9A-Za-z./_-]*"),
)
DIGITS_ALONE: tuple[tuple[str, str], ...] = (
    ("year", "(19|20)[0-9]{2}"),
    ("phone", "(62|0)8[0-9]{7,11}"),
    ("sixteen", "[0-9]{16}"),
    ("long", "[0-9]{19,}"),
    ("zeros", "0[0-9]+"),
    ("digits", "[0-9]+"),
)
WITH_SIGNS: tuple[tuple[str, str], ...] = (
    ("region", r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}(\.[12][0-9]{3})?"),
    ("two_and_two", r"[1-9][0-9]\.[0-9]{2}"),
    ("comma_decimal", "[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})"),
    ("dot_three", rf"{THREE}\.[0-9]{{3}}"),
    ("dot_thousands", rf"{THREE}(\.[0-9]{{3}}){{2,5}}"),
    ("dot_groups", rf"{GROUP}((\.[0-9]{{3}})+,[0-9]+|(\.[0-9]{{3}}){{2,}})"),
    ("dot_decimal", r"[+-]?[0-9]+\.[0-9]+"),
    ("comma_three", f"{THREE},[0-9]{{3}}"),
    ("comma_thousands", rf"{THREE}(,[0-9]{{3}}){{2,5}}"),
    ("comma_groups", rf"{GROUP}((,[0-9]{{3}})+\.[0-9]+|(,[0-9]{{3}}){{2,}})"),
    ("comma_decimal", "[+-]?[0-9]+,[0-9]+"),
    ("signed", "[+-][0-9]+"),
    ("iso_date", "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
    ("iso_datetime", MOMENT),
    ("year_month", "(19|20)[0-9]{2}-(0[1-9]|1[0-2])"),
    ("phone", r"\+628[0-9]{7,11}"),
    ("day_first", "(1[3-9]|2[0-9]|3[01])SIGN(0?[1-9]|1[0-2])SIGN[0-9]{4}"),
    ("month_first", "(0?[1-9]|1[0-2])SIGN(1[3-9]|2[0-9]|3[01])SIGN[0-9]{4}"),
    ("day_or_month", "(0?[1-9]|1[0-2])SIGN(0?[1-9]|1[0-2])SIGN[0-9]{4}"),
    ("code", "[0-9A-Za-z][0-9A-Za-z./_-]*"),
)
DATE_SIGNS = {"slash": "/", "dash": "-", "dot": r"\."}
EXAMPLES = 3
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Facts:
    """What the cells of one column look like.

    filled    cells that are neither empty nor a mark
    classes   how many of them are of each class; "words" has no digit in it
    marks     how often each text for "no value" stands there
    distinct  about how many different cells there are
    longest   characters
    """

    name: str
    label: str
    rows: int
    empty: int
    classes: Mapping[str, int]
    marks: Mapping[str, int]
    distinct: int
    longest: int

    @property
    def filled(self) -> int:
        return sum(self.classes.values())

    def of(self, *classes: str) -> int:
        """How many cells are of these classes."""
        return sum(self.classes.get(each, 0) for each in classes)

    def only(self, *classes: str) -> bool:
        """Whether all cells are of these classes, and there are some."""
        return self.filled > 0 and self.of(*classes) == self.filled


def look(connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable) -> tuple[Facts, ...]:
    """The facts of every column, some columns at a time: a table may have ten thousand."""
    places = list(enumerate(plain.header))
    return tuple(
        facts
        for start in range(0, len(places), AT_ONCE)
        for facts in _look_at(connection, plain, places[start : start + AT_ONCE])
    )


def _look_at(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, columns: list[tuple[int, str]]
) -> list[Facts]:
    cells = ", ".join(f"{name(column)}, {_class(name(column))} AS k{place}" for place, column in columns)
    asked = ", ".join(
        f"histogram(k{place}), count({cell}), approx_count_distinct({cell}), max(length({cell}))"
        for place, cell in ((place, name(column)) for place, column in columns)
    )
    question = f"SELECT {asked} FROM (SELECT {cells} FROM {plain_source(plain)})"  # noqa: S608 - quoted parts
    answer = iter(ask(connection, question)[0])
    return [
        _facts(plain, place, next(answer) or {}, next(answer), next(answer), next(answer) or 0)
        for place, _column in columns
    ]


def first_of(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, column: str, classes: tuple[str, ...]
) -> list[tuple[int, str]]:
    """The first cells of a column that are of these classes, with their row in the source."""
    numbered = f"(SELECT {name(column)} AS cell, row_number() OVER () AS n FROM {plain_source(plain)})"  # noqa: S608
    wanted = ", ".join(text(each) for each in classes)
    rows = ask(
        connection,
        f"SELECT n, left(cell, 80) FROM {numbered} WHERE {_class('cell')} IN ({wanted}) ORDER BY n LIMIT {EXAMPLES}",  # noqa: S608
    )
    numbers = plain.numbers()
    return [(numbers.source_row(row), cell) for row, cell in rows]


def values_of(connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, column: str) -> list[tuple[str, int]]:
    """Every different cell of a column with few of them, and how often it stands there."""
    quoted = name(column)
    return ask(
        connection,
        f"SELECT {quoted}, count(*) FROM {plain_source(plain)} WHERE {quoted} IS NOT NULL "  # noqa: S608 - quoted
        "GROUP BY ALL ORDER BY 1 LIMIT 200",
    )


def _class(cell: str) -> str:
    """SQL of the class of a cell. A mark is named by itself, so that it can be proposed as a missing value."""
    marks, truths = (", ".join(text(each) for each in texts) for texts in (MARKS, TRUTHS))
    return (
        f"CASE WHEN {cell} IS NULL THEN NULL "
        f"WHEN NOT regexp_matches({cell}, '[0-9]') THEN CASE WHEN {cell} IN ({marks}) THEN 'mark:' || {cell} "
        f"WHEN {cell} IN ({truths}) THEN 'truth' ELSE 'words' END "
        f"WHEN regexp_matches({cell}, '[A-Za-z]') THEN {_first_fit(cell, WITH_LETTERS)} "
        f"WHEN regexp_full_match({cell}, '[0-9]+') THEN {_first_fit(cell, DIGITS_ALONE)} "
        f"ELSE {_first_fit(cell, WITH_SIGNS)} END"
    )


def _first_fit(cell: str, classes: tuple[tuple[str, str], ...]) -> str:
    fits = " ".join(
        f"WHEN regexp_full_match({cell}, {text(pattern.replace('SIGN', sign))}) THEN {text(label)}"
        for key, pattern in classes
        for label, sign in _signed(key, pattern)
    )
    return f"CASE {fits} ELSE 'text' END"


def _signed(key: str, pattern: str) -> list[tuple[str, str]]:
    return [(f"{key}:{word}", sign) for word, sign in DATE_SIGNS.items()] if "SIGN" in pattern else [(key, "")]


def _facts(
    plain: shapes.PlainTable, place: int, counts: Mapping[str, int], cells: int, distinct: int, longest: int
) -> Facts:
    return Facts(
        name=plain.header[place],
        label=plain.labels[place],
        rows=plain.row_count,
        empty=plain.row_count - cells,
        classes={key: count for key, count in sorted(counts.items()) if not key.startswith("mark:")},
        marks={key.removeprefix("mark:"): n for key, n in sorted(counts.items()) if key.startswith("mark:")},
        distinct=distinct,
        longest=longest,
    )
