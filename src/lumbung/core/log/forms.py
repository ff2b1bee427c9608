"""What people type about the log."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.log.models import Witness

HASH = re.compile(r"[0-9a-f]{64}")
MAX_INDEX = 2**53


class FindForm(forms.Form):
    """A place in the log or the fingerprint on a receipt."""

    q = forms.CharField(
        label=_("Number in the log, or the fingerprint on your receipt"),
        max_length=100,
        error_messages={"required": _("Type the number in the log, or the 64 characters on your receipt.")},
    )

    def clean_q(self) -> int | bytes:
        """The place as a number, or the 32 bytes of the fingerprint."""
        text = re.sub(r"[\s#.]", "", self.cleaned_data["q"]).lower()
        if HASH.fullmatch(text):
            return bytes.fromhex(text)
        if text.isascii() and text.isdigit() and int(text) < MAX_INDEX:
            return int(text)
        raise forms.ValidationError(
            _("This is neither a number nor a fingerprint. A fingerprint has 64 characters, 0–9 and a–f.")
        )


class WitnessForm(forms.Form):
    """A witness who sent us its public key."""

    title = forms.CharField(label=_("Name of the organisation"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Witness.Kind.choices, widget=forms.RadioSelect)
    key = forms.CharField(
        label=_("Public key of the witness"),
        max_length=250,
        help_text=_("One line: name, plus, eight characters, plus, key. The program of the witness prints it."),
    )
