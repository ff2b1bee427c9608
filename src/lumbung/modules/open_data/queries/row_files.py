"""Answers about rows as files: CSV, Parquet, Arrow; whole, with their exact total, or refused."""

import dataclasses
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from lumbung.core.datasets import queries as versions
from lumbung.core.tables import connections
from lumbung.modules.open_data.queries import catalogue, questions, rows
from lumbung.modules.open_data.queries.questions import Place, Question, Statement

FileKind = Literal["csv", "parquet", "arrow"]
ROWS_AT_ONCE = 10_000
# Binary numbers below the first are written without exponent, with at most the second behind the point.
SHORT_NUMBER, SHORT_SCALE = 10**10, 5
SCALE = re.compile(r",(\d+)\)")
SPECIAL = set(',"\n\r')
TRIMMED = (  # 12.500 as 12.5 and 640.00 as 640
    "CASE WHEN contains(CAST({cell} AS VARCHAR), '.') THEN rtrim(rtrim(CAST({cell} AS VARCHAR), '0'), '.') "
    "ELSE CAST({cell} AS VARCHAR) END"
)
WHOLE = r"regexp_replace(CAST({cell} AS VARCHAR), '\.0$', '')"  # a mean of 2.0 as 2, as beside other columns


@dataclass(frozen=True, slots=True)
class File:
    """An answer written down; its path is gone when whoever asked is done."""

    path: Path
    total: int
    place: Place | None = None


@contextmanager
def written(
    table: catalogue.TableShown,
    question: Question,
    kind: FileKind,
    *,
    limit: int | None,
    offset: int = 0,
    after: Place | None = None,
) -> Iterator[File]:
    """The answer as a file, all of it where no limit is named, with its exact total; gone when this ends."""
    path = versions.path_of(table.version, "parquet")
    if kind == "parquet" and limit is None and not offset and after is None and _is_whole(question):
        yield File(path, table.version.row_count)
        return
    folder = Path(tempfile.mkdtemp(prefix="lumbung-rows-"))
    target = folder / f"rows.{kind}"
    writes = None if kind == "arrow" else target
    try:
        with rows.connected(path, len(question.columns), seconds=rows.FILE_SECONDS, writes=writes) as connection:
            total = rows.all_of(connection, questions.count_of(question, path))[0][0]
            asked = questions.rows_of(question, path, limit=limit, offset=offset, after=after)
            WRITERS[kind](connection, questions.named(question, asked, is_text=kind == "csv"), target)
            place = _last_place(connection, path, question, limit, offset, after) if limit else None
        yield File(target, total, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_whole(question: Question) -> bool:
    return question == questions.everything(question.columns)


def _last_place(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    question: Question,
    limit: int,
    offset: int,
    after: Place | None,
) -> Place | None:
    """The place of the last row of a page; None where the page is not full."""
    if question.aggregates:
        return None
    bare = questions.placed(dataclasses.replace(question, shown=()))
    last = rows.all_of(connection, questions.rows_of(bare, path, limit=1, offset=offset + limit - 1, after=after))
    return questions.place_of(question, last[0][:-1], last[0][-1]) if last else None


def _batches(connection: duckdb.DuckDBPyConnection, statement: Statement) -> Any:
    return connection.execute(statement.sql, list(statement.values)).to_arrow_reader(ROWS_AT_ONCE)


def _write_csv(connection: duckdb.DuckDBPyConnection, statement: Statement, target: Path) -> None:
    """RFC 4180: texts in quotes, so that readers who guess types keep codes as texts; an empty cell without.

    That of a single column is the exception: a line without a sign is passed over by most readers.

    Arrow writes in half the time and half the memory of COPY, but decimals only as binary numbers: those of at most ten
    and five digits become the same text. Longer ones are left to COPY, which writes the same file.
    """
    kinds = {each[0]: str(each[1]) for each in _described(connection, statement)}
    decimals = [name for name, kind in kinds.items() if kind.startswith("DECIMAL")]
    if len(kinds) == 1:
        statement = _never_blank(statement, *next(iter(kinds.items())))
        decimals = []
    elif _are_short(connection, statement, decimals, kinds):
        _write_csv_by_arrow(connection, _replaced(statement, decimals, "CAST({cell} AS DOUBLE)"), target, kinds)
        return
    spelt = _replaced(statement, decimals, TRIMMED)
    texts = ", ".join(connections.name(name) for name, kind in kinds.items() if kind == "VARCHAR")
    quoted = f", FORCE_QUOTE ({texts})" if texts else ""
    told = f"COPY ({spelt.sql}) TO {connections.text(str(target))} (FORMAT csv, HEADER true{quoted})"
    connection.execute(told, list(spelt.values))


def _never_blank(statement: Statement, column: str, kind: str) -> Statement:
    """The one column as texts, a missing value as an empty one: most readers of CSV pass over a line without a sign."""
    form = TRIMMED if kind.startswith("DECIMAL") else WHOLE if kind == "DOUBLE" else "CAST({cell} AS VARCHAR)"
    return _replaced(statement, [column], f"coalesce({form}, '')")


def _described(connection: duckdb.DuckDBPyConnection, statement: Statement) -> list[tuple[Any, ...]]:
    none = connection.execute(f"SELECT * FROM ({statement.sql}) LIMIT 0", list(statement.values))  # noqa: S608
    return list(none.description or ())


def _are_short(
    connection: duckdb.DuckDBPyConnection, statement: Statement, decimals: list[str], kinds: dict[str, str]
) -> bool:
    """Whether every decimal is the same text when it is written as a binary number."""
    if not decimals:
        return True
    if any(int(SCALE.search(kinds[name])[1]) > SHORT_SCALE for name in decimals):  # type: ignore[index]
        return False
    largest = ", ".join(f"max(abs({connections.name(name)}))" for name in decimals)
    told = connection.execute(f"SELECT {largest} FROM ({statement.sql})", list(statement.values))  # noqa: S608
    return all(value is None or value < SHORT_NUMBER for value in told.fetchall()[0])


def _replaced(statement: Statement, names: list[str], form: str) -> Statement:
    """The same with some cells in another form."""
    if not names:
        return statement
    cells = [connections.name(name) for name in names]
    told = ", ".join(f"{form.format(cell=cell)} AS {cell}" for cell in cells)
    return Statement(f"SELECT * REPLACE ({told}) FROM ({statement.sql})", statement.values)  # noqa: S608


def _write_csv_by_arrow(
    connection: duckdb.DuckDBPyConnection, statement: Statement, target: Path, kinds: dict[str, str]
) -> None:
    from pyarrow import csv  # noqa: PLC0415 - 50 MB that only those who ask for files need

    batches = _batches(connection, statement)
    options = csv.WriteOptions(include_header=False, quoting_style="needed")
    with target.open("wb") as file:
        names = (_quoted(name) if kind == "VARCHAR" or SPECIAL & set(name) else name for name, kind in kinds.items())
        file.write(f"{','.join(names)}\n".encode())
        with csv.CSVWriter(file, batches.schema, write_options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _write_arrow(connection: duckdb.DuckDBPyConnection, statement: Statement, target: Path) -> None:
    """An Arrow IPC stream, some rows at a time."""
    from pyarrow import ipc  # noqa: PLC0415 - as above

    batches = _batches(connection, statement)
    with ipc.new_stream(str(target), batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_parquet(connection: duckdb.DuckDBPyConnection, statement: Statement, target: Path) -> None:
    told = f"COPY ({statement.sql}) TO {connections.text(str(target))} (FORMAT parquet, COMPRESSION zstd)"
    connection.execute(told, list(statement.values))


WRITERS = {"csv": _write_csv, "parquet": _write_parquet, "arrow": _write_arrow}
