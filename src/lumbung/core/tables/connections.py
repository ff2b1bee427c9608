"""DuckDB connections for tables: in memory, small, and shut off from every file but the ones they were opened for."""

import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from lumbung.core.base.errors import Refused
from lumbung.core.tables import shapes
from lumbung.core.tables.checking_words import SENTENCES

# A row longer than this is refused; the buffer decides most of the memory a scan takes.
LINE_BYTES = 2_000_000
BUFFER_BYTES = 2 * LINE_BYTES
AGAIN_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection may take. DuckDB counts its buffers, not all it allocates: expect up to 100 MB beside it."""

    memory_mb: int = 150
    threads: int = 2


USUAL = Limits()
# Every column takes some buffers of its own, whatever the number of rows.
WIDE_COLUMNS, MOST_COLUMNS = 100, 1_000
WIDE_COLUMN_MB = 0.5


def fitted(limits: Limits, columns: int) -> Limits:
    """The limits for a table of so many columns: a wide one gets more memory and one thread.

    raises  Refused beyond 1,000 columns: such a table has rows where it should have columns
    """
    if columns > MOST_COLUMNS:
        raise Refused("table-too-wide", SENTENCES["table-too-wide"], columns=columns, most=MOST_COLUMNS)
    if columns <= WIDE_COLUMNS:
        return limits
    return Limits(limits.memory_mb + round(WIDE_COLUMN_MB * columns), 1)


@contextmanager
def opened(
    *, reads: Sequence[Path] = (), writes: Sequence[Path] = (), temporary: Path, limits: Limits = USUAL
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can open these files and no other, load nothing, and not be talked out of either.

    temporary  a folder for what does not fit into memory; made if need be, emptied by DuckDB itself
    """
    with _shut_off((*reads, *writes), temporary, limits) as connection:
        yield connection


def _shut_off(paths: Sequence[Path], temporary: Path, limits: Limits) -> duckdb.DuckDBPyConnection:
    config: dict[str, Any] = {
        "threads": limits.threads,
        "memory_limit": f"{limits.memory_mb}MB",
        "temp_directory": str(temporary),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=config)
    connection.execute(f"SET allowed_paths = [{', '.join(text(str(path)) for path in paths)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


@dataclass(slots=True)
class Readers:
    """Connections kept for the files asked last: opening one takes longer than most answers.

    Each can open its one file and no other, as those of `opened`. For files that never change, since what is known of
    a file is kept with it.
    """

    most: int
    held: OrderedDict[tuple[Path, Limits], duckdb.DuckDBPyConnection] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def reading(self, path: Path, limits: Limits = USUAL) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to one file, for the caller alone until it is done."""
        reader = self._taken(path, limits)
        try:
            with reader.cursor() as connection:
                yield connection
        except (duckdb.FatalException, duckdb.InternalException):
            # The engine answers nothing more through an instance it failed in: whoever comes next gets a new one.
            self._let_go(reader)
            raise

    def _taken(self, path: Path, limits: Limits) -> duckdb.DuckDBPyConnection:
        with self.lock:
            # Of a file that was taken away (withdrawn, for somebody's sake) nothing is kept in memory either.
            for gone in [held for held in self.held if not held[0].exists()]:
                del self.held[gone]
            reader = self.held.pop((path, limits), None) or _reader_of(path, limits)
            self.held[path, limits] = reader
            if len(self.held) > self.most:
                self.held.popitem(last=False)  # whoever is still asking it holds it; closed by the last of them
            return reader

    def _let_go(self, broken: duckdb.DuckDBPyConnection) -> None:
        with self.lock:
            for place in [place for place, reader in self.held.items() if reader is broken]:
                del self.held[place]


@contextmanager
def stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Whatever is asked in the block is interrupted when its time is over."""
    done = threading.Event()

    def watch() -> None:
        # Again and again: an interrupt that falls between two statements, or into the planning of one, is lost.
        over = done.wait(seconds)
        while not over:
            connection.interrupt()
            over = done.wait(AGAIN_SECONDS)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _reader_of(path: Path, limits: Limits) -> duckdb.DuckDBPyConnection:
    """The engine makes its folder when it needs one and takes it away when closed: one that is killed leaves none."""
    return _shut_off([path], Path(tempfile.gettempdir()) / f"lumbung-spill-{secrets.token_hex(8)}", limits)


def text(value: str) -> str:
    """A text as SQL writes it. A NUL cannot stand in one, so it is put together around it."""
    pieces = ["'" + piece.replace("'", "''") + "'" for piece in value.split("\0")]
    return pieces[0] if len(pieces) == 1 else "(" + " || chr(0) || ".join(pieces) + ")"


def name(value: str) -> str:
    """A name of a column as SQL writes it."""
    return '"' + value.replace('"', '""') + '"'


def plain_source(plain: shapes.PlainTable) -> str:
    """The plain file as a table expression: every cell text, an empty one NULL, nothing guessed."""
    columns = ", ".join(f"{text(column)}: 'VARCHAR'" for column in plain.header)
    return (
        f"read_csv({text(str(plain.path))}, columns = {{{columns}}}, header = true, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', new_line = '\\n', strict_mode = true, "
        f"max_line_size = {LINE_BYTES}, buffer_size = {BUFFER_BYTES})"
    )


def ask(connection: duckdb.DuckDBPyConnection, question: str) -> list[tuple[Any, ...]]:
    """Every row of the answer; a file that is no plain file, or too much for the limits, is refused with words."""
    try:
        return connection.execute(question).fetchall()
    except duckdb.OutOfMemoryException as error:
        raise Refused("table-too-large", SENTENCES["table-too-large"]) from error
    except duckdb.InvalidInputException as error:
        if "Maximum line size" in str(error):
            raise Refused("row-too-long", SENTENCES["row-too-long"], limit_mb=LINE_BYTES // 1_000_000) from error
        raise Refused("plain-file-damaged", SENTENCES["plain-file-damaged"]) from error
