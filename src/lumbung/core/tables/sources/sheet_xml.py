"""What the fast reader of sheets does not tell: formulas, missing results, error cells, hidden rows and columns."""

import html
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lumbung.core.tables.sources import packed
from lumbung.core.tables.sources.base import Caps, Unreadable

MOST_WORKBOOK = 4 << 20
MOST_CARRIED = 8 << 20
MOST_CELLS_KEPT = 20_000
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>\s*(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?'
    rb"\s*(?:<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</(?:\w+:)?v>|<(?:\w+:)?v\s*/>)?"
)
FORMULA_SIGN = re.compile(rb"<(?:\w+:)?f[\s>/]")
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"')
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*?hidden="(?:1|true)"')
ROW_END = re.compile(rb"</(?:\w+:)?row>")


@dataclass
class Extras:
    """Cells by row and column from 0."""

    formulas: int = 0
    first_formula: str = ""
    no_result: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0


def extras_of_xlsx(path: Path, sheet: str, caps: Caps) -> Extras:
    """One streamed pass over the XML of a sheet."""
    found = Extras()
    with packed.opened(path, caps) as package:
        part = _part_of(package, sheet)
        if part in package.namelist():
            _take(package, part, caps, found)
    return found


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The member that holds a sheet, by its name in the workbook."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    book = packed.text_of(package, "xl/workbook.xml", most=MOST_WORKBOOK)
    relation = next((a.get("r:id", "") for a in _attributes(SHEET, book) if a.get("name") == sheet), "")
    links = packed.text_of(package, "xl/_rels/workbook.xml.rels", most=MOST_WORKBOOK)
    target = next((a.get("Target", "") for a in _attributes(RELATION, links) if a.get("Id") == relation), "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _attributes(tag: re.Pattern[bytes], data: bytes) -> list[dict[str, str]]:
    return [
        {key.decode(): html.unescape(value.decode("utf-8", "replace")) for key, value in ATTRIBUTE.findall(found)}
        for found in tag.findall(data)
    ]


def _take(package: zipfile.ZipFile, part: str, caps: Caps, found: Extras) -> None:
    carried = b""
    for block in packed.blocks(package, part, caps):
        carried += block
        ends = [match.end() for match in ROW_END.finditer(carried)]
        if ends:
            _look_at(carried[: ends[-1]], found)
            carried = carried[ends[-1] :]
        elif len(carried) > MOST_CARRIED:
            raise Unreadable("heavy")
    _look_at(carried, found)


def _look_at(xml: bytes, found: Extras) -> None:
    if b"hidden=" in xml:
        found.hidden_rows += len(HIDDEN_ROW.findall(xml))
        found.hidden_columns += len(HIDDEN_COLUMN.findall(xml))
    if b't="e"' in xml or FORMULA_SIGN.search(xml):
        for match in CELL.finditer(xml):
            _look_at_cell(match, found)
    if len(found.errors) + len(found.no_result) > MOST_CELLS_KEPT:
        raise Unreadable("too-many-cells-without-value", limit=MOST_CELLS_KEPT)


def _look_at_cell(match: "re.Match[bytes]", found: Extras) -> None:
    letters, digits, attributes, value = match.groups()
    place = (int(digits) - 1, column_number(letters.decode()))
    whole = match.group(0)
    if FORMULA_SIGN.search(whole):
        found.formulas += 1
        found.first_formula = found.first_formula or (letters + digits).decode()
        # A formula of text that came to nothing is stored without value: IF(B2>9,"besar","").
        if not value and not _is(b"str", attributes, whole):
            found.no_result[place] = (letters + digits).decode()
    if _is(b"e", attributes, whole):
        found.errors[place] = html.unescape((value or b"").decode("utf-8", "replace"))


def _is(kind: bytes, attributes: bytes, whole: bytes) -> bool:
    """Whether a cell is stored as that kind; the attribute stands behind its place or before it."""
    told = b't="' + kind + b'"'
    return told in attributes or told in whole[: whole.find(b">")]


def column_number(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
