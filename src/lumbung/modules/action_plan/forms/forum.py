"""Forms around seats: an institution asks to join, the secretariat decides."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.actions.seat_rules import Place
from lumbung.modules.action_plan.actions.seats import Application
from lumbung.modules.action_plan.forms.intake import OnceForm
from lumbung.modules.action_plan.forms.papers import choice_field, line_field, words_field
from lumbung.modules.action_plan.models import LegalProduct, PlanMember, Seat
from lumbung.modules.action_plan.queries import forum, legal


class ApplyForm(forms.Form):
    """What an institution tells when it wants to join. Nobody's name is asked for."""

    institution = line_field(
        _("Name of the institution"), most=200, hint=_("In full, as on its letterhead. Not the name of a person.")
    )
    sector = choice_field(_("Sector"), Seat.Sector.choices, widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("E-mail for the answer"),
        help_text=_(
            "Used once, for the decision, and destroyed with it; without one, after 180 days. Nobody else sees it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the e-mail address in full, for example nama@contoh.id."),
        },
    )
    draft_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Reload the page and send again."),
            "invalid": _("Reload the page and send again."),
        },
    )

    def application(self, language: str) -> Application:
        """What was told."""
        told = self.cleaned_data
        return Application(told["institution"], told["sector"], told["email"], language, told["draft_key"])

    @classmethod
    def fresh(cls) -> "ApplyForm":
        """An empty form with a key of its own."""
        return cls(initial={"draft_key": uuid.uuid4()})


class SeatForm(OnceForm):
    """A seat: an institution, its sector and duty, since when, by which decree."""

    organisation = forms.ModelChoiceField(
        label=_("Registered organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("not in the list"),
    )
    institution = line_field(
        _("Name, where it is not in the list"),
        most=200,
        hint=_("The institution, not a person. Whoever monitors must be in the list."),
        required=False,
    )
    sector = choice_field(_("Sector"), Seat.Sector.choices)
    duty = choice_field(
        _("Role in the forum"),
        Seat.Duty.choices,
        hint=_("The independent monitoring body is named by the chair of the forum."),
    )
    since = day_field(_("Seated since"))
    decree = forms.ModelChoiceField(
        label=_("By the decree"),
        queryset=LegalProduct.objects.none(),
        required=False,
        empty_label=_("no decree yet"),
        help_text=_("Only enacted decrees are listed. Register a missing one first."),
    )

    def __init__(self, *args: Any, member: PlanMember, today: date, asked: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["organisation"].queryset = forum.may_sit(member, today=today)  # type: ignore[attr-defined]
        self.fields["decree"].queryset = legal.decrees_of(member)  # type: ignore[attr-defined]
        self.fields["decree"].label_from_instance = _decree_label  # type: ignore[attr-defined]
        self.initial["since"] = today
        self.initial["duty"] = Seat.Duty.MEMBER
        if asked is not None:
            self.initial.update({"institution": asked.institution, "sector": asked.sector})

    def clean(self) -> dict[str, Any]:
        """An institution is chosen or named."""
        told = super().clean() or {}
        if not told.get("organisation") and not told.get("institution"):
            self.add_error("institution", _("Choose an organisation of the list, or write the name."))
        return told

    def place(self) -> Place:
        """The seat as told."""
        told = self.cleaned_data
        names = ("sector", "duty", "since", "organisation", "institution", "decree")
        return Place(**{name: told[name] for name in names})


def _decree_label(decree: LegalProduct) -> str:
    return f"{decree.number} · {decree.subject}"


class DeclineForm(forms.Form):
    """Why an institution is not admitted."""

    reason = words_field(
        _("Reason"),
        most=500,
        least=15,
        hint=_("The institution is told this by mail. Nothing about persons."),
        rows=3,
    )


class EndForm(forms.Form):
    """Why and when an institution leaves."""

    until = day_field(_("Last day"))
    reason = words_field(
        _("Reason"), most=500, least=10, hint=_("It stands on the forum page. No names of persons."), rows=3
    )


class ContactForm(forms.Form):
    """How everybody reaches whoever monitors."""

    contact = line_field(
        _("Contact for everybody"),
        most=300,
        hint=_("Office address, telephone, e-mail or website of the institution, not of a person. OGP asks for it."),
    )
