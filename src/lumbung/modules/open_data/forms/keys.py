"""What is asked for a key of an agency."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.permissions import SCOPE_TITLES

USUAL = timedelta(days=180)


class KeyForm(forms.Form):
    """Whose key, what it is called, what for, until when."""

    organisation = forms.ChoiceField(label=_("Agency"), help_text=_("The key opens what belongs to this agency only."))
    name = forms.CharField(
        label=_("Name of the key"),
        help_text=_("Which program or computer uses it, such as “server SIPD”. Write no key and no password here."),
        max_length=80,
        error_messages={"required": _("Give the key a name."), "max_length": _("Shorten this to 80 characters.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the key is for"),
        help_text=_("Choose as little as the program needs. No key ever publishes."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say what the key is for.")},
    )
    expires_on = forms.DateField(
        label=_("Valid until"),
        help_text=_("A year from today at most. Make a new key before this one expires."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the last day of the key."),
            "invalid": _("Write the date as day, month and year."),
        },
    )

    def __init__(
        self, *args: Any, producers: list[Organisation], offered: list[str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        organisation, scopes = self.fields["organisation"], self.fields["scopes"]
        assert isinstance(organisation, forms.ChoiceField)
        assert isinstance(scopes, forms.MultipleChoiceField)
        organisation.choices = [(each.code, each.name) for each in producers]
        scopes.choices = [(scope, f"{SCOPE_TITLES[scope]} ({scope})") for scope in offered]
        self.fields["expires_on"].initial = today + USUAL
