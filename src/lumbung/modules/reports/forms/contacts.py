"""What people type to follow a report, or to get a lost link back."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.call_secrets import DIGITS

NUMBER = re.compile(r"[A-Z]{2,8}-\d{4}-\d{6}")


def _tidy(number: str) -> str:
    return re.sub(r"\s", "", number).upper()


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
        number = _tidy(text)
        if NUMBER.fullmatch(number):
            return number
        try:
            validate_email(text)
        except ValidationError as error:
            raise ValidationError(
                _("Write a report number such as NTB-2026-000123, or an e-mail address such as nama@contoh.id.")
            ) from error
        return text


class CallBackForm(forms.Form):
    """The number of the report whose reporter wants to be called back."""

    number = forms.CharField(
        label=_("Report number"),
        max_length=40,
        error_messages={"required": _("Write the report number, for example NTB-2026-000123.")},
    )

    def clean_number(self) -> str:
        number = _tidy(self.cleaned_data["number"])
        if not NUMBER.fullmatch(number):
            raise ValidationError(_("A report number looks like NTB-2026-000123. Look for it in what you kept."))
        return number


class SpokenCodeForm(forms.Form):
    """What the reporter read out on the telephone, typed by the officer."""

    code = forms.CharField(
        label=_("Code the reporter reads out"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Type the six digits that were read out to you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "call_back_%s"  # other forms of the work page have fields of this name too
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        digits = "".join(letter for letter in self.cleaned_data["code"] if letter.isdecimal())
        if len(digits) != DIGITS:
            raise ValidationError(_("The code has six digits. Have it read out once more; this did not count."))
        return digits


class OpinionForm(forms.Form):
    """What is still wrong, in the second tap of "not yet"; may be left out."""

    text = forms.CharField(
        label=_("What is still wrong?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def words(self) -> str:
        """What was typed, or the plain answer."""
        return str(self.cleaned_data["text"].strip() or _("The problem is not solved yet."))
