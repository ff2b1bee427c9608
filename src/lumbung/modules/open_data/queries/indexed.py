"""Pages of rows by an index, where one serves; None where it does not, and Parquet is asked instead.

A copy never decides what is answered, only how fast: whoever takes the copy away gets the same rows.
"""

import json
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lumbung.core.tables.copies import layout
from lumbung.core.tables.copies.layout import Held
from lumbung.modules.open_data.queries import index_sql
from lumbung.modules.open_data.queries.index_sql import Copied
from lumbung.modules.open_data.queries.questions import Place, Question, Statement

# Steps of SQLite's machine, about a hundred thousand rows looked at: beyond that a scan of Parquet is faster.
MOST_STEPS, STEPS_AT_ONCE = 2_000_000, 10_000
MAPPED_BYTES = 1 << 30
NUMBERS_AT_ONCE = 500
KEPT_COPIES = 256
MOST_OPEN = 8
Row = tuple[Any, ...]
logger = logging.getLogger("lumbung.open_data")


def page(
    copy: Path,
    question: Question,
    *,
    limit: int,
    offset: int = 0,
    after: Place | None = None,
    total: int | None = None,
) -> list[Row] | None:
    """The rows of a page, each with its number behind its cells.

    total  how many rows the whole answer has, if that is known
    """
    with _opened(copy, question, after) as (connection, copied):
        if connection is None:
            return None
        for is_led_by_order in _ways(copied, question, limit + offset, total):
            statements = index_sql.numbers_of(
                copied, question, limit=limit, offset=offset, after=after, is_led_by_order=is_led_by_order
            )
            numbers = _numbers(connection, copied, statements, limit)
            if numbers is not None:
                return _cells(connection, copied, question.shown, numbers)
    return None


def _ways(copied: Copied, question: Question, wanted: int, total: int | None) -> tuple[bool, ...]:
    """Whether to go along the order first: where many rows fit, enough of them are met soon."""
    if not total or not question.order or not question.where:
        return (False,)
    return (True, False) if 2 * wanted * copied.rows < total * total else (False,)


def _numbers(
    connection: sqlite3.Connection, copied: Copied, statements: Sequence[Statement], limit: int
) -> list[int] | None:
    numbers: list[int] = []
    for each in statements:
        if len(numbers) == limit:
            break
        *values, _limit, offset = each.values
        found = _found(connection, copied, Statement(each.sql, (*values, limit - len(numbers), offset)))
        if found is None:
            return None
        numbers += [row[0] for row in found]
    return numbers


def count(copy: Path, question: Question) -> int | None:
    """How many rows the whole answer has."""
    total = None
    with _opened(copy, question, None) as (connection, copied):
        if connection is not None and not question.where:
            total = copied.rows
        elif connection is not None:
            found = _found(connection, copied, index_sql.count_of(copied, question))
            total = None if found is None else int(found[0][0])
    return total


def _cells(connection: sqlite3.Connection, copied: Copied, shown: Sequence[int], numbers: Sequence[int]) -> list[Row]:
    readers = [index_sql.reader_of(copied.columns[place]) for place in shown]
    held: dict[int, Row] = {}
    for start in range(0, len(numbers), NUMBERS_AT_ONCE):
        some = numbers[start : start + NUMBERS_AT_ONCE]
        for number, *cells in connection.execute(index_sql.cells_of(copied, shown, len(some)), some):
            held[number] = (*(read(cell) for read, cell in zip(readers, cells, strict=True)), number)
    return [held[number] for number in numbers]


def _found(connection: sqlite3.Connection, copied: Copied, statement: Statement) -> list[Row] | None:
    """The answer, unless no index serves or more rows have to be looked at than it is worth."""
    if not is_small(copied.rows) and not _is_served(connection, statement):
        return None
    steps = iter(range(MOST_STEPS // STEPS_AT_ONCE))
    connection.set_progress_handler(lambda: next(steps, None) is None, STEPS_AT_ONCE)
    try:
        return connection.execute(statement.sql, statement.values).fetchall()
    except sqlite3.OperationalError:  # interrupted
        return None
    finally:
        connection.set_progress_handler(None, 0)


def is_small(rows: int) -> bool:
    """Whether a table has no indexes because looking at every row costs nothing."""
    return rows < layout.INDEXED_ROWS


def _is_served(connection: sqlite3.Connection, statement: Statement) -> bool:
    """Whether SQLite finds the rows by an index, or meets them in their order already."""
    plan = [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values)]
    if any(step.startswith("SEARCH") for step in plan):
        return True
    is_sorted = any("TEMP B-TREE FOR ORDER BY" in step for step in plan)
    return not is_sorted and (" WHERE " not in statement.sql or any("USING" in step for step in plan))


@contextmanager
def _opened(
    copy: Path, question: Question, after: Place | None
) -> Iterator[tuple[sqlite3.Connection, Copied] | tuple[None, Copied]]:
    """A connection to a copy that can answer the question; none where it cannot, or is not there.

    Where a copy turns out to be damaged, the block ends at once, without an answer.
    """
    try:
        copied, connection = about(copy), OPEN.connection(copy)
    except sqlite3.Error:
        yield None, Copied((), (), 0)
        return
    try:
        yield (connection, copied) if index_sql.serves(copied, question, after) else (None, copied)
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # the others are ours: a wrong binding, a closed connection
            raise
        logger.exception("the copy %s is damaged: remove it, and it is made anew", copy.name)


class _Open(threading.local):
    """The copies this thread asked last, kept open: opening and closing one takes as long as a page.

    A copy that was removed is let go with the next question of its thread, and its room on the disk with it.
    """

    def __init__(self) -> None:
        self.held: OrderedDict[tuple[Path, int], sqlite3.Connection] = OrderedDict()

    def connection(self, copy: Path) -> sqlite3.Connection:
        for path, file in [held for held in self.held if _file_at(held[0]) != held[1]]:
            self.held.pop((path, file)).close()
        file = _file_at(copy)
        found = self.held.pop((copy, file), None) or connected(copy)
        self.held[copy, file] = found
        if len(self.held) > MOST_OPEN:
            self.held.popitem(last=False)[1].close()
        return found


def _file_at(path: Path) -> int:
    """Which file lies there, by its number on the disk; 0 where none does."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


OPEN = _Open()


def connected(copy: Path) -> sqlite3.Connection:
    """A copy opened for reading; nothing can be changed through it."""
    connection = sqlite3.connect(f"file:{quote(str(copy))}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = 1")
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    return connection


@lru_cache(maxsize=KEPT_COPIES)
def about(copy: Path) -> Copied:
    """What a copy says of itself; its bytes never change."""
    connection = connected(copy)
    try:
        rows, told = connection.execute("SELECT rows, columns FROM about").fetchone()
    finally:
        connection.close()
    columns = json.loads(told)
    return Copied(
        tuple(
            Held(place, each["name"], each["kind"], each["digits"], each["scale"]) for place, each in enumerate(columns)
        ),
        tuple(each["filled"] for each in columns),
        rows,
    )


@lru_cache(maxsize=KEPT_COPIES)
def public_columns(copy: Path) -> tuple[tuple[str, str, str], ...]:
    """What public SQL sees of a copy: name, the published column it shows, and how that is held."""
    connection = connected(copy)
    try:
        told = json.loads(connection.execute("SELECT columns FROM about").fetchone()[0])
    finally:
        connection.close()
    columns = [Held(place, each["name"], each["kind"]) for place, each in enumerate(told)]
    shown = layout.public_columns(columns, [each["is_long"] for each in told])
    return tuple((name, column.name, column.kind) for name, _cell, column in shown)
