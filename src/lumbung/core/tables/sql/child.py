"""One question in SQL, written by anybody, to one read-only file: this process can open no other, and ends in a second.

Started by `asking.py` by its path, without this package and without any environment. A request as JSON on standard
input, one answer as JSON on standard output. The walls, from the inside out: SQLite opened read-only with an authorizer
that knows one table and some functions; limits of SQLite; no new file descriptor, no memory, no time, no output beyond
what the request grants.
"""

import json
import math
import resource
import signal
import sqlite3
import sys
import time
from typing import Any
from urllib.parse import quote

VIEW, TABLE = "data", "t"
FUNCTIONS = frozenset(
    (
        *("count", "sum", "total", "avg", "min", "max", "group_concat", "abs", "round", "ceil", "ceiling", "floor"),
        *("mod", "sign", "sqrt", "pow", "power", "exp", "ln", "log", "log10", "coalesce", "ifnull", "nullif", "iif"),
        *("length", "lower", "upper", "trim", "ltrim", "rtrim", "substr", "substring", "instr", "replace", "like"),
        *("glob", "typeof", "date", "time", "datetime", "julianday", "strftime", "unixepoch", "row_number", "rank"),
        *("dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "nth_value"),
    )
)
STEPS_AT_ONCE = 1_000
# A value, a row or a text between two functions: a single step of SQLite cannot take long with less.
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 2_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
Answer = dict[str, Any]


def main() -> None:
    """One request, one answer."""
    request = json.load(sys.stdin)
    connection = opened(request["copy"], heap_bytes=int(request["heap_bytes"]))
    limit_this_process(memory_bytes=int(request["memory_bytes"]), seconds=float(request["hard_seconds"]))
    answer = answered(connection, request)
    json.dump(answer, sys.stdout, ensure_ascii=False)
    sys.stdout.flush()


def opened(copy: str, *, heap_bytes: int) -> sqlite3.Connection:
    """The one file, read-only, with every door closed that SQLite can close."""
    connection = sqlite3.connect(f"file:{quote(copy)}?mode=ro&immutable=1", uri=True, isolation_level=None)
    pragmas = ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1", "temp_store = 2", "mmap_size = 0")
    for pragma in (*pragmas, f"hard_heap_limit = {heap_bytes}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"SELECT * FROM {VIEW} LIMIT 0")  # noqa: S608 - the schema is read while it may be
    for category, limit in LIMITS.items():
        connection.setlimit(category, limit)
    connection.set_authorizer(authorized)
    return connection


def authorized(action: int, first: str | None, second: str | None, database: str | None, source: str | None) -> int:
    """Reading the published table through its view, and functions that neither reach out nor grow; nothing else."""
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if (second or "").lower() in FUNCTIONS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and database in {"main", None}:
        # Without a column, the rows are only counted: as many as the view has.
        is_view = first == VIEW or (first == TABLE and (source == VIEW or not second))
        return sqlite3.SQLITE_OK if is_view else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_DENY


def limit_this_process(*, memory_bytes: int, seconds: float) -> None:
    """From here on: no file is opened, none grows, and the kernel ends what a long step of SQLite would not."""
    whole = math.ceil(seconds)
    limits = {"NOFILE": 0, "FSIZE": 0, "CORE": 0, "NPROC": 0, "AS": memory_bytes, "CPU": whole}
    for name, limit in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def answered(connection: sqlite3.Connection, request: Answer) -> Answer:
    """Columns, rows and their number; or what is wrong, by name, with what SQLite says of it."""
    over = time.monotonic() + float(request["seconds"])
    connection.set_progress_handler(lambda: time.monotonic() > over, STEPS_AT_ONCE)
    try:
        return _answered(connection, str(request["sql"]), int(request["most_rows"]), int(request["most_bytes"]))
    except MemoryError:
        return {"refused": "memory", "detail": ""}
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        return {"refused": _named(str(error)), "detail": str(error)[:200]}


def _answered(connection: sqlite3.Connection, sql: str, most_rows: int, most_bytes: int) -> Answer:
    cursor = connection.execute(sql)
    if cursor.description is None:
        return {"refused": "empty", "detail": ""}
    columns = [str(column[0]) for column in cursor.description]
    rows: list[list[Any]] = []
    room = most_bytes
    for row in cursor:
        told = [_plain(cell) for cell in row]
        room -= len(json.dumps(told, ensure_ascii=False).encode())
        if len(rows) == most_rows or room < 0:
            return {"columns": columns, "rows": rows, "total": _total(connection, cursor, sql)}
        rows.append(told)
    return {"columns": columns, "rows": rows, "total": len(rows)}


def _total(connection: sqlite3.Connection, cursor: sqlite3.Cursor, sql: str) -> int:
    """How many rows the whole answer has: nobody is given a part without being told of what."""
    cursor.close()
    bare = sql.strip().rstrip("; \t\r\n")
    try:
        return int(connection.execute(f"SELECT count(*) FROM (\n{bare}\n)").fetchone()[0])  # noqa: S608 - the asker's own
    except sqlite3.OperationalError as error:
        if _named(str(error)) != "wrong":
            raise
        # Something stands behind the semicolon, a comment perhaps: counted row by row.
        return sum(1 for _row in connection.execute(sql))


def _plain(cell: Any) -> Any:
    if isinstance(cell, bytes):
        return f"x'{cell.hex()}'"
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def _named(message: str) -> str:
    """What kind of fault a message of SQLite is."""
    for words, name in (
        ("interrupted", "slow"),
        ("too big", "long"),
        ("not authorized", "forbidden"),
        ("prohibited", "forbidden"),
        ("one statement", "several"),
        ("out of memory", "memory"),
    ):
        if words in message:
            return name
    return "wrong"


if __name__ == "__main__":
    main()
