"""How the numbers of a column are written: what a person may choose, and how its first cells would then be read."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.proposals import ColumnProposal
from lumbung.core.tables.schemas import SchemaField

NUMBERS = frozenset({"integer", "number"})
OTHER = {".": ",", ",": "."}
WAYS = {".": _("1,234.5"), ",": _("1.234,5")}


@dataclass(frozen=True, slots=True)
class Threes:
    """Cells with exactly three digits behind one sign: thousands or a fraction. No cell tells which; a person does."""

    sign: str
    cells: tuple[str, ...]

    def read_by(self, way: str) -> str:
        """The first cells as they would be read where `way` stands before decimals."""
        return "; ".join(self._whole(cell) if way != self.sign else self._fraction(cell) for cell in self.cells)

    def _whole(self, cell: str) -> str:
        return f"{cell} = {cell.replace(self.sign, '')}"

    def _fraction(self, cell: str) -> str:
        whole, _sign, fraction = cell.partition(self.sign)
        if not int(fraction):
            return f"{cell} = {whole}"
        low = int(whole)
        numbers = {"cell": cell, "low": low, "high": low - 1 if whole.startswith("-") else low + 1}
        return _("%(cell)s lies between %(low)s and %(high)s") % numbers


def threes_of(proposal: ColumnProposal) -> Threes | None:
    """What only a person knows about a column of such cells; None for every other column."""
    asked = next((note for note in proposal.questions if note.code == "thousands-or-decimals"), None)
    if asked is None:
        return None
    cells = tuple(str(note.params["value"]) for note in proposal.against if note.code == "cell")
    return Threes(str(asked.params["sign"]), cells)


def field_of(column: SchemaField, threes: Threes | None) -> forms.ChoiceField:
    """The choice between the ways; nothing is chosen beforehand where the cells can be read in both."""
    label = _("How numbers are written")
    if threes is None:
        return forms.ChoiceField(label=label, choices=list(WAYS.items()), initial=way_of(column))
    shown = ". ".join(f"{words}: {threes.read_by(way)}" for way, words in WAYS.items()) if threes.cells else ""
    return forms.ChoiceField(
        label=label,
        help_text=shown,
        required=False,
        choices=[("", _("Choose")), *WAYS.items()],
        initial=way_of(column) if column.type in NUMBERS else "",
    )


def way_of(column: SchemaField) -> str:
    """The sign before decimals, by the sign between groups where there are groups."""
    return OTHER.get(column.group_char, column.decimal_char)


def chosen(said: str, kind: str, threes: Threes | None) -> str:
    """The way a person chose. A whole number has no fraction, so its sign can only stand between groups."""
    return OTHER[threes.sign] if kind == "integer" and threes and not said else said


def signs(column: SchemaField, way: str) -> dict[str, str]:
    """Decimals and groups by the way chosen; a number that was proposed without groups goes on without them."""
    stays = column.type in NUMBERS and way == way_of(column)
    return {"decimal_char": way, "group_char": column.group_char if stays else OTHER[way]}
