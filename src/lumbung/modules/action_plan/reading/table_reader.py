"""Runs as a process of its own, with limits, and knows nothing of Lumbung: an XLSX or DOCX in, its tables out as JSON.

Started by `limited.py` as `python -I table_reader.py '{"memory_bytes": …}'`. Reads the file from stdin, writes one
JSON object to stdout: {"tables": [[[cell, …], …], …]} or {"refused": reason}.
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


def tables_of(data: bytes, limits: dict[str, int]) -> Iterator[Table]:
    """Every table of a document, or every sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        is_document = "word/document.xml" in archive.namelist()
    if is_document:
        for table in docx.Document(io.BytesIO(data)).tables[: limits["tables"]]:
            yield [[cell.text for cell in row.cells[: limits["columns"]]] for row in table.rows[: limits["rows"]]]
        return
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets[: limits["tables"]]:
        rows = sheet.iter_rows(max_row=limits["rows"], max_col=limits["columns"], values_only=True)
        yield [[_text(value) for value in row] for row in rows]


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
        tables = [] if reason else list(tables_of(data, limits))
        cut = [[[cell[: limits["cell"]] for cell in row] for row in table] for table in tables]
        answer = {"refused": reason} if reason else {"tables": cut}
    except MemoryError:
        answer = {"refused": "memory"}
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes means: not readable
        answer = {"refused": "corrupt"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
