"""Finding and filtering reports, and what the holder of an access code types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.portals.models import Portal
from lumbung.modules.reports import queries
from lumbung.modules.reports.states import PUBLIC, State


class CodeForm(forms.Form):
    """The access code of a receipt."""

    code = forms.CharField(
        label=_("Access code"), max_length=40, error_messages={"required": _("Type the access code on your receipt.")}
    )


class TrackForm(forms.Form):
    """A report number."""

    not_found = _("No report has this number. Check the digits on your receipt.")

    number = forms.CharField(
        label=_("Report number"),
        max_length=24,
        error_messages={"required": _("Type the report number, for example NTB-2026-000123.")},
    )


class FilterForm(forms.Form):
    """The filters of the public list."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    category = forms.ChoiceField(label=_("Topic"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["category"].choices = everything + [(c.pk, c.name) for c in queries.categories()]  # type: ignore[attr-defined]
        self.fields["district"].choices = everything + [(d.code, d.name) for d in queries.districts_of(portal)]  # type: ignore[attr-defined]
        self.fields["state"].choices = everything + [(s.value, s.label) for s in State if s in PUBLIC]  # type: ignore[attr-defined]


class RatingForm(forms.Form):
    """Two taps."""

    score = forms.TypedChoiceField(
        label=_("How well was it handled?"),
        coerce=int,
        choices=[(1, _("1 – poor")), (2, _("2 – fair")), (3, _("3 – good")), (4, _("4 – very good"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 1 to 4.")},
    )
