"""Rows of published tables for everyone: found by the name of a dataset, asked within limits of memory and time.

Whatever cannot be answered whole within them is refused with a sentence, never cut short.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import duckdb
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.datasets import queries as versions
from lumbung.core.tables import connections
from lumbung.core.tables.descriptors import OURS
from lumbung.core.tables.schemas import KINDS, Kind, SchemaField
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import catalogue, questions, releases
from lumbung.modules.open_data.queries.questions import Question, Statement

LIMITS = connections.Limits(memory_mb=200, threads=2)
ANSWER_SECONDS, FILE_SECONDS, WAIT_SECONDS = 4.0, 20.0, 2.0
RETRY_SECONDS = 10
# Pages people turn again and again; a version never changes, so neither do its answers.
KEPT_ANSWERS, KEPT_ROWS = 128, 100
# So many questions at once in one process: memory and processors stay with whoever has begun.
SLOTS = threading.BoundedSemaphore(2)
FORMATS = {"csv": "FORMAT csv, HEADER true", "parquet": "FORMAT parquet, COMPRESSION zstd"}

TOO_SLOW = _("This question took longer than allowed. Ask for fewer rows with `where`, or download the whole file.")
TOO_BUSY = _("Many questions are being answered right now. Try again in %(seconds)s seconds.")
TOO_BIG = _("This question needs more memory than allowed. Narrow it with `where`, or download the whole file.")
OUT_OF_RANGE = _("A number is too large for this column, or a sum too large to write. Narrow the question.")


class Gone(Refused):
    """It was public and was withdrawn; says why."""

    status = 410


class Busy(Refused):
    """It cannot be answered whole now; says what to do instead."""

    status = 503
    retry_after_seconds = RETRY_SECONDS

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code, message, seconds=RETRY_SECONDS)


class BadQuestion(Refused):
    """A question nobody could answer; says what to write instead."""

    status = 400


class TooMuch(Refused):
    """More than one answer or one question may hold."""

    status = 413


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table whose rows are open to everyone."""

    dataset: Dataset
    release: Release
    shown: catalogue.TableShown

    @property
    def columns(self) -> tuple[SchemaField, ...]:
        return columns_of(self.shown)

    @property
    def fingerprint(self) -> str:
        return self.shown.version.parquet_sha256


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of one page, and how many there are in all."""

    question: Question
    rows: tuple[tuple[Any, ...], ...]
    total: int


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


def public_table(name: str, *, number: int | None = None, slug: str = "") -> PublicTable:
    """A table of the newest release that was not withdrawn, or of the release of that number.

    raises  NotFound, or Gone with the reason of the withdrawal
    """
    dataset = Dataset.objects.filter(name=name).select_related("portal", "producer").first()
    if dataset is None or not dataset.releases.exists():
        raise NotFound(
            "dataset-not-found", _("There is no dataset of this name. Look in the catalogue."), field="dataset"
        )
    if dataset.withdrawn_at is not None:
        raise _gone(dataset.withdrawn_reason)
    release = _release(dataset, number)
    if release.access != Dataset.Access.OPEN:
        raise NotFound(
            "rows-not-public", _("Only the description of this dataset is public. Ask the producer for access.")
        )
    return PublicTable(dataset, release, _table(release, slug))


def _release(dataset: Dataset, number: int | None) -> Release:
    release = releases.newest_of(dataset) if number is None else catalogue.release_at(dataset, number)
    if release is None and number is not None:
        raise NotFound(
            "release-not-found",
            _("This dataset has no release of that number. Leave `release` out for the newest."),
            field="release",
        )
    last = release or releases.last_of(dataset)
    if release is None or release.withdrawn_at is not None:
        raise _gone(last.withdrawn_reason if last else "")
    return release


def _table(release: Release, slug: str) -> catalogue.TableShown:
    tables = catalogue.tables_of(release)
    found = next((each for each in tables if each.slug == slug), None) if slug else next(iter(tables), None)
    if found is None:
        names = ", ".join(each.slug for each in tables)
        sentence = _("This release has no table of that name. It has: %(names)s.")
        raise NotFound("table-not-found", sentence, field="table", names=names)
    if found.version.is_withdrawn:
        raise _gone(found.version.withdrawn_reason)
    return found


def _gone(reason: str) -> Gone:
    return Gone("withdrawn", _("These data were withdrawn: %(reason)s"), reason=reason)


def ask(table: catalogue.TableShown, question: Question, *, limit: int, offset: int = 0) -> Answer:
    """One page of the answer with its exact total."""
    path = versions.path_of(table.version, "parquet")
    count = questions.count_of(question, path)
    rows = questions.rows_of(question, path, limit=limit, offset=offset) if limit else None
    answer = _kept if limit <= KEPT_ROWS else _fresh
    return Answer(question, *answer(path, len(question.columns), count, rows))


def _fresh(
    path: Path, columns: int, count: Statement, rows: Statement | None
) -> tuple[tuple[tuple[Any, ...], ...], int]:
    with _connected(path, columns, seconds=ANSWER_SECONDS) as connection:
        total = _all(connection, count)[0][0]
        return tuple(_all(connection, rows)) if rows else (), total


_kept = lru_cache(maxsize=KEPT_ANSWERS)(_fresh)


@contextmanager
def written(
    table: catalogue.TableShown,
    question: Question,
    kind: Literal["csv", "parquet"],
    *,
    limit: int | None,
    offset: int = 0,
) -> Iterator[tuple[Path, int]]:
    """The answer as a file, all of it where no limit is named, with its exact total; gone when this ends."""
    path = versions.path_of(table.version, "parquet")
    folder = Path(tempfile.mkdtemp(prefix="lumbung-rows-"))
    target = folder / f"rows.{kind}"
    try:
        with _connected(path, len(question.columns), seconds=FILE_SECONDS, writes=target) as connection:
            total = _all(connection, questions.count_of(question, path))[0][0]
            rows = questions.rows_of(question, path, limit=limit, offset=offset)
            told = questions.named(question, rows, is_text=kind == "csv")
            sql = f"COPY ({told.sql}) TO {connections.text(str(target))} ({FORMATS[kind]})"
            _all(connection, Statement(sql, told.values))
        yield target, total
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _all(connection: duckdb.DuckDBPyConnection, statement: Statement) -> list[tuple[Any, ...]]:
    return connection.execute(statement.sql, list(statement.values)).fetchall()


@contextmanager
def _connected(
    path: Path, columns: int, *, seconds: float, writes: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for one file, in turn with others, stopped when its time is over."""
    if not SLOTS.acquire(timeout=WAIT_SECONDS):
        raise Busy("too-busy", TOO_BUSY)
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
