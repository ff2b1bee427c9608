"""What the fast reader does not tell of an ODS: formulas, those never computed, merged cells. One streamed pass."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from lumbung.core.tables.sources import packed
from lumbung.core.tables.sources.base import Caps, Range, Unreadable
from lumbung.core.tables.sources.sheet_xml import MOST_CELLS_KEPT, column_letters

CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
Attributes = dict[str, str]


@dataclass
class OdsExtras:
    """Cells of one sheet by row and column from 0."""

    formulas: int = 0
    first_formula: str = ""
    no_result: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)


def extras_of_ods(path: Path, sheet: str, caps: Caps) -> OdsExtras:
    """Of the sheet of that name."""
    walk = _Walk(sheet)
    with packed.opened(path, caps) as package:
        if "content.xml" not in package.namelist():
            raise Unreadable("damaged")
        try:
            for block in packed.blocks(package, "content.xml", caps):
                walk.parser.Parse(block, False)
        except expat.ExpatError as error:
            raise Unreadable("damaged") from error
    return walk.found


class _Walk:
    """Where the parser is: in which table, row and column. Repeated rows and cells are stepped over at once."""

    def __init__(self, sheet: str) -> None:
        self.sheet, self.found = sheet, OdsExtras()
        self.tables: list[str] = []
        self.row = self.next_row = self.column = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_entity: object) -> None:
        raise Unreadable("damaged")

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self.tables.append(attributes.get("table:name", ""))
        elif self.tables == [self.sheet]:
            if name == "table:table-row":
                self.row, self.column = self.next_row, 0
                self.next_row += _count(attributes, "table:number-rows-repeated")
            elif name in CELLS:
                self._take(attributes)
                self.column += _count(attributes, "table:number-columns-repeated")

    def _end(self, name: str) -> None:
        if name == "table:table" and self.tables:
            self.tables.pop()

    def _take(self, attributes: Attributes) -> None:
        if "table:formula" in attributes:
            self._take_formula(attributes)
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.found.merged.append((self.row, self.column, self.row + rows - 1, self.column + columns - 1))

    def _take_formula(self, attributes: Attributes) -> None:
        cell = f"{column_letters(self.column)}{self.row + 1}"
        self.found.formulas += 1
        self.found.first_formula = self.found.first_formula or cell
        if _has_result(attributes):
            return
        height, width = self.next_row - self.row, _count(attributes, "table:number-columns-repeated")
        if len(self.found.no_result) + height * width > MOST_CELLS_KEPT:
            raise Unreadable("too-many-cells-without-value", limit=MOST_CELLS_KEPT)
        for row in range(self.row, self.next_row):
            for column in range(self.column, self.column + width):
                self.found.no_result[row, column] = f"{column_letters(column)}{row + 1}"


def _has_result(attributes: Attributes) -> bool:
    """A text has one even where it is empty; everything else keeps its value in an attribute."""
    kind = attributes.get("office:value-type", "")
    return kind == "string" or any(key.startswith("office:") and key.endswith("value") for key in attributes)


def _count(attributes: Attributes, name: str) -> int:
    told = attributes.get(name, "1")
    return max(1, int(told)) if told.isascii() and told.isdigit() and len(told) < 8 else 1
