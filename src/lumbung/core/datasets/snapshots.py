"""Writes rows as CSV and Parquet: the same rows give the same bytes, every cell is checked against its column."""

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import duckdb

from lumbung.core.base.declarations import Column
from lumbung.core.base.disks import settle

AS_OF = "as_of"
# What a spreadsheet would take for a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
TYPES = {"text": "VARCHAR", "integer": "BIGINT", "decimal": "DECIMAL(18,6)", "date": "DATE", "year": "SMALLINT"}
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What a snapshot came to."""

    row_count: int
    content_sha256: str
    csv_sha256: str
    csv_bytes: int
    parquet_sha256: str
    parquet_bytes: int


def write(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], *, csv_file: Path, parquet_file: Path
) -> Written:
    """Write both files, on disk for good before this returns.

    raises   ValueError naming row, column and value when a cell is not what its column declares
    """
    _check_names(columns)
    csv_file.parent.mkdir(parents=True, exist_ok=True)
    plain = csv_file.with_name(f".{csv_file.name}.plain")
    try:
        count, content = _write_csv(columns, rows, csv_file, plain)
        _write_parquet(columns, plain, parquet_file)
    finally:
        for left in (plain, _part(csv_file), _part(parquet_file)):
            left.unlink(missing_ok=True)
    settle(csv_file.parent)
    return Written(
        row_count=count,
        content_sha256=content,
        csv_sha256=sha256_of(csv_file),
        csv_bytes=csv_file.stat().st_size,
        parquet_sha256=sha256_of(parquet_file),
        parquet_bytes=parquet_file.stat().st_size,
    )


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _check_names(columns: Sequence[Column]) -> None:
    for column in columns:
        if not NAME.match(column.name):
            raise ValueError(f"column {column.name!r}: expected small letters, digits and _ (Column.name)")


def _write_csv(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], target: Path, plain: Path
) -> tuple[int, str]:
    """The CSV people download, safe to open in a spreadsheet, and beside it the plain one the Parquet is made from."""
    names = [column.name for column in columns]
    content, count = hashlib.sha256(), 0
    part = _part(target)
    with part.open("w", encoding="utf-8", newline="") as safe, plain.open("w", encoding="utf-8", newline="") as raw:
        safe_writer, raw_writer = csv.writer(safe), csv.writer(raw)
        safe_writer.writerow(names)
        raw_writer.writerow(names)
        for count, row in enumerate(rows, start=1):
            cells = _cells(columns, row, count)
            raw_writer.writerow(cells)
            safe_writer.writerow([_safe(column, cell) for column, cell in zip(columns, cells, strict=True)])
            told = [cell for column, cell in zip(columns, cells, strict=True) if column.name != AS_OF]
            content.update(("\x1f".join(told) + "\x1e").encode())
        safe.flush()
        os.fsync(safe.fileno())
    part.replace(target)
    return count, content.hexdigest()


def _cells(columns: Sequence[Column], row: Mapping[str, Any], number: int) -> list[str]:
    if len(row) != len(columns):
        raise ValueError(f"row {number}: has the columns {sorted(row)}; expected {[c.name for c in columns]}")
    return [_cell(column, row[column.name], number) for column in columns]


def _cell(column: Column, value: Any, number: int) -> str:
    """A value as text; raises when it is not of the column's kind."""
    if value is None or value == "":
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    try:
        _check_kind(column, text)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"row {number}: {column.name} is {value!r}; expected {column.kind}") from error
    return text


def _check_kind(column: Column, text: str) -> None:
    if column.codes and text not in column.codes:
        raise ValueError(text)
    if column.kind == "integer":
        int(text)
    elif column.kind == "date":
        date.fromisoformat(text)
    elif column.kind == "year":
        date(int(text), 1, 1)
    elif column.kind == "decimal" and not Decimal(text).is_finite():
        raise ValueError(text)


def _safe(column: Column, cell: str) -> str:
    return f"'{cell}" if column.kind == "text" and cell.startswith(RISKY) else cell


def _write_parquet(columns: Sequence[Column], plain: Path, target: Path) -> None:
    part = _part(target)
    types = ", ".join(f"'{column.name}': '{TYPES[column.kind]}'" for column in columns)
    form = "header=true, auto_detect=false, delim=',', quote='\"', escape='\"'"
    source = f"read_csv({_quoted(plain)}, {form}, columns={{{types}}})"
    # One thread: the order of rows, and so the bytes, must not depend on the machine.
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(f"COPY (SELECT * FROM {source}) TO {_quoted(part)} (FORMAT parquet, COMPRESSION zstd)")  # noqa: S608 - names checked, paths quoted
    settle(part)
    part.replace(target)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def sha256_of(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
