"""Rows of published tables for everyone: by an index where one serves, else by a scan within limits of memory and time.

Both give the same rows. Whatever cannot be answered whole within them is refused with a sentence, never cut short.
"""

import dataclasses
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import duckdb
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.datasets import queries as versions
from lumbung.core.tables import connections
from lumbung.core.tables.descriptors import OURS
from lumbung.core.tables.schemas import KINDS, Kind, SchemaField
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import catalogue, indexed, questions, row_copies
from lumbung.modules.open_data.queries.questions import Place, Question, Statement

LIMITS = connections.Limits(memory_mb=200, threads=2)
ANSWER_SECONDS, FILE_SECONDS, WAIT_SECONDS = 4.0, 20.0, 2.0
RETRY_SECONDS = 10
# Pages people turn again and again; a version never changes, so neither do its answers.
KEPT_ANSWERS, KEPT_ROWS, KEPT_TOTALS = 128, 100, 4096
# So many questions at once in one process: memory and processors stay with whoever has begun.
SLOTS = threading.BoundedSemaphore(2)
TOTALS: dict[tuple[Path, Statement], int] = {}
FORMATS = {"csv": "FORMAT csv, HEADER true", "parquet": "FORMAT parquet, COMPRESSION zstd"}
FileKind = Literal["csv", "parquet", "arrow"]
ARROW_ROWS = 10_000

TOO_SLOW = _("This question took longer than allowed. Ask for fewer rows with `where`, or download the whole file.")
TOO_BUSY = _("Many questions are being answered right now. Try again in %(seconds)s seconds.")
TOO_BIG = _("This question needs more memory than allowed. Narrow it with `where`, or download the whole file.")
OUT_OF_RANGE = _("A number is too large for this column, or a sum too large to write. Narrow the question.")


class Busy(Refused):
    """It cannot be answered whole now; says what to do instead."""

    status = 503
    retry_after_seconds = RETRY_SECONDS

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code, message, seconds=RETRY_SECONDS)


class Crowded(Busy):
    """Too many ask at once; whoever comes again a little later is answered."""

    status = 429


class BadQuestion(Refused):
    """A question nobody could answer; says what to write instead."""

    status = 400


class TooMuch(Refused):
    """More than one answer or one question may hold."""

    status = 413


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of one page, how many there are in all, and the place behind which the next page begins."""

    question: Question
    rows: tuple[tuple[Any, ...], ...]
    total: int
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class File:
    """An answer written down; its path is gone when whoever asked is done."""

    path: Path
    total: int
    place: Place | None = None


def columns_of(table: catalogue.TableShown) -> tuple[SchemaField, ...]:
    """The columns of a table as its published file has them: names, types in canonical form, what marks mean."""
    return tuple(
        SchemaField(
            field["name"],
            cast(Kind, field["type"]) if field.get("type") in KINDS else "string",
            marks=field.get(f"{OURS}marks", {}),
        )
        for field in table.schema["fields"]
    )


def is_open(release: Release, table: catalogue.TableShown) -> bool:
    """Whether anybody may read the rows."""
    return release.access == Dataset.Access.OPEN and release.withdrawn_at is None and table.version.withdrawn_at is None


def ask(
    table: catalogue.TableShown, question: Question, *, limit: int, offset: int = 0, after: Place | None = None
) -> Answer:
    """One page of the answer with its exact total, so many rows from the first or behind a place."""
    told, copy = questions.placed(question), row_copies.path_of(table.version)
    total = indexed.count(copy, question)
    rows = indexed.page(copy, told, limit=limit, offset=offset, after=after, total=total) if limit else []
    if rows is None or total is None:
        scanned = _scanned(table, told, None if rows is not None else (limit, offset, after), total)
        rows, total = rows if scanned[0] is None else list(scanned[0]), scanned[1]
    return _answer(question, rows or [], total)


def _answer(question: Question, rows: Sequence[tuple[Any, ...]], total: int) -> Answer:
    if question.aggregates:
        return Answer(question, tuple(rows), total)
    width = len(question.shown)
    place = questions.place_of(question, rows[-1][width:-1], rows[-1][-1]) if rows else None
    return Answer(question, tuple(row[:width] for row in rows), total, place)


def _scanned(
    table: catalogue.TableShown, question: Question, page: tuple[int, int, Place | None] | None, total: int | None
) -> tuple[tuple[tuple[Any, ...], ...] | None, int]:
    """What no index gave, from Parquet: the rows of a page, or their number, or both."""
    path = versions.path_of(table.version, "parquet")
    count = questions.count_of(question, path)
    total = TOTALS.get((path, count)) if total is None else total
    rows = None
    if page is not None:
        limit, offset, after = page
        rows = questions.rows_of(question, path, limit=limit, offset=offset, after=after)
    answer = _kept if page is None or page[0] <= KEPT_ROWS else _fresh
    found, counted = answer(path, len(question.columns), count if total is None else None, rows)
    if total is None:
        total = _keep_total(path, count, counted or 0)
    return found, total


def _keep_total(path: Path, count: Statement, total: int) -> int:
    """Pages of one question share their total: whoever turns them counts once."""
    if len(TOTALS) >= KEPT_TOTALS:
        TOTALS.clear()
    TOTALS[path, count] = total
    return total


def _fresh(
    path: Path, columns: int, count: Statement | None, rows: Statement | None
) -> tuple[tuple[tuple[Any, ...], ...] | None, int | None]:
    if count is None and rows is None:
        return None, None
    with _connected(path, columns, seconds=ANSWER_SECONDS) as connection:
        total = _all(connection, count)[0][0] if count else None
        return tuple(_all(connection, rows)) if rows else None, total


_kept = lru_cache(maxsize=KEPT_ANSWERS)(_fresh)


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
    folder = Path(tempfile.mkdtemp(prefix="lumbung-rows-"))
    target = folder / f"rows.{kind}"
    try:
        with _connected(path, len(question.columns), seconds=FILE_SECONDS, writes=target) as connection:
            total = _all(connection, questions.count_of(question, path))[0][0]
            rows = questions.rows_of(question, path, limit=limit, offset=offset, after=after)
            told = questions.named(question, rows, is_text=kind == "csv")
            if kind == "arrow":
                _write_arrow(connection, told, target)
            else:
                sql = f"COPY ({told.sql}) TO {connections.text(str(target))} ({FORMATS[kind]})"
                _all(connection, Statement(sql, told.values))
            place = _last_place(connection, path, question, limit, offset, after) if limit else None
        yield File(target, total, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
    last = _all(connection, questions.rows_of(bare, path, limit=1, offset=offset + limit - 1, after=after))
    return questions.place_of(question, last[0][:-1], last[0][-1]) if last else None


def _write_arrow(connection: duckdb.DuckDBPyConnection, statement: Statement, target: Path) -> None:
    """An Arrow IPC stream, some rows at a time."""
    from pyarrow import ipc  # noqa: PLC0415 - 50 MB that only those who ask for Arrow need

    reader = connection.execute(statement.sql, list(statement.values)).to_arrow_reader(ARROW_ROWS)
    with ipc.new_stream(str(target), reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _all(connection: duckdb.DuckDBPyConnection, statement: Statement) -> list[tuple[Any, ...]]:
    return connection.execute(statement.sql, list(statement.values)).fetchall()


@contextmanager
def _connected(
    path: Path, columns: int, *, seconds: float, writes: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for one file, in turn with others, stopped when its time is over."""
    if not SLOTS.acquire(timeout=WAIT_SECONDS):
        raise Crowded("too-busy", TOO_BUSY)
    try:
        with tempfile.TemporaryDirectory(prefix="lumbung-rows-") as folder, _spoken():
            targets = [writes] if writes else []
            limits = connections.fitted(LIMITS, columns)
            with (
                connections.opened(reads=[path], writes=targets, temporary=Path(folder), limits=limits) as connection,
                _stopped_after(connection, seconds),
            ):
                yield connection
    finally:
        SLOTS.release()


@contextmanager
def _spoken() -> Iterator[None]:
    """What the engine says when it cannot go on, in words."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise Busy("took-too-long", TOO_SLOW) from error
    except duckdb.OutOfMemoryException as error:
        raise Busy("needs-too-much-memory", TOO_BIG) from error
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        raise BadQuestion("number-out-of-range", OUT_OF_RANGE) from error


@contextmanager
def _stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    done = threading.Event()

    def watch() -> None:
        # Again and again: an interrupt that falls between two statements is lost.
        over = done.wait(seconds)
        while not over:
            connection.interrupt()
            over = done.wait(0.05)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
