"""How a file is read: sheet, header rows, rows left out by name, confirmed or changed by a person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.shapes import LeftOutRow, Look, Reading

SEPARATORS = [(",", _("comma")), (";", _("semicolon")), ("\t", _("tab")), ("|", _("vertical bar"))]
ENCODINGS = [("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("windows-1252", "Windows-1252 (Latin-1)")]
WHY = {
    "title": _("title above the table"),
    "header": _("header"),
    "header_again": _("header printed again"),
    "numbering": _("numbering of columns"),
    "total": _("total"),
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

    def __init__(self, *args: Any, look: Look, **kwargs: Any) -> None:
        told = look.reading
        initial = {
            "sheet": told.sheet,
            "separator": told.separator,
            "encoding": told.encoding,
            "header_rows": ", ".join(str(row) for row in told.header_rows),
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
        return {**chosen, "header_rows": rows}


class ReadingForm(forms.Form):
    """Rows that are left out, each ticked; what is unticked becomes a row of the table. Names of the columns."""

    leave_out = forms.MultipleChoiceField(
        label=_("Rows that are not data"), required=False, widget=forms.CheckboxSelectMultiple
    )
    marks = forms.BooleanField(label=_("Move value marks into a column of their own beside the number"), required=False)

    def __init__(self, *args: Any, look: Look, **kwargs: Any) -> None:
        rows = look.reading.left_out_rows
        initial = {"leave_out": [str(row.row) for row in rows], "marks": bool(look.reading.marks)}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.look = look
        field = self.fields["leave_out"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(row.row), _words(row)) for row in rows]
        if not rows:
            del self.fields["leave_out"]
        if not look.reading.marks:
            del self.fields["marks"]

    def confirmed(self) -> Reading:
        """The reading as the person confirmed it."""
        told = self.look.reading
        ticked = set(self.cleaned_data.get("leave_out", ()))
        rows = tuple(row for row in told.left_out_rows if str(row.row) in ticked)
        keeps_marks = told.marks and not self.cleaned_data.get("marks")
        changed: Mapping[str, Any] = {"marks": (), "mark_columns": ()} if keeps_marks else {}
        return replace(told, left_out_rows=rows, **changed)


def _words(row: LeftOutRow) -> Any:
    return _("Row %(row)s, %(why)s: %(text)s") % {"row": row.row, "why": WHY[row.why], "text": row.text[:120] or "–"}
