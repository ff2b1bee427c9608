"""The forms of whoever edits organisations."""

from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations import queries
from lumbung.core.organisations.actions import OrganisationFacts
from lumbung.core.organisations.models import Organisation
from lumbung.core.regions.models import Region

TOO_LONG = _("Shorten this to 200 characters.")


class ChangeForm(forms.Form):
    """What may change about an organisation."""

    name_id = forms.CharField(
        label=_("Name in Indonesian"),
        max_length=200,
        error_messages={"required": _("Enter the name in Indonesian."), "max_length": TOO_LONG},
    )
    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=200,
        error_messages={"required": _("Enter the name in English."), "max_length": TOO_LONG},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    agency_kind = forms.SlugField(
        label=_("Duty"),
        max_length=30,
        required=False,
        help_text=_("A short word by which report topics find the agency of a region, for example pupr or dlh."),
        error_messages={"invalid": _("Use small letters without spaces, for example pupr.")},
    )
    parent = forms.ModelChoiceField(
        label=_("Belongs to"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("no other organisation"),
    )

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.organisations_on(today).order_by("region_id", "name_id")  # type: ignore[attr-defined]

    def show_again(self, *, seen: str) -> None:
        """The page that shows this form again shows it beside what is stored now."""
        told = cast(QueryDict, self.data).copy()
        told["seen"] = seen
        self.data = told

    @property
    def facts(self) -> OrganisationFacts:
        """The valid form as the action takes it."""
        names = ("name_id", "name_en", "kind", "agency_kind", "parent")
        return OrganisationFacts(**{name: self.cleaned_data[name] for name in names})


class AddForm(ChangeForm):
    """A new organisation."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Stays for ever and stands in addresses and in the public log, for example ksb-pupr."),
        error_messages={
            "required": _("Enter a code."),
            "invalid": _("Use small letters, digits and hyphens, for example ksb-pupr."),
        },
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.none(),
        empty_label=_("Choose a region"),
        error_messages={"required": _("Choose the region."), "invalid_choice": _("Choose the region.")},
    )
    since = day_field(_("First day"))
    seen = None  # type: ignore[assignment] # nobody changed what is not there yet
    field_order = ("code", "name_id", "name_en", "kind", "region", "since", "agency_kind", "parent")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        regions = Region.objects.filter(level__in=["province", "regency", "district"]).order_by("code")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()


class EndForm(forms.Form):
    """The last day of an organisation."""

    on = day_field(_("Ends on"), hint=_("From this day on it no longer exists; what it did stays."))
