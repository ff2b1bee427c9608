"""Rows of a published table as CKAN's datastore gives them: our own compiled SQL over one Parquet file."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from django.utils.translation import gettext as _

from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.tables import connections
from lumbung.core.tables.connections import name, text
from lumbung.modules.open_data.ckan import BUSY, TOO_MANY, Fault, invalid
from lumbung.modules.open_data.queries import rows as scans
from lumbung.modules.open_data.queries.datastore_values import held, value_of

ROW = "_id"
FILE_ROW = "file_row_number"
SECONDS = 10.0
ROOM = connections.Limits(memory_mb=256, threads=2)
BLOCK_ROWS = 2_000
# What is compared is planned before any limit of time can end it; each word is looked for in every column of texts.
MOST_VALUES, MOST_WORDS, MOST_STEPS = 1_000, 20, 20
OPERATORS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "eq": "="}
SORT = re.compile(
    r'^\s*(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<bare>.+?))(?:\s+(?P<way>asc|desc))?(?:\s+nulls\s+(?P<nulls>first|last))?\s*$',
    re.IGNORECASE,
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a table is wanted; names and values as they were sent."""

    filters: Mapping[str, Any]
    words: str | Mapping[str, Any]
    fields: Sequence[str]
    order: Sequence[str]
    is_distinct: bool
    limit: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question, compiled: names quoted, values beside it."""

    chosen: Sequence[str]
    rows: str
    count: str
    values: Sequence[Any]


class Table:
    """One opened file: its columns with their types, and the answers to compiled questions."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self._source = f"read_parquet({text(str(path))})"
        described = connection.execute(f"DESCRIBE SELECT * FROM {self._source}").fetchall()  # noqa: S608 - path quoted
        self.kinds: dict[str, str] = {str(row[0]): str(row[1]) for row in described}
        if not {ROW, FILE_ROW} & self.kinds.keys():
            # A row's number is its place in the file.
            self._source = (
                f"(SELECT {FILE_ROW} + 1 AS {name(ROW)}, * EXCLUDE ({FILE_ROW}) "  # noqa: S608 - path quoted
                f"FROM read_parquet({text(str(path))}, file_row_number = true))"
            )
            self.kinds = {ROW: "BIGINT", **self.kinds}

    def compiled(self, asked: Asked) -> Question:
        """The question as SQL; raises Fault naming what does not exist or does not fit."""
        conditions, values = self._conditions(asked)
        chosen = self._chosen(asked)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        told = ", ".join(name(column) for column in chosen)
        word = "SELECT DISTINCT" if asked.is_distinct else "SELECT"
        rows = f"{word} {told} FROM {self._source}{where}"
        counted = f"({rows})" if asked.is_distinct else f"{self._source}{where}"
        total = f"SELECT count(*) FROM {counted}"  # noqa: S608 - names quoted, values bound
        return Question(chosen, rows + self._order(asked, chosen) + _page(asked), total, values)

    def rows(self, question: Question) -> list[Row]:
        """All rows of the answer."""
        return self._ask(question.rows, question.values)

    def total(self, question: Question) -> int:
        """How many rows there are without limit and offset."""
        return int(self._ask(question.count, question.values)[0][0])

    def streamed(self, question: Question) -> Iterator[list[Row]]:
        """The rows, some at a time, so that a large table needs no memory.

        The first of them are here when this returns: what takes too long or too much is refused before any is sent.
        """
        with self._within_limits():
            answer = self._connection.execute(question.rows, list(question.values))
            first = answer.fetchmany(BLOCK_ROWS)
        return _blocks(first, answer)

    def _ask(self, sql: str, values: Sequence[Any]) -> list[Row]:
        with self._within_limits():
            return self._connection.execute(sql, list(values)).fetchall()

    @contextmanager
    def _within_limits(self) -> Iterator[None]:
        """In turn with all who ask for rows, and not for ever."""
        try:
            with scans.turn(), connections.stopped_after(self._connection, SECONDS):
                yield
        except scans.Crowded as crowded:
            raise Fault(
                TOO_MANY, {"message": crowded.sentence}, retry_after_seconds=crowded.retry_after_seconds
            ) from crowded
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            sentence = _("This question takes too long or too much. Narrow it with filters, or download the file.")
            raise Fault(BUSY, {"message": str(sentence)}, retry_after_seconds=60) from error

    def _chosen(self, asked: Asked) -> list[str]:
        for field in asked.fields:
            self._require("fields", field)
        if asked.fields:
            return list(dict.fromkeys(asked.fields))
        return [column for column in self.kinds if column != ROW or not asked.is_distinct]

    def _require(self, place: str, field: str) -> str:
        if field not in self.kinds:
            raise invalid(place, _("field “%(field)s” not in table") % {"field": field[:60]})
        return self.kinds[field]

    def _order(self, asked: Asked, chosen: Sequence[str]) -> str:
        if len(asked.order) > MOST_STEPS:
            raise invalid("sort", _("At most %(most)s columns give an order.") % {"most": MOST_STEPS})
        steps = [self._step(each, asked, chosen) for each in asked.order]
        if ROW in self.kinds and not asked.is_distinct and steps:
            steps.append(name(ROW))  # equal rows keep the order of the file, so that pages never overlap
        if asked.is_distinct:
            steps += [name(column) for column in chosen]
        return f" ORDER BY {', '.join(steps)}" if steps else ""

    def _step(self, each: str, asked: Asked, chosen: Sequence[str]) -> str:
        found = SORT.match(each)
        field = (found["quoted"] or found["bare"] or "").replace('""', '"') if found else each
        self._require("sort", field)
        if asked.is_distinct and field not in chosen:
            raise invalid("sort", _("With “distinct”, sort by a field that is chosen."))
        way = (found["way"] if found else "") or "asc"
        # As PostgreSQL does, and with it every client of CKAN expects: no value stands above all values.
        nulls = (found["nulls"] if found else "") or ("last" if way.lower() == "asc" else "first")
        return f"{name(field)} {way.upper()} NULLS {nulls.upper()}"

    def _conditions(self, asked: Asked) -> tuple[list[str], list[Any]]:
        told: list[str] = []
        values: list[Any] = []
        if sum(len(each) for each in asked.filters.values() if isinstance(each, list)) > MOST_VALUES:
            raise invalid("filters", _("At most %(most)s values are compared.") % {"most": MOST_VALUES})
        for field, wanted in asked.filters.items():
            one, more = _filter(name(field), field, self._require("filters", field), wanted)
            told.append(one)
            values += more
        for number, (one, value) in enumerate(self._words(asked.words)):
            if number == MOST_WORDS:
                raise invalid("q", _("At most %(most)s words are looked for.") % {"most": MOST_WORDS})
            told.append(one)
            values += value
        return told, values

    def _words(self, asked: str | Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
        """Every word has to stand in some text of the row, or in the column it is given for."""
        if isinstance(asked, Mapping):
            for field, wanted in asked.items():
                self._require("q", field)
                for word in str(wanted).split():
                    yield _contains([field]), [word.lower()]
            return
        texts = [column for column, kind in self.kinds.items() if kind == "VARCHAR"]
        others = {column: kind for column, kind in self.kinds.items() if kind != "VARCHAR" and column != ROW}
        for word in asked.split():
            same = {column: value for column, kind in others.items() if (value := held(kind, word)) is not None}
            told = " OR ".join([_contains(texts), *(f"{name(column)} = ?" for column in same)])
            yield f"({told})", [*[word.lower()] * len(texts), *same.values()]


def _blocks(first: list[Row], answer: duckdb.DuckDBPyConnection) -> Iterator[list[Row]]:
    block = first
    while block:
        yield block
        block = answer.fetchmany(BLOCK_ROWS)


def _contains(columns: Sequence[str]) -> str:
    held = [f"contains(lower(CAST({name(column)} AS VARCHAR)), ?)" for column in columns]
    return f"({' OR '.join(held)})" if held else "false"


def _page(asked: Asked) -> str:
    limit = "" if asked.limit is None else f" LIMIT {asked.limit:d}"
    return f"{limit} OFFSET {asked.offset:d}" if asked.offset else limit


def _filter(column: str, field: str, kind: str, wanted: Any) -> tuple[str, list[Any]]:
    """Equal to a value, to one of a list, or within bounds; a list may hold bounds as well."""
    several = wanted if isinstance(wanted, list) else [wanted]
    if not several:
        return "false", []
    pieces = [_one(column, field, kind, each) for each in several]
    return f"({' OR '.join(sql for sql, _values in pieces)})", [value for _sql, more in pieces for value in more]


def _one(column: str, field: str, kind: str, wanted: Any) -> tuple[str, list[Any]]:
    if wanted is None:
        return f"{column} IS NULL", []
    if not isinstance(wanted, dict):
        return f"{column} = ?", [value_of(field, kind, wanted)]
    if not wanted or not wanted.keys() <= OPERATORS.keys():
        known = ", ".join(OPERATORS)
        raise invalid("filters", _("Bounds of “%(field)s” are: %(known)s.") % {"field": field[:60], "known": known})
    told = [f"{column} {OPERATORS[operator]} ?" for operator in wanted]
    return f"({' AND '.join(told)})", [value_of(field, kind, value) for value in wanted.values()]


@contextmanager
def opened(version: DatasetVersion) -> Iterator[Table]:
    """The table of a version; nothing but its one file can be read through it."""
    path = versions.path_of(version, "parquet")
    with (
        tempfile.TemporaryDirectory(prefix="lumbung-rows-") as temporary,
        connections.opened(reads=[path], temporary=Path(temporary), limits=ROOM) as connection,
    ):
        yield Table(connection, path)
