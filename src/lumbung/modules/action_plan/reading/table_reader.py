"""Runs as a process of its own, with limits, and knows nothing of Lumbung: an XLSX or DOCX in, its tables out as JSON.

Started by `limited.py` as `python -I table_reader.py '{"memory_bytes": …}'`. Reads the file from stdin, writes one
JSON object to stdout: {"tables": [[[cell, …], …], …], "cut": [number, …]} or {"refused": reason}. `cut` numbers the
tables that hold more than is read of them; a formula that was never worked out stands as UNCOMPUTED and its words.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from openpyxl.reader.excel import load_workbook

Table = list[list[str]]
UNCOMPUTED = "\N{SYMBOL FOR SUBSTITUTE}"  # as reading/matrix.py knows it


def limit_this_process(*, memory_bytes: int, cpu_seconds: int) -> None:
    """From here on: so much memory and time, no file written, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refused(data: bytes, limits: dict[str, int]) -> str:
    """Why the archive is not even opened; empty when it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > limits["parts"] or sum(part.file_size for part in parts) > limits["unpacked_bytes"]:
            return "unpacked"
        names = {part.filename for part in parts}
    return "" if {"word/document.xml", "xl/workbook.xml"} & names else "kind"


def tables_of(data: bytes) -> Iterator[Iterator[list[str]]]:
    """Every table of a document, or every sheet of a workbook: its rows, one by one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        is_document = "word/document.xml" in archive.namelist()
    if is_document:
        for table in docx.Document(io.BytesIO(data)).tables:
            yield ([cell.text for cell in row.cells] for row in table.rows)
        return
    results, formulas = (load_workbook(io.BytesIO(data), read_only=True, data_only=told) for told in (True, False))
    for sheet, written in zip(results.worksheets, formulas.worksheets, strict=True):
        pairs = zip(sheet.iter_rows(values_only=True), written.iter_rows(values_only=True), strict=False)
        yield ([_cell(value, typed) for value, typed in zip(*pair, strict=False)] for pair in pairs)


def within(rows: Iterator[list[str]], limits: dict[str, int]) -> tuple[Table, bool]:
    """As much of a table as is read, and whether it holds more. Empty rows at its end are none."""
    table: Table = []
    is_cut = False
    for number, row in enumerate(rows):
        if number < limits["rows"]:
            table.append([cell[: limits["cell"]] for cell in row[: limits["columns"]]])
            is_cut |= any(row[limits["columns"] :]) or any(len(cell) > limits["cell"] for cell in row)
        elif any(row):
            return table, True
    return table, is_cut


def _cell(value: Any, typed: Any) -> str:
    return f"{UNCOMPUTED}{getattr(typed, 'text', typed)}" if value is None and typed is not None else _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def main() -> None:
    """Answer with the tables, or with the name of what is wrong."""
    limits = json.loads(sys.argv[1])
    limit_this_process(memory_bytes=limits["memory_bytes"], cpu_seconds=limits["cpu_seconds"])
    answer: dict[str, Any]
    try:
        data = sys.stdin.buffer.read()
        reason = refused(data, limits)
        read = [] if reason else [within(rows, limits) for rows in tables_of(data)]
        if len(read) > limits["tables"]:
            reason = "unpacked"
        cut = [number for number, (_table, is_cut) in enumerate(read, start=1) if is_cut]
        answer = {"refused": reason} if reason else {"tables": [table for table, _is_cut in read], "cut": cut}
    except MemoryError:
        answer = {"refused": "memory"}
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes means: not readable
        answer = {"refused": "corrupt"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
