"""SQL of anybody on a copy of one open table: answered in a process of its own, whole or with what is missing told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.sql import asking
from lumbung.core.tables.sql.asking import Answer, Fault
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries import catalogue, indexed, row_copies
from lumbung.modules.open_data.queries.rows import BadQuestion, Busy, Crowded, TooMuch

MOST_SIGNS = 8_000
EXAMPLE_ROWS = 20

SENTENCES: Mapping[str, Promise] = {
    "busy": _("Many questions are being answered right now. Try again in %(seconds)s seconds."),
    "slow": _("This query took longer than a second. Narrow it with WHERE, or ask for fewer columns and rows."),
    "memory": _("This query needs more memory than allowed. Narrow it with WHERE, or sort fewer rows."),
    "long": _("A text in this query grew longer than 100,000 characters. Join or repeat less."),
    "forbidden": _("This is not allowed here: one SELECT on the table data, with the functions listed. (%(detail)s)"),
    "several": _("Write one statement only, without another behind a semicolon."),
    "empty": _("Write a query that begins with SELECT."),
    "wrong": _("This query cannot be read. SQLite says: %(detail)s"),
}
TOO_LONG = _("This query is longer than %(most)s characters. Shorten it.")
NO_COPY = _("This table is being prepared for SQL. Try again in %(seconds)s seconds, or use the filter of the table.")
TOO_LARGE = _("This table has more than %(most)s rows, too many for SQL. Use the filter of the table, or download it.")
CUT = _("The answer has %(total)s rows and is cut to %(shown)s. Add LIMIT and WHERE, or download the whole file.")
CUT_FILE = _("This answer has %(total)s rows; a CSV cannot say that it is cut. Add LIMIT %(most)s, or ask for JSON.")

KINDS: Mapping[str, Promise] = {
    "text": _("text"),
    "whole": _("whole number"),
    "decimal": _("decimal number"),
    "truth": _("1 for yes, 0 for no"),
    "day": _("text such as 2024-12-31"),
    "moment": _("text such as 2024-12-31 23:59:00"),
}
EXACT = _("text with every digit of the column before, which is rounded beyond 15 digits")


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column as a query names it."""

    name: str
    label: str
    kind: Promise
    held: str

    @property
    def quoted(self) -> str:
        """The name as SQL writes it: in double quotes where it is no plain word."""
        is_plain = self.name.isidentifier() and self.name.isascii() and self.name.lower() == self.name
        return self.name if is_plain and self.name not in RESERVED else '"' + self.name.replace('"', '""') + '"'


# Words of SQL a column of a table might be called.
RESERVED = frozenset(("all", "and", "as", "by", "case", "desc", "from", "group", "in", "index", "limit", "not", "no"))
RESERVED |= frozenset(("null", "on", "or", "order", "select", "set", "table", "to", "values", "when", "where"))


def ask(table: catalogue.TableShown, sql: str) -> Answer:
    """The answer to a query on a table whose rows are open.

    raises  BadQuestion with what SQLite says, Busy or Crowded with when to come back
    """
    if len(sql) > MOST_SIGNS:
        raise TooMuch("sql-too-long", TOO_LONG, field="q", most=MOST_SIGNS)
    if not sql.strip() or "\0" in sql:
        raise BadQuestion("sql-empty", SENTENCES["empty"], field="q")
    answer = asking.ask(copy_of(table), sql)
    if isinstance(answer, Fault):
        raise _refusal(answer)
    return answer


def copy_of(table: catalogue.TableShown) -> Path:
    """The copy of a table; refused for a while where it is not made yet, for good where the table is too large."""
    if table.version.row_count > row_copies.MOST_ROWS:
        raise BadQuestion("sql-table-too-large", TOO_LARGE, most=row_copies.MOST_ROWS)
    copy = row_copies.path_of(table.version)
    if not copy.exists():
        raise Busy("sql-not-ready", NO_COPY)
    return copy


def _refusal(fault: Fault) -> BadQuestion | Busy:
    sentence = SENTENCES.get(fault.kind, SENTENCES["wrong"])
    if fault.kind == "busy":
        return Crowded("too-busy", sentence)
    if fault.kind in {"slow", "memory"}:
        return Busy(f"sql-{fault.kind}", sentence)
    return BadQuestion(f"sql-{fault.kind}", sentence, field="q", detail=fault.detail)


def columns_of(table: catalogue.TableShown) -> list[SqlColumn]:
    """Everything a query can name, in order, with what it means."""
    labels = {name: shape.words(told.get("label")) for name, told in table.variables.items()}
    return [
        SqlColumn(name, labels.get(name, ""), KINDS[kind] if name == published else EXACT, kind)
        for name, published, kind in indexed.public_columns(copy_of(table))
    ]


def examples_of(columns: list[SqlColumn], key: Sequence[str] = ()) -> list[tuple[Promise, str]]:
    """Queries that work on this table, from the simplest; rows are counted by a column that does not name each."""
    told: list[tuple[Promise, str]] = [(_("The first rows"), f"SELECT * FROM data LIMIT {EXAMPLE_ROWS}")]  # noqa: S608
    texts = [each for each in columns if each.held == "text"]
    text = next((each.quoted for each in texts if [each.name] != list(key)), None)
    number = next((each.quoted for each in columns if each.held == "decimal"), None)
    if text is not None:
        counted = f"SELECT {text}, count(*) AS jumlah_baris\nFROM data\nGROUP BY {text}\nORDER BY jumlah_baris DESC"
        told.append((_("How many rows each value has"), counted))
    if text is not None and number is not None:
        summed = f"SELECT {text}, min({number}) AS terkecil, avg({number}) AS rata_rata, max({number}) AS terbesar"
        told.append((_("Smallest, mean and largest"), f"{summed}\nFROM data\nGROUP BY {text}"))
    if number is not None:
        largest = (
            f"SELECT *, rank() OVER (ORDER BY {number} DESC) AS peringkat\nFROM data\nORDER BY peringkat\nLIMIT 10"
        )
        told.append((_("The ten largest, ranked"), largest))
    return told
