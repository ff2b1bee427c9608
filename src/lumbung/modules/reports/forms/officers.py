"""What coordinator, agency and head type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.reports.forms.words import words
from lumbung.modules.reports.models import Response, Urgency


class VerifyForm(forms.Form):
    """The public version, made and confirmed by an officer."""

    title = forms.CharField(
        label=_("Title for the public"), max_length=120, error_messages={"required": _("Write a short title.")}
    )
    text = words(_("Text for the public"), limit=4000, rows=6)
    place = forms.CharField(label=_("Place for the public"), max_length=200, required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    hides_person = forms.CharField(label=_("Hide the person (anonymous)"), required=False, widget=forms.CheckboxInput)
    hides_text = forms.CharField(label=_("Hide the text (confidential)"), required=False, widget=forms.CheckboxInput)

    def clean_hides_person(self) -> str:
        return str(self.data.get("hides_person", ""))

    def clean_hides_text(self) -> str:
        return str(self.data.get("hides_text", ""))


class SentenceForm(forms.Form):
    """One text: a question, a reason, an addition."""

    text = words(_("Text"), limit=2000, rows=3)


class AssignForm(forms.Form):
    """The agency that has the duty."""

    agency: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=None,
        error_messages={"required": _("Choose the agency."), "invalid_choice": _("Choose an agency in the list.")},
    )

    def __init__(self, *args: Any, portal: Portal, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = organisations.agencies_of(portal.region_id, day=day)  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """The budget year and its document."""

    year = forms.IntegerField(
        label=_("Budget year"),
        min_value=2020,
        max_value=2100,
        error_messages={"required": _("Write the budget year."), "invalid": _("Write the year in four digits.")},
    )
    document = forms.CharField(
        label=_("Budget document"),
        max_length=200,
        error_messages={"required": _("Name the document, for example RKPD 2027.")},
    )


class ResponseForm(forms.Form):
    """An agency's answer."""

    kind = forms.ChoiceField(label=_("Kind of response"), choices=Response.Kind.choices)
    text = words(_("Response"), limit=4000, rows=5)
