"""What coordinator, agency and head type. Each form has ids of its own, so that many can stand on one page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions import queries as regions
from lumbung.modules.reports import queries
from lumbung.modules.reports.forms.words import words
from lumbung.modules.reports.models import Response, Urgency
from lumbung.modules.reports.states import State


class StepForm(forms.Form):
    """A form of one step; `step` names it in the ids of its fields."""

    step = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.step}_%s")
        super().__init__(*args, **kwargs)


class VersionForm(StepForm):
    """The words of the public version, and what is hidden from now on."""

    title = forms.CharField(
        label=_("Title for the public"),
        max_length=120,
        error_messages={
            "required": _("Write a short title."),
            "max_length": _("The title is longer than %(limit_value)d characters. Shorten it."),
        },
    )
    text = words(_("Text for the public"), limit=4000, rows=6)
    place = forms.CharField(
        label=_("Place for the public"),
        max_length=200,
        required=False,
        help_text=_("For example “in front of the market”. Leave out whose house it is."),
    )
    hides_person = forms.CharField(label=_("Hide the person (anonymous)"), required=False, widget=forms.CheckboxInput)
    hides_text = forms.CharField(label=_("Hide the text (confidential)"), required=False, widget=forms.CheckboxInput)

    def clean_hides_person(self) -> str:
        return str(self.data.get("hides_person", ""))

    def clean_hides_text(self) -> str:
        return str(self.data.get("hides_text", ""))


class VerifyForm(VersionForm):
    """The public version, made and confirmed by an officer."""

    step = "verify"
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)


class CorrectForm(VersionForm):
    """The public version, mended and confirmed again."""

    step = "correct"


class SentenceForm(StepForm):
    """One text: a question, a reason, an addition."""

    text = words(_("Text"), limit=2000, rows=3)


class AskForm(SentenceForm):
    step = "ask"
    text = words(_("What is missing?"), limit=2000, rows=3)


class ArchiveForm(SentenceForm):
    step = "archive"
    text = words(_("Reason, as the reporter will read it"), limit=500, rows=3)


class WriteForm(SentenceForm):
    step = "write"
    text = words(_("What do you want to ask or tell? Only the reporter reads it."), limit=2000, rows=3)


class TakeBackForm(SentenceForm):
    step = "take_back"
    text = words(_("Why do you take it back?"), limit=500, rows=2)


class GiveBackForm(SentenceForm):
    step = "give_back"
    text = words(_("Why is it not your duty?"), limit=500, rows=2)


class RecuseForm(SentenceForm):
    step = "recuse"
    text = words(_("What is the conflict of interest? Only the coordinator reads it."), limit=500, rows=2)


class RevealForm(StepForm):
    step = "reveal"
    reason = words(_("Reason, as the reporter will read it"), limit=500, rows=2)


class ReturnForm(StepForm):
    step = "send_back"
    note = words(_("What must be corrected?"), limit=500, rows=2)


class HandOutForm(StepForm):
    """A body outside this government, and how to reach it."""

    step = "hand_out"
    handed_to = forms.CharField(
        label=_("Which body has the authority?"),
        max_length=200,
        error_messages={"required": _("Name the body, for example PT PLN (Persero).")},
    )
    contact = forms.CharField(
        label=_("How does the reporter reach it?"),
        max_length=200,
        help_text=_("Telephone, address or website; the reporter reads it."),
        error_messages={"required": _("Write a way of contact, so that the reporter is not left alone.")},
    )


def _agency_field(label: Any) -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=None,
        empty_label=_("Choose an agency"),
        error_messages={"required": _("Choose the agency."), "invalid_choice": _("Choose an agency in the list.")},
    )


class AssignForm(StepForm):
    """The agency that has the duty."""

    step = "assign"
    agency = _agency_field(_("Agency"))

    def suggest(self, agency: Organisation | None) -> "AssignForm":
        """Choose beforehand the agency whose duty the topic is; the officer may choose another."""
        if agency is not None:
            self.initial["agency"] = agency.pk
            self.fields["agency"].help_text = _("Chosen by the topic. Choose another if the duty lies elsewhere.")
        return self

    def __init__(self, *args: Any, portal: Portal, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = organisations.agencies_of(portal.region_id, day=day)  # type: ignore[attr-defined]


class HandOnForm(AssignForm):
    """Another agency of the same government, with the reason."""

    step = "hand_on"
    text = words(_("Why is it their duty?"), limit=500, rows=2)


class RouteForm(StepForm):
    """The unit that examines a confidential report, and the office it is about when that is known."""

    step = "route"
    agency = forms.ChoiceField(
        label=_("Unit that receives it"),
        error_messages={
            "required": _("Choose the unit."),
            "invalid_choice": _("This topic goes only to a unit in the list."),
        },
    )
    reported_office: Any = forms.ModelChoiceField(
        label=_("Office the report is about, if you know it"),
        queryset=None,
        required=False,
        empty_label=_("Not known"),
        help_text=_("A report never goes to this office."),
    )

    def __init__(self, *args: Any, units: Sequence[Organisation], portal: Portal, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]
        self.fields["reported_office"].queryset = organisations.organisations_on(day).filter(  # type: ignore[attr-defined]
            region__code__startswith=portal.region_id
        )


class PassForm(StepForm):
    """Another government of this house, with the reason."""

    step = "pass"
    portal: Any = forms.ModelChoiceField(
        label=_("Government that has the authority"),
        queryset=None,
        empty_label=_("Choose a government"),
        error_messages={"required": _("Choose the government."), "invalid_choice": _("Choose one in the list.")},
    )
    text = words(_("Why is it theirs?"), limit=500, rows=2)

    def __init__(self, *args: Any, handling: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["portal"].queryset = Portal.objects.exclude(pk=handling)  # type: ignore[attr-defined]


class PlanForm(StepForm):
    """The budget year and its document."""

    step = "plan"
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


class ResponseForm(StepForm):
    """An agency's answer."""

    step = "respond"
    kind = forms.ChoiceField(label=_("Kind of response"), choices=Response.Kind.choices)
    text = words(_("Response"), limit=4000, rows=5)


class NumberForm(StepForm):
    """The number the report has at SP4N-LAPOR!."""

    step = "sp4n"
    number = forms.CharField(
        label=_("Number at SP4N-LAPOR!"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class InboxForm(forms.Form):
    """The filters of the inbox."""

    number = forms.CharField(label=_("Number, here or at SP4N-LAPOR!"), required=False, max_length=40)
    state = forms.ChoiceField(label=_("State"), required=False)
    category = forms.ChoiceField(label=_("Topic"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    late = forms.BooleanField(label=_("Only those past their due date"), required=False)
    everything = forms.BooleanField(label=_("Also those that do not wait for me"), required=False)

    def __init__(self, *args: Any, portal: Portal, agencies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", _("All"))]
        lists: dict[str, list[tuple[str, Any]]] = {
            "state": [(state.value, state.label) for state in State],
            "category": [(topic.pk, topic.name) for topic in queries.categories()],
            "district": [(place.code, place.name) for place in regions.districts_in(portal.region_id)],
            "agency": [(agency.pk, agency.name) for agency in agencies],
        }
        for name, choices in lists.items():
            self.fields[name].choices = anything + choices  # type: ignore[attr-defined]
