"""Rows of published tables for everyone: by an index where one serves, else by a scan within limits of memory and time.

Both give the same rows. Whatever cannot be answered whole within them is refused with a sentence, never cut short.
"""

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

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
# A file is written on one thread: two take no less time, and half as much memory again.
FILE_LIMITS = connections.Limits(memory_mb=100, threads=1)
ANSWER_SECONDS, FILE_SECONDS, WAIT_SECONDS = 4.0, 20.0, 2.0
RETRY_SECONDS = 10
# Pages people turn again and again; a version never changes, so neither do its answers.
KEPT_ANSWERS, KEPT_ROWS, KEPT_TOTALS = 128, 100, 4096
# So many questions at once in one process: memory and processors stay with whoever has begun.
SLOTS = threading.BoundedSemaphore(2)
TOTALS: dict[tuple[Path, Statement], int] = {}
# So many files stay open in one process, with what was read of their last pages.
READERS = connections.Readers(most=4)

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
    if question.aggregates and page is not None and page[0]:
        return _grouped(path, question, limit=page[0], offset=page[1])
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


def _grouped(path: Path, question: Question, *, limit: int, offset: int) -> tuple[tuple[tuple[Any, ...], ...], int]:
    """A page of groups and how many there are: counted apart only where the page lies behind the last of them."""
    answer = _kept if limit <= KEPT_ROWS else _fresh
    rows = questions.rows_of(question, path, limit=limit, offset=offset, is_counted=True)
    found = answer(path, len(question.columns), None, rows)[0] or ()
    if found:
        return tuple(row[1:] for row in found), found[0][0]
    count = questions.count_of(question, path) if offset else None
    return (), answer(path, len(question.columns), count, None)[1] or 0


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
    with connected(path, columns, seconds=ANSWER_SECONDS) as connection:
        total = all_of(connection, count)[0][0] if count else None
        return tuple(all_of(connection, rows)) if rows else None, total


_kept = lru_cache(maxsize=KEPT_ANSWERS)(_fresh)


def all_of(connection: duckdb.DuckDBPyConnection, statement: Statement) -> list[tuple[Any, ...]]:
    return connection.execute(statement.sql, list(statement.values)).fetchall()


@contextmanager
def connected(
    path: Path, columns: int, *, seconds: float, writes: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for one file, in turn with others, stopped when its time is over.

    writes  a file the engine may write itself; such a connection is made for this once
    """
    limits = connections.fitted(FILE_LIMITS if writes else LIMITS, columns)
    with (
        turn(),
        spoken(),
        _connection(path, limits, writes) as connection,
        connections.stopped_after(connection, seconds),
    ):
        yield connection


@contextmanager
def turn() -> Iterator[None]:
    """One of the places of those who ask for rows; raises Crowded where none gets free in time."""
    if not SLOTS.acquire(timeout=WAIT_SECONDS):
        raise Crowded("too-busy", TOO_BUSY)
    try:
        yield
    finally:
        SLOTS.release()


@contextmanager
def _connection(path: Path, limits: connections.Limits, writes: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    if writes is None:
        with READERS.reading(path, limits) as connection:
            yield connection
        return
    with (
        tempfile.TemporaryDirectory(prefix="lumbung-rows-") as folder,
        connections.opened(reads=[path], writes=[writes], temporary=Path(folder), limits=limits) as connection,
    ):
        yield connection


@contextmanager
def spoken(*, too_slow: str | Promise = TOO_SLOW) -> Iterator[None]:
    """What the engine says when it cannot go on, in words; through a reader of Arrow it says so as an OSError."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        said = str(error)
        if said.startswith("INTERRUPT Error"):
            raise Busy("took-too-long", too_slow) from error
        if said.startswith("Out of Memory Error"):
            raise Busy("needs-too-much-memory", TOO_BIG) from error
        if said.startswith(("Conversion Error", "Out of Range Error")):
            raise BadQuestion("number-out-of-range", OUT_OF_RANGE) from error
        raise
