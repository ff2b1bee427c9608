"""What is published of a checked table: Parquet with types, and a CSV that is the plain file byte for byte.

No cell of the CSV is changed, not even one a spreadsheet would take for a formula: what was checked and hashed is
what people get. Protection belongs to the export made for spreadsheets (XLSX, where a text is a text); `quality` names
the columns.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lumbung.core.base.disks import put_in_place
from lumbung.core.base.errors import Refused
from lumbung.core.tables import cell_forms, connections, shapes
from lumbung.core.tables.cell_forms import Digits
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.checks.compiling import compiled
from lumbung.core.tables.checks.reports import Report
from lumbung.core.tables.connections import ask, name, plain_source, text
from lumbung.core.tables.schemas import Schema

# One thread: the order of rows, and so the bytes, must not depend on the machine.
ALONE = connections.Limits(memory_mb=150, threads=1)
# Small enough that a sort of wide rows stays within its memory; large enough to be read fast.
ROW_GROUP = 40_960
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    row_count: int
    csv_sha256: str
    csv_bytes: int
    parquet_sha256: str
    parquet_bytes: int


def write(
    plain: shapes.PlainTable,
    schema: Schema,
    report: Report,
    *,
    csv_file: Path,
    parquet_file: Path,
    sort_by: Sequence[str] = (),
    temporary: Path,
    limits: connections.Limits = ALONE,
) -> Written:
    """Write both files, on disk for good before this returns; the same rows give the same bytes.

    report   of this very file by this schema, without faults
    sort_by  columns people filter by; rows equal in them stay in the order of the file, which the CSV keeps anyway
    raises   Refused when the table still has faults or is not the one that was checked
    """
    _refuse_unchecked(plain, schema, report, sort_by)
    for target in (csv_file, parquet_file):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _parts(csv_file, parquet_file) as (csv_part, parquet_part):
        csv_sha256 = _copy(plain.path, csv_part)
        if csv_sha256 != plain.sha256:
            raise Refused("table-not-checked", SENTENCES["table-not-checked"])
        _write_parquet(plain, schema, report, parquet_part, sort_by, temporary, limits)
        for part, target in ((csv_part, csv_file), (parquet_part, parquet_file)):
            put_in_place(part, target)
    return Written(
        row_count=report.row_count,
        csv_sha256=csv_sha256,
        csv_bytes=csv_file.stat().st_size,
        parquet_sha256=_sha256_of(parquet_file),
        parquet_bytes=parquet_file.stat().st_size,
    )


def _refuse_unchecked(plain: shapes.PlainTable, schema: Schema, report: Report, sort_by: Sequence[str]) -> None:
    if not report.is_valid:
        raise Refused("table-has-faults", SENTENCES["table-has-faults"], count=report.fault_count)
    if report.sha256 != plain.sha256 or tuple(column.name for column in report.columns) != schema.names:
        raise Refused("table-not-checked", SENTENCES["table-not-checked"])
    for column in sort_by:
        if column not in schema.names:
            raise Refused("sort-column-unknown", SENTENCES["sort-column-unknown"], column=column)


def _write_parquet(
    plain: shapes.PlainTable,
    schema: Schema,
    report: Report,
    target: Path,
    sort_by: Sequence[str],
    temporary: Path,
    limits: connections.Limits,
) -> None:
    digits = {column.name: Digits(column.whole, column.scale) for column in report.columns}
    rules = compiled(schema, digits=digits, code_lists={column.code_list: () for column in schema.fields})
    values = ", ".join(f"v{place} AS {name(column)}" for place, column in enumerate(schema.names))
    order = [f"v{schema.names.index(column)} NULLS LAST" for column in sort_by]
    numbered = rules.layered(plain_source(plain), extra=", row_number() OVER () AS n" if order else "")
    rows = f"SELECT {values} FROM {numbered}" + (f" ORDER BY {', '.join([*order, 'n'])}" if order else "")  # noqa: S608
    room = connections.fitted(limits, len(plain.header))
    with connections.opened(reads=[plain.path], writes=[target], temporary=temporary, limits=room) as connection:
        ask(
            connection,
            f"COPY ({rows}) TO {text(str(target))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})",
        )
        kept = ", ".join(["count(*)", *(f"count({name(column)})" for column in schema.names)])
        told = ask(connection, f"SELECT {kept} FROM read_parquet({text(str(target))})")[0]  # noqa: S608
    expected = (report.row_count, *(column.filled for column in report.columns))
    if told != expected:  # a value that was checked and is not there: never published
        raise Refused("table-not-checked", SENTENCES["table-not-checked"])


def kinds_in_parquet(schema: Schema, report: Report) -> dict[str, str]:
    """The type each column has in Parquet, as DuckDB names it."""
    digits = {column.name: Digits(column.whole, column.scale) for column in report.columns}
    return {column.name: cell_forms.sql_type(column, digits[column.name]) for column in schema.fields}


@contextmanager
def _parts(*targets: Path) -> Iterator[tuple[Path, ...]]:
    """Files beside the targets that become them when whole, and are gone otherwise."""
    parts = tuple(target.with_name(f".{target.name}.part") for target in targets)
    try:
        yield parts
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> str:
    """The same bytes, and their fingerprint."""
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while block := reader.read(BLOCK):
            digest.update(block)
            writer.write(block)
    return digest.hexdigest()


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
