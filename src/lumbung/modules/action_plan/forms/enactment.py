"""Forms around enacted text: an endorsement, the enactment, an amendment."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import formatting
from lumbung.modules.action_plan.actions.amendments import Change
from lumbung.modules.action_plan.actions.enactment import EndorsementFacts
from lumbung.modules.action_plan.forms.drafts import FieldsForm, FieldsSheet
from lumbung.modules.action_plan.forms.papers import document_field
from lumbung.modules.action_plan.models import LegalProduct, Seat
from lumbung.modules.action_plan.queries.amendments import Place
from lumbung.modules.action_plan.shape import Field


def text_field(label: Any, *, required: bool = True, most: int = 4_000, least: int = 0, hint: Any = "") -> Any:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": 5}),
        min_length=least or None,
        max_length=most,
        error_messages={
            "required": _("Fill this in."),
            "min_length": _("Write at least one full sentence."),
            "max_length": _("This text is too long. Shorten it."),
        },
    )


class EndorsementForm(forms.Form):
    """What a signed paper says."""

    organisation = forms.ModelChoiceField(
        label=_("Registered institution"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("not registered here"),
    )
    institution = forms.CharField(
        label=_("Name of the institution"),
        help_text=_("If it is not registered here. Institutions, never persons."),
        max_length=200,
        required=False,
    )
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[each for each in Seat.Sector.choices if each[0] != Seat.Sector.GOVERNMENT]
    )
    on = day_field(_("Day of the paper"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    document = document_field(_("Signed paper"), required=True)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One institution, registered or not."""
        told = super().clean() or {}
        if bool(told.get("organisation")) == bool(told.get("institution")):
            self.add_error("institution", _("Choose a registered institution, or enter the name of another one."))
        return told

    @property
    def facts(self) -> EndorsementFacts:
        """What was entered."""
        told = self.cleaned_data
        return EndorsementFacts(told["institution"], told["sector"], told["on"], told["organisation"], told["note"])


def _offer(field: Any, decrees: list[LegalProduct]) -> None:
    """Let a field choose among these, called as they are on paper."""
    field.queryset = LegalProduct.objects.filter(pk__in=[each.pk for each in decrees])
    field.label_from_instance = called


def called(decree: LegalProduct) -> str:
    """A decree in a list: two of the same number and subject differ by their day."""
    day = formatting.date_medium(decree.dated_on) if decree.dated_on else ""
    return " · ".join(filter(None, (f"{decree.get_kind_display()} {decree.number}", day, decree.subject)))


class EnactForm(forms.Form):
    """The decree, and the hash of what was read."""

    decree = forms.ModelChoiceField(
        label=_("Decree"),
        queryset=LegalProduct.objects.none(),
        error_messages={"required": _("Choose the decree that enacts the plan.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I have read this text. It is the one the decree enacts."),
        error_messages={"required": _("Confirm that this is the text the decree enacts.")},
    )

    def __init__(self, *args: Any, decrees: list[LegalProduct], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["decree"], decrees)


class AmendmentForm(FieldsForm):
    """What one place is to say, why, and the decree that says so."""

    reason = text_field(
        _("Reason"), most=2_000, least=20, hint=_("It stays beside the text for ever. Without names of persons.")
    )
    decree = forms.ModelChoiceField(
        label=_("Decree"),
        queryset=LegalProduct.objects.none(),
        empty_label=_("not chosen yet"),
        help_text=_("A decree dated after the one that enacted the plan. Register a missing one first."),
        error_messages={"required": _("Choose the decree that changes the plan.")},
    )
    field_order = (*("new", "new_id", "new_en", "lead"), "reason", "decree")


class AmendmentSheet(FieldsSheet):
    """The form of one amendment: the inputs of one place, with its rows, then reason and decree."""

    form_class = AmendmentForm

    @staticmethod
    def fields_of(place: Place) -> tuple[Field, ...]:
        """The place as a field called "new": a milestone is added in a row, and closed without any input."""
        if place.field.kind == "milestone":
            return () if place.value else (dataclasses.replace(place.field, key="new", kind="milestones"),)
        return (dataclasses.replace(place.field, key="new"),)

    @property
    def is_valid(self) -> bool:
        """One amendment adds one milestone."""
        valid = super().is_valid
        if valid and "milestones" in self.rows and len(self.rows["milestones"].told()) > 1:
            self.form.add_error(None, _("One amendment adds one milestone. Leave the other rows empty."))
            return False
        return valid

    def offer(self, decrees: list[LegalProduct]) -> None:
        """Let the form choose among these decrees."""
        _offer(self.form.fields["decree"], decrees)

    def change(self, place: Place) -> Change:
        """What was entered."""
        told = self.form.cleaned_data
        new = self.body().get("new", "")
        if place.field.kind == "milestone":
            new = new[0] if new else ""
        return Change(place.key, new, told["reason"], told["decree"])
