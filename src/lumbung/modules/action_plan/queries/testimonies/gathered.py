"""Things several events tell of one row: materials of a meeting, what an agreement brought. Compared as a whole."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lumbung.core.base.testimonies import Facts, Said


class Gathered:
    """What events of one kind told so far of each row, by its name.

    told     the field that every version of the event has, and the fact under which all of them stand
    known    the same of what only newer versions tell: untold for good where an older one spoke of the row
    """

    def __init__(self, events: Iterable[Said], *, row: str, told: tuple[str, str], known: tuple[str, str]) -> None:
        self._row, self._told, self._known = row, told, known
        self._older = {str(said.data[row]) for said in events if known[0] not in said.data}
        self._found: dict[tuple[str, str], list[Any]] = defaultdict(list)

    def begun(self, row: str) -> Facts:
        """The facts of a row nothing was told of yet."""
        return {fact: [] for _field, fact in self._fields(row)}

    def add(self, said: Said) -> Facts:
        """One more event; the facts of its row as they are now."""
        row, facts = str(said.data[self._row]), {}
        for field, fact in self._fields(row):
            self._found[row, fact].append(said.data[field])
            facts[fact] = sorted(self._found[row, fact])
        return facts

    def _fields(self, row: str) -> tuple[tuple[str, str], ...]:
        return (self._told,) if row in self._older else (self._told, self._known)
