"""Rows as XML, as CKAN's dump gives them: one `row` each, one element a column. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

BEGIN, END = b'<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n', b"</data>\n"
NO_NAME = re.compile(r"[^\w.-]")
# What XML 1.0 has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def elements_of(columns: Sequence[str]) -> list[str]:
    """A name of an element for each column, no two alike."""
    made: list[str] = []
    for column in columns:
        plain = NO_NAME.sub("_", column)
        plain = plain if re.match(r"[^\W\d]", plain) else f"_{plain}"
        name, more = plain, 0
        while name in made:
            name, more = f"{plain}_{more}", more + 1
        made.append(name)
    return made


def written(elements: Sequence[str], rows: Iterable[tuple[str, Sequence[str | None]]]) -> bytes:
    """Rows, each with its number (empty where it was not asked for); a cell without value says so."""
    return "".join(_row(elements, number, cells) for number, cells in rows).encode()


def _row(elements: Sequence[str], number: str, cells: Sequence[Any]) -> str:
    told = "".join(_cell(element, cell) for element, cell in zip(elements, cells, strict=True))
    return f'<row _id="{number}">{told}</row>\n' if number else f"<row>{told}</row>\n"


def _cell(element: str, cell: str | None) -> str:
    if cell is None:
        return f'<{element} xsi:nil="true" />'
    told = escape(UNWRITABLE.sub("\ufffd", cell))
    return f"<{element}>{told}</{element}>" if told else f"<{element} />"
