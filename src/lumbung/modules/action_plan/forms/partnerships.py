"""Forms of the register of partnerships."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.actions.partnerships import Agreement
from lumbung.modules.action_plan.forms.papers import choice_field, document_field, line_field, upload_of, words_field
from lumbung.modules.action_plan.models import Partnership, PlanMember
from lumbung.modules.action_plan.queries import forum


class PartnershipForm(forms.Form):
    """What an agreement says."""

    kind = choice_field(_("Kind"), Partnership.Kind.choices)
    organisation = forms.ModelChoiceField(
        label=_("Registered organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("not in the list"),
    )
    institution = line_field(_("Name, where it is not in the list"), most=200, required=False)
    number = line_field(_("Number"), most=80)
    subject = line_field(_("Subject"), most=300)
    starts_on = day_field(_("In force from"))
    ends_on = day_field(_("In force until"))
    government_duties = words_field(_("Duties of the government"), most=2_000)
    partner_duties = words_field(_("Duties of the partner"), most=2_000)
    document = document_field(_("Signed document"))

    def __init__(self, *args: Any, member: PlanMember, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = forum.may_sit(member, today=today)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A partner is chosen or named."""
        told = super().clean() or {}
        if not told.get("organisation") and not told.get("institution"):
            self.add_error("institution", _("Choose an organisation of the list, or write the name."))
        return told

    def agreement(self) -> Agreement:
        """The agreement as told."""
        told = dict(self.cleaned_data)
        told.pop("document")
        return Agreement(upload=upload_of(self), **told)


class RealisationForm(forms.Form):
    """What an agreement brought on a day."""

    on = day_field(_("Day"))
    text = words_field(
        _("What was done"),
        most=500,
        least=10,
        rows=3,
        hint=_("With figures where there are some. No names of persons."),
    )
