"""How a file is read: sheet, header rows, rows left out by name, confirmed or changed by a person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.shapes import LeftOutRow, Look, Reading

SEPARATORS = [(",", _("comma")), (";", _("semicolon")), ("\t", _("tab")), ("|", _("vertical bar"))]
ENCODINGS = [("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252 (Latin-1)")]
# The doubt of the look, and the refusal where a row ends early that no doubt had named.
SHORT_ROWS = {"rows-short", "row-short"}
WHY = {
    "title": _("title above the table"),
    "header": _("header"),
    "header_again": _("header printed again"),
    "numbering": _("numbering of columns"),
    "total": _("total"),
    "average": _("average"),
    "sum": _("sum of other rows"),
    "named": _("named by you"),
    "footer": _("note below the table"),
    "blank": _("blank"),
    "separator_line": _("line"),
}


class LookAgainForm(forms.Form):
    """What the proposal may have got wrong from the start; the file is looked at once more."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    separator = forms.ChoiceField(label=_("Columns are separated by"), required=False, choices=SEPARATORS)
    encoding = forms.ChoiceField(label=_("Encoding"), required=False, choices=ENCODINGS)
    header_rows = forms.RegexField(
        r"^\s*(\d{1,6}(\s*,\s*\d{1,6}){0,5})?\s*$",
        label=_("Rows that make the header"),
        help_text=_("Row numbers as a spreadsheet shows them, such as 3 or 3, 4. Empty: the table has no header."),
        required=False,
        error_messages={"invalid": _("Write row numbers such as 3, or 3, 4.")},
    )
    leave_out = forms.CharField(
        label=_("Further rows to leave out"),
        help_text=_(
            "One entry a line: a row number such as 14, or what the first cell of the rows says, such as Nusa Tenggara "
            "Barat. You see what these rows hold before anything is read."
        ),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, look: Look, **kwargs: Any) -> None:
        told = look.reading
        initial = {
            "sheet": told.sheet,
            "separator": told.separator,
            "encoding": told.encoding,
            "header_rows": ", ".join(str(row) for row in told.header_rows),
            "leave_out": "\n".join(look.named),
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._offer("sheet", [(sheet.name, sheet.name) for sheet in look.sheets])
        if told.kind != "csv":
            del self.fields["separator"], self.fields["encoding"]
        elif told.encoding not in dict(ENCODINGS):
            self._offer("encoding", [(told.encoding, told.encoding), *ENCODINGS])
        if len(look.sheets) < 2:
            del self.fields["sheet"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def wanted(self) -> dict[str, Any]:
        """What the file is looked at with."""
        rows = [int(row) for row in self.cleaned_data["header_rows"].split(",") if row.strip()]
        chosen = {name: self.cleaned_data.get(name, "") for name in ("sheet", "separator", "encoding")}
        named = [line.strip() for line in self.cleaned_data["leave_out"].splitlines() if line.strip()]
        return {**chosen, "header_rows": rows, "leave_out": named}


class ReadingForm(forms.Form):
    """Rows that are left out, each ticked; what is unticked becomes a row of the table. Names of the columns."""

    leave_out = forms.MultipleChoiceField(
        label=_("Rows that are not data"), required=False, widget=forms.CheckboxSelectMultiple
    )
    marks = forms.BooleanField(label=_("Move value marks into a column of their own beside the number"), required=False)

    fill_short_rows = forms.BooleanField(label=_("Cells missing at the end of a row are empty"), required=False)
    repeat_merged = forms.BooleanField(
        label=_("Repeat the value of a merged cell in every row it covers"), required=False
    )

    def __init__(self, *args: Any, look: Look, chosen: Reading, refused: str = "", **kwargs: Any) -> None:
        """`chosen` is how the file was last read, else as proposed; `refused` the code of why that failed."""
        rows = look.reading.left_out_rows
        out = {row.row for row in chosen.left_out_rows}
        initial = {
            "leave_out": [str(row.row) for row in rows if row.row in out],
            "marks": bool(chosen.marks),
            "fill_short_rows": chosen.fill_short_rows,
            "repeat_merged": chosen.repeat_merged,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.look = look
        field = self.fields["leave_out"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(row.row), _words(row)) for row in rows]
        told = {note.code for note in look.doubts} | {refused.removeprefix("table-")}
        asked = {
            "leave_out": bool(rows),
            "marks": bool(look.reading.marks),
            "fill_short_rows": chosen.fill_short_rows or not told.isdisjoint(SHORT_ROWS),
            "repeat_merged": "merged-cells" in told,
        }
        for name in (name for name, needed in asked.items() if not needed):
            del self.fields[name]

    def confirmed(self) -> Reading:
        """The reading as the person confirmed it."""
        told = self.look.reading
        ticked = set(self.cleaned_data.get("leave_out", ()))
        rows = tuple(row for row in told.left_out_rows if str(row.row) in ticked)
        keeps_marks = told.marks and not self.cleaned_data.get("marks")
        changed: Mapping[str, Any] = {"marks": (), "mark_columns": ()} if keeps_marks else {}
        return replace(
            told,
            left_out_rows=rows,
            fill_short_rows=bool(self.cleaned_data.get("fill_short_rows")),
            repeat_merged=bool(self.cleaned_data.get("repeat_merged")),
            **changed,
        )


def _words(row: LeftOutRow) -> Any:
    return _("Row %(row)s, %(why)s: %(text)s") % {"row": row.row, "why": WHY[row.why], "text": row.text[:120] or "–"}
