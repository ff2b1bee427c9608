"""Rows a person names to be left out: by their number, or by the first words in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.core.tables.sources import cells


@dataclass(frozen=True, slots=True)
class Named:
    """What a person wrote, one entry a row number or the words of a cell."""

    rows: frozenset[int] = frozenset()
    words: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, entries: Sequence[str]) -> "Named":
        """The entries taken apart; a number is a row number."""
        told = [_plain(entry) for entry in entries if entry.strip()]
        numbers = {entry for entry in told if entry.isascii() and entry.isdigit()}
        return cls(frozenset(map(int, numbers)), frozenset(told) - numbers)

    def __bool__(self) -> bool:
        return bool(self.rows or self.words)

    def matches(self, row: int, told: Sequence[str]) -> bool:
        """Whether the row was named."""
        return row in self.rows or bool(self.words and first_words(told) in self.words)


def first_words(told: Sequence[str]) -> str:
    """The first cell that is no number, in small letters."""
    return next((_plain(cell) for cell in told if cell.strip() and not cells.is_number(cell)), "")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
