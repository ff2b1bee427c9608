"""The forms of the calendar keeper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.calendar.models import CalendarDay

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _text(label: Any, *, missing: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        help_text=hint,
        error_messages={"required": missing, "max_length": _("Shorten this to 200 characters.")},
    )


class ChangeDayForm(forms.Form):
    """What may change about a day off that keeps its date."""

    name_id = _text(_("Name in Indonesian"), missing=_("Enter the name in Indonesian."))
    name_en = _text(_("Name in English"), missing=_("Enter the name in English."))
    source = _text(
        _("Source"),
        missing=_("Enter the decree or circular that fixes this day."),
        hint=_("Number and date of the decree, for example a joint decree (SKB) or a governor's circular."),
    )
    is_estimated = forms.BooleanField(
        label=_("The date is an estimate"), required=False, help_text=_("Tick this until a decree fixes the date.")
    )


class AddDayForm(ChangeDayForm):
    """A new day off."""

    on = day_field(_("Date"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CalendarDay.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose public holiday or collective leave."),
            "invalid_choice": _("Choose public holiday or collective leave."),
        },
    )
    field_order = ("on", "kind", "name_id", "name_en", "source", "is_estimated")

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise ValidationError(_("Enter a date between the years 2000 and 2100."), code="year-out-of-range")
        return on


class RemoveDayForm(forms.Form):
    """Why a day off leaves the calendar."""

    source = _text(
        _("Decree or reason"),
        missing=_("Enter the decree or the reason for removing this day."),
        hint=_("This is published in the history of the calendar. Do not write names of people."),
    )
