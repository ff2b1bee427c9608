"""Spreadsheets that are uploaded: read by a limited child process, rows told by their heads."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused

READER = Path(__file__).parents[1] / "sheet_reader.py"
MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
SECONDS = 20
PACKED = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a template: its key, and how people may have written it."""

    key: str
    title: Promise
    also: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the sheet, and its cells by key."""

    number: int
    cells: Mapping[str, str]


def read(data: bytes, size: int, heads: Sequence[Head]) -> list[SheetRow]:
    """The rows of a spreadsheet, empty ones left out; refused with what to do when it is none of ours.

    size  bytes that were sent: fewer may have been kept. What it is shows in its first bytes; uploads have no name.
    """
    if size > MOST_BYTES:
        raise _refused(_("The file is larger than 2 MB. Split it into several."))
    rows = _rows_of(data, "xlsx" if data.startswith(PACKED) else "csv")
    columns = _columns_of(rows[0] if rows else [], heads)
    found = [
        SheetRow(number, {key: row[place] if place < len(row) else "" for key, place in columns.items()})
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]
    if not found:
        raise _refused(_("The sheet holds no row below its heads."))
    if len(found) > MOST_ROWS:
        raise _refused(_("The sheet holds more than 500 rows. Split it into several."))
    return found


def _rows_of(data: bytes, kind: str) -> list[list[str]]:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, told nothing by the visitor
            [sys.executable, "-I", str(READER), kind], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _refused(_("The file took too long to read. Save it anew from the template.")) from error
    if done.returncode != 0:
        raise _refused(_("The file cannot be read. Save it anew as XLSX, or as CSV in UTF-8."))
    rows: list[list[str]] = json.loads(done.stdout)
    return rows


def _columns_of(first: Iterable[str], heads: Sequence[Head]) -> dict[str, int]:
    written = {_plain(word): place for place, word in enumerate(first) if word}
    found = {}
    for head in heads:
        names = (head.key, str(head.title), *head.also)
        place = next((written[_plain(name)] for name in names if _plain(name) in written), None)
        if place is not None:
            found[head.key] = place
        elif head.needed:
            raise _refused(_("The sheet has no column “%(head)s”. Use the template."), head=head.title)
    return found


def _plain(word: str) -> str:
    return " ".join(word.replace("_", " ").lower().split())


def _refused(sentence: Promise, **params: object) -> Refused:
    return Refused("sheet-refused", sentence, field="sheet", **params)
