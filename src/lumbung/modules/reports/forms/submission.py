"""Parsing what a citizen types, on three screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.portals.models import Portal
from lumbung.core.regions import areas
from lumbung.core.regions import queries as regions
from lumbung.kernels import geometry
from lumbung.modules.reports.forms.words import TEXT_LIMIT, words
from lumbung.modules.reports.models import Category, Channel

DIGITS_TO_CALL = 6  # a village exchange has six
PHONE_ERROR = _("Write one telephone number in digits, for example 0812 3456 7890, or leave it empty.")


def _coordinate(example: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "placeholder": example})


class WhatForm(forms.Form):
    """Screen 1: what it is about."""

    text = words(_("What happened?"), limit=TEXT_LIMIT, rows=7)
    category = forms.ModelChoiceField(
        label=_("What is it about?"),
        queryset=Category.objects.all(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what your report is about."),
            "invalid_choice": _("Choose one of the topics in the list."),
        },
    )


class WhereForm(forms.Form):
    """Screen 2: where it is. No map needed: district, village, landmark."""

    district = forms.ChoiceField(
        label=_("District"),
        error_messages={"required": _("Choose the district."), "invalid_choice": _("Choose a district in the list.")},
    )
    village = forms.ChoiceField(
        label=_("Village or urban ward"),
        required=False,
        error_messages={"invalid_choice": _("Choose a village in the list.")},
    )
    landmark = forms.CharField(
        label=_("Landmark"),
        max_length=200,
        required=False,
        help_text=_("For example: in front of SDN 1, next to the mosque"),
        error_messages={"max_length": _("The landmark is longer than %(limit_value)d characters. Shorten it.")},
    )
    latitude = forms.CharField(label=_("Latitude"), required=False, widget=_coordinate("-8,7451"))
    longitude = forms.CharField(label=_("Longitude"), required=False, widget=_coordinate("116,8532"))

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region_id = portal.region_id
        self.choices = regions.place_choices(portal.region_id, self.value_of("district"))
        districts = [choice for group in self.choices.districts for choice in group.options]
        self.fields["district"].choices = [("", _("Choose a district")), *districts]  # type: ignore[attr-defined]
        self.fields["village"].choices = [("", _("Choose a village")), *self.choices.villages]  # type: ignore[attr-defined]

    def value_of(self, name: str) -> str:
        """What was typed or chosen, or was before."""
        return str((self.data if self.is_bound else self.initial).get(name) or "")

    @property
    def place_errors(self) -> dict[str, str]:
        """The first sentence for each of the two place fields."""
        return {name: str(self.errors[name][0]) for name in ("district", "village") if name in self.errors}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("district") and not cleaned.get("village") and "village" not in self.errors:
            self.add_error("village", _("Choose the village. The list now shows the villages of this district."))
        cleaned["point"] = self._point()
        return cleaned

    def _point(self) -> tuple[float, float] | None:
        typed = self.value_of("latitude").strip(), self.value_of("longitude").strip()
        if not any(typed):
            return None
        latitude, longitude = (geometry.degrees_of(text) for text in typed)
        try:
            regions.district_of_point(latitude, longitude)
        except Refused as refused:
            self.add_error("latitude", refused.sentence)
            return None
        if not areas.is_near(self.region_id, latitude, longitude):
            self.add_error("latitude", _("This point is outside the area of this portal. Move the pin, or clear it."))
            return None
        return latitude, longitude


class WhoForm(forms.Form):
    """Screen 3: who you are, if you want to say, and how far it is hidden."""

    is_anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_("Your name is hidden from the public and from the agency the report is about."),
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential"), required=False, help_text=_("What you wrote is not shown to the public.")
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        error_messages={"max_length": _("The name is longer than %(limit_value)d characters. Shorten it.")},
    )
    phone = forms.CharField(
        label=_("Telephone or WhatsApp"), max_length=20, required=False, error_messages={"max_length": PHONE_ERROR}
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write the e-mail address in full, for example nama@contoh.id.")},
    )
    shows_name = forms.BooleanField(
        label=_("Show my name"), required=False, help_text=_("Without this tick your name is not shown to the public.")
    )

    def clean_phone(self) -> str:
        """A number somebody can call: the agency that tries it later could not ask again."""
        typed: str = self.cleaned_data["phone"].strip()
        if typed and sum(character.isdecimal() for character in typed) < DIGITS_TO_CALL:
            raise forms.ValidationError(PHONE_ERROR)
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("shows_name") and cleaned.get("is_anonymous"):
            self.add_error("shows_name", _("“Anonymous” and “Show my name” cannot be combined. Choose one."))
        if cleaned.get("shows_name") and not cleaned.get("name"):
            self.add_error("name", _("Write the name to be shown, or take the tick away."))
        return cleaned


class EntryForm(WhoForm):
    """Screen 3 for an officer or kader who enters for someone else: the channel is recorded."""

    channel = forms.ChoiceField(
        label=_("How did the report reach you?"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB],
        error_messages={"required": _("Choose the channel.")},
    )
    received_on = forms.DateField(
        label=_("Day it was received"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty for today. The legal clock counts from this day; at most 30 days back."),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2026-03-26.")},
    )
    sp4n_number = forms.RegexField(
        r"^#?\d{5,12}$",
        label=_("Number at SP4N-LAPOR!"),
        required=False,
        strip=True,
        error_messages={"invalid": _("A number of SP4N-LAPOR! has 5 to 12 digits.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_anonymous"].help_text = _(
            "The reporter's name is hidden from the public and from the agency the report is about."
        )
        self.fields["shows_name"].label = _("Show the reporter's name")
        self.fields["shows_name"].help_text = _("Only if they ask for it. Without this tick the public sees no name.")

    def clean_sp4n_number(self) -> str:
        return str(self.cleaned_data["sp4n_number"]).lstrip("#")
