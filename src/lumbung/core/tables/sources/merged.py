"""Cells merged over several rows of the table: a sheet keeps their value in the first of them alone."""

from collections.abc import Collection, Iterable

from lumbung.core.tables.sources.base import Range


def in_body(merged: Iterable[Range], *, first_data_row: int, columns: Collection[int]) -> list[Range]:
    """The areas that reach over several rows of data, in order; of an area the left column holds the value."""
    kept = set(columns)
    return sorted(area for area in merged if area[2] > area[0] >= first_data_row - 1 and area[1] in kept)


class Repeater:
    """Writes the value of a merged cell into every row it covers. Rows come in order, each once."""

    def __init__(self, areas: Iterable[Range]) -> None:
        self._waiting = sorted(areas, reverse=True)
        self._open: dict[int, tuple[int, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting or self._open)

    def filled(self, row: int, told: list[str]) -> list[str]:
        """The row with the values of the areas that cover it; a cell of its own stays."""
        place = row - 1
        while self._waiting and self._waiting[-1][0] <= place:
            _top, left, bottom, _right = self._waiting.pop()
            self._open[left] = (bottom, told[left] if left < len(told) else "")
        self._open = {left: held for left, held in self._open.items() if held[0] >= place}
        if not self._open:
            return told
        return [
            self._open[column][1] if not cell and column in self._open else cell for column, cell in enumerate(told)
        ]
