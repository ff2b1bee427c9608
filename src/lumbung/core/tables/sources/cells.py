"""What the text of a cell looks like. Nothing here changes a cell."""

import re
from collections.abc import Sequence

NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d+)(?:[.,]\d+)?\s?%?\Z|\(\d[\d.,]*\)\Z")
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[*]{1,2})?\Z")
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?\Z|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\Z")
CODE_LABEL = re.compile(
    r"\b(?:kode|code|kd|id|nik|nkk|kk|nip|npwp|npsn|nib|nop|nis|nisn|hp|telp|telepon|rekening|pos)\b", re.IGNORECASE
)


def is_number(cell: str) -> bool:
    """Whether a cell is written as a number, in either manner of writing."""
    return bool(NUMBER.match(cell.strip()))


def is_year(cell: str) -> bool:
    """Whether a cell may be a year."""
    return bool(YEAR.match(cell.strip()))


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date and no year: something no header says."""
    cell = cell.strip()
    return bool((NUMBER.match(cell) and not YEAR.match(cell)) or DATE.match(cell))


def filled(cells: Sequence[str]) -> list[int]:
    """The places of the cells that hold anything but space."""
    return [place for place, cell in enumerate(cells) if cell and not cell.isspace()]


def at(cells: Sequence[str], place: int) -> str:
    """A cell, empty where the row has ended."""
    return cells[place] if place < len(cells) else ""


def joined(cells: Sequence[str], *, most: int = 2_000) -> str:
    """A row as one line of text."""
    return " | ".join(cell.strip() for cell in cells if cell.strip())[:most]


def names_a_code(label: str) -> bool:
    """Whether a label says that its column holds codes or numbers of identity."""
    return bool(CODE_LABEL.search(label.replace("_", " ")))
