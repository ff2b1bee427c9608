"""A program of its own that reads one spreadsheet under limits: bytes in on standard input, rows as JSON out.

Run by documents/sheets.py. A hostile file ends this process and nothing else.
"""

import csv
import io
import json
import resource
import sys
import zipfile

from openpyxl.reader.excel import load_workbook

MEMORY, CPU_SECONDS = 600 * 1024 * 1024, 10
UNPACKED = 50 * 1024 * 1024
ROWS, COLUMNS, CELL = 502, 20, 5_000


def rows_of(data: bytes, kind: str) -> list[list[str]]:
    """The first rows of the first sheet, every cell as words."""
    return _xlsx(data) if kind == "xlsx" else _csv(data)


def _xlsx(data: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > UNPACKED:
            raise ValueError("unpacks to more than it may")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    found = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
    return [[_words(value) for value in row] for row in found]


def _csv(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig", errors="strict")
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    found = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        found.append([_words(value) for value in row[:COLUMNS]])
        if len(found) >= ROWS:
            break
    return found


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\x00", "")[:CELL].strip()


def main() -> None:
    """Read, or end with a code: 3 for what is no spreadsheet."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        found = rows_of(sys.stdin.buffer.read(), sys.argv[1])
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does to its reader
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        sys.exit(3)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
