"""What those who check type when they give a draft back."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.queries.remarks import Places

REMARKS = 6


class ReturnForm(forms.Form):
    """What has to be mended, in all and field by field."""

    reason = forms.CharField(
        label=_("What has to be mended"),
        help_text=_("The producer reads it at the top of the draft."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say what has to be mended. The producer reads it."),
            "max_length": _("Shorten this to 1,000 characters."),
        },
    )

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, REMARKS + 1):
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=_("Field or column"),
                choices=[("", _("none")), *places],
                required=False,
                error_messages={"invalid_choice": _("This place is not in the draft any more. Choose another one.")},
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Note to this field"),
                required=False,
                max_length=500,
                error_messages={"max_length": _("Shorten this to 500 characters.")},
            )

    @property
    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """A place and its note, line by line."""
        return ((self[f"place_{number}"], self[f"text_{number}"]) for number in range(1, REMARKS + 1))

    def clean(self) -> dict[str, Any]:
        """A note without a place, or a place without a note, is never dropped in silence."""
        told = super().clean() or {}
        for number in range(1, REMARKS + 1):
            place, text = told.get(f"place_{number}"), told.get(f"text_{number}")
            if text and place == "":
                self.add_error(f"place_{number}", _("Choose the field or column this note is about."))
            if place and text == "":
                self.add_error(f"text_{number}", _("Say what has to be mended there."))
        return told

    def remarks(self) -> dict[str, str]:
        """What was noted, by place; several notes to one place are one."""
        found: dict[str, str] = {}
        for number in range(1, REMARKS + 1):
            place, text = self.cleaned_data[f"place_{number}"], self.cleaned_data[f"text_{number}"]
            if place:
                found[place] = f"{found[place]} {text}"[:500] if place in found else text
        return found
