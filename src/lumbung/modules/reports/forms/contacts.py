"""What people type to follow a report, or to get a lost link back."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

NUMBER = re.compile(r"[A-Z]{2,8}-\d{4}-\d{6}")


class FollowForm(forms.Form):
    """An address to follow with."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the e-mail address in full, for example nama@contoh.id."),
        },
    )


class LostLinkForm(forms.Form):
    """A report number or the address given in it. Anything else is refused, so that no words reach the queue."""

    typed = forms.CharField(
        label=_("Report number or e-mail address"),
        max_length=254,
        help_text=_("The address must be the one you gave in the report."),
        error_messages={"required": _("Write the report number or your e-mail address.")},
    )

    def clean_typed(self) -> str:
        text: str = self.cleaned_data["typed"].strip()
        number = re.sub(r"\s", "", text).upper()
        if NUMBER.fullmatch(number):
            return number
        try:
            validate_email(text)
        except ValidationError as error:
            raise ValidationError(
                _("Write a report number such as NTB-2026-000123, or an e-mail address such as nama@contoh.id.")
            ) from error
        return text


class OpinionForm(forms.Form):
    """What is still wrong, in the second tap of "not yet"; may be left out."""

    text = forms.CharField(
        label=_("What is still wrong?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def words(self) -> str:
        """What was typed, or the plain answer."""
        return str(self.cleaned_data["text"].strip() or _("The problem is not solved yet."))
