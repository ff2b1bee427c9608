"""The day as every form asks for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# As browsers send it, and as people type it where a browser shows no calendar.
FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day; whatever was typed comes back in the form a browser's calendar reads."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format=FORMATS[0]),
        error_messages={
            "required": _("Enter the date."),
            "invalid": _("Enter the date as day-month-year, for example 19-03-2026."),
        },
    )
